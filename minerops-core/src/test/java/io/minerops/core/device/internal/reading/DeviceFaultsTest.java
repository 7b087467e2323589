package io.minerops.core.device.internal.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerReading;
import io.minerops.core.device.internal.vendor.AxeosFamilyTest;
import io.minerops.core.device.internal.vendor.antminer.BraiinsFamilyTest;
import io.minerops.core.device.internal.wire.FakeWhatsminer;
import io.minerops.core.device.reply.Command;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The faults that a device reports of itself. */
class DeviceFaultsTest {
    private static List<DeviceFault> faults(MinerReading reading) {
        return Objects.requireNonNull(sample(reading).faults(), "the device does not say");
    }

    private static MetricSample sample(MinerReading reading) {
        assertThat(reading).isInstanceOf(MinerReading.Ok.class);
        return ((MinerReading.Ok) reading).sample();
    }

    private static List<String> codes(MinerReading reading) {
        return faults(reading).stream().map(DeviceFault::code).toList();
    }

    @Nested
    class OfAWhatsminer {
        private final List<Command> queried = new ArrayList<>();

        private MinerReading read(String summaryFields, String ofErrorCode) {
            Map<String, String> replies = new HashMap<>(Map.of(
                    "summary",
                    Replies.section(
                            "SUMMARY",
                            "{\"Elapsed\":3600,\"MHS av\":86000000,\"HS RT\":86000000,\"Factory GHS\":87000,"
                                    + "\"Fan Speed In\":4800,\"Fan Speed Out\":4900,\"Power\":3300" + summaryFields
                                    + "}"),
                    "devs",
                    Replies.section(
                            "DEVS", "{\"ASC\":0,\"Status\":\"Alive\",\"Temperature\":70,\"Effective Chips\":105}")));
            if (!ofErrorCode.isEmpty()) {
                replies.put(
                        "get_error_code",
                        "{\"STATUS\":\"S\",\"When\":1,\"Code\":131,\"Msg\":{\"error_code\":" + ofErrorCode
                                + "},\"Description\":\"\"}");
            }
            return Replies.read(DeviceProfile.of(Joining.NEVER, Command.BASIC), commands -> {
                queried.addAll(commands);
                String reply = replies.getOrDefault(commands.get(0).wireName(), Replies.INVALID);
                return Replies.replied(Replies.bytes(reply));
            });
        }

        @Test
        void are_the_numbered_codes_of_its_summary() {
            MinerReading reading = read(",\"Error Code 0\":111,\"Error Code 1\":\"2010\",\"Error Code Count\":2", "[]");

            assertThat(faults(reading))
                    .containsExactly(new DeviceFault("111", "Fan", null), new DeviceFault("2010", "", null));
            assertThat(queried).doesNotContain(Command.GET_ERROR_CODE);
        }

        @ParameterizedTest
        @CsvSource(
                nullValues = "-",
                value = {"540,0", "542,2", "411,1", "352,2", "329,-", "510,0", "264,-", "111,-", "2010,-", "5070,-"})
        void name_their_board_where_the_code_does(String code, @Nullable Integer slot) {
            MinerReading reading = read(",\"Error Code 0\":" + code + ",\"Error Code Count\":1", "[]");

            assertThat(faults(reading)).extracting(DeviceFault::slot).containsExactly(slot);
        }

        @Test
        void are_no_more_than_the_summary_counts() {
            assertThat(codes(read(",\"Error Code 0\":111,\"Error Code 1\":540,\"Error Code Count\":1", "[]")))
                    .containsExactly("111");
        }

        @Test
        void are_none_where_it_counts_none() {
            assertThat(faults(read(",\"Error Code Count\":0", ""))).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "[\"329\",\"540\"]",
                    "[329,540]",
                    "[{\"329\":\"2025-02-03 04:05:06\"},{\"540\":\"2025-02-03 04:05:06\"}]",
                    "{\"329\":\"2025-02-03 04:05:06\",\"540\":\"2025-02-03 04:05:07\"}",
                    "[\"329\":\"2025-02-03 04:05:06\",\"540\":\"2025-02-03 04:05:07\"]",
                })
        void come_from_a_command_in_any_shape_without_the_summary(String shape) {
            assertThat(codes(read("", shape))).containsExactly("329", "540");
        }

        @Test
        void have_the_time_of_a_clock_whose_zone_is_not_known_in_their_text_alone() {
            assertThat(faults(read("", "[{\"329\":\"2025-02-03 04:05:06\"}]")))
                    .containsExactly(new DeviceFault(
                            "329", "Temperature of a hash board (2025-02-03 04:05:06 by its clock)", null));
        }

        @Test
        void are_not_known_where_it_does_not_say() {
            MinerReading reading = read("", "");

            assertThat(sample(reading).faults()).isNull();
            assertThat(((MinerReading.Ok) reading).missing()).doesNotContain("get_error_code");
        }

        @Test
        void are_those_of_its_description_by_the_third_api() {
            Map<String, String> replies = FakeWhatsminer.replies();
            replies.computeIfPresent(
                    "get.device.info",
                    (command, reply) -> reply.replace(
                            "\"salt\":\"x\"",
                            "\"salt\":\"x\",\"error-code\":[{\"233\":\"2026-01-02 03:04:05\",\"reason\":"
                                    + "\"Power output over current.\"},{\"reason\":\"no code\"},\"712\"]"));

            assertThat(faults(Replies.readSingly(replies)))
                    .containsExactly(
                            new DeviceFault(
                                    "233", "Power output over current. (2026-01-02 03:04:05 by its clock)", null),
                            new DeviceFault("712", "Control board", null));
        }
    }

    @Nested
    class OfBraiinsOs {
        private MinerReading rest(String errors) {
            Map<Command, String> web = new EnumMap<>(BraiinsFamilyTest.REST);
            web.put(Command.BRAIINS_ERRORS, errors);
            return WebReplies.read(web);
        }

        @Test
        void have_their_code_or_the_part_or_the_words_that_they_begin_with() {
            assertThat(faults(rest("{\"errors\":["
                            + "{\"message\":\"Sensor hb1.2[TMP75]: read failed\",\"timestamp\":\"2026-01-04T00:00:00Z\","
                            + "\"components\":[],\"error_codes\":[]},"
                            + "{\"message\":\"Disabled\",\"timestamp\":\"2026-01-03T00:00:00Z\",\"components\":"
                            + "[{\"name\":\"Hashboard\",\"index\":2}],\"error_codes\":[]},"
                            + "{\"message\":\"Tuner error {ERR:V9}\",\"timestamp\":{\"seconds\":1767312000,\"nanos\":0},"
                            + "\"components\":[],\"error_codes\":[{\"code\":\"V9\",\"reason\":\"Short circuit\",\"hint\":\"\"}]}"
                            + "]}")))
                    .containsExactly(
                            new DeviceFault(
                                    "Sensor hb1.2",
                                    "Sensor hb1.2[TMP75]: read failed",
                                    Instant.parse("2026-01-04T00:00:00Z")),
                            new DeviceFault("Hashboard 2", "Disabled", Instant.parse("2026-01-03T00:00:00Z"), 2),
                            new DeviceFault("V9", "Short circuit", Instant.parse("2026-01-02T00:00:00Z")));
        }

        @Test
        void are_the_latest_of_each_code_whatever_their_order() {
            StringBuilder errors = new StringBuilder();
            for (int day = 10; day < 30; day++) {
                errors.append("{\"message\":\"Pool: try ")
                        .append(day)
                        .append("\",\"timestamp\":\"2026-01-")
                        .append(day)
                        .append("T00:00:00Z\"},");
            }
            errors.append("{\"message\":\"Pool: first\",\"timestamp\":\"2026-01-01T00:00:00Z\"}");

            assertThat(faults(rest("{\"errors\":[" + errors + "]}")))
                    .containsExactly(new DeviceFault("Pool", "Pool: try 29", Instant.parse("2026-01-29T00:00:00Z")));
        }

        @Test
        void are_none_where_the_list_is_empty_and_not_known_where_there_is_no_list() {
            assertThat(faults(rest("{\"errors\":[]}"))).isEmpty();
            assertThat(sample(WebReplies.read(BraiinsFamilyTest.REST)).faults()).isNull();
        }

        @Test
        void of_older_versions_are_what_the_tuner_says_of_a_board() {
            assertThat(faults(old("{\"data\":{\"bosminer\":{\"info\":{\"workSolver\":{\"childSolvers\":["
                            + "{\"name\":\"6\",\"tuner\":{\"statusMessages\":[\"Stable\"]}},"
                            + "{\"name\":\"8\",\"tuner\":{\"statusMessages\":[\"Tuning failed: chip 3\"]}}]}}}}}")))
                    .containsExactly(new DeviceFault("Hashboard 8", "Tuning failed: chip 3", null, 8));
        }

        @Test
        void of_older_versions_that_do_not_know_the_question_are_not_known() {
            assertThat(sample(old("{\"data\":null,\"errors\":[{\"message\":\"Unknown field\"}]}"))
                            .faults())
                    .isNull();
        }

        private MinerReading old(String errors) {
            return Replies.readSingly(Map.of(
                    "version",
                    Replies.section("VERSION", "{\"API\":\"3.7\",\"BOSer\":\"boser 0.1.0\"}"),
                    Command.BRAIINS_GRAPHQL.wireName(),
                    BraiinsFamilyTest.GRAPHQL,
                    Command.BRAIINS_GRAPHQL_ERRORS.wireName(),
                    errors));
        }

        @Test
        void at_the_port_of_all_are_what_the_tuner_says_of_a_board() {
            MinerReading reading = Replies.readSingly(Map.of(
                    "version",
                    Replies.section("VERSION", "{\"BOSminer\":\"bosminer 0.2.0\",\"API\":\"3.7\"}"),
                    "summary",
                    Replies.section("SUMMARY", "{\"Elapsed\":60,\"MHS 5s\":14000000,\"MHS av\":14000000}"),
                    "tunerstatus",
                    Replies.section(
                            "TUNERSTATUS",
                            "{\"ApproximateMinerPowerConsumption\":1200,\"TunerChainStatus\":["
                                    + "{\"HashchainIndex\":6,\"Status\":\"Tuning individual chips\"},"
                                    + "{\"HashchainIndex\":7,\"Status\":\"Hashchain failed to start\"}]}")));

            assertThat(faults(reading))
                    .containsExactly(new DeviceFault("Hashboard 7", "Hashchain failed to start", null, 7));
        }
    }

    @Nested
    class OfAxeOs {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                nullValues = "-",
                value = {
                    "\"overheat_mode\":1 | overheat_mode | -",
                    "\"power_fault\":\"VIN undervoltage\" | power_fault | VIN undervoltage",
                    "\"hardware_fault\":true | hardware_fault | -",
                    "\"hardware_fault\":\"ASIC 2 missing\" | hardware_fault | ASIC 2 missing",
                })
        void are_the_fields_that_hold_one(String field, String code, String message) {
            String info = AxeosFamilyTest.INFO.strip();
            String with = info.substring(0, info.lastIndexOf('}')) + "," + field + "}";

            assertThat(faults(WebReplies.read(Map.of(Command.AXEOS_INFO, with))))
                    .containsExactly(new DeviceFault(code, message == null ? "" : message, null));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "\"overheat_mode\":0",
                    "\"power_fault\":\"\"",
                    "\"power_fault\":null",
                    "\"hardware_fault\":false",
                    "\"hardware_fault\":\"none\"",
                    "\"other\":1",
                })
        void are_none_where_no_field_holds_one(String field) {
            String info = AxeosFamilyTest.INFO.strip();
            String with = info.substring(0, info.lastIndexOf('}')) + "," + field + "}";

            assertThat(faults(WebReplies.read(Map.of(Command.AXEOS_INFO, with))))
                    .isEmpty();
        }
    }

    @Nested
    class OfVnish {
        private final Map<String, String> antminer = new HashMap<>(Map.of(
                "version", Replies.version("Antminer S19 (Vnish 1.2.6)"),
                "summary", Replies.summary(95_000),
                "stats", Replies.stats("Antminer S19 (Vnish 1.2.6)", "\"GHS 5s\":95000"),
                "pools", Replies.pools()));

        @Test
        void are_why_it_does_not_work() {
            antminer.put(
                    "/api/v1/status",
                    "{\"miner_state\":\"failure\",\"failure_code\":17,\"description\":\"Chain 2 voltage\"}");

            assertThat(faults(Replies.readSingly(antminer)))
                    .containsExactly(new DeviceFault("17", "Chain 2 voltage", null));
        }

        @Test
        void are_named_a_failure_where_it_has_no_code() {
            antminer.put("/api/v1/status", "{\"miner_state\":\"failure\",\"failure_code\":0,\"description\":null}");

            assertThat(faults(Replies.readSingly(antminer))).containsExactly(new DeviceFault("failure", "", null));
        }

        @Test
        void are_none_while_it_works_and_not_known_without_its_web_server() {
            assertThat(sample(Replies.readSingly(antminer)).faults()).isNull();

            antminer.put("/api/v1/status", "{\"miner_state\":\"mining\"}");
            assertThat(faults(Replies.readSingly(antminer))).isEmpty();
        }
    }

    @Nested
    class OfAnAvalon {
        private MinerReading read(String module) {
            return Replies.readSingly(Map.of(
                    "version", Replies.section("VERSION", "{\"PROD\":\"AvalonMiner 1246\",\"MODEL\":\"1246\"}"),
                    "summary", Replies.section("SUMMARY", "{\"Elapsed\":3600,\"MHS 1m\":90000000.0}"),
                    "stats",
                            Replies.section(
                                    "STATS",
                                    "{\"STATS\":0,\"ID\":\"AVA100\",\"MM ID0\":\"Ver[1246-83-2101] GHSspd[90000.0] TAvg[70] "
                                            + module + "\"}")));
        }

        @Test
        void are_the_numbers_of_its_controller_boards_and_power_supply() {
            assertThat(faults(read("ECHU[0 516 516] ECMM[1] PS[8 1200 1300 240 3120 1 3300]")))
                    .containsExactlyInAnyOrder(
                            new DeviceFault("516", "Hash board (ECHU)", null, 1),
                            new DeviceFault("516", "Hash board (ECHU)", null, 2),
                            new DeviceFault("1", "Controller (ECMM)", null),
                            new DeviceFault("8", "Power supply (PS)", null));
        }

        @Test
        void are_none_where_all_are_zero_and_not_known_without_any() {
            assertThat(faults(read("ECHU[0 0] ECMM[0] PS[0 1200 1300 240 3120 1 3300]")))
                    .isEmpty();
            assertThat(sample(read("")).faults()).isNull();
        }
    }
}
