package io.minerops.testkit.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.api.InvalidArgumentException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Currency;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FakeMarketTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String SIMPLE_PRICE = "/api/v3/simple/price?ids=bitcoin&vs_currencies=";

    private final FakeMarket market = FakeMarket.start(() -> NOW);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        market.close();
    }

    private HttpResponse<String> get(URI base, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode json(URI base, String path) throws Exception {
        return new ObjectMapper().readTree(get(base, path).body());
    }

    @Test
    void coin_gecko_reports_the_price_and_its_time() throws Exception {
        market.btcPrice(91_250.5);
        JsonNode bitcoin = json(market.coinGecko(), SIMPLE_PRICE + "usd&include_last_updated_at=true")
                .path("bitcoin");
        assertThat(bitcoin.path("usd").asDouble()).isEqualTo(91_250.5);
        assertThat(bitcoin.path("last_updated_at").asLong()).isEqualTo(NOW.getEpochSecond());
    }

    @Test
    void coin_gecko_leaves_out_a_currency_that_has_no_price() throws Exception {
        market.btcPrice(Currency.getInstance("EUR"), 80_000);
        JsonNode bitcoin = json(market.coinGecko(), SIMPLE_PRICE + "eur,chf").path("bitcoin");
        assertThat(bitcoin.path("eur").asDouble()).isEqualTo(80_000);
        assertThat(bitcoin.has("chf")).isFalse();
    }

    @Test
    void coin_cap_reports_the_price_as_text() throws Exception {
        market.btcPrice(91_250.51);
        JsonNode price =
                json(market.coinCap(), "/v2/assets/bitcoin").path("data").path("priceUsd");
        assertThat(price.isTextual()).isTrue();
        assertThat(price.asDouble()).isEqualTo(91_250.51);
    }

    @Test
    void coin_cap_wants_a_key_for_version_3() throws Exception {
        String path = Endpoint.COIN_CAP_V3_ASSET.path();
        assertThat(get(market.coinCap(), path).statusCode()).isEqualTo(401);
        assertThat(get(market.coinCap(), path, "Authorization", "Bearer any").body())
                .contains("priceUsd");
    }

    @Test
    void blockchain_info_reports_the_difficulty_in_plain_text() throws Exception {
        market.difficulty(1.25E14);
        HttpResponse<String> response = get(market.blockchainInfo(), "/q/getdifficulty");
        assertThat(response.body()).isEqualTo("1.25E14");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
    }

    @Test
    void mempool_space_reports_the_price_in_whole_units() throws Exception {
        market.btcPrice(91_250.6);
        JsonNode prices = json(market.mempoolSpace(), "/api/v1/prices");
        assertThat(prices.path("USD").isIntegralNumber()).isTrue();
        assertThat(prices.path("USD").asLong()).isEqualTo(91_251);
    }

    @Test
    void mempool_space_reports_the_difficulty_and_the_rate_that_belongs_to_it() throws Exception {
        market.difficulty(1e14);
        JsonNode network = json(market.mempoolSpace(), "/api/v1/mining/hashrate/3d");
        assertThat(network.path("currentDifficulty").asDouble()).isEqualTo(1e14);
        assertThat(network.path("currentHashrate").asDouble()).isBetween(7.158e20, 7.159e20);
    }

    @ParameterizedTest
    @EnumSource(Endpoint.class)
    void an_endpoint_fails_until_it_recovers_and_the_others_do_not(Endpoint endpoint) throws Exception {
        market.fail(endpoint, 503);
        for (Endpoint each : Endpoint.values()) {
            int expected = each == endpoint ? 503 : 200;
            assertThat(status(each)).as(each.name()).isEqualTo(expected);
        }
        market.recover(endpoint);
        assertThat(status(endpoint)).isEqualTo(200);
        assertThat(market.requests(endpoint)).isEqualTo(2);
    }

    private int status(Endpoint endpoint) throws Exception {
        String query = endpoint == Endpoint.COIN_GECKO_PRICE ? "?ids=bitcoin&vs_currencies=usd" : "";
        return get(market.baseUrl(), endpoint.path() + query, "Authorization", "Bearer any")
                .statusCode();
    }

    @Test
    void requests_are_counted_by_endpoint() throws Exception {
        get(market.mempoolSpace(), "/api/v1/prices");
        assertThat(market.requests(Endpoint.MEMPOOL_SPACE_PRICES)).isEqualTo(1);
        assertThat(market.requests(Endpoint.COIN_GECKO_PRICE)).isZero();
    }

    @Test
    void what_no_service_has_is_not_found() throws Exception {
        assertThat(get(market.baseUrl(), "/api/v1/price").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void a_price_or_difficulty_must_be_above_0(double value) {
        assertThatThrownBy(() -> market.btcPrice(value)).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> market.difficulty(value)).isInstanceOf(InvalidArgumentException.class);
    }
}
