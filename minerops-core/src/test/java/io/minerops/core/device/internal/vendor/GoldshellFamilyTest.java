package io.minerops.core.device.internal.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.internal.reading.Replies;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoldshellFamilyTest {
    private static final String OWN_BOARDS = "{\"PGA\":0,\"Status\":\"Alive\",\"MHS 20s\":3000000,\"tstemp-0\":70,"
            + "\"tstemp-1\":74,\"tstemp-2\":60,\"fan0\":1800,\"fan1\":1700},"
            + "{\"PGA\":1,\"Status\":\"Dead\",\"tstemp-0\":0,\"tstemp-2\":0,\"fan0\":1800,\"fan1\":1700}";

    private static MinerReading.Ok read(String program, String boards) {
        Map<String, String> replies = new HashMap<>(Map.of(
                "version", Replies.section("VERSION", "{\"Miner\":\"" + program + "\",\"API\":\"3.3\"}"),
                "summary",
                        Replies.section(
                                "SUMMARY",
                                "{\"Elapsed\":77,\"MHS av\":6000000,\"MHS 20s\":6100000,\"Accepted\":8,\"Rejected\":1,"
                                        + "\"Hardware Errors\":2}")));
        if (!boards.isEmpty()) {
            replies.put("devs", Replies.section("DEVS", boards));
        }
        replies.replaceAll((command, reply) -> reply.replace("cgminer 1.0.0", program));
        MinerReading reading = Replies.readSingly(replies);
        assertThat(reading).isInstanceOf(MinerReading.Ok.class);
        return (MinerReading.Ok) reading;
    }

    @Test
    void gives_everything_but_a_rate() {
        MinerReading.Ok ok = read("bfgminer 5.4.2", OWN_BOARDS);

        assertThat(ok.sample())
                .isEqualTo(MetricSample.builder(Replies.MINER, Replies.NOW)
                        .set(Reading.AVG_TEMP_C, 72)
                        .set(Reading.MAX_TEMP_C, 74)
                        .set(Reading.AVG_FAN_RPM, 1750)
                        .set(Reading.MIN_FAN_RPM, 1700)
                        .set(Reading.MAX_FAN_RPM, 1800)
                        .set(Reading.ELAPSED_S, 77)
                        .set(Reading.ACCEPTED, 8)
                        .set(Reading.REJECTED, 1)
                        .set(Reading.HW_ERRORS, 2)
                        .set(Reading.BOARDS_ALIVE, 1)
                        .set(Reading.BOARDS_EXPECTED, 2)
                        .build());
        assertThat(ok.identity()).isEqualTo(new MinerIdentity("Goldshell", null, "bfgminer 5.4.2", null, null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "bfgminer 5.4.2 | {\"PGA\":0,\"tstemp-0\":70} | false",
                "kdaminer-v1.0.0 | {\"PGA\":0} | false",
                "intchains_qomo | {\"PGA\":0} | false",
                "bfgminer 5.5.0 | | false",
                "bfgminer 5.5.0 | {\"PGA\":0,\"Name\":\"ICA\"} | true",
            })
    void counts_for_sha256_only_what_is_known_to_be_no_goldshell(String program, String boards, boolean counts) {
        MetricSample sample =
                read(program.strip(), boards == null ? "" : boards).sample();

        assertThat(sample.reading(Reading.HASHRATE_THS).isPresent()).isEqualTo(counts);
        assertThat(sample.reading(Reading.HASHRATE_AVG_THS).isPresent()).isEqualTo(counts);
    }
}
