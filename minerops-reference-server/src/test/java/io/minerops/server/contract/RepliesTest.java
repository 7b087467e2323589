package io.minerops.server.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.alert.AlertCost;
import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.Fact;
import io.minerops.server.support.Answer;
import io.minerops.server.support.Client;
import io.minerops.server.support.RunningServer;
import io.minerops.server.support.WebhookTarget;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Model;
import io.minerops.testkit.fleet.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a running server answers, held against the schemas of the description, which know no other field. */
class RepliesTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.over(FleetSimulator.builder()
                    .miners(3)
                    .models(Model.S19, Model.S19_PRO_LUXOS, Model.S19)
                    .obedient(true)
                    .seed(7)
                    .build())
            .with("MINER_CONTROL", "true")
            .with("API_TOKEN", "all-rights-0123456789abcdef")
            .with("API_READ_TOKEN", "read-rights-0123456789abcdef");

    private static final Description DESCRIPTION = Description.served();
    private static final WebhookTarget TARGET = WebhookTarget.start();

    private static Client client;
    private static long alert;
    private static long search;

    @BeforeAll
    static void a_fleet_with_a_history() {
        client = SERVER.client().token("all-rights-0123456789abcdef");
        assertThat(client.post(
                                "/api/alerts/rules",
                                "{\"name\":\"posted\",\"rule_type\":\"temp\",\"thresholds\":{\"temp_c\":50},\"notify_webhook\":true,"
                                        + "\"webhook_url\":\"" + TARGET.url() + "\",\"options\":{}}")
                        .status())
                .isEqualTo(201);
        SERVER.fleet().trouble(0, Trouble.HOT);
        SERVER.server().ops().pollNow();
        alert = client.post("/api/alerts/check").json().at("/new_alerts/0/id").longValue();
        SERVER.server()
                .ops()
                .store()
                .alerts()
                .putCosts(
                        Map.of(
                                alert,
                                new AlertCost(1.5, Instant.EPOCH, Duration.ofHours(2), AlertCost.Basis.NOMINAL, true)),
                        List.of(new AlertCost.OfDay(
                                alert, Instant.now().truncatedTo(ChronoUnit.DAYS), 1.5, 1.5, Duration.ofHours(2))));
        client.post("/api/profitability/snapshot");
        client.post("/api/alerts/silences", "{\"tag\":\"row-1\",\"duration_minutes\":30}");
        search = client.post("/api/discovery/jobs").json().path("id").longValue();
        // one search at a time
        await().until(() -> client.get("/api/discovery/jobs/" + search)
                .json()
                .at("/job/state")
                .asText()
                .equals("done"));
        client.post("/api/miners/" + SERVER.name(0) + "/actions", "{\"action\":\"restart\"}");
        SERVER.server()
                .ops()
                .store()
                .facts()
                .record(List.of(Fact.of(
                        SERVER.fleet().addresses().get(0),
                        new DeviceFault("264", "Power supply", null, 2),
                        Instant.EPOCH)));
        SERVER.server()
                .ops()
                .store()
                .events()
                .record(io.minerops.api.event.Event.of(
                        Instant.now(), io.minerops.api.event.Event.Level.ERROR, "test", null, "a fault"));
    }

    @AfterAll
    static void stop() {
        TARGET.close();
    }

    static Stream<Operation> reads() {
        return DESCRIPTION.operations().stream()
                .filter(operation -> operation.method().equals("GET"))
                // servers that share a database have instances: LoadBalancedServersTest validates those
                .filter(operation -> !operation.path().equals("/api/instances"))
                .filter(operation ->
                        operation.node().at("/responses/200/content").has("application/json"));
    }

    private static String path(Operation operation) {
        return operation
                .path()
                .replace("{ip}", SERVER.name(0).replace(":", "%3A"))
                .replace(
                        "{id}",
                        operation.path().startsWith("/api/alerts/{id}")
                                ? Long.toString(alert)
                                : operation.path().startsWith("/api/discovery") ? Long.toString(search) : "1");
    }

    private static Operation operation(String id) {
        return DESCRIPTION.operations().stream()
                .filter(operation ->
                        operation.node().path("operationId").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static void conforms(Operation operation, Answer answer) {
        assertThat(operation.statuses()).as("%s: %s", operation, answer.text()).contains(answer.status());
        assertThat(DESCRIPTION.schema(operation.answerPointer(answer.status())).validate(answer.json()))
                .as("%s: %s", operation, answer.text())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("reads")
    void what_is_read_is_as_described(Operation operation) {
        Answer answer = client.get(path(operation));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        conforms(operation, answer);
        // an empty list would say nothing of what it lists
        JsonNode count = answer.json().path("count");
        assertThat(count.isMissingNode() || count.intValue() > 0)
                .as(answer.text())
                .isTrue();
    }

    @Test
    void what_has_a_version_is_not_sent_again_as_described() {
        for (String id : List.of("listLatestSamples", "getTrend", "getDescription")) {
            Operation operation = operation(id);
            Answer first = client.get(operation.path());
            assertThat(operation.node().at("/responses/200/headers").has("ETag"))
                    .as(id)
                    .isTrue();
            assertThat(client.with("If-None-Match", first.header("ETag"))
                            .get(operation.path())
                            .status())
                    .as(id)
                    .isEqualTo(304)
                    .isIn(operation.statuses());
        }
    }

    @Test
    void averages_and_pages_are_as_described() {
        conforms(operation("listSamples"), client.get("/api/metrics?step=3600&limit=1"));
        conforms(operation("listMiners"), client.get("/api/miners?limit=1"));
        conforms(operation("listLatestSamples"), client.get("/api/miners/current?detail=true"));
        conforms(operation("getReadiness"), SERVER.client().get("/readyz"));
    }

    /** An operation that changes something, and a request that it takes. */
    private record Change(String id, int status, String path, String body) {}

    private static List<Change> changes() {
        String miner = "/api/miners/" + SERVER.name(1).replace(":", "%3A");
        String rule = "{\"name\":\"x\",\"rule_type\":\"pool\",\"options\":{\"allowed_workers\":[\"farm.*\"]}}";
        return List.of(
                new Change(
                        "putMiner", 200, miner, "{\"location\":\"hall b\",\"tags\":[\"hydro\"],\"nominal_ths\":100}"),
                new Change("deleteMiner", 200, "/api/miners/" + SERVER.name(2).replace(":", "%3A"), null),
                new Change("acknowledgeAlert", 200, "/api/alerts/" + alert + "/acknowledge", "{\"user\":\"ana\"}"),
                new Change("resolveAlert", 200, "/api/alerts/" + alert + "/resolve", "{\"note\":\"new paste\"}"),
                new Change("logIn", 200, "/api/session", "{\"token\":\"read-rights-0123456789abcdef\"}"),
                new Change("logOut", 404, "/api/session", null),
                new Change("checkAlerts", 200, "/api/alerts/check", null),
                new Change("reload", 200, "/api/reload", null),
                new Change("createRule", 201, "/api/alerts/rules", rule),
                new Change(
                        "changeRule", 200, "/api/alerts/rules/2", "{\"enabled\":false,\"tags_filter\":[\"nowhere\"]}"),
                new Change("deleteRule", 200, "/api/alerts/rules/3", null),
                new Change("createDefaultRules", 200, "/api/alerts/rules/init-defaults", null),
                new Change(
                        "backtestRule",
                        200,
                        "/api/alerts/rules/backtest",
                        "{\"rule_type\":\"temp\",\"hours\":1,\"thresholds\":{\"temp_c\":50}}"),
                new Change(
                        "planCurtailment",
                        200,
                        "/api/curtailment/plan",
                        "{\"hours\":3,\"min_stop_minutes\":60,\"demand_usd_per_kw\":1}"),
                new Change(
                        "createSilence",
                        201,
                        "/api/alerts/silences",
                        "{\"model_filter\":\"S19\",\"ends_at\":\"2030-01-01T00:00:00Z\"}"),
                new Change("deleteSilence", 200, "/api/alerts/silences/1", null),
                new Change("saveProfitability", 200, "/api/profitability/snapshot", null),
                new Change(
                        "scan",
                        200,
                        "/api/discovery/scan",
                        "{\"range\":\"" + SERVER.fleet().range() + ",127.0.0.1:9\"}"),
                new Change("startSearch", 202, "/api/discovery/jobs", "{\"register\":false}"),
                new Change("cancelSearch", 409, "/api/discovery/jobs/" + search, null),
                new Change("controlMiner", 502, miner + "/actions", "{\"action\":\"switch_pool\",\"pool\":99}"),
                new Change(
                        "testNotification",
                        200,
                        "/api/notifications/test",
                        "{\"channel\":\"webhook\",\"webhook_url\":\"" + TARGET.url() + "\"}"));
    }

    @Test
    void what_changes_something_answers_as_described() {
        Set<String> all = DESCRIPTION.operations().stream()
                .filter(operation -> !operation.method().equals("GET"))
                .map(operation -> operation.node().path("operationId").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        for (Change change : changes()) {
            Operation operation = operation(change.id());
            Answer answer = (change.body() == null ? client : client.with("Content-Type", "application/json"))
                    .send(operation.method(), change.path(), change.body());
            assertThat(answer.status()).as("%s: %s", operation, answer.text()).isEqualTo(change.status());
            conforms(operation, answer);
            all.remove(change.id());
        }

        assertThat(all)
                .as("operations without a request in RepliesTest.changes()")
                .isEmpty();
    }

    @Test
    void metrics_are_of_a_media_type_that_is_described() {
        JsonNode types = operation("getMetrics").node().at("/responses/200/content");
        for (String accepted : List.of("text/plain", "application/openmetrics-text")) {
            String type = client.with("Accept", accepted).get("/metrics").header("Content-Type");
            assertThat(type).startsWith(accepted);
            assertThat(types.has(type.substring(0, type.indexOf(';')))).isTrue();
        }
    }

    @Test
    void a_miner_that_accepts_commands_is_as_described() {
        Answer answer = client.post("/api/miners/" + SERVER.name(0) + "/actions", "{\"action\":\"restart\"}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        conforms(operation("controlMiner"), answer);
    }

    @Test
    void a_session_that_ends_is_as_described() {
        Answer begun = SERVER.client().post("/api/session", "{\"token\":\"read-rights-0123456789abcdef\"}");
        Client browser = SERVER.client()
                .with("Cookie", begun.header("Set-Cookie").replaceFirst(";.*", ""))
                .with("X-CSRF-Token", begun.json().path("csrf_token").asText());
        conforms(operation("getSession"), browser.get("/api/session"));

        Answer ended = browser.delete("/api/session");

        assertThat(ended.status()).as(ended.text()).isEqualTo(200);
        conforms(operation("logOut"), ended);
    }

    @Test
    void what_could_not_be_delivered_is_as_described() {
        Answer answer = client.post(
                "/api/notifications/test", "{\"channel\":\"webhook\",\"webhook_url\":\"http://127.0.0.1:9/x\"}");

        assertThat(answer.status()).isEqualTo(502);
        conforms(operation("testNotification"), answer);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 409, 413, 415})
    void failures_are_as_described(int status) {
        Answer answer = switch (status) {
            case 400 -> client.put("/api/alerts/rules/1", "{\"colour\":1}");
            case 401 -> SERVER.client().put("/api/alerts/rules/1", "{}");
            case 403 -> SERVER.client().token("read-rights-0123456789abcdef").put("/api/alerts/rules/1", "{}");
            case 404 -> client.put("/api/alerts/rules/999", "{}");
            case 405 -> client.post("/api/alerts/rules/1", "{}");
            case 409 -> client.delete("/api/discovery/jobs/" + search);
            case 413 -> client.put("/api/alerts/rules/1", "{\"name\":\"" + "x".repeat(70_000) + "\"}");
            default -> client.with("Content-Type", "text/plain").send("PUT", "/api/alerts/rules/1", "{}");
        };

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        conforms(operation(status == 409 ? "cancelSearch" : "changeRule"), answer);
    }
}
