package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.server.support.Answer;
import io.minerops.server.support.Client;
import io.minerops.server.support.RunningServer;
import io.minerops.server.support.WebhookTarget;
import io.minerops.testkit.fleet.Trouble;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The surface that clients rely on, queried over HTTP. */
class RestSurfaceTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(8);

    private Client client;

    @BeforeEach
    void poll() {
        client = SERVER.client();
        SERVER.server().ops().pollNow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/alerts",
                "/api/alerts/summary",
                "/api/alerts/rules",
                "/api/alerts/rules/1",
                "/api/profitability/current",
                "/api/profitability/current?active_only=true&power_cost=0.05",
                "/api/profitability/current?btc_price=50000",
                "/api/profitability/miners?losing=true&active_only=true&power_cost=0.2&btc_price=30000",
                "/api/miners/trend?hours=24&points=24",
                "/api/profitability/strike-price?by=model&hashprice=39.53",
                "/api/profitability/history?days=7",
                "/api/profitability/btc-price",
                "/api/tariffs",
                "/api/profitability/network-difficulty",
                "/api/profitability/active-miners?hours=1",
                "/api/summary",
                "/api/miners",
                "/api/miners/current",
                "/api/metrics?limit=5",
                "/api/notifications",
                "/api/events",
                "/api/error-logs",
                "/healthz",
                "/readyz"
            })
    void answers_ok_with_and_without_a_slash_at_the_end(String path) {
        int query = path.indexOf('?');
        String slashed = query < 0 ? path + "/" : path.substring(0, query) + "/" + path.substring(query);

        for (String queried : List.of(path, slashed)) {
            Answer answer = client.get(queried);
            assertThat(answer.status()).as(queried + " " + answer.text()).isEqualTo(200);
            assertThat(answer.json().path("ok").asBoolean()).isTrue();
            assertThat(answer.header("Content-Type")).startsWith("application/json");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/alerts?colour=red, colour",
        "/api/alerts?status=open, status",
        "/api/alerts?severity=warning%2Cbad, severity",
        "/api/alerts?since=yesterday, since",
        "/api/alerts?limit=0, limit",
        "/api/alerts?limit=1001, limit",
        "/api/alerts?cursor=x%20y, cursor",
        "/api/alerts?miner_ip=a%20b, miner_ip",
        "/api/miners/current?fresh_within=-1, fresh_within",
        "/api/metrics?step=0, step",
        "/api/metrics?ip=not%20one, ip",
        "/api/profitability/current?power_cost=abc, power_cost",
        "/api/profitability/current?active_only=maybe, active_only",
        "/api/profitability/current?btc_price=0, btc_price",
        "/api/profitability/miners?losing=perhaps, losing",
        "/api/profitability/miners?limit=0, limit",
        "/api/miners/trend?points=1, points",
        "/api/miners/trend?hours=0, hours",
        "/api/profitability/history?days=91, days",
        "/api/profitability/history?days=0, days",
        "/api/profitability/active-miners?hours=0, hours",
        "/api/notifications?status=lost, status",
        "/api/events?level=loud, level"
    })
    void a_bad_parameter_is_a_400_that_names_it(String path, String field) {
        Answer answer = client.get(path);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("ok").asBoolean(true)).isFalse();
        assertThat(answer.field()).isEqualTo(field);
        assertThat(answer.error()).contains(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/alerts/999999",
                "/api/alerts/rules/999999",
                "/api/miners/10.9.9.9",
                "/api/nothing",
                "/nothing",
                "/assets/../config"
            })
    void what_is_not_there_is_a_404(String path) {
        assertThat(client.get(path).status()).isEqualTo(404);
    }

    @Test
    void a_method_that_a_path_does_not_take_is_a_405_with_those_it_takes() {
        Answer answer = client.delete("/api/alerts/summary");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains("GET");
    }

    @Test
    void a_body_must_be_json_of_the_right_type_and_size() {
        assertThat(client.with("Content-Type", "text/plain")
                        .send("POST", "/api/alerts/rules", "{}")
                        .status())
                .isEqualTo(415);
        assertThat(client.post("/api/alerts/rules", "{\"name\": ").status()).isEqualTo(400);
        assertThat(client.post("/api/alerts/rules", "[]").status()).isEqualTo(400);
        assertThat(client.post("/api/alerts/rules", "{\"description\": \"" + "x".repeat(70_000) + "\"}")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void miners_are_shown_with_what_they_say_and_null_where_they_say_nothing() {
        JsonNode miner = client.get("/api/miners/current").json().path("miners").get(0);

        assertThat(SERVER.names()).contains(miner.path("miner_ip").asText());
        assertThat(miner.path("hashrate_ths").doubleValue()).isPositive();
        assertThat(miner.path("is_fresh").asBoolean()).isTrue();
        assertThat(miner.path("model").asText()).contains("Antminer");
        JsonNode registered = client.get("/api/miners").json().path("miners").get(0);
        assertThat(registered.path("nominal_ths").isNull()).isTrue();
    }

    @Test
    void a_miner_can_be_described_and_taken_out() {
        String path = "/api/miners/10.77.0.1";
        assertThat(client.put(path, "{\"location\": \"hall b\", \"tags\": [\"hydro\"], \"nominal_ths\": 200.5}")
                        .status())
                .isEqualTo(200);

        JsonNode miner = client.get(path).json().path("miner");
        assertThat(miner.path("location").asText()).isEqualTo("hall b");
        assertThat(miner.path("nominal_ths").doubleValue()).isEqualTo(200.5);
        assertThat(client.put(path, "{\"nominal_ths\": -1}").field()).isEqualTo("nominal_ths");
        assertThat(client.put(path, "{\"colour\": 1}").field()).isEqualTo("colour");
        assertThat(client.delete(path).status()).isEqualTo(200);
        assertThat(client.get(path).status()).isEqualTo(404);
    }

    @Test
    void miners_are_listed_by_owner_and_by_site() {
        client.put("/api/miners/10.77.1.1", "{\"owner\": \"Nina GmbH\", \"site\": \"Odessa\"}");
        client.put("/api/miners/10.77.1.2", "{\"owner\": \"Nina GmbH\", \"site\": \"Pecos\"}");
        try {
            assertThat(listed("?owner=Nina%20GmbH")).containsExactly("10.77.1.1", "10.77.1.2");
            assertThat(listed("?owner=Nina%20GmbH&site=Pecos")).containsExactly("10.77.1.2");
            assertThat(listed("?site=nowhere")).isEmpty();
            assertThat(client.put("/api/miners/10.77.1.1", "{\"owner\": \"" + "x".repeat(257) + "\"}")
                            .field())
                    .isEqualTo("owner");
            assertThat(client.get("/api/miners/10.77.1.1").json().path("miner").path("site"))
                    .hasToString("\"Odessa\"");
        } finally {
            client.delete("/api/miners/10.77.1.1");
            client.delete("/api/miners/10.77.1.2");
        }
    }

    private List<String> listed(String query) {
        List<String> addresses = new ArrayList<>();
        client.get("/api/miners" + query)
                .json()
                .path("miners")
                .forEach(miner -> addresses.add(miner.path("miner_ip").asText()));
        return addresses;
    }

    @Test
    void lists_are_given_page_by_page() {
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            JsonNode page = client.get("/api/miners/current?limit=3" + (cursor == null ? "" : "&cursor=" + cursor))
                    .json();
            page.path("miners").forEach(miner -> seen.add(miner.path("miner_ip").asText()));
            cursor = page.path("next").isNull() ? null : page.path("next").asText();
        } while (cursor != null);

        assertThat(seen).containsExactlyInAnyOrderElementsOf(SERVER.names());
    }

    @ParameterizedTest
    @ValueSource(strings = {"humidity", "TEMP", "temp,fan", "device"})
    void an_alert_type_that_does_not_exist_is_a_400_that_names_those_that_do(String type) {
        Answer answer = client.get("/api/alerts?alert_type=" + type);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.field()).isEqualTo("alert_type");
        assertThat(answer.json().path("error").asText()).contains("offline").contains("temp");
    }

    @Nested
    class Rules {
        @Test
        void are_created_read_changed_and_deleted() {
            Answer created = client.post(
                    "/api/alerts/rules",
                    "{\"name\": \"Hall b\", \"rule_type\": \"temp\", \"thresholds\": {\"temp_c\": 75.5,"
                            + " \"for_minutes\": 2}, \"severity\": \"critical\", \"cooldown_minutes\": 0.5,"
                            + " \"tags_filter\": [\"b\"]}");
            assertThat(created.status()).isEqualTo(201);
            String path = "/api/alerts/rules/"
                    + created.json().path("rule").path("id").asLong();

            assertThat(client.put(path, "{\"enabled\": false}").status()).isEqualTo(200);

            JsonNode rule = client.get(path).json().path("rule");
            assertThat(rule.path("enabled").asBoolean(true)).isFalse();
            assertThat(rule.path("thresholds").path("temp_c").doubleValue()).isEqualTo(75.5);
            assertThat(rule.path("cooldown_minutes").doubleValue()).isEqualTo(0.5);
            assertThat(client.delete(path).status()).isEqualTo(200);
            assertThat(client.get(path).status()).isEqualTo(404);
        }

        @Test
        void what_can_hardly_be_meant_is_reported_beside_the_rule() {
            Answer created = client.post(
                    "/api/alerts/rules",
                    "{\"name\": \"Lost\", \"rule_type\": \"temp\", \"notify_email\": true, \"tags_filter\":"
                            + " [\"nowhere\"]}");
            long id = created.json().path("rule").path("id").asLong();
            String path = "/api/alerts/rules/" + id;
            assertThat(created.json().path("warnings"))
                    .singleElement()
                    .satisfies(warning -> assertThat(warning.asText()).contains("nowhere"));
            assertThat(client.get(path).json().path("warnings")).hasSize(1);
            assertThat(client.get("/api/alerts/rules").json().path("warnings").path(Long.toString(id)))
                    .hasSize(1);

            Answer changed = client.put(path, "{\"tags_filter\": []}");

            assertThat(changed.json().path("warnings").isArray()).isTrue();
            assertThat(changed.json().path("warnings")).isEmpty();
            assertThat(client.delete(path).status()).isEqualTo(200);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
            {"rule_type": "temp"}                                                    | name
            {"name": "x"}                                                            | rule_type
            {"name": "x", "rule_type": "humidity"}                                   | rule_type
            {"name": "x", "rule_type": "temp", "thresholds": {"temp_c": "hot"}}      | thresholds.temp_c
            {"name": "x", "rule_type": "temp", "thresholds": {"temp_c": -5}}         | thresholds.temp_c
            {"name": "x", "rule_type": "temp", "thresholds": {"celsius": 5}}         | thresholds.celsius
            {"name": "x", "rule_type": "temp", "severity": "bad"}                    | severity
            {"name": "x", "rule_type": "temp", "cooldown_minutes": -1}               | cooldown_minutes
            {"name": "x", "rule_type": "temp", "webhook_url": "file:///etc/passwd"}  | webhook_url
            {"name": "x", "rule_type": "temp", "webhook_url": "https://10.0.0.1/x"}  | webhook_url
            {"name": "x", "rule_type": "temp", "webhook_url": "https://[fe80::1]/x"} | webhook_url
            {"name": "x", "rule_type": "temp", "webhook_url": "http://[::ffff:192.168.1.1]/x"} | webhook_url
            {"name": "x", "rule_type": "temp", "colour": "red"}                      | colour
            """)
        void a_bad_one_is_a_400_that_names_the_field(String body, String field) {
            Answer answer = client.post("/api/alerts/rules", body);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.field()).isEqualTo(field);
        }

        @Test
        void a_changed_webhook_is_judged_and_one_that_stays_is_not() {
            String path = "/api/alerts/rules/"
                    + client.post(
                                    "/api/alerts/rules",
                                    "{\"name\": \"judged\", \"rule_type\": \"fan\", \"enabled\": false}")
                            .json()
                            .path("rule")
                            .path("id")
                            .asText();

            Answer refused = client.put(path, "{\"webhook_url\": \"https://169.254.169.254/latest\"}");

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.field()).isEqualTo("webhook_url");
            assertThat(refused.json().path("error").asText()).contains("not public");
            assertThat(client.delete(path).status()).isEqualTo(200);
        }

        @Test
        void show_a_webhook_masked_and_keep_it_when_the_mask_comes_back() {
            Answer created = client.post(
                    "/api/alerts/rules",
                    "{\"name\": \"hook\", \"rule_type\": \"fan\", \"enabled\": false, \"webhook_url\": \""
                            + WebhookTarget.url(9) + "\"}");
            JsonNode rule = created.json().path("rule");
            String path = "/api/alerts/rules/" + rule.path("id").asLong();
            String masked = rule.path("webhook_url").asText();
            assertThat(created.text()).doesNotContain(WebhookTarget.SECRET);
            assertThat(masked).startsWith("http://127.0.0.1:9/");

            Answer changed = client.put(path, "{\"name\": \"renamed\", \"webhook_url\": \"" + masked + "\"}");

            assertThat(changed.status()).isEqualTo(200);
            long id = rule.path("id").asLong();
            assertThat(SERVER.server()
                            .ops()
                            .store()
                            .rules()
                            .find(id)
                            .orElseThrow()
                            .webhook())
                    .satisfies(webhook -> assertThat(webhook.uri().toString()).isEqualTo(WebhookTarget.url(9)));
            client.delete(path);
        }
    }

    @Nested
    class Alerts {
        @Test
        void are_taken_and_closed_by_people_once() {
            SERVER.awaitStart();
            SERVER.fleet().trouble(1, Trouble.HOT);
            SERVER.server().ops().pollNow();
            JsonNode raised = client.post("/api/alerts/check").json().path("new_alerts");
            long id = raised.get(0).path("id").asLong();

            Answer taken = client.post("/api/alerts/" + id + "/acknowledge", "{\"user\": \"ana\"}");
            assertThat(taken.json().path("alert").path("acknowledged_by").asText())
                    .isEqualTo("ana");
            assertThat(client.post("/api/alerts/" + id + "/acknowledge").status())
                    .isEqualTo(409);
            Answer closed =
                    client.post("/api/alerts/" + id + "/resolve", "{\"note\": \"new paste\", \"user\": \"ana\"}");
            assertThat(closed.json().path("alert").path("status").asText()).isEqualTo("resolved");
            assertThat(client.post("/api/alerts/" + id + "/resolve").status()).isEqualTo(409);
            assertThat(client.get("/api/alerts?status=resolved&alert_type=temp&miner_ip=" + SERVER.name(1))
                            .json()
                            .path("count")
                            .intValue())
                    .isEqualTo(1);
            SERVER.fleet().heal(1);
        }
    }

    @Nested
    class Pages {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/dashboard",
                    "/dashboard/alerts",
                    "/dashboard/profitability",
                    "/dashboard/curtailment",
                    "/dashboard/operation",
                    "/dashboard/api",
                    "/dashboard/miners/10.0.0.5"
                })
        void are_served_with_a_policy_that_lets_nothing_in_from_elsewhere(String path) {
            Answer page = client.get(path);

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.header("Content-Type")).startsWith("text/html");
            assertThat(page.header("Content-Security-Policy"))
                    .contains("default-src 'self'")
                    .doesNotContain("unsafe");
        }

        @Test
        void find_every_file_that_they_name() {
            for (String path : List.of(
                    "/dashboard",
                    "/dashboard/miners/10.0.0.5",
                    "/dashboard/alerts",
                    "/dashboard/profitability",
                    "/dashboard/curtailment",
                    "/dashboard/operation",
                    "/dashboard/api")) {
                for (String part : client.get(path).text().split("(?:src|href)=\"", -1)) {
                    String file = part.substring(0, Math.max(part.indexOf('"'), 0));
                    if (file.startsWith("/assets/")) {
                        assertThat(client.get(file).status()).as(file).isEqualTo(200);
                    }
                }
            }
        }

        @Test
        void begin_at_the_root() {
            Answer root = client.get("/");

            assertThat(root.status()).isEqualTo(302);
            assertThat(root.header("Location")).isEqualTo("/dashboard");
        }
    }
}
