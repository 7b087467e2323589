package io.minerops.core.device.internal.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.miner.BoardReading;
import io.minerops.api.miner.HashBoard;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.core.device.internal.reading.Replies;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SealMinerFamilyTest {
    private static final String STATS = "{\"STATS\":0,\"Elapsed\":2481,\"Model\":\"A2\",\"Firmware\":\"2025091001\","
            + "\"MAC\":\"02:00:5E:00:53:0C\",\"Ctrl Board SN\":\"S127X1\",\"Board Count\":2,\"Fan Count\":2,"
            + "\"0 Chip Count\":153,\"0 Bad Chip Count\":3,\"0 Online\":true,\"0 Temp 0\":50,\"0 Temp 1\":60,\"0 Temp 2\":0,"
            + "\"1 Chip Count\":153,\"1 Bad Chip Count\":0,\"1 Online\":true,\"1 Temp 0\":70,"
            + "\"0 Speed\":3700,\"1 Speed\":3750,\"MHS(1m)\":220000000.0,\"PSU Input Power\":3500,\"Temp\":70}";

    private static MinerReading.Ok read(String stats) {
        MinerReading reading = Replies.readSingly(Map.of(
                "version", sealminer(Replies.section("VERSION", "{\"API\":\"3.7\",\"BDMiner\":\"4.11.1\"}")),
                "summary",
                        sealminer(Replies.section(
                                "SUMMARY",
                                "{\"Elapsed\":2481,\"MHS av\":206000000.0,\"MHS 5s\":368000000.0,"
                                        + "\"MHS 1m\":198000000.0,\"Accepted\":1421,\"Rejected\":3,"
                                        + "\"Hardware Errors\":54}")),
                "stats", sealminer(Replies.section("STATS", stats)),
                "pools", sealminer(Replies.pools())));
        assertThat(reading).isInstanceOf(MinerReading.Ok.class);
        return (MinerReading.Ok) reading;
    }

    private static String sealminer(String reply) {
        return reply.replace("cgminer 1.0.0", "bdminer 4.11.1");
    }

    @Test
    void gives_every_reading_in_its_unit() {
        assertThat(read(STATS).sample())
                .isEqualTo(MetricSample.builder(Replies.MINER, Replies.NOW)
                        .set(Reading.HASHRATE_THS, 198)
                        .set(Reading.HASHRATE_AVG_THS, 206)
                        .set(Reading.POWER_W, 3500)
                        .set(Reading.AVG_TEMP_C, 60)
                        .set(Reading.MAX_TEMP_C, 70)
                        .set(Reading.AVG_FAN_RPM, 3725)
                        .set(Reading.MIN_FAN_RPM, 3700)
                        .set(Reading.MAX_FAN_RPM, 3750)
                        .set(Reading.ELAPSED_S, 2481)
                        .set(Reading.ACCEPTED, 1421)
                        .set(Reading.REJECTED, 3)
                        .set(Reading.HW_ERRORS, 54)
                        .set(Reading.BOARDS_ALIVE, 2)
                        .set(Reading.BOARDS_EXPECTED, 2)
                        .set(Reading.CHIPS_ALIVE, 303)
                        .set(Reading.CHIPS_EXPECTED, 306)
                        .set(Reading.POOLS_ALIVE, 2)
                        .pool(new Pool("stratum+tcp://pool.example:3333", "farm.7"))
                        .faults(List.of())
                        .set(Reading.BOARD_TEMP_C, 70)
                        .state(WorkState.MINING)
                        .boards(List.of(
                                HashBoard.builder(0)
                                        .set(BoardReading.CHIPS_ALIVE, 150)
                                        .set(BoardReading.CHIPS_EXPECTED, 153)
                                        .set(BoardReading.BOARD_TEMP_C, 60)
                                        .build(),
                                HashBoard.builder(1)
                                        .set(BoardReading.CHIPS_ALIVE, 153)
                                        .set(BoardReading.CHIPS_EXPECTED, 153)
                                        .set(BoardReading.BOARD_TEMP_C, 70)
                                        .build()))
                        .build());
    }

    @Test
    void says_what_it_is() {
        assertThat(read(STATS).identity())
                .isEqualTo(new MinerIdentity(
                        "Bitdeer", "SEALMINER A2", "2025091001", "02:00:5e:00:53:0c", null, "S127X1"));
    }

    @Test
    void counts_a_board_that_is_offline_as_lost() {
        MetricSample sample =
                read(STATS.replace("\"1 Online\":true", "\"1 Online\":false")).sample();

        assertThat(sample.value(Reading.BOARDS_ALIVE)).isEqualTo(1);
        assertThat(sample.value(Reading.BOARDS_EXPECTED)).isEqualTo(2);
    }

    @Test
    void draws_what_its_model_needs_where_its_supply_does_not_say() {
        MetricSample sample = read(STATS.replace("\"PSU Input Power\":3500", "\"PSU Input Power\":0"))
                .sample();

        assertThat(sample.value(Reading.POWER_W)).isEqualTo(16.5 * 198, within(1e-9));
        assertThat(sample.powerEstimated()).isTrue();
    }

    @Test
    void reports_a_fan_that_stands_still_unless_a_liquid_cools_it() {
        String still = STATS.replace("3700", "0").replace("3750", "0");

        assertThat(read(still).sample().value(Reading.MIN_FAN_RPM)).isZero();
        assertThat(read(still.replace("\"Temp\":70", "\"Liquid Cooling\":true"))
                        .sample()
                        .reading(Reading.MIN_FAN_RPM))
                .isEmpty();
    }
}
