package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.Baseline;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.ConditionState;
import io.minerops.api.internal.PrivateFiles;
import io.minerops.api.miner.MinerAddress;
import io.minerops.core.MinerOps;
import io.minerops.core.job.Job;
import io.minerops.rules.RuleContext;
import io.minerops.rules.RuleExport;
import io.minerops.rules.RuleFile;
import io.minerops.rules.RulePlan;
import io.minerops.server.access.FileFault;
import io.minerops.server.config.Configuration;
import io.minerops.server.config.ServerConfig;
import io.minerops.server.http.Downloads;
import io.minerops.server.http.EventStreams;
import io.minerops.server.http.gateway.HttpServer;
import io.minerops.server.http.guard.Access;
import io.minerops.server.rest.changes.LiveChanges;
import io.minerops.server.support.Answer;
import io.minerops.server.support.Client;
import io.minerops.sqlite.SqliteStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A database and rule files that an earlier version made mean what they meant to it: its replies are in the folder
 * {@code earlier}, with a README.txt that says how they were made. Fields may have been added since.
 */
class EarlierFilesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final InstantSource THEN = InstantSource.fixed(Instant.parse("2026-11-27T23:11:06.976Z"));

    @TempDir
    Path folder;

    private SqliteStore store;
    private MinerOps ops;
    private LiveChanges changes;
    private HttpServer http;
    private Client client;

    @BeforeEach
    void open() throws IOException {
        Path file = folder.resolve("metrics.db");
        try (InputStream made = resource("metrics.db.gz")) {
            PrivateFiles.create(file);
            Files.write(file, made.readAllBytes());
        }
        store = SqliteStore.open(file);
        ServerConfig config = Configuration.read(Map.of("MINEROPS_PORT", "0", "MINEROPS_DB", file.toString()), null);
        ops = MinerOps.builder().store(store).clock(THEN).without(Job.values()).build();
        changes = new LiveChanges(new EventStreams(1, 1, EventStreams.HEARTBEAT), THEN);
        http = HttpServer.start(
                config.http(),
                Access.of(config.http().access(), System::nanoTime),
                RestRoutes.of(ops, config, changes, new Downloads(1, 1, Downloads.PART_TIMEOUT), THEN),
                change -> {},
                new FileFault("certificate"),
                System::nanoTime);
        client = Client.of(http.uri());
    }

    @AfterEach
    void close() {
        changes.close();
        http.close();
        ops.close();
    }

    private static InputStream resource(String name) throws IOException {
        InputStream stream =
                Objects.requireNonNull(EarlierFilesTest.class.getResourceAsStream("/earlier/" + name), name);
        return name.endsWith(".gz") ? new GZIPInputStream(stream) : stream;
    }

    private static JsonNode json(String name) throws IOException {
        try (InputStream stream = resource(name)) {
            return JSON.readTree(stream);
        }
    }

    private static String text(String name) throws IOException {
        try (InputStream stream = resource(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "rules.json, /api/alerts/rules",
        "alerts.json, /api/alerts?limit=1000",
        "alert-12.json, /api/alerts/12",
        "summary.json, /api/alerts/summary",
        "silences.json, /api/alerts/silences",
        "notifications.json, /api/notifications?limit=1000",
        "events.json, /api/events?limit=1000",
        "miners.json, /api/miners",
        "current.json, /api/miners/current?detail=true",
        "metrics.json.gz, /api/metrics?limit=1000&since=2026-11-27T00:00:00Z",
        "metrics-mean.json, /api/metrics?limit=1000&step=60&since=2026-11-27T00:00:00Z",
        "profitability.json, /api/profitability/history?days=90",
        "profitability-miner.json, /api/profitability/history?days=90&miner_ip=127.20.9.2",
    })
    void a_reply_says_what_the_earlier_version_replied(String made, String path) throws IOException {
        Answer answer = client.get(path);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        List<String> differences = new ArrayList<>();
        JsonNode then = json(made);
        // not stored, and worded by the version that replies
        ((ObjectNode) then).remove("warnings");
        compare("", then, answer.json(), differences);
        assertThat(differences).isEmpty();
    }

    /** All that was said is said still, and nothing else but new fields of objects. */
    private static void compare(String at, JsonNode then, JsonNode now, List<String> differences) {
        if (then.isObject() && now.isObject()) {
            then.properties()
                    .forEach(field -> compare(
                            at + "/" + field.getKey(), field.getValue(), now.path(field.getKey()), differences));
        } else if (then.isArray() && now.isArray() && then.size() == now.size()) {
            for (int i = 0; i < then.size(); i++) {
                compare(at + "/" + i, then.get(i), now.get(i), differences);
            }
        } else if (!then.equals(now)) {
            differences.add(at + ": " + then + " became " + now);
        }
    }

    @Test
    void the_comparison_sees_a_changed_a_missing_and_an_additional_item() throws IOException {
        JsonNode then = JSON.readTree("{\"a\":[{\"b\":1}],\"c\":null}");
        for (String now : List.of(
                "{\"a\":[{\"b\":2}],\"c\":null}", "{\"a\":[{\"b\":1}]}", "{\"a\":[{\"b\":1},{\"b\":1}],\"c\":null}")) {
            List<String> differences = new ArrayList<>();
            compare("", then, JSON.readTree(now), differences);
            assertThat(differences).as(now).hasSize(1);
        }
    }

    @Test
    void what_the_engine_remembered_is_loaded() {
        AlertState state = store.alerts().load();

        assertThat(state.conditions()).hasSize(12);
        assertThat(state.baselines()).hasSize(7);
        assertThat(state.baselines().get(MinerAddress.of("127.20.9.1")))
                .extracting(Baseline::meanThs, as(InstanceOfAssertFactories.DOUBLE))
                .isBetween(195.0, 205.0);
        assertThat(state.conditions().get(new ConditionKey(1, MinerAddress.of("127.20.9.8"))))
                .extracting(ConditionState::raisedAt)
                .isEqualTo(Instant.parse("2026-11-27T23:09:43.684Z"));
    }

    @Test
    void a_check_goes_on_where_the_earlier_version_stopped() {
        assertThat(ops.alerts().find(12)).isPresent();

        ops.run(Job.CHECK_ALERTS);

        // the samples are 43 s old: what was open stays open, and nothing is raised a second time
        assertThat(ops.alerts().count().total()).isEqualTo(13);
        assertThat(store.alerts().countOpen().values()).containsExactlyInAnyOrder(2L, 2L, 7L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rules.yaml", "rules-with-secrets.yaml", "rules-with-secrets.json"})
    void an_exported_rule_file_says_what_the_database_says(String name) throws IOException {
        Map<String, String> environment = Map.of(
                "WEBHOOK_127_0_0_1", "http://127.0.0.1:5981/hook?token=abc",
                "WEBHOOK_127_0_0_1_2", "http://127.0.0.1:5981/broken",
                "WEBHOOK_127_0_0_1_3", "http://127.0.0.1:5981/ok");
        RuleFile file = RuleFile.parse(name, text(name), RuleContext.standard().withEnvironment(environment::get));

        RulePlan plan = RulePlan.between(file.rules(), ops.rules().all(), true);

        assertThat(plan.unchanged())
                .hasSize(8)
                .containsExactlyElementsOf(ops.rules().all());
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.creations()).isEmpty();
        assertThat(plan.deletions()).isEmpty();
    }

    @Test
    void the_rules_are_exported_as_the_earlier_version_exported_them() throws IOException {
        assertThat(RuleExport.withSecrets().toYaml(ops.rules().all())).isEqualTo(text("rules-with-secrets.yaml"));
        assertThat(JSON.readTree(RuleExport.withSecrets().toJson(ops.rules().all())))
                .isEqualTo(json("rules-with-secrets.json"));
    }
}
