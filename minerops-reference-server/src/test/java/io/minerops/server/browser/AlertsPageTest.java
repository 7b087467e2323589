package io.minerops.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.alert.AlertCost;
import io.minerops.server.support.RunningServer;
import io.minerops.testkit.fleet.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AlertsPageTest {
    private static final int HOT = 3;

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(6);

    @RegisterExtension
    static final Browser BROWSER = Browser.before(() -> SERVER.server().uri());

    /** Three miners are hot, each with one alert that is unacknowledged; alerts of earlier tests are over. */
    @BeforeEach
    void three_alerts() {
        for (JsonNode alert : alerts("?status=active,acknowledged")) {
            SERVER.client().post("/api/alerts/" + alert.path("id").asText() + "/resolve");
        }
        rules().forEach(rule ->
                SERVER.client().put("/api/alerts/rules/" + rule.path("id").asText(), "{\"cooldown_minutes\": 0}"));
        for (int miner = 0; miner < HOT; miner++) {
            SERVER.fleet().trouble(miner, Trouble.HOT);
        }
        SERVER.server().ops().pollNow();
        SERVER.client().post("/api/alerts/check");
        assertThat(alerts("?status=active")).hasSize(HOT);
    }

    private static List<JsonNode> alerts(String query) {
        List<JsonNode> found = new ArrayList<>();
        SERVER.client().get("/api/alerts" + query).json().path("alerts").forEach(found::add);
        return found;
    }

    private static List<JsonNode> rules() {
        List<JsonNode> found = new ArrayList<>();
        SERVER.client().get("/api/alerts/rules").json().path("rules").forEach(found::add);
        return found;
    }

    private static JsonNode alert(String id) {
        return SERVER.client().get("/api/alerts/" + id).json().path("alert");
    }

    private static String idOf(int miner) {
        return alerts("?status=active&miner_ip=" + SERVER.name(miner))
                .get(0)
                .path("id")
                .asText();
    }

    @Test
    void counts_and_rows_are_those_of_the_api() {
        BROWSER.open("/dashboard/alerts");

        JsonNode summary = SERVER.client().get("/api/alerts/summary").json().path("summary");
        assertThat(BROWSER.text("#count-active"))
                .isEqualTo(summary.path("active").asText());
        assertThat(BROWSER.text("#count-day"))
                .isEqualTo(summary.path("last_24h").asText());
        assertThat(BROWSER.texts("#alert-rows tr")).hasSize(HOT);
        for (JsonNode alert : alerts("?status=active")) {
            assertThat(BROWSER.texts("#alert-rows tr"))
                    .anySatisfy(row -> assertThat(row)
                            .contains(alert.path("message").asText())
                            .contains(alert.path("miner_ip").asText())
                            .contains(alert.path("rule_name").asText()));
        }
    }

    @Test
    void alerts_show_what_they_cost_can_be_ordered_by_it_and_the_month_has_a_bill() {
        Instant now = Instant.now();
        long dear = Long.parseLong(idOf(0));
        long cheap = Long.parseLong(idOf(1));
        SERVER.server()
                .ops()
                .store()
                .alerts()
                .putCosts(
                        Map.of(dear, cost(12.345, true), cheap, cost(1.5, false)),
                        List.of(new AlertCost.OfDay(
                                dear, now.truncatedTo(ChronoUnit.DAYS), 12.345, 12.345, Duration.ofHours(2))));
        BROWSER.open("/dashboard/alerts");
        BROWSER.choose("#filter-sort", "cost");

        BROWSER.eventually(() -> assertThat(BROWSER.text("#alert-rows tr")).contains(SERVER.name(0), "$12.35"));
        assertThat(BROWSER.texts("#alert-rows tr").get(1)).contains(SERVER.name(1), "≈ $1.50");
        BROWSER.choose("#bill-by", "miner");
        BROWSER.eventually(
                () -> assertThat(BROWSER.text("#bill-table tbody")).contains(SERVER.name(0), "$12.35", "2 h"));
        assertThat(BROWSER.text("#bill-total")).isEqualTo("$12.35 in all");
    }

    private static AlertCost cost(double usd, boolean complete) {
        return new AlertCost(
                usd, Instant.now().minusSeconds(7_200), Duration.ofHours(2), AlertCost.Basis.NOMINAL, complete);
    }

    @Test
    void an_alert_is_acknowledged_by_the_name_that_was_typed() {
        String id = idOf(0);
        BROWSER.open("/dashboard/alerts");

        BROWSER.type("#user-name", "ana");
        BROWSER.click("[data-focus='acknowledge-" + id + "']");

        BROWSER.eventually(
                () -> assertThat(BROWSER.text("#alert-message")).isEqualTo("Alert " + id + " acknowledged."));
        assertThat(alert(id).path("status").asText()).isEqualTo("acknowledged");
        assertThat(alert(id).path("acknowledged_by").asText()).isEqualTo("ana");
        BROWSER.eventually(() -> assertThat(BROWSER.texts("#alert-rows tr"))
                .anySatisfy(row -> assertThat(row).contains("acknowledged by ana")));
    }

    @Test
    void an_alert_is_resolved_with_a_note() {
        String id = idOf(1);
        BROWSER.open("/dashboard/alerts");

        BROWSER.click("[data-focus='resolve-" + id + "']");
        BROWSER.type("#resolve-note", "new thermal paste");
        BROWSER.click("#resolve-form button.primary");

        BROWSER.eventually(() -> assertThat(BROWSER.text("#alert-message")).isEqualTo("Alert " + id + " resolved."));
        assertThat(alert(id).path("resolution_note").asText()).isEqualTo("new thermal paste");
        assertThat(BROWSER.texts("#alert-rows tr")).hasSize(HOT - 1);
    }

    @Test
    void all_that_are_shown_are_acknowledged_and_then_resolved_at_once() {
        BROWSER.open("/dashboard/alerts");

        BROWSER.click("#bulk-all");
        assertThat(BROWSER.text("#bulk-count")).isEqualTo("3 chosen");
        BROWSER.click("#bulk-acknowledge");
        BROWSER.eventually(() -> assertThat(BROWSER.text("#alert-message")).isEqualTo("3 alerts acknowledged."));
        assertThat(alerts("?status=acknowledged")).hasSize(HOT);

        BROWSER.click("#bulk-all");
        BROWSER.click("#bulk-resolve");
        BROWSER.type("#resolve-note", "the cooling is back");
        BROWSER.click("#resolve-form button.primary");
        BROWSER.eventually(() -> assertThat(BROWSER.text("#alert-rows")).isEqualTo("No alert matches."));
        assertThat(alerts("?status=resolved&limit=3"))
                .allSatisfy(alert ->
                        assertThat(alert.path("resolution_note").asText()).isEqualTo("the cooling is back"));
    }

    @Test
    void a_failure_for_one_is_reported_and_the_others_succeed() {
        BROWSER.complaintsAreExpected();
        String gone = idOf(0);
        BROWSER.open("/dashboard/alerts");
        BROWSER.click(".refresh button"); // paused: the page goes on to show the alert that another client resolves
        SERVER.client().post("/api/alerts/" + gone + "/resolve");

        BROWSER.click("#bulk-all");
        BROWSER.click("#bulk-acknowledge");

        BROWSER.eventually(() -> assertThat(BROWSER.text("#alert-message"))
                .isEqualTo("2 alerts acknowledged. 1 could not be: alert " + gone
                        + " is resolved and cannot be acknowledged."));
    }

    @Test
    void the_miners_of_chosen_alerts_are_silenced_at_once() {
        BROWSER.open("/dashboard/alerts");

        BROWSER.click("[data-choice='" + idOf(0) + "']");
        BROWSER.click("[data-choice='" + idOf(1) + "']");
        BROWSER.click("#bulk-silence");
        assertThat(BROWSER.text("#silence-title")).isEqualTo("Silence 2 at once");
        BROWSER.type("#silence-comment", "cleaning");
        BROWSER.click("#silence-form button.primary");

        BROWSER.eventually(() -> assertThat(BROWSER.texts("#silence-rows tr"))
                .anySatisfy(row -> assertThat(row).contains(SERVER.name(0)).contains("cleaning"))
                .anySatisfy(row -> assertThat(row).contains(SERVER.name(1)).contains("cleaning")));
        for (JsonNode silence :
                SERVER.client().get("/api/alerts/silences").json().path("silences")) {
            SERVER.client().delete("/api/alerts/silences/" + silence.path("id").asText());
        }
    }

    @Test
    void a_rule_is_silenced_by_choosing_its_name() {
        JsonNode rule = rules().get(1);
        String name = rule.path("name").asText();
        BROWSER.open("/dashboard/alerts");

        BROWSER.click("#silence-new");
        assertThat(BROWSER.texts("#silence-rule_id option"))
                .startsWith("any rule")
                .containsAll(rules().stream()
                        .map(known -> known.path("name").asText())
                        .toList());
        BROWSER.choose("#silence-rule_id", rule.path("id").asText());
        assertThat(BROWSER.text("#silence-rule_id option:checked")).isEqualTo(name);
        BROWSER.click("#silence-form button.primary");

        BROWSER.eventually(() -> assertThat(BROWSER.texts("#silence-rows th")).containsExactly("rule " + name));
        JsonNode silence = SERVER.client()
                .get("/api/alerts/silences")
                .json()
                .path("silences")
                .get(0);
        assertThat(silence.path("rule_id")).isEqualTo(rule.path("id"));
        SERVER.client().delete("/api/alerts/silences/" + silence.path("id").asText());
    }

    @Test
    void the_history_of_an_alert_shows_what_became_of_it_and_of_those_before() {
        String id = idOf(0);
        SERVER.client().post("/api/alerts/" + id + "/acknowledge", "{\"user\": \"ben\"}");
        SERVER.client().post("/api/alerts/" + id + "/resolve", "{\"note\": \"dust\"}");
        SERVER.client().post("/api/alerts/check");
        String again = idOf(0);
        BROWSER.open("/dashboard/alerts#status=all");

        BROWSER.click("[data-focus='details-" + id + "']");
        BROWSER.eventually(() -> assertThat(BROWSER.text("details[open]"))
                .contains("raised by High Temperature", "acknowledged by ben", "resolved: dust"));

        BROWSER.click("[data-focus='details-" + id + "']");
        BROWSER.click("[data-focus='details-" + again + "']");
        BROWSER.eventually(() -> assertThat(BROWSER.text("details[open]"))
                .containsPattern("The previous \\d+:|Earlier alerts:")
                .contains("over after"));
    }

    @Test
    void an_alert_that_another_user_acknowledged_is_shown_at_once() {
        BROWSER.open("/dashboard/alerts");
        BROWSER.eventually(
                () -> assertThat(BROWSER.element(".live").isDisplayed()).isTrue());

        SERVER.client().post("/api/alerts/" + idOf(2) + "/acknowledge", "{\"user\": \"cleo\"}");

        BROWSER.eventually(() -> assertThat(BROWSER.texts("#alert-rows tr"))
                .anySatisfy(row -> assertThat(row).contains("acknowledged by cleo")));
    }

    @Test
    void a_filter_narrows_the_list_and_one_that_is_no_address_is_reported_at_its_field() {
        BROWSER.open("/dashboard/alerts#miner_ip=" + SERVER.name(1));
        assertThat(BROWSER.texts("#alert-rows tr")).hasSize(1);

        BROWSER.complaintsAreExpected();
        BROWSER.type("#filter-miner", "no such thing");
        BROWSER.press(org.openqa.selenium.Keys.TAB);

        BROWSER.eventually(() -> assertThat(BROWSER.element("#filter-miner").getDomAttribute("aria-invalid"))
                .isEqualTo("true"));
        assertThat(BROWSER.text("#filter-miner-error")).isNotEmpty();
    }
}
