package io.minerops.server.reload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.minerops.api.alert.AlertRule;
import io.minerops.server.config.LogLevel;
import io.minerops.server.support.Answer;
import io.minerops.server.support.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running server whose files change. */
class ReloadTest {
    private static final String OPERATE = "operate-operate-operate-operate";
    private static final String READ = "read-read-read-read-read-read";

    @TempDir
    private Path folder;

    private Path config;
    private Path rules;
    private RunningServer server;
    private GreenMail mail;

    @BeforeEach
    void start() throws IOException {
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        rules = folder.resolve("rules.yaml");
        config = folder.resolve("minerops.env");
        rules("{name: Mine, rule_type: temp, thresholds: {temp_c: 80}}");
        config("");
        server = RunningServer.of(1)
                .with("API_TOKEN", OPERATE)
                .with("API_READ_TOKEN", READ)
                .withConfigFile(config);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        mail.stop();
    }

    private void rules(String list) throws IOException {
        Files.writeString(rules, "version: 1\nrules: [" + list + "]\n");
    }

    private void config(String lines) throws IOException {
        Files.writeString(config, "RULES_FILE=" + rules + "\n" + lines);
    }

    private String mailSettings() {
        return "SMTP_SERVER=127.0.0.1\nSMTP_SECURITY=none\nSMTP_PORT="
                + mail.getSmtp().getPort() + "\nALERT_EMAIL=ops@example.com\n";
    }

    private Answer reload() {
        return server.client().token(OPERATE).post("/api/reload");
    }

    private List<String> ruleNames() {
        return server.server().ops().store().rules().all().stream()
                .map(AlertRule::name)
                .toList();
    }

    private String events() {
        return server.client().token(OPERATE).get("/api/events").text();
    }

    @Test
    void rules_that_changed_are_applied_by_what_differs() throws IOException {
        rules("{name: Mine, rule_type: temp, thresholds: {temp_c: 90}}, {name: Other, rule_type: fan}");

        Answer answer = reload();

        assertThat(answer.status()).isEqualTo(200);
        JsonNode changes = answer.json().path("rules");
        assertThat(changes.path("created").path(0).asText()).isEqualTo("Other");
        assertThat(changes.path("changed").path(0).path("fields").path(0).asText())
                .isEqualTo("thresholds.temp_c: 80 → 90");
        assertThat(ruleNames()).containsExactly("Mine", "Other");
        assertThat(events()).contains("reloaded: rules: 1 to create, 1 to change");
    }

    @Test
    void channels_and_log_level_are_exchanged() throws IOException {
        config(mailSettings() + "LOG_LEVEL=DEBUG\n");

        Answer answer = reload();

        assertThat(answer.json().path("channels").toString()).isEqualTo("[\"webhook\",\"email\"]");
        assertThat(answer.json().path("taken_up").toString()).contains("SMTP_SERVER", "ALERT_EMAIL", "LOG_LEVEL");
        assertThat(server.logLevel()).isEqualTo(LogLevel.DEBUG);
        assertThat(server.client()
                        .token(OPERATE)
                        .post("/api/notifications/test", "{\"channel\": \"email\"}")
                        .status())
                .isEqualTo(200);
        assertThat(mail.getReceivedMessages()).hasSize(1);
    }

    @Test
    void settings_that_need_a_new_start_are_named_until_there_is_one() throws IOException {
        config("METRICS_RETENTION_DAYS=9\nLOG_LEVEL=WARN\n");

        assertThat(reload().json().path("needs_restart").toString()).isEqualTo("[\"METRICS_RETENTION_DAYS\"]");
        JsonNode second = reload().json();
        assertThat(second.path("needs_restart").toString()).isEqualTo("[\"METRICS_RETENTION_DAYS\"]");
        assertThat(second.path("taken_up")).isEmpty();
    }

    @Test
    void rules_with_faults_change_nothing_and_every_fault_is_reported() throws IOException {
        rules("{name: Other, rule_type: fan}, {name: A, rule_type: tempp}, {name: B, rule_type: fann}");
        config(mailSettings() + "LOG_LEVEL=DEBUG\n");

        Answer answer = reload();

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("problems")).hasSize(2);
        assertThat(answer.json().path("error").asText()).contains("rule_type must be one of");
        assertThat(ruleNames()).containsExactly("Mine");
        assertThat(server.server().ops().notifications().channels()).containsExactly("webhook");
        assertThat(server.logLevel()).isNull();
        assertThat(events()).contains("not reloaded, all stays as it was: ", "\"level\":\"error\"");
    }

    @Test
    void settings_with_faults_change_nothing_and_show_no_secret() throws IOException {
        rules("{name: Other, rule_type: fan}");
        config("SMTP_PORT=high\nPOLL_INTERVAL=0\nSMTP_PASSWORD=hunter2\n");

        Answer answer = reload();

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("problems").toString()).contains("SMTP_PORT", "SMTP_USER");
        assertThat(answer.text() + events()).doesNotContain("hunter2");
        assertThat(ruleNames()).containsExactly("Mine");
    }

    @Test
    void it_takes_the_right_to_operate() {
        assertThat(server.client().post("/api/reload").status()).isEqualTo(401);
        assertThat(server.client().token(READ).post("/api/reload").status()).isEqualTo(403);
    }

    @Test
    void a_look_takes_up_a_file_that_has_another_content_and_only_that() throws IOException {
        ReloadWatch watch = server.server().watch();
        rules("{name: Mine, rule_type: temp, thresholds: {temp_c: 80}}");
        assertThat(watch.look()).isFalse();

        rules("{name: Other, rule_type: fan}");

        assertThat(watch.look()).isTrue();
        assertThat(ruleNames()).containsExactly("Mine", "Other");
        assertThat(watch.look()).isFalse();
    }

    @Test
    void a_broken_file_is_tried_once_and_again_when_it_is_repaired() throws IOException {
        ReloadWatch watch = server.server().watch();
        rules("{name: Other, rule_type: fann}");

        assertThat(watch.look()).isTrue();
        assertThat(watch.look()).isFalse();
        assertThat(ruleNames()).containsExactly("Mine");

        rules("{name: Other, rule_type: fan}");
        assertThat(watch.look()).isTrue();
        assertThat(ruleNames()).containsExactly("Mine", "Other");
    }

    @Test
    void another_file_of_rules_is_watched_from_then_on() throws IOException {
        ReloadWatch watch = server.server().watch();
        Path other =
                Files.writeString(folder.resolve("other.yaml"), "version: 1\nrules: [{name: Other, rule_type: fan}]\n");
        Files.writeString(config, "RULES_FILE=" + other + "\n");
        assertThat(watch.look()).isTrue();

        Files.writeString(other, "version: 1\nrules: [{name: Third, rule_type: power}]\n");

        assertThat(watch.look()).isTrue();
        assertThat(ruleNames()).containsExactly("Mine", "Other", "Third");
    }
}
