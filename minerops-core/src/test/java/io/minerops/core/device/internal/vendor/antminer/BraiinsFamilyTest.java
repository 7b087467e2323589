package io.minerops.core.device.internal.vendor.antminer;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.core.device.internal.reading.DeviceProfile;
import io.minerops.core.device.internal.reading.Joining;
import io.minerops.core.device.internal.reading.Outcome;
import io.minerops.core.device.internal.reading.Replies;
import io.minerops.core.device.internal.reading.WebReplies;
import io.minerops.core.device.internal.wire.Reply;
import io.minerops.core.device.internal.wire.ReplyReader;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceRequest;
import io.minerops.core.device.reply.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Braiins OS that gives no summary at the CGMiner port. */
public class BraiinsFamilyTest {
    private static final String VERSION = Replies.section("VERSION", "{\"API\":\"3.7\",\"BOSer\":\"boser 0.1.0\"}");
    public static final String GRAPHQL = "{\"data\":{\"bos\":{\"hostname\":\"cell-7\",\"info\":{\"version\":{\"full\":"
            + "\"2022-09-13-0-0a0b0c0d-22.08-plus\"}},\"uptime\":{\"durationS\":1200}},\"bosminer\":{\"info\":{"
            + "\"modelName\":\"Antminer S9\",\"fans\":[{\"name\":\"0\",\"rpm\":4000},{\"name\":\"1\",\"rpm\":5000},"
            + "{\"name\":\"2\",\"rpm\":0}],\"summary\":{\"power\":{\"approxConsumptionW\":740}},\"workSolver\":{"
            + "\"realHashrate\":{\"mhs5S\":7100000.0,\"mhsAv\":7000000.0},\"childSolvers\":[{\"name\":\"6\",\"hwDetails\":"
            + "{\"chips\":63},\"temperatures\":[{\"degreesC\":70,\"name\":\"Board\"},{\"degreesC\":80,\"name\":\"Chip\"}]},"
            + "{\"name\":\"7\",\"hwDetails\":{\"chips\":60},\"temperatures\":[{\"degreesC\":72,\"name\":\"Board\"},"
            + "{\"degreesC\":84,\"name\":\"Chip\"}]}]},\"poolGroups\":[{\"pools\":[{\"url\":"
            + "\"stratum+tcp://pool.example:3333\",\"user\":\"farm.7\",\"status\":\"ALIVE\",\"active\":true,\"shares\":{"
            + "\"acceptedSolutions\":50,\"rejectedSolutions\":1}},{\"url\":\"stratum+tcp://backup.example:1\","
            + "\"status\":\"DEAD\",\"active\":false}]}]}}}}";
    public static final Map<Command, String> REST = new EnumMap<>(Map.of(
            Command.BRAIINS_DETAILS,
            "{\"bos_version\":{\"current\":\"2025-08-06-0-0a0b0c0d-25.07\"},\"bosminer_uptime_s\":69000,\"hostname\":"
                    + "\"cell-7\",\"mac_address\":\"02:00:aa:bb:cc:dd\",\"miner_identity\":{\"miner_model\":"
                    + "\"Antminer S19 XP\"},\"serial_number\":null}",
            Command.BRAIINS_STATS,
            "{\"miner_stats\":{\"real_hashrate\":{\"last_5s\":{\"gigahash_per_second\":141000},\"since_restart\":{"
                    + "\"gigahash_per_second\":138000}}},\"pool_stats\":{\"accepted_shares\":900,\"rejected_shares\":4},"
                    + "\"power_stats\":{\"approximated_consumption\":{\"watt\":3100}}}",
            Command.BRAIINS_COOLING,
            "{\"fans\":[{\"rpm\":5900},{\"rpm\":5800},{\"rpm\":0}],\"highest_temperature\":{\"temperature\":{"
                    + "\"degree_c\":70.5}}}",
            Command.BRAIINS_BOARDS,
            "{\"hashboards\":[{\"chips_count\":110,\"enabled\":true,\"highest_chip_temp\":{\"temperature\":{\"degree_c\":"
                    + "70.5}}},{\"chips_count\":110,\"enabled\":true,\"highest_chip_temp\":{\"temperature\":{\"degree_c\":"
                    + "66.5}}},{\"chips_count\":110,\"enabled\":false}]}",
            Command.BRAIINS_POOLS,
            "[{\"name\":\"first\",\"pools\":[{\"active\":false,\"alive\":true,\"url\":\"stratum+tcp://backup.example:1\","
                    + "\"user\":\"farm.8\"},{\"active\":true,\"alive\":true,\"url\":\"stratum+tcp://pool.example:3333\","
                    + "\"user\":\"farm.7\"}]}]"));

    private static final Pattern SENSOR = Pattern.compile("([A-Za-z_ ]+)=(\\d+)");

    private final List<Command> queried = new ArrayList<>();

    /** A device that answers at the CGMiner port what is given, and at its web server as the map says. */
    private MinerReading read(Map<String, String> cgminer, Map<Command, String> web) {
        return Replies.read(DeviceProfile.of(Joining.NEVER, Command.BASIC), commands -> {
            Command command = commands.get(0);
            queried.add(command);
            return command.endpoint() == Endpoint.CGMINER
                    ? Replies.replied(Replies.bytes(cgminer.getOrDefault(command.wireName(), Replies.INVALID)))
                    : WebReplies.answer(web, command);
        });
    }

    @Test
    void of_newer_versions_is_read_by_its_paths() {
        MinerReading.Ok ok = WebReplies.ok(read(Map.of("version", VERSION), REST));

        assertThat(ok.sample())
                .isEqualTo(MetricSample.builder(Replies.MINER, Replies.NOW)
                        .set(Reading.HASHRATE_THS, 141)
                        .set(Reading.HASHRATE_AVG_THS, 138)
                        .set(Reading.POWER_W, 3100)
                        .powerEstimated(true)
                        .set(Reading.AVG_TEMP_C, 68.5)
                        .set(Reading.MAX_TEMP_C, 70.5)
                        .set(Reading.AVG_FAN_RPM, 5850)
                        .set(Reading.MIN_FAN_RPM, 5800)
                        .set(Reading.MAX_FAN_RPM, 5900)
                        .set(Reading.ELAPSED_S, 69_000)
                        .set(Reading.ACCEPTED, 900)
                        .set(Reading.REJECTED, 4)
                        .set(Reading.BOARDS_ALIVE, 2)
                        .set(Reading.BOARDS_EXPECTED, 3)
                        .set(Reading.CHIPS_ALIVE, 220)
                        .set(Reading.CHIPS_EXPECTED, 330)
                        .set(Reading.POOLS_ALIVE, 2)
                        .pool(new Pool("stratum+tcp://pool.example:3333", "farm.7"))
                        .state(WorkState.MINING)
                        .build());
        assertThat(ok.identity())
                .isEqualTo(new MinerIdentity(
                        "Bitmain", "Antminer S19 XP", "Braiins OS 25.07", "02:00:aa:bb:cc:dd", "cell-7", null));
        assertThat(ok.missing()).isEmpty();
    }

    @Test
    void is_found_by_its_paths_where_the_cgminer_port_is_shut() {
        assertThat(WebReplies.read(REST).sample().value(Reading.HASHRATE_THS)).isEqualTo(141);
    }

    @Test
    void of_older_versions_is_read_by_one_query() {
        MinerReading.Ok ok = WebReplies.ok(read(Map.of("version", VERSION), Map.of(Command.BRAIINS_GRAPHQL, GRAPHQL)));

        assertThat(ok.sample())
                .isEqualTo(MetricSample.builder(Replies.MINER, Replies.NOW)
                        .set(Reading.HASHRATE_THS, 7.1)
                        .set(Reading.HASHRATE_AVG_THS, 7)
                        .set(Reading.POWER_W, 740)
                        .powerEstimated(true)
                        .set(Reading.AVG_TEMP_C, 82)
                        .set(Reading.MAX_TEMP_C, 84)
                        .set(Reading.AVG_FAN_RPM, 4500)
                        .set(Reading.MIN_FAN_RPM, 4000)
                        .set(Reading.MAX_FAN_RPM, 5000)
                        .set(Reading.ELAPSED_S, 1200)
                        .set(Reading.ACCEPTED, 50)
                        .set(Reading.REJECTED, 1)
                        .set(Reading.BOARDS_ALIVE, 2)
                        .set(Reading.BOARDS_EXPECTED, 3)
                        .set(Reading.CHIPS_ALIVE, 123)
                        .set(Reading.CHIPS_EXPECTED, 189)
                        .set(Reading.POOLS_ALIVE, 1)
                        .pool(new Pool("stratum+tcp://pool.example:3333", "farm.7"))
                        .state(WorkState.MINING)
                        .build());
        assertThat(ok.identity())
                .isEqualTo(new MinerIdentity("Bitmain", "Antminer S9", "Braiins OS+ 22.08", null, "cell-7", null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Inlet=38 Outlet=58 / Inlet=39 Outlet=60  | 38 | 60",
                "INLET=38 OUTLET=58 / INLET=37 OUTLET=57  | 37 | 58",
                "Water Inlet=30 Inlet=36 / WATER_OUTLET=41 OUTLET=50 | 30 | 41",
                "Inlet=0 Outlet=200 / Max Chip=70 | |",
            })
    void of_older_versions_gives_the_coldest_inlet_and_the_hottest_outlet(
            String boards, @Nullable Double inlet, @Nullable Double outlet) {
        String solvers = Arrays.stream(boards.split(" / "))
                .map(board -> "{\"temperatures\":["
                        + SENSOR.matcher(board)
                                .results()
                                .map(sensor -> "{\"name\":\"" + sensor.group(1).strip() + "\",\"degreesC\":"
                                        + sensor.group(2) + "}")
                                .collect(Collectors.joining(","))
                        + "]}")
                .collect(Collectors.joining(","));
        String reply = "{\"data\":{\"bosminer\":{\"info\":{\"workSolver\":{\"realHashrate\":{\"mhs5S\":1000000},"
                + "\"childSolvers\":[" + solvers + "]}}}}}";

        MetricSample sample = WebReplies.ok(read(Map.of("version", VERSION), Map.of(Command.BRAIINS_GRAPHQL, reply)))
                .sample();

        assertThat(sample.reading(Reading.INLET_TEMP_C)).isEqualTo(optional(inlet));
        assertThat(sample.reading(Reading.OUTLET_TEMP_C)).isEqualTo(optional(outlet));
    }

    private static OptionalDouble optional(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    @Test
    void of_newer_versions_gives_the_coldest_inlet_and_the_hottest_outlet() {
        Map<Command, String> replies = new EnumMap<>(REST);
        replies.put(
                Command.BRAIINS_BOARDS,
                "{\"hashboards\":[{\"lowest_inlet_temp\":{\"degree_c\":35.5},\"highest_outlet_temp\":{\"degree_c\":51}},"
                        + "{\"lowest_inlet_temp\":{\"degree_c\":34.5},\"highest_outlet_temp\":{\"degree_c\":49}},"
                        + "{\"lowest_inlet_temp\":null,\"highest_outlet_temp\":null}]}");

        MetricSample sample = WebReplies.read(replies).sample();

        assertThat(sample.value(Reading.INLET_TEMP_C)).isEqualTo(34.5);
        assertThat(sample.value(Reading.OUTLET_TEMP_C)).isEqualTo(51);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "Antminer S19K PRO, Bitmain, Antminer S19k Pro",
                "Whatsminer M30S, MicroBT, M30S",
                "BMM 101, Braiins, BMM 101",
                "?, -, ?",
            })
    void has_the_maker_of_the_device_that_it_runs_on(String reported, @Nullable String maker, String model) {
        MinerIdentity rest = WebReplies.read(with(REST, Command.BRAIINS_DETAILS, "Antminer S19 XP", reported))
                .identity();
        MinerIdentity graphql = WebReplies.ok(read(
                        Map.of("version", VERSION),
                        Map.of(Command.BRAIINS_GRAPHQL, GRAPHQL.replace("Antminer S9", reported))))
                .identity();

        assertThat(List.of(rest, graphql)).allSatisfy(identity -> {
            assertThat(identity.vendor()).isEqualTo(maker);
            assertThat(identity.model()).isEqualTo(model);
        });
    }

    private static Map<Command, String> with(
            Map<Command, String> replies, Command command, String before, String after) {
        Map<Command, String> changed = new EnumMap<>(replies);
        changed.computeIfPresent(command, (key, reply) -> reply.replace(before, after));
        return changed;
    }

    @Test
    void is_not_queried_at_its_web_server_where_it_reports_the_summary() {
        String summary = Replies.section("SUMMARY", "{\"MHS 5s\":14000000.0,\"MHS av\":13900000.0,\"Elapsed\":92}");
        WebReplies.ok(read(Map.of("version", VERSION, "summary", summary), REST));

        assertThat(queried).allSatisfy(command -> assertThat(command.endpoint()).isEqualTo(Endpoint.CGMINER));
    }

    @Test
    void that_requires_a_login_says_so_and_is_queried_once_only() {
        MinerReading reading = Replies.read(DeviceProfile.of(Joining.NEVER, Command.BASIC), commands -> {
            queried.addAll(commands);
            return commands.contains(Command.VERSION)
                    ? Replies.replied(Replies.bytes(VERSION))
                    : commands.get(0).endpoint() == Endpoint.WEB
                            ? new Outcome.Replied(new Reply.Denied(null))
                            : Replies.replied(Replies.bytes(Replies.INVALID));
        });

        assertThat(reading).isEqualTo(new MinerReading.NoReadings(Replies.MINER, "BOSer boser 0.1.0", "needs a login"));
        assertThat(queried.stream().filter(command -> command.endpoint() == Endpoint.WEB))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"'{\"errors\":[{\"message\":\"unknown field\"}]}'", "'{\"data\":null}'", "'{\"data\":{}}'"})
    void that_does_not_understand_the_query_has_measured_nothing(String reply) {
        assertThat(read(Map.of("version", VERSION), Map.of(Command.BRAIINS_GRAPHQL, reply)))
                .isNotInstanceOf(MinerReading.Ok.class);
    }

    @Test
    void is_sent_a_query_that_changes_nothing() {
        String request = new String(
                new DeviceRequest(List.of(Command.BRAIINS_GRAPHQL), 80).bytes("192.0.2.10"), StandardCharsets.US_ASCII);
        String body = request.substring(request.indexOf("\r\n\r\n") + 4);

        assertThat(request)
                .startsWith("POST /graphql HTTP/1.1\r\nHost: 192.0.2.10\r\n")
                .contains("\r\nContent-Type: application/json\r\n", "\r\nContent-Length: " + body.length() + "\r\n");
        assertThat(ReplyReader.read(Replies.bytes(body))).isInstanceOf(Reply.Value.class);
        assertThat(body).startsWith("{\"query\":\"query{").doesNotContain("mutation", "subscription");
        assertThat(body.chars().filter(next -> next == '{').count())
                .isEqualTo(body.chars().filter(next -> next == '}').count());
    }
}
