package io.minerops.core.device.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.internal.reading.DeviceProfile;
import io.minerops.core.device.internal.reading.Joining;
import io.minerops.core.device.internal.reading.ReadingPlan;
import io.minerops.core.device.internal.reading.Replies;
import io.minerops.core.device.internal.vendor.Families;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Antminers that answer the newer form of two commands. */
class AntminerNewApiTest {
    private static final String BUILT = "\"CompileTime\":\"Wed Mar  8 10:00:00 CST 2023\",";
    private static final String INFO =
            "{\"STATUS\":{\"STATUS\":\"S\",\"when\":1,\"Msg\":\"ok\",\"api_version\":\"1.0.0\"},"
                    + "\"INFO\":{\"miner_version\":\"50.0.1\",\"type\":\"Antminer S19\"},";
    private static final String STATS = INFO
            + "\"STATS\":[{\"elapsed\":7200,\"rate_5s\":91000.0,\"rate_avg\":90000.0,\"rate_ideal\":95000.0,"
            + "\"rate_unit\":\"GH/s\",\"fan\":[4000,4200],\"chain\":["
            + "{\"index\":0,\"rate_real\":30000,\"asic_num\":76,\"temp_chip\":[50,52,60,62],\"temp_pcb\":[40,42,45,47],"
            + "\"hw\":2,\"sn\":\"BOARDA1\"},"
            + "{\"index\":1,\"rate_real\":30000,\"asic_num\":76,\"temp_chip\":[51,53,61,63],\"temp_pcb\":[40,42,45,47],"
            + "\"hw\":3,\"sn\":\"BOARDA2\"}]}]}";
    private static final String SUMMARY = INFO
            + "\"SUMMARY\":[{\"elapsed\":7200,\"rate_5s\":91000.0,\"status\":["
            + "{\"type\":\"rate\",\"status\":\"s\",\"code\":0,\"msg\":\"\"},"
            + "{\"type\":\"network\",\"status\":\"s\",\"code\":0,\"msg\":\"\"},"
            + "{\"type\":\"fans\",\"status\":\"s\",\"code\":0,\"msg\":\"\"},"
            + "{\"type\":\"temp\",\"status\":\"s\",\"code\":0,\"msg\":\"\"}]}]}";

    private final Map<String, String> antminer = new HashMap<>(Map.of(
            "version", Replies.version("Antminer S19"),
            "summary", Replies.summary(95_000),
            "stats", Replies.stats("Antminer S19", BUILT + "\"GHS 5s\":95000"),
            "pools", Replies.pools(),
            "stats new_api", STATS,
            "summary new_api", SUMMARY));

    private MetricSample sample() {
        MinerReading reading = Replies.readSingly(antminer);
        assertThat(reading).isInstanceOf(MinerReading.Ok.class);
        return ((MinerReading.Ok) reading).sample();
    }

    @Test
    void are_queried_with_a_field_beside_the_command() {
        assertThat(new String(
                        new DeviceRequest(List.of(Command.STATS_NEW), 4028).bytes("192.0.2.10"),
                        StandardCharsets.US_ASCII))
                .isEqualTo("{\"command\":\"stats\",\"new_api\":true}");
    }

    @Test
    void report_no_fault_where_every_part_is_well() {
        assertThat(sample().faults()).isEmpty();
    }

    @Test
    void report_each_part_that_is_not_well() {
        antminer.put(
                "summary new_api",
                SUMMARY.replace(
                                "{\"type\":\"fans\",\"status\":\"s\",\"code\":0,\"msg\":\"\"}",
                                "{\"type\":\"fans\",\"status\":\"e\",\"code\":0,\"msg\":\"lost fan\"}")
                        .replace(
                                "{\"type\":\"temp\",\"status\":\"s\",\"code\":0,\"msg\":\"\"}",
                                "{\"type\":\"temp\",\"status\":\"e\",\"code\":1042,\"msg\":\"too hot\"}"));

        assertThat(sample().faults())
                .containsExactly(
                        new DeviceFault("fans", "lost fan", null), new DeviceFault("1042", "temp: too hot", null));
    }

    @Test
    void give_what_the_older_form_lacks() {
        MetricSample sample = sample();

        assertThat(sample.value(Reading.MAX_TEMP_C)).isEqualTo(63);
        assertThat(sample.value(Reading.BOARDS_ALIVE)).isEqualTo(2);
        assertThat(sample.value(Reading.CHIPS_ALIVE)).isEqualTo(152);
        assertThat(sample.value(Reading.MIN_FAN_RPM)).isEqualTo(4_000);
    }

    @Test
    void give_nothing_where_the_older_form_says_it() {
        antminer.put(
                "stats",
                Replies.stats(
                        "Antminer S19",
                        BUILT + "\"GHS 5s\":95000,\"chain_acn6\":70,\"temp_chip6\":\"40-41-42-43\",\"fan3\":3000"));
        MetricSample sample = sample();

        assertThat(sample.value(Reading.HASHRATE_THS)).isEqualTo(95);
        assertThat(sample.value(Reading.MAX_TEMP_C)).isEqualTo(43);
        assertThat(sample.value(Reading.CHIPS_ALIVE)).isEqualTo(70);
        assertThat(sample.value(Reading.MAX_FAN_RPM)).isEqualTo(3_000);
    }

    @Test
    void that_answer_the_older_form_instead_are_not_queried_again() {
        antminer.put("stats new_api", antminer.get("stats"));
        antminer.put("summary new_api", antminer.get("summary"));
        List<Command> queried = new ArrayList<>();
        DeviceProfile learned = learn(DeviceProfile.of(Joining.NEVER, Command.BASIC), queried);
        assertThat(queried).contains(Command.STATS_NEW, Command.SUMMARY_NEW);
        assertThat(sample().faults()).isNull();

        queried.clear();
        learn(learned, queried);
        assertThat(queried).containsExactlyElementsOf(Command.BASIC);
    }

    @Test
    void that_refuse_it_while_they_refuse_more_are_not_queried_again() {
        antminer.remove("stats new_api");
        antminer.remove("summary new_api");
        antminer.remove("summary");
        List<Command> queried = new ArrayList<>();
        DeviceProfile learned = learn(DeviceProfile.of(Joining.NEVER, Command.BASIC), queried);

        queried.clear();
        learn(learned, queried);
        assertThat(queried).contains(Command.SUMMARY).doesNotContain(Command.STATS_NEW, Command.SUMMARY_NEW);
    }

    @Test
    void of_a_firmware_built_before_it_was_there_are_not_queried() {
        antminer.computeIfPresent("stats", (command, reply) -> reply.replace("2023", "2020"));
        List<Command> queried = new ArrayList<>();
        learn(DeviceProfile.of(Joining.NEVER, Command.BASIC), queried);

        assertThat(queried).containsExactlyElementsOf(Command.BASIC);
    }

    @Test
    void that_do_not_say_in_the_older_form_what_they_hash_are_queried_whenever_they_were_built() {
        antminer.put("stats", Replies.section("STATS", "{\"ID\":\"S19\",\"Type\":\"Antminer S19\"}"));
        antminer.remove("summary");

        assertThat(sample().value(Reading.HASHRATE_THS)).isEqualTo(91);
    }

    @Test
    void that_do_not_know_it_miss_nothing() {
        antminer.remove("stats new_api");
        antminer.remove("summary new_api");

        assertThat(((MinerReading.Ok) Replies.readSingly(antminer)).missing()).isEmpty();
    }

    private DeviceProfile learn(DeviceProfile known, List<Command> queried) {
        ReadingPlan plan = new ReadingPlan(Replies.MINER, known, Families.STANDARD);
        for (List<Command> next = plan.next(); !next.isEmpty(); next = plan.next()) {
            queried.addAll(next);
            plan.take(Replies.replied(
                    Replies.bytes(antminer.getOrDefault(next.get(0).wireName(), Replies.INVALID))));
        }
        return Objects.requireNonNull(plan.learned(null));
    }
}
