package io.minerops.core.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.profit.Difficulty;
import io.minerops.api.profit.DifficultySource;
import io.minerops.core.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The request of each difficulty source, and the responses that it accepts. */
class DifficultyRepliesTest {
    private final LoopbackService service = new LoopbackService();
    private final MarketAccess access =
            MarketAccess.publicHost().withBaseUrl(service.url()).withClock(new TestClock());

    @AfterEach
    void close() {
        service.close();
    }

    private static void gives(DifficultySource source, double difficulty) {
        assertThat(Await.value(source.difficulty()))
                .isEqualTo(new Difficulty(difficulty, source.name(), TestClock.START, false));
    }

    private static void givesNone(DifficultySource source) {
        assertThat(Await.failure(source.difficulty())).hasMessage(source.name() + ": no difficulty in the reply");
    }

    @Nested
    class OfBlockchainInfo {
        private static final String PATH = "/q/getdifficulty";

        private final BlockchainInfo source = new BlockchainInfo(access);

        @ParameterizedTest
        @CsvSource({
            "1.5597303219607188E14, 155973032196071.88",
            "155973032196071.88, 155973032196071.88",
            "'  152000000000000\n', 152000000000000",
            "1, 1"
        })
        void the_text_is_read(String body, double difficulty) {
            service.ok(PATH, body);

            gives(source, difficulty);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "NaN",
                    "Infinity",
                    "0",
                    "-1",
                    "0.99",
                    "1e999",
                    "1,5E14",
                    "0x1p46",
                    "152 T",
                    "<p>down</p>",
                    "11111111111111111111111111111111111111111111111111111111111111111"
                })
        void a_text_that_is_no_difficulty_is_a_failure(String body) {
            service.ok(PATH, body);

            givesNone(source);
        }
    }

    @Nested
    class OfMempoolSpace {
        private static final String PATH = "/api/v1/mining/hashrate/3d";

        private final MempoolSpace source = new MempoolSpace(access);

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"hashrates\":[],\"difficulty\":[],\"currentHashrate\":1.1e21,\"currentDifficulty\":155973032196071.88}"
                            + " | 155973032196071.88",
                    "{\"currentDifficulty\":1.52E14} | 152000000000000"
                })
        void the_current_difficulty_is_read(String body, double difficulty) {
            service.ok(PATH, body);

            gives(source, difficulty);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"progressPercent\":44.4,\"difficultyChange\":3.1,\"previousRetarget\":-2.5}",
                    "{\"difficulty\":[{\"difficulty\":1.52e14}]}",
                    "{\"currentDifficulty\":null}",
                    "{\"currentDifficulty\":0.5}",
                    "{\"currentDifficulty\":{}}",
                    "{\"currentDifficulty\":1e999}"
                })
        void a_reply_without_a_difficulty_is_a_failure(String body) {
            service.ok(PATH, body);

            givesNone(source);
        }
    }
}
