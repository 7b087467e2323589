package io.minerops.core.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.profit.ChainState;
import io.minerops.api.profit.Epoch;
import io.minerops.core.TestClock;
import io.minerops.core.network.CompactBits;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests of each source of the chain, and the responses that it accepts. */
class ChainRepliesTest {
    private final LoopbackService service = new LoopbackService();
    private final MarketAccess access =
            MarketAccess.publicHost().withBaseUrl(service.url()).withClock(new TestClock());

    @AfterEach
    void close() {
        service.close();
    }

    @Nested
    class OfMempoolSpace {
        private static final String REWARDS = "/api/v1/mining/reward-stats/144";
        private static final String RETARGETS = "/api/v1/mining/difficulty-adjustments/3y";

        private final MempoolSpace source = new MempoolSpace(access);

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"startBlock\":899857,\"endBlock\":900000,\"totalReward\":\"46800000000\",\"totalFee\":\"360000000\"}",
                    "{\"startBlock\":899857,\"endBlock\":900000,\"totalFee\":360000000}"
                })
        void height_and_mean_fees_of_a_day_are_read(String body) {
            service.ok(REWARDS, body);

            assertThat(Await.value(source.chain()))
                    .isEqualTo(new ChainState(900_000, 0.025, "mempool.space", TestClock.START, false));
        }

        @Test
        void the_mean_is_over_the_blocks_that_the_reply_counts() {
            service.ok(REWARDS, "{\"startBlock\":899991,\"endBlock\":900000,\"totalFee\":\"25000000\"}");

            assertThat(Await.value(source.chain()).meanFeesBtc()).isEqualTo(0.025);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"endBlock\":900000}",
                    "{\"startBlock\":899857,\"endBlock\":900000,\"totalFee\":null}",
                    "{\"startBlock\":900001,\"endBlock\":900000,\"totalFee\":1}",
                    "{\"startBlock\":899857,\"endBlock\":900000,\"totalFee\":-1}"
                })
        void a_reply_without_fees_gives_the_height_alone(String body) {
            service.ok(REWARDS, body);

            assertThat(Await.value(source.chain()))
                    .isEqualTo(new ChainState(900_000, null, "mempool.space", TestClock.START, false));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{}",
                    "{\"endBlock\":\"soon\"}",
                    "{\"endBlock\":900000.5}",
                    "{\"endBlock\":1e12}",
                    "{\"endBlock\":-1}"
                })
        void a_reply_without_a_height_is_a_failure(String body) {
            service.ok(REWARDS, body);

            assertThat(Await.failure(source.chain())).hasMessage("mempool.space: no height in the reply");
        }

        @Test
        void fees_beyond_belief_are_a_failure() {
            service.ok(REWARDS, "{\"startBlock\":899857,\"endBlock\":900000,\"totalFee\":1e13}");

            assertThat(Await.failure(source.chain()))
                    .hasMessageMatching(
                            "mempool.space: mean fees of 694\\.4\\d* BTC a block in the reply are not believed");
        }

        @Test
        void first_blocks_of_epochs_are_read_and_all_else_is_left_out() {
            service.ok(
                    RETARGETS,
                    "[[1786217755,961632,127479855693691.4,1.00989],[1785019866,959616,126231507121868.2,0.992616],"
                            + "[1785019866,959617,126231507121868.2,1],[1785019866,959616,-1,1],[1],{},\"x\",[null,null,null]]");

            assertThat(Await.value(source.epochsFrom(470)))
                    .containsExactly(
                            epoch(477, 127479855693691.4, 1786217755), epoch(476, 126231507121868.2, 1785019866));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "{}", "[]", "nothing"})
        void a_reply_without_epochs_gives_none(String body) {
            service.ok(RETARGETS, body);

            assertThat(Await.value(source.epochsFrom(470))).isEqualTo(List.of());
        }

        private static Epoch epoch(int number, double difficulty, long startedAt) {
            return new Epoch(number, CompactBits.ofDifficulty(difficulty), Instant.ofEpochSecond(startedAt), false);
        }
    }
}
