package io.minerops.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.RuleTypes;
import io.minerops.rules.RuleSchema;
import io.minerops.server.support.RunningServer;
import io.minerops.sqlite.SqliteStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code minerops rules}: against a real database file, and the files of the documentation. */
class RulesCommandTest {
    private static final Path EXAMPLES = Path.of("..", "docs", "examples");
    private static final String HOOK = "https://hooks.example.com/services/T0/B0/hunter2";

    @TempDir
    Path folder;

    private Path database;
    private Path config;
    private String out = "";
    private String err = "";

    @BeforeEach
    void configure() throws IOException {
        database = folder.resolve("metrics.db");
        config = Files.writeString(folder.resolve("minerops.env"), "MINEROPS_DB=" + database + "\n");
    }

    private int run(String... arguments) {
        StringWriter said = new StringWriter();
        StringWriter complained = new StringWriter();
        CommandLine commandLine =
                Main.commandLine().setOut(new PrintWriter(said, true)).setErr(new PrintWriter(complained, true));
        int code = commandLine.execute(arguments);
        out = said.toString();
        err = complained.toString();
        return code;
    }

    private int apply(Path file, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("rules", "apply", file.toString(), "--config", config.toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("rules.yaml"), text);
    }

    private List<AlertRule> stored() {
        try (SqliteStore store = SqliteStore.open(database)) {
            return store.rules().all();
        }
    }

    @Test
    void apply_makes_the_stored_rules_those_of_the_file_and_a_second_time_changes_nothing() {
        assertThat(apply(EXAMPLES.resolve("rules.yaml"))).isZero();
        assertThat(out).contains("+ High Temperature (temp)", "5 to create", "Applied.");
        List<AlertRule> rules = stored();

        assertThat(apply(EXAMPLES.resolve("rules.yaml"))).isZero();
        assertThat(out).contains("5 unchanged", "Nothing to do.");
        assertThat(stored()).isEqualTo(rules).hasSize(5);
    }

    @Test
    void a_dry_run_shows_what_would_change_and_changes_nothing() throws IOException {
        apply(EXAMPLES.resolve("rules.yaml"));
        List<AlertRule> before = stored();

        assertThat(apply(file("""
                                version: 1
                                rules:
                                  - {name: High Temperature, rule_type: temp, thresholds: {temp_c: 90}}
                                """), "--dry-run", "--prune")).isZero();

        assertThat(out)
                .contains("~ High Temperature (temp)", "thresholds.temp_c: 80 → 90", "- Miner Offline (offline)")
                .contains("Nothing was changed (--dry-run).");
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void rules_that_the_file_does_not_have_are_deleted_only_when_requested() throws IOException {
        apply(EXAMPLES.resolve("rules.yaml"));
        Path one = file("version: 1\nrules: [{name: Wrong Pool, rule_type: pool}]\n");

        apply(one);
        assertThat(out).contains("left alone");
        assertThat(stored()).hasSize(5);
        apply(one, "--prune");
        assertThat(stored()).extracting(AlertRule::name).containsExactly("Wrong Pool");
    }

    @Test
    void what_can_hardly_be_meant_is_reported_with_its_line() {
        apply(EXAMPLES.resolve("rules.yaml"));

        assertThat(err).contains("warning: ", "rules.yaml:");
    }

    @Test
    void a_file_with_faults_changes_nothing_and_every_fault_is_reported() throws IOException {
        assertThat(apply(file("""
                                version: 1
                                rules:
                                  - {name: Hot, rule_type: temp, thresholds: {temp_c: 80, clear_c: 90}}
                                  - {name: Cold, rule_type: tmp}
                                """))).isEqualTo(1);

        assertThat(err)
                .startsWith("The rules are invalid:")
                .contains("rules.yaml:3: thresholds.clear_c must be at most temp_c", "rules.yaml:4: rule_type");
        assertThat(database).doesNotExist();
    }

    @Test
    void a_database_that_a_server_runs_on_is_reported() {
        try (SqliteStore held = SqliteStore.open(database)) {
            assertThat(held.rules().all()).isEmpty();
            assertThat(apply(EXAMPLES.resolve("rules.yaml"))).isEqualTo(1);
        }

        assertThat(err).contains("if a server uses it, stop the server first").doesNotContain("\tat ");
    }

    @Test
    void an_export_is_applied_back_without_a_change_and_keeps_secrets_unless_requested() throws IOException {
        apply(file("""
                        version: 1
                        rules:
                          - name: Hot
                            rule_type: temp
                            notify_webhook: true
                            webhook_url: %s
                        """.formatted(HOOK)));

        assertThat(run("rules", "export", "--config", config.toString())).isZero();
        assertThat(out).contains("name: Hot", "${").doesNotContain("hunter2");

        Path exported = folder.resolve("export.yaml");
        run("rules", "export", "--with-secrets", "--out", exported.toString(), "--config", config.toString());
        assertThat(apply(exported)).isZero();
        assertThat(out).contains("1 unchanged").doesNotContain("hunter2");

        run("rules", "export", "--json", "--with-secrets", "--out", exported.toString(), "--config", config.toString());
        assertThat(exported).content().startsWith("{");
        assertThat(apply(exported)).isZero();
        assertThat(out).contains("1 unchanged");
    }

    @Test
    void the_tests_of_the_documentation_pass() {
        assertThat(run("rules", "test", EXAMPLES.resolve("rules-test.yaml").toString()))
                .isZero();
        assertThat(out).contains("passed  half a hall", "6 passed, 0 failed");
    }

    @Test
    void a_test_that_fails_is_shown_with_what_came_instead_and_ends_with_1() throws IOException {
        Path tests = Files.writeString(folder.resolve("t.yaml"), """
                version: 1
                rules: [{name: Hot, rule_type: temp}]
                tests:
                  - name: too hot
                    series: [{miner: 10.0.0.1, reading: avg_temp_c, values: 85}]
                    expect: [{at: 0m, alerts: []}]
                """);

        assertThat(run("rules", "test", tests.toString())).isEqualTo(1);
        assertThat(out)
                .contains("FAILED  too hot (" + tests + ":4)")
                .contains("at 0s: not expected: Hot on 10.0.0.1 active warning")
                .contains("0 passed, 1 failed");

        assertThat(run("rules", "test", "--json", tests.toString())).isEqualTo(1);
        JsonNode json = new ObjectMapper().readTree(out);
        assertThat(json.path("failed").asInt()).isEqualTo(1);
        assertThat(json.path("results").path(0).path("failures")).hasSize(1);
    }

    @Test
    void backtest_reports_what_the_rules_of_the_documentation_would_have_raised() {
        MinerAddress miner = MinerAddress.of("10.0.0.1");
        Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(2));
        try (SqliteStore store = SqliteStore.open(database)) {
            for (int minute = 0; minute < 100; minute++) {
                Instant at = start.plus(Duration.ofMinutes(minute));
                store.metrics()
                        .append(Poll.of(
                                at,
                                List.of(MetricSample.builder(miner, at)
                                        .set(Reading.AVG_TEMP_C, minute >= 20 && minute < 30 ? 93 : 60)
                                        .build())));
            }
        }

        int code = run(
                "rules",
                "backtest",
                EXAMPLES.resolve("rules.yaml").toString(),
                "--rule",
                "High Temperature",
                "--days",
                "1",
                "--config",
                config.toString());

        assertThat(code).as(err).isZero();
        assertThat(out)
                .contains("High Temperature (temp): 1 alert,")
                .contains("10.0.0.1: Mean temperature 93 °C is above 80 °C")
                .contains("100 samples of 100 polls", "temp_c: ");
        assertThat(run(
                        "rules",
                        "backtest",
                        EXAMPLES.resolve("rules.yaml").toString(),
                        "--rule",
                        "Nobody",
                        "--config",
                        config.toString()))
                .isEqualTo(2);
        assertThat(err).contains("has no rule named Nobody");
        assertThat(run(
                        "rules",
                        "backtest",
                        EXAMPLES.resolve("rules.yaml").toString(),
                        "--days",
                        "1e300",
                        "--config",
                        config.toString()))
                .isEqualTo(2);
        assertThat(err).contains("days must be between").doesNotContain("\tat ");
    }

    @Test
    void the_schema_is_printed() {
        assertThat(run("rules", "schema")).isZero();
        assertThat(out).isEqualTo(RuleSchema.of(RuleTypes.installed()));
    }

    @Test
    void rules_without_a_command_is_refused() {
        assertThat(run("rules")).isEqualTo(2);
        assertThat(err).contains("rules needs a command");
    }

    @Test
    void a_server_starts_with_the_rules_of_its_file_and_without_default_ones() throws Exception {
        Path rules = file("version: 1\nrules: [{name: Mine, rule_type: temp}]\n");
        RunningServer server = RunningServer.of(1).with("RULES_FILE", rules.toString());
        try {
            server.start();

            JsonNode all = server.client().get("/api/alerts/rules").json().path("rules");
            assertThat(all).hasSize(1);
            assertThat(all.path(0).path("name").asText()).isEqualTo("Mine");
        } finally {
            server.close();
        }
    }

    @Test
    void a_server_does_not_start_with_a_file_that_has_faults() throws IOException {
        Path rules = file("version: 1\nrules: [{name: Mine, rule_type: tempp}]\n");
        Files.writeString(
                config,
                "MINEROPS_PORT=0\nRULES_FILE=" + rules + "\nLOG_DIR=" + folder.resolve("logs") + "\n",
                StandardOpenOption.APPEND);

        assertThat(run("serve", "--config", config.toString())).isEqualTo(1);
        assertThat(err).contains("rules.yaml:2: rule_type must be one of", "did you mean temp?");
    }
}
