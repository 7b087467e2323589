package io.minerops.server.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.minerops.server.MainRun;
import io.minerops.server.support.FreePort;
import io.minerops.server.support.RunningServer;
import io.minerops.server.support.WebhookTarget;
import io.minerops.testkit.fleet.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code minerops notifications}: the outbox beside a running server, and messages over real sockets. */
class NotificationsCommandTest {
    private final MainRun main = new MainRun();

    @TempDir
    private Path folder;

    private String config(String lines) throws IOException {
        return Files.writeString(folder.resolve("minerops.env"), lines).toString();
    }

    @Test
    void the_list_reports_what_became_of_the_messages_of_a_running_server() throws Exception {
        RunningServer server = RunningServer.of(1);
        int port = FreePort.find();
        try (WebhookTarget hook = WebhookTarget.start(port)) {
            server.start();
            server.client()
                    .put(
                            "/api/alerts/rules/1",
                            "{\"notify_webhook\": true, \"webhook_url\": \"" + WebhookTarget.url(port) + "\"}");
            server.fleet().trouble(0, Trouble.HOT);
            server.server().ops().pollNow();
            server.server().ops().checkAlertsNow();
            await().atMost(Duration.ofSeconds(30)).until(() -> !hook.bodies().isEmpty());

            assertThat(main.run(
                            "notifications",
                            "list",
                            "--status",
                            "pending,sent",
                            "--db",
                            server.database().toString(),
                            "--json"))
                    .as(main.err())
                    .isZero();
            JsonNode listed = new ObjectMapper().readTree(main.out());
            assertThat(listed.path("count").asInt()).isPositive();
            assertThat(listed.path("notifications").path(0).path("channel").asText())
                    .isEqualTo("webhook");

            MainRun failed = new MainRun();
            failed.run(
                    "notifications",
                    "list",
                    "--status",
                    "failed",
                    "--db",
                    server.database().toString());
            assertThat(failed.out()).isEqualTo("no messages" + System.lineSeparator());
        } finally {
            server.close();
        }
    }

    @Test
    void a_webhook_that_takes_the_message_ends_with_0() throws Exception {
        int port = FreePort.find();
        try (WebhookTarget hook = WebhookTarget.start(port)) {
            int code = main.run(
                    "notifications",
                    "test",
                    "webhook",
                    "--webhook-url",
                    WebhookTarget.url(port),
                    "--config",
                    config("WEBHOOK_ALLOW=127.0.0.1\n"),
                    "--json");

            assertThat(code).as(main.err()).isZero();
            assertThat(hook.bodies()).singleElement().asString().contains("\"event\":\"test\"");
            JsonNode outcome = new ObjectMapper().readTree(main.out());
            assertThat(outcome.path("ok").asBoolean()).isTrue();
            assertThat(outcome.path("outcome").asText()).isEqualTo("sent");
        }
    }

    @Test
    void a_webhook_that_may_not_be_reached_ends_with_1_and_shows_no_secret() throws IOException {
        int code = main.run(
                "notifications",
                "test",
                "webhook",
                "--webhook-url",
                "http://127.0.0.1:9/hunter2",
                "--config",
                config(""));

        assertThat(code).isEqualTo(1);
        assertThat(main.out() + main.err())
                .contains("http://127.0.0.1:9/*** may not be reached")
                .doesNotContain("hunter2");
    }

    @Test
    void a_named_webhook_of_the_settings_takes_the_message() throws Exception {
        int port = FreePort.find();
        try (WebhookTarget hook = WebhookTarget.start(port)) {
            int code = main.run(
                    "notifications",
                    "test",
                    "noc-slack",
                    "--config",
                    config("WEBHOOK_ALLOW=127.0.0.1\nWEBHOOK_CHANNELS=noc-slack=slack:" + WebhookTarget.url(port)
                            + "\n"));

            assertThat(code).as(main.err()).isZero();
            assertThat(hook.bodies()).singleElement().asString().contains("\"blocks\"");
            assertThat(main.out()).startsWith("noc-slack: ").doesNotContain(WebhookTarget.SECRET);
        }
    }

    @Test
    void a_channel_that_is_not_set_up_is_a_bad_argument_and_the_accepted_ones_are_listed() throws IOException {
        int code = main.run(
                "notifications",
                "test",
                "fax",
                "--config",
                config("WEBHOOK_CHANNELS=noc-slack=slack:https://hooks.example.com/hunter2\n"));

        assertThat(code).isEqualTo(2);
        assertThat(main.err())
                .contains("channel must be one of email, webhook, noc-slack, not \"fax\"")
                .doesNotContain("hunter2");
    }

    @Test
    void a_mail_arrives_by_the_settings_of_the_server() throws Exception {
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        try {
            int code = main.run(
                    "notifications",
                    "test",
                    "email",
                    "--config",
                    config("SMTP_SERVER=127.0.0.1\nSMTP_SECURITY=none\nSMTP_PORT="
                            + mail.getSmtp().getPort() + "\nALERT_EMAIL=ops@example.com\n"));

            assertThat(code).as(main.out() + main.err()).isZero();
            assertThat(mail.getReceivedMessages()).hasSize(1);
        } finally {
            mail.stop();
        }
    }

    @Test
    void mail_without_a_server_is_a_bad_argument() throws IOException {
        assertThat(main.run("notifications", "test", "email", "--config", config("")))
                .isEqualTo(2);
        assertThat(main.err()).contains("no mail server is set: see SMTP_SERVER and ALERT_EMAIL");
    }
}
