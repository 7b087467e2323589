package io.minerops.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.minerops.server.support.Answer;
import io.minerops.server.support.Client;
import io.minerops.server.support.RunningServer;
import io.minerops.testkit.fleet.Trouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Prometheus reads of a server over a simulated fleet of which one miner hashes nothing. */
class MetricsTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(4)
            .with("API_TOKEN", "all-rights-0123456789abcdef")
            .with("API_READ_TOKEN", "read-rights-0123456789abcdef");

    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
    private static final String RULE = "rule=\"No \\\"hash\\\" rate\"";

    private static Client client;
    private static String rulePath;

    @BeforeAll
    static void an_alert_is_raised() {
        client = SERVER.client().token("all-rights-0123456789abcdef");
        SERVER.server().ops().pollNow();
        SERVER.fleet().trouble(1, Trouble.ZERO);
        SERVER.server().ops().pollNow();
        Answer rule = client.post(
                "/api/alerts/rules",
                "{\"name\": \"No \\\"hash\\\" rate\", \"rule_type\": \"hashrate\", \"severity\": \"critical\","
                        + " \"thresholds\": {\"baseline_ths\": 10}}");
        rulePath = "/api/alerts/rules/" + rule.json().path("rule").path("id").asLong();
        assertThat(client.post("/api/alerts/check").json().path("new_alerts")).hasSize(1);
    }

    private static Exposition scrape() {
        return Exposition.parse(client.get("/metrics").text());
    }

    @Test
    void the_engine_shows_what_each_rule_saw_and_did() {
        Exposition metrics = scrape();

        assertThat(metrics.value("minerops_alert_rule_transitions_total", RULE, "transition=\"raised\""))
                .isEqualTo(1);
        assertThat(metrics.value("minerops_alert_rule_transitions_total", RULE, "transition=\"cleared\""))
                .isZero();
        assertThat(metrics.value("minerops_alert_rule_open", RULE)).isEqualTo(1);
        assertThat(metrics.value("minerops_alert_rule_pending", RULE)).isZero();
        assertThat(metrics.value("minerops_alert_rule_covered", RULE)).isEqualTo(4);
        assertThat(metrics.value("minerops_alert_rule_suppressed", RULE, "reason=\"inhibited\""))
                .isZero();
        assertThat(metrics.with("reason=\"silenced\"")).isNotEmpty();
        assertThat(metrics.with("reason=\"cooldown\"")).isNotEmpty();
        assertThat(metrics.with("reason=\"future_sample\"")).isNotEmpty();
        assertThat(metrics.value("minerops_alert_rule_evaluation_seconds_count", RULE))
                .isGreaterThanOrEqualTo(1);
        assertThat(metrics.value("minerops_alert_rule_evaluation_seconds_sum", RULE))
                .isPositive();
        assertThat(metrics.value("minerops_alert_check_duration_seconds_count")).isGreaterThanOrEqualTo(1);
        assertThat(metrics.value("minerops_alert_checks_total")).isGreaterThanOrEqualTo(1);
        assertThat(metrics.value("minerops_alert_check_failures_total")).isZero();
        assertThat(metrics.types()).containsEntry("minerops_alert_rule_transitions_total", "counter");
    }

    @Test
    void the_fleet_shows_its_figures_in_base_units() {
        Exposition metrics = scrape();
        var summary = client.get("/api/summary").json().path("summary");

        assertThat(metrics.value("minerops_miners_registered")).isEqualTo(4);
        assertThat(metrics.value("minerops_miners_online")).isEqualTo(4);
        assertThat(metrics.value("minerops_miners_offline")).isZero();
        assertThat(metrics.value("minerops_hashrate_hashes_per_second"))
                .isEqualTo(summary.path("hashrate_ths").doubleValue() * 1e12);
        assertThat(metrics.value("minerops_power_watts"))
                .isEqualTo(summary.path("power_w").doubleValue());
        assertThat(metrics.value("minerops_mean_temperature_celsius"))
                .isEqualTo(summary.path("avg_temp_c").doubleValue());
        assertThat(metrics.value("minerops_alerts_open", "severity=\"critical\""))
                .isEqualTo(1);
        assertThat(metrics.value("minerops_outbox_messages", "status=\"pending\""))
                .isZero();
        assertThat(metrics.value("minerops_last_poll_answered")).isEqualTo(4);
        assertThat(metrics.value("minerops_last_poll_timestamp_seconds")).isGreaterThan(1.6e9);
        assertThat(metrics.value("minerops_last_poll_duration_seconds")).isPositive();
        assertThat(metrics.value("minerops_job_last_success_timestamp_seconds", "job_name=\"check-alerts\""))
                .isGreaterThan(1.6e9);
        assertThat(metrics.samples().keySet()).anyMatch(name -> name.startsWith("jvm_memory_used_bytes"));
    }

    @Test
    void a_rule_that_is_renamed_or_deleted_leaves_no_meters_behind() {
        Answer created = client.post("/api/alerts/rules", "{\"name\": \"Passing\", \"rule_type\": \"temp\"}");
        String path =
                "/api/alerts/rules/" + created.json().path("rule").path("id").asLong();
        client.post("/api/alerts/check");
        assertThat(scrape().with("rule=\"Passing\"")).isNotEmpty();

        client.put(path, "{\"name\": \"Passed\"}");
        client.post("/api/alerts/check");
        assertThat(scrape().with("rule=\"Passing\"")).isEmpty();
        assertThat(scrape().with("rule=\"Passed\"")).isNotEmpty();

        client.delete(path);
        client.post("/api/alerts/check");
        assertThat(scrape().with("rule=\"Passed\"")).isEmpty();
        assertThat(scrape().with(RULE)).isNotEmpty();
    }

    @Test
    void the_format_is_the_one_that_the_reader_takes() {
        Answer text = client.get("/metrics");
        assertThat(text.header("Content-Type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(text.text()).doesNotContain("# EOF");

        Answer open = client.with("Accept", "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.2")
                .get("/metrics");
        assertThat(open.header("Content-Type")).startsWith("application/openmetrics-text; version=1.0.0");
        assertThat(open.text()).endsWith("# EOF\n");
        assertThat(Exposition.parse(open.text()).value("minerops_miners_registered"))
                .isEqualTo(4);
    }

    @Test
    void reading_takes_the_right_to_read() {
        assertThat(SERVER.client().get("/metrics").status()).isEqualTo(401);
        assertThat(SERVER.client()
                        .token("read-rights-0123456789abcdef")
                        .get("/metrics")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void no_secret_is_among_the_labels() {
        client.put(rulePath, "{\"notify_webhook\": true, \"webhook_url\": \"http://127.0.0.1:9/T0pSecretHookPath\"}");
        client.post("/api/alerts/check");

        assertThat(client.get("/metrics").text()).doesNotContain("T0pSecret").doesNotContain("127.0.0.1");
    }

    @Test
    void prometheus_own_tool_finds_no_fault() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(PROMTOOL), "promtool is not installed");
        Process promtool = new ProcessBuilder(PROMTOOL.toString(), "check", "metrics")
                .redirectErrorStream(true)
                .start();
        try (var in = promtool.getOutputStream()) {
            in.write(client.get("/metrics").text().getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(promtool.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(said.lines().filter(line -> line.contains("minerops_"))).isEmpty();
        assertThat(said).doesNotContain("error while linting");
    }
}
