package io.minerops.core.device.internal.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.core.device.internal.reading.Replies;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrongUFamilyTest {
    private static MinerReading.Ok read(String coin, String driver, String chips) {
        MinerReading reading = Replies.readSingly(Map.of(
                "summary",
                        Replies.section(
                                "SUMMARY",
                                "{\"Elapsed\":2416,\"MHS av\":74000000,\"MHS 5s\":73000000,\"Miner type\":\"" + coin
                                        + "\",\"Fan Num\":2,\"Fan1\":7800,\"Fan2\":7600,\"Fan3\":0,\"Accepted\":162,"
                                        + "\"Rejected\":4,\"Hardware Errors\":8061}"),
                "devs",
                        Replies.section(
                                "DEVS",
                                "{\"Name\":\"" + driver + "\",\"Status\":\"Alive\",\"Temperature\":54.0" + chips
                                        + "},{\"Name\":\"" + driver + "\",\"Status\":\"Dead\",\"Temperature\":0.0"
                                        + chips + "}")));
        assertThat(reading).isInstanceOf(MinerReading.Ok.class);
        return (MinerReading.Ok) reading;
    }

    @Test
    void gives_every_reading_in_its_unit() {
        assertThat(read("btc", "h8", ",\"ChipNum\":70").sample())
                .isEqualTo(MetricSample.builder(Replies.MINER, Replies.NOW)
                        .set(Reading.HASHRATE_THS, 73)
                        .set(Reading.HASHRATE_AVG_THS, 74)
                        .set(Reading.POWER_W, 73 * 45)
                        .powerEstimated(true)
                        .set(Reading.AVG_TEMP_C, 54)
                        .set(Reading.MAX_TEMP_C, 54)
                        .set(Reading.AVG_FAN_RPM, 7700)
                        .set(Reading.MIN_FAN_RPM, 7600)
                        .set(Reading.MAX_FAN_RPM, 7800)
                        .set(Reading.ELAPSED_S, 2416)
                        .set(Reading.ACCEPTED, 162)
                        .set(Reading.REJECTED, 4)
                        .set(Reading.HW_ERRORS, 8061)
                        .set(Reading.BOARDS_ALIVE, 1)
                        .set(Reading.BOARDS_EXPECTED, 2)
                        .set(Reading.CHIPS_ALIVE, 70)
                        .set(Reading.CHIPS_EXPECTED, 140)
                        .state(WorkState.MINING)
                        .build());
    }

    @ParameterizedTest
    @CsvSource({"u2000, STU-U2", "u6, STU-U6", "u1++, STU-U1++", "h8, Hornbill H8", "other, other"})
    void is_named_by_its_driver(String driver, String model) {
        assertThat(read("sc", driver, "").identity())
                .isEqualTo(new MinerIdentity("StrongU", model, "cgminer 1.0.0", null, null, null));
    }

    @ParameterizedTest
    @CsvSource({"sc, false", "dash, false", "btc, true"})
    void counts_for_sha256_where_its_coin_is_mined_by_that(String coin, boolean counts) {
        MetricSample sample = read(coin, "u6", "").sample();

        assertThat(sample.reading(Reading.HASHRATE_THS).isPresent()).isEqualTo(counts);
        assertThat(sample.reading(Reading.HASHRATE_AVG_THS).isPresent()).isEqualTo(counts);
        assertThat(sample.value(Reading.AVG_TEMP_C)).isEqualTo(54);
    }

    @Test
    void counts_boards_alone_where_it_does_not_count_chips() {
        MetricSample sample = read("sc", "u2000", "").sample();

        assertThat(sample.value(Reading.BOARDS_ALIVE)).isEqualTo(1);
        assertThat(sample.value(Reading.BOARDS_EXPECTED)).isEqualTo(2);
        assertThat(sample.reading(Reading.CHIPS_ALIVE)).isEmpty();
    }
}
