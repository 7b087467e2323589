package io.minerops.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.profit.ChainSource;
import io.minerops.server.config.Configuration;
import io.minerops.server.config.MarketConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which market sources the settings give. */
class MarketWiringTest {
    private static MarketConfig market(Map<String, String> settings) {
        return Configuration.read(settings, null).market();
    }

    private static String prices(Map<String, String> settings) {
        return MarketWiring.price(market(settings), InstantSource.system()).name();
    }

    @Test
    void prices_are_those_of_coingecko_then_of_mempool_space_by_default() {
        assertThat(prices(Map.of())).isEqualTo("coingecko, mempool.space");
    }

    @Test
    void coincap_is_used_with_a_key_or_an_address() {
        assertThat(prices(Map.of("COINCAP_API_KEY", "key"))).isEqualTo("coingecko, coincap, mempool.space");
        assertThat(prices(Map.of("COINCAP_URL", "http://127.0.0.1:1"))).isEqualTo("coingecko, coincap, mempool.space");
    }

    @Test
    void the_order_of_the_sources_is_that_of_the_setting() {
        assertThat(prices(Map.of("PRICE_SOURCES", "kraken, coinbase, CoinGecko")))
                .isEqualTo("kraken, coinbase, coingecko");
    }

    @Test
    void the_median_of_the_sources_is_chosen_by_the_setting() {
        assertThat(prices(Map.of("PRICE_SOURCES", "coingecko,kraken,coinbase", "PRICE_METHOD", "median")))
                .isEqualTo("median of coingecko, kraken, coinbase");
    }

    @Test
    void a_node_comes_before_the_public_sources() {
        MarketConfig market = market(Map.of(
                "BITCOIN_NODE_URL", "http://127.0.0.1:8332",
                "BITCOIN_NODE_USER", "rpc",
                "BITCOIN_NODE_PASSWORD", "hunter2"));

        assertThat(MarketWiring.difficulty(market, InstantSource.system()).name())
                .isEqualTo("bitcoin node, blockchain.info, mempool.space");
        assertThat(MarketWiring.chain(market, InstantSource.system()))
                .extracting(ChainSource::name)
                .containsExactly("bitcoin node", "mempool.space");
        assertThat(market.toString()).doesNotContain("hunter2");
    }

    @Test
    void without_a_node_the_public_sources_are_used() {
        assertThat(MarketWiring.difficulty(market(Map.of()), InstantSource.system())
                        .name())
                .isEqualTo("blockchain.info, mempool.space");
        assertThat(MarketWiring.chain(market(Map.of()), InstantSource.system()))
                .extracting(ChainSource::name)
                .containsExactly("mempool.space");
    }

    @Test
    void a_node_can_have_its_cookie_as_login() {
        MarketConfig market =
                market(Map.of("BITCOIN_NODE_URL", "http://127.0.0.1:8332", "BITCOIN_NODE_COOKIE", "/data/.cookie"));

        assertThat(market.node())
                .isEqualTo(new MarketConfig.Node(
                        URI.create("http://127.0.0.1:8332"), Path.of("/data/.cookie"), null, null));
    }
}
