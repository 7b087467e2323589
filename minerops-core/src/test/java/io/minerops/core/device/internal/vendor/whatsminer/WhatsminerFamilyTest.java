package io.minerops.core.device.internal.vendor.whatsminer;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatsminerFamilyTest {
    private static final String SUMMARY = "{\"Elapsed\":7200,\"MHS av\":125000000.0,\"MHS 5s\":149000000.0,"
            + "\"MHS 1m\":124000000.0,\"HS RT\":124500000.0,\"Factory GHS\":126000,\"Accepted\":500,\"Rejected\":2,"
            + "\"Hardware Errors\":9,\"Fan Speed In\":5400,\"Fan Speed Out\":5280,\"Power\":3200,\"Power_RT\":3210,"
            + "\"Chip Temp Avg\":72.5,\"Chip Temp Max\":80.0,\"MAC\":\"02:00:5E:00:53:0A\","
            + "\"Firmware Version\":\"'20230803.11.REL'\"}";

    private static MinerReading.Ok read(Map<String, String> replies) {
        MinerReading reading = Replies.readSingly(replies);
        assertThat(reading).isInstanceOf(MinerReading.Ok.class);
        return (MinerReading.Ok) reading;
    }

    private static MetricSample sampleOf(String summary) {
        return read(Map.of("summary", Replies.section("SUMMARY", summary))).sample();
    }

    private static String board(int chips, String status, double average, double hottest) {
        return "{\"Status\":\"" + status + "\",\"Effective Chips\":" + chips
                + ",\"Temperature\":60.0,\"Chip Temp Avg\":" + average + ",\"Chip Temp Max\":" + hottest + "}";
    }

    /** A reply of the maker's own commands, whose status is a letter. */
    private static String message(String fields) {
        return "{\"STATUS\":\"S\",\"When\":1,\"Code\":131,\"Msg\":{" + fields + "},\"Description\":\"\"}";
    }

    @Nested
    class ByItsSecondApi {
        private final Map<String, String> replies = new HashMap<>(Map.of(
                "summary", Replies.section("SUMMARY", SUMMARY),
                "devs",
                        Replies.section(
                                "DEVS",
                                String.join(
                                        ",",
                                        board(135, "Alive", 70, 78),
                                        board(135, "Alive", 72, 81),
                                        board(130, "Alive", 74, 80))),
                "pools", Replies.pools(),
                "status", message("\"mineroff\":\"false\",\"FirmwareVersion\":\"20230803.11.REL\""),
                "get_version", message("\"api_ver\":\"2.0.5\",\"fw_ver\":\"20230803.11.REL\""),
                "get_miner_info",
                        message("\"hostname\":\"rack-7\",\"mac\":\"02:00:5E:00:53:0A\",\"minersn\":\"HTM50X1\""),
                "devdetails",
                        Replies.section(
                                "DEVDETAILS", "{\"Name\":\"SM\",\"Driver\":\"bitmicro\",\"Model\":\"M50SVH50\"}")));

        @Test
        void gives_every_reading_in_its_unit() {
            MinerReading.Ok ok = read(replies);

            assertThat(ok.sample())
                    .isEqualTo(MetricSample.builder(Replies.MINER, Replies.NOW)
                            .set(Reading.HASHRATE_THS, 124.5)
                            .set(Reading.HASHRATE_AVG_THS, 125)
                            .set(Reading.POWER_W, 3200)
                            .set(Reading.AVG_TEMP_C, 72)
                            .set(Reading.MAX_TEMP_C, 81)
                            .set(Reading.AVG_FAN_RPM, 5340)
                            .set(Reading.MIN_FAN_RPM, 5280)
                            .set(Reading.MAX_FAN_RPM, 5400)
                            .set(Reading.ELAPSED_S, 7200)
                            .set(Reading.ACCEPTED, 500)
                            .set(Reading.REJECTED, 2)
                            .set(Reading.HW_ERRORS, 9)
                            .set(Reading.BOARDS_ALIVE, 3)
                            .set(Reading.BOARDS_EXPECTED, 3)
                            .set(Reading.CHIPS_ALIVE, 400)
                            .set(Reading.CHIPS_EXPECTED, 405)
                            .set(Reading.POOLS_ALIVE, 2)
                            .pool(new Pool("stratum+tcp://pool.example:3333", "farm.7"))
                            .set(Reading.BOARD_TEMP_C, 60)
                            .set(Reading.EXPECTED_THS, 126)
                            .state(WorkState.MINING)
                            .boards(List.of(
                                    HashBoard.builder(0)
                                            .set(BoardReading.CHIPS_ALIVE, 135)
                                            .set(BoardReading.CHIPS_EXPECTED, 135)
                                            .set(BoardReading.BOARD_TEMP_C, 60)
                                            .set(BoardReading.CHIP_TEMP_C, 78)
                                            .build(),
                                    HashBoard.builder(1)
                                            .set(BoardReading.CHIPS_ALIVE, 135)
                                            .set(BoardReading.CHIPS_EXPECTED, 135)
                                            .set(BoardReading.BOARD_TEMP_C, 60)
                                            .set(BoardReading.CHIP_TEMP_C, 81)
                                            .build(),
                                    HashBoard.builder(2)
                                            .set(BoardReading.CHIPS_ALIVE, 130)
                                            .set(BoardReading.CHIPS_EXPECTED, 135)
                                            .set(BoardReading.BOARD_TEMP_C, 60)
                                            .set(BoardReading.CHIP_TEMP_C, 80)
                                            .build()))
                            .build());
            assertThat(ok.missing()).isEmpty();
            assertThat(ok.implausible()).isEmpty();
        }

        @Test
        void says_what_it_is() {
            assertThat(read(replies).identity())
                    .isEqualTo(new MinerIdentity(
                            "MicroBT", "M50S VH50", "20230803.11.REL", "02:00:5e:00:53:0a", "rack-7", "HTM50X1"));
        }

        @Test
        void counts_a_lost_board_as_expected_and_not_alive() {
            replies.put(
                    "devs",
                    Replies.section(
                            "DEVS",
                            String.join(
                                    ",",
                                    board(135, "Alive", 70, 78),
                                    board(0, "Dead", 0, 0),
                                    board(135, "Alive", 74, 80))));
            MetricSample sample = read(replies).sample();

            assertThat(sample.value(Reading.BOARDS_ALIVE)).isEqualTo(2);
            assertThat(sample.value(Reading.BOARDS_EXPECTED)).isEqualTo(3);
            assertThat(sample.value(Reading.CHIPS_ALIVE)).isEqualTo(270);
            assertThat(sample.value(Reading.CHIPS_EXPECTED)).isEqualTo(405);
            assertThat(sample.value(Reading.AVG_TEMP_C)).isEqualTo(72);
        }

        @ParameterizedTest
        @CsvSource({"false, 0", "true, NaN"})
        void that_has_lost_all_boards_has_none_unless_it_is_switched_off(boolean off, double alive) {
            replies.put("devs", Replies.section("DEVS", board(0, "Dead", 0, 0) + "," + board(0, "Dead", 0, 0)));
            replies.put("status", message("\"mineroff\":\"" + off + "\""));
            MetricSample sample = read(replies).sample();

            assertThat(sample.value(Reading.BOARDS_ALIVE)).isEqualTo(Double.valueOf(alive));
            assertThat(sample.value(Reading.BOARDS_EXPECTED)).isEqualTo(Double.valueOf(off ? Double.NaN : 3));
        }

        @Test
        void that_was_switched_off_hashes_zero_whatever_its_windows_hold() {
            replies.put("status", message("\"mineroff\":\"true\""));

            assertThat(read(replies).sample().value(Reading.HASHRATE_THS)).isZero();
        }

        @Test
        void that_lists_a_lost_board_no_more_misses_it_by_its_model() {
            replies.put(
                    "devs", Replies.section("DEVS", board(135, "Alive", 70, 78) + "," + board(135, "Alive", 70, 78)));

            assertThat(read(replies).sample().value(Reading.BOARDS_EXPECTED)).isEqualTo(3);
        }
    }

    @Nested
    class Asleep {
        @Test
        void answers_no_more_than_that_it_is_and_hashes_zero() {
            MinerReading.Ok ok = read(
                    Map.of("status", message("\"btmineroff\":\"true\",\"Firmware Version\":\"'20210109.22.REL'\"")));

            assertThat(ok.sample())
                    .isEqualTo(MetricSample.builder(Replies.MINER, Replies.NOW)
                            .set(Reading.HASHRATE_THS, 0)
                            .state(WorkState.ASLEEP)
                            .build());
            assertThat(ok.identity())
                    .isEqualTo(new MinerIdentity("MicroBT", null, "20210109.22.REL", null, null, null));
        }

        @Test
        void that_says_no_more_than_that_it_is_not_is_no_reading() {
            assertThat(Replies.readSingly(Map.of("status", message("\"btmineroff\":\"false\""))))
                    .isEqualTo(new MinerReading.Malformed(Replies.MINER, "reports that it works, but no readings"));
        }

        @Test
        void has_no_fans_that_could_fail() {
            MetricSample sample =
                    sampleOf("{\"Elapsed\":10,\"MHS av\":0,\"HS RT\":0,\"Fan Speed In\":0,\"Fan Speed Out\":0}");

            assertThat(sample.value(Reading.HASHRATE_THS)).isZero();
            assertThat(sample.reading(Reading.MIN_FAN_RPM)).isEmpty();
        }
    }

    @Nested
    class WithOldFirmware {
        private static final String OLD = "{\"Elapsed\":100,\"MHS av\":65000000.0,\"MHS 5s\":80000000.0,"
                + "\"MHS 1m\":66000000.0,\"Accepted\":1,\"Rejected\":0,\"Fan Speed In\":4590,\"Fan Speed Out\":4560}";

        private MetricSample withStats(String boards) {
            return read(Map.of(
                            "summary", Replies.section("SUMMARY", OLD),
                            "stats", Replies.section("STATS", boards + ",{\"ID\":\"POOL0\",\"Elapsed\":999999}")))
                    .sample();
        }

        @Test
        void is_read_from_the_window_of_a_minute() {
            assertThat(sampleOf(OLD).value(Reading.HASHRATE_THS)).isEqualTo(66);
        }

        @Test
        void has_its_boards_in_its_statistics() {
            MetricSample sample = withStats(
                    "{\"ID\":\"SM0\",\"Elapsed\":999999,\"temp_1\":75.0,\"temp_2\":0.0,"
                            + "\"chain_num\":3,\"ok_chips\":62},{\"ID\":\"SM1\",\"temp_1\":73.0,\"chain_num\":3,\"ok_chips\":63}");

            assertThat(sample.value(Reading.AVG_TEMP_C)).isEqualTo(74);
            assertThat(sample.value(Reading.MAX_TEMP_C)).isEqualTo(75);
            assertThat(sample.value(Reading.BOARDS_ALIVE)).isEqualTo(2);
            assertThat(sample.value(Reading.BOARDS_EXPECTED)).isEqualTo(3);
            assertThat(sample.value(Reading.CHIPS_ALIVE)).isEqualTo(125);
            assertThat(sample.value(Reading.CHIPS_EXPECTED)).isEqualTo(189);
            assertThat(sample.value(Reading.ELAPSED_S)).isEqualTo(100);
        }

        @Test
        void counts_the_boards_that_were_started_where_it_does_not_count_chips() {
            MetricSample sample = withStats("{\"ID\":\"SM0\",\"initialized\":true,\"chain_num\":3},"
                    + "{\"ID\":\"SM1\",\"initialized\":false,\"chain_num\":3}");

            assertThat(sample.value(Reading.BOARDS_ALIVE)).isEqualTo(1);
            assertThat(sample.value(Reading.BOARDS_EXPECTED)).isEqualTo(3);
            assertThat(sample.reading(Reading.CHIPS_ALIVE)).isEmpty();
        }

        @Test
        void has_its_boards_under_another_name() {
            MetricSample sample = read(Map.of(
                            "summary", Replies.section("SUMMARY", OLD),
                            "edevs", Replies.section("DEVS", board(156, "Alive", 80, 99))))
                    .sample();

            assertThat(sample.value(Reading.CHIPS_ALIVE)).isEqualTo(156);
            assertThat(sample.value(Reading.MAX_TEMP_C)).isEqualTo(99);
        }

        @Test
        void does_not_report_its_power() {
            assertThat(sampleOf(OLD).reading(Reading.POWER_W)).isEmpty();
        }

        @Test
        void draws_what_its_model_needs() {
            MetricSample sample = read(Map.of(
                            "summary", Replies.section("SUMMARY", OLD),
                            "devdetails", Replies.section("DEVDETAILS", "{\"Model\":\"M20SV10\"}")))
                    .sample();

            assertThat(sample.value(Reading.POWER_W)).isEqualTo(48 * 66, within(1e-9));
            assertThat(sample.powerEstimated()).isTrue();
        }
    }
}
