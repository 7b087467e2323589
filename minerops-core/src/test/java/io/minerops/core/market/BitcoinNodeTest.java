package io.minerops.core.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Secret;
import io.minerops.api.profit.ChainState;
import io.minerops.api.profit.Epoch;
import io.minerops.api.profit.MarketException;
import io.minerops.core.TestClock;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BitcoinNodeTest {
    private final RpcService service = new RpcService();
    private final MarketAccess access =
            MarketAccess.publicHost().withBaseUrl(service.url()).withClock(new TestClock());
    private final BitcoinNode node = new BitcoinNode(access, () -> Secret.of("user:hunter2"));

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void gives_its_difficulty() {
        assertThat(Await.value(node.difficulty()).value()).isEqualTo(132_472_011_079_030.52);
        assertThat(Await.value(node.difficulty()).source()).isEqualTo("bitcoin node");
    }

    @Test
    void gives_the_height_and_the_mean_fees_of_the_last_144_blocks() {
        // block h has h satoshi of fees: the mean of 948,001 - 143 to 948,001 is 947,929.5
        assertThat(Await.value(node.chain()))
                .isEqualTo(new ChainState(948_001, 947_929.5 / 1e8, "bitcoin node", TestClock.START, false));
    }

    @Test
    void requests_each_block_once_but_for_the_last_six() {
        Await.value(node.chain());
        assertThat(service.calls("getblockstats")).isEqualTo(144);

        service.height = 948_003;
        assertThat(Await.value(node.chain()).meanFeesBtc()).isEqualTo(947_931.5 / 1e8);
        // the two new ones and the four of the last six that were there before
        assertThat(service.calls("getblockstats")).isEqualTo(144 + 6);
    }

    @Test
    void gives_the_height_alone_where_it_has_pruned_a_block() {
        service.errors.put("getblockstats", "{\"code\":-1,\"message\":\"Block not available (pruned data)\"}");

        assertThat(Await.value(node.chain()))
                .isEqualTo(new ChainState(948_001, null, "bitcoin node", TestClock.START, false));
    }

    @Test
    void gives_the_first_blocks_of_epochs() {
        assertThat(Await.value(node.epochsFrom(469)))
                .containsExactly(
                        new Epoch(469, 0x17021ff0, Instant.ofEpochSecond(945_504), false),
                        new Epoch(470, 0x17021ff0, Instant.ofEpochSecond(947_520), false));
        assertThat(Await.value(node.epochsFrom(471))).isEmpty();
    }

    @Test
    void gives_nothing_while_it_synchronises() {
        service.synchronising = true;

        assertThat(Await.failure(node.chain())).hasMessage("bitcoin node: it still synchronises with the network");
        assertThat(Await.failure(node.difficulty())).hasMessage("bitcoin node: it still synchronises with the network");
    }

    @Test
    void gives_nothing_on_a_test_network() {
        service.chain = "testnet4";

        assertThat(Await.failure(node.difficulty())).hasMessage("bitcoin node: it is on another chain than main");
    }

    @Test
    void names_the_error_of_a_call() {
        service.errors.put("getblockchaininfo", "{\"code\":-28,\"message\":\"Loading block index…\"}");

        assertThat(Await.failure(node.difficulty()))
                .hasMessage("bitcoin node: getblockchaininfo failed with -28, Loading block index…");
    }

    @ParameterizedTest
    @CsvSource({"401, 'status 401, the key is refused'", "500, status 500 instead of 200"})
    void names_another_status_without_the_login(int status, String account) {
        service.status = status;

        MarketException failure = Await.failure(node.difficulty());

        assertThat(failure).hasMessage("bitcoin node: " + account);
        assertThat(Throwables.getStackTrace(failure)).doesNotContain("hunter2").doesNotContain("dXNlcjpodW50ZXIy");
    }

    @Test
    void names_a_reply_without_a_result() {
        service.whole = "[]";

        assertThat(Await.failure(node.difficulty()))
                .hasMessage("bitcoin node: no result of getblockchaininfo in the reply");
    }

    @Test
    void is_sent_the_login() {
        Await.value(node.difficulty());

        assertThat(service.authorization).isEqualTo("Basic dXNlcjpodW50ZXIy");
    }

    @Test
    void is_sent_the_cookie_as_it_is_at_each_request() throws IOException {
        Path cookie = Files.writeString(folder.resolve(".cookie"), "__cookie__:1\n");
        BitcoinNode own = new BitcoinNode(access, MarketSources.cookie(cookie));
        Await.value(own.difficulty());
        assertThat(service.authorization).isEqualTo("Basic X19jb29raWVfXzox");

        Files.writeString(cookie, "__cookie__:2");
        Await.value(own.difficulty());
        assertThat(service.authorization).isEqualTo("Basic X19jb29raWVfXzoy");
    }

    @Test
    void names_a_cookie_file_that_cannot_be_read() {
        Path missing = folder.resolve("missing");

        assertThat(Await.failure(new BitcoinNode(access, MarketSources.cookie(missing)).difficulty()))
                .hasMessage("bitcoin node: the cookie file " + missing + " cannot be read");
    }

    @Test
    void is_not_reached_by_a_client_that_follows_redirects() {
        HttpClient following = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();

        assertThatThrownBy(() -> new BitcoinNode(access.withHttpClient(following), () -> Secret.of("a:b")))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageStartingWith("httpClient must follow no redirects");
    }
}
