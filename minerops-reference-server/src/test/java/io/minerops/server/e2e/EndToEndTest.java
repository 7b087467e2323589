package io.minerops.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.minerops.server.support.Answer;
import io.minerops.server.support.FreePort;
import io.minerops.server.support.RunningServer;
import io.minerops.server.support.WebhookTarget;
import io.minerops.testkit.fleet.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From the sockets of miners to mails and posts, over the real server. */
class EndToEndTest {
    private static final int MINERS = 20;
    private static final double WATTS_PER_KW = 1_000;

    private final int smtpPort = FreePort.find();
    private final RunningServer server = RunningServer.of(MINERS)
            .with("SMTP_SERVER", "127.0.0.1")
            .with("SMTP_PORT", Integer.toString(smtpPort))
            .with("SMTP_SECURITY", "none")
            .with("SMTP_FROM", "minerops@example.com")
            .with("ALERT_EMAIL", "ops@example.com");
    private final GreenMail mails = new GreenMail(new ServerSetup(smtpPort, "127.0.0.1", "smtp"));
    private final WebhookTarget posts = WebhookTarget.start();

    @AfterEach
    void close() throws Exception {
        server.close();
        mails.stop();
        posts.close();
    }

    @Test
    void every_miner_is_shown_after_one_poll() throws Exception {
        server.start();
        server.server().ops().pollNow();

        JsonNode current = server.client().get("/api/miners/current").json();

        assertThat(texts(current.path("miners"), "miner_ip")).containsExactlyInAnyOrderElementsOf(server.names());
    }

    @Test
    void each_trouble_raises_one_alert_and_clears_when_it_is_healed() throws Exception {
        mails.start();
        server.start();
        postAllRules();
        pollAndCheck();
        assertThat(open()).isEmpty();

        server.fleet().trouble(3, Trouble.ZERO);
        server.fleet().trouble(5, Trouble.DEAD_FAN);
        pollAndCheck();
        pollAndCheck();
        assertThat(open()).containsExactlyInAnyOrder(server.name(3) + " hashrate", server.name(5) + " fan");

        server.fleet().heal(3);
        server.fleet().heal(5);
        pollAndCheck();
        assertThat(open()).isEmpty();

        JsonNode alerts = server.client().get("/api/alerts").json().path("alerts");
        assertThat(texts(alerts, "status")).containsExactly("auto_resolved", "auto_resolved");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(posts.bodies()).hasSize(4);
            assertThat(mails.getReceivedMessages()).hasSize(4);
        });
    }

    @Test
    void profitability_is_the_formula_by_hand() throws Exception {
        server.start();
        server.server().ops().pollNow();
        server.market().btcPrice(91_234.5);
        double ths = 0;
        double watts = 0;
        for (JsonNode miner : server.client().get("/api/miners/current").json().path("miners")) {
            ths += miner.path("hashrate_ths").doubleValue();
            watts += miner.path("power_w").doubleValue();
        }

        JsonNode fleet =
                server.client().get("/api/profitability/current").json().path("profitability");

        double price = fleet.path("btc_price_usd").doubleValue();
        double difficulty = fleet.path("network_difficulty").doubleValue();
        double networkThs = difficulty * 4_294_967_296.0 / 600 / 1e12;
        double btc = ths / networkThs * 144 * 3.125;
        double cost = watts / WATTS_PER_KW * 24 * 0.10;
        assertThat(fleet.path("miner_count").intValue()).isEqualTo(MINERS);
        assertThat(fleet.path("estimated_btc_per_day").doubleValue()).isEqualTo(btc, within(btc * 1e-9));
        assertThat(fleet.path("daily_power_cost_usd").doubleValue()).isEqualTo(cost, within(cost * 1e-9));
        assertThat(fleet.path("daily_profit_usd").doubleValue()).isEqualTo(btc * price - cost, within(1e-6));
        assertThat(fleet.path("break_even_btc_price").doubleValue()).isEqualTo(cost / btc, within(1e-3));
    }

    @Test
    void what_a_mail_server_that_is_down_did_not_take_is_sent_after_a_restart() throws Exception {
        server.start();
        pollAndCheck();
        server.fleet().trouble(3, Trouble.ZERO);
        pollAndCheck();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> notifications().get(0).path("attempts").intValue() > 0);
        assertThat(notifications().get(0).path("status").asText()).isEqualTo("pending");

        server.stopServer();
        mails.start();
        server.startServer();

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(mails.getReceivedMessages()).hasSize(1));
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(notifications().get(0).path("status").asText())
                                .isEqualTo("sent"));
        assertThat(open()).containsExactly(server.name(3) + " hashrate");
    }

    @Test
    void a_rule_chooses_a_channel_of_the_settings_by_its_name() throws Exception {
        server.with("WEBHOOK_CHANNELS", "noc-slack=slack:" + posts.url() + ",pager=generic:" + posts.url() + "/pager")
                .start();
        assertThat(texts(server.client().get("/api/alerts/rule-types").json().path("channels")))
                .containsExactlyInAnyOrder("noc-slack", "pager", "email");
        Answer unknown = server.client()
                .post("/api/alerts/rules", "{\"name\": \"x\", \"rule_type\": \"fan\", \"channels\": [\"noc\"]}");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.field()).isEqualTo("channels");
        assertThat(unknown.json().path("error").asText()).contains("noc-slack", "pager", "email", "\"noc\"");

        Answer created = server.client()
                .post(
                        "/api/alerts/rules",
                        "{\"name\": \"any fan\", \"rule_type\": \"fan\", \"notify_email\": false,"
                                + " \"channels\": [\"noc-slack\"], \"miner_ip\": \"" + server.name(0) + "\","
                                + " \"thresholds\": {\"min_rpm\": 15000}}");
        assertThat(texts(created.json().path("rule").path("channels"))).containsExactly("noc-slack");
        pollAndCheck();

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(notifications()).isNotEmpty();
            assertThat(notifications()).allSatisfy(message -> {
                assertThat(message.path("channel").asText()).isEqualTo("noc-slack");
                assertThat(message.path("status").asText()).isEqualTo("sent");
            });
        });
        assertThat(posts.bodies()).hasSize(1).first().asString().contains("any fan");
    }

    @Test
    void a_test_message_goes_to_a_channel_of_the_settings_by_its_name() throws Exception {
        server.with("WEBHOOK_CHANNELS", "noc-slack=slack:" + posts.url() + ",pager=generic:" + posts.url() + "/pager")
                .start();

        Answer sent = server.client().post("/api/notifications/test", "{\"channel\": \"noc-slack\"}");

        assertThat(sent.status()).as(sent.text()).isEqualTo(200);
        assertThat(sent.json().path("channel").asText()).isEqualTo("noc-slack");
        assertThat(posts.bodies()).singleElement().asString().contains("\"blocks\"");
    }

    @Test
    void a_test_message_to_an_unknown_channel_is_refused_with_the_accepted_names() throws Exception {
        server.with("WEBHOOK_CHANNELS", "noc-slack=slack:" + posts.url()).start();

        Answer unknown = server.client().post("/api/notifications/test", "{\"channel\": \"noc\"}");

        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.field()).isEqualTo("channel");
        assertThat(unknown.json().path("error").asText())
                .isEqualTo("channel must be one of email, webhook, noc-slack, not \"noc\"");
        assertThat(posts.bodies()).isEmpty();
    }

    @Test
    void a_test_message_to_a_named_channel_accepts_no_other_address() throws Exception {
        server.with("WEBHOOK_CHANNELS", "noc-slack=slack:" + posts.url()).start();

        Answer refused = server.client()
                .post(
                        "/api/notifications/test",
                        "{\"channel\": \"noc-slack\", \"webhook_url\": \"" + posts.url() + "/other\"}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.field()).isEqualTo("webhook_url");
        assertThat(posts.bodies()).isEmpty();
    }

    @Test
    void an_unacknowledged_alert_goes_to_the_escalation_webhook() throws Exception {
        server.with("ESCALATION_WEBHOOK_URL", posts.url()).start();
        long rule = server.client()
                .post(
                        "/api/alerts/rules",
                        "{\"name\": \"any fan\", \"rule_type\": \"fan\", \"severity\": \"info\","
                                + " \"miner_ip\": \"" + server.name(0) + "\","
                                + " \"thresholds\": {\"min_rpm\": 15000, \"escalate_after_minutes\": 0.001}}")
                .json()
                .path("rule")
                .path("id")
                .asLong();
        pollAndCheck();

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            server.client().post("/api/alerts/check");
            assertThat(posts.bodies()).hasSize(2);
        });
        JsonNode alert = server.client()
                .get("/api/alerts?alert_type=fan")
                .json()
                .path("alerts")
                .path(0);
        assertThat(alert.path("rule_id").asLong()).isEqualTo(rule);
        assertThat(alert.path("severity").asText()).isEqualTo("critical");
    }

    private void postAllRules() {
        for (JsonNode rule : server.client().get("/api/alerts/rules").json().path("rules")) {
            Answer changed = server.client()
                    .put(
                            "/api/alerts/rules/" + rule.path("id").asLong(),
                            "{\"notify_webhook\": true, \"webhook_url\": \"" + posts.url() + "\"}");
            assertThat(changed.status()).isEqualTo(200);
        }
    }

    private void pollAndCheck() {
        server.server().ops().pollNow();
        Answer checked = server.client().post("/api/alerts/check");
        assertThat(checked.status()).isEqualTo(200);
    }

    private List<String> open() {
        List<String> open = new ArrayList<>();
        for (JsonNode alert : server.client()
                .get("/api/alerts?status=active,acknowledged")
                .json()
                .path("alerts")) {
            open.add(alert.path("miner_ip").asText() + " "
                    + alert.path("alert_type").asText());
        }
        return open;
    }

    private JsonNode notifications() {
        return server.client().get("/api/notifications").json().path("notifications");
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static List<String> texts(JsonNode list, String field) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.path(field).asText()));
        return texts;
    }
}
