package io.minerops.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.server.support.RunningServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RuleEditorTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(2);

    @RegisterExtension
    static final Browser BROWSER = Browser.before(() -> SERVER.server().uri());

    /** For an hour the first miner was at 70 °C, then for another at 90 °C, and so on for half a day. */
    @BeforeAll
    static void history() {
        var address = SERVER.fleet().addresses().get(0);
        Instant now = Instant.now();
        for (int minute = 720; minute > 0; minute -= 5) {
            Instant at = now.minus(Duration.ofMinutes(minute));
            double temperature = minute / 60 % 2 == 0 ? 70 : 90;
            SERVER.server()
                    .ops()
                    .store()
                    .metrics()
                    .append(Poll.of(
                            at,
                            List.of(MetricSample.builder(address, at)
                                    .set(Reading.AVG_TEMP_C, temperature)
                                    .build())));
        }
    }

    private static void openNewRule() {
        BROWSER.open("/dashboard/alerts");
        BROWSER.click("#rule-new");
        BROWSER.eventually(() -> assertThat(BROWSER.text("#preview")).contains("alert"));
    }

    private static int counted() {
        return Integer.parseInt(BROWSER.text("#preview strong").replaceAll("\\D.*", ""));
    }

    @Test
    void the_preview_counts_what_the_rule_would_have_raised() {
        openNewRule();
        BROWSER.type("[data-threshold='temp_c']", "80");
        BROWSER.eventually(() -> assertThat(BROWSER.text("#preview")).contains("6 alerts"));
        assertThat(BROWSER.text("#preview")).contains(SERVER.name(0) + ": 6");

        BROWSER.type("[data-threshold='temp_c']", "95");
        BROWSER.eventually(() -> assertThat(BROWSER.text("#preview strong")).isEqualTo("0 alerts"));
        assertThat(SERVER.client().get("/api/alerts/rules").json().path("rules"))
                .hasSize(4);
    }

    @Test
    void a_rule_is_tried_once_the_typing_has_ended_and_not_at_each_stroke() {
        openNewRule();
        long before = backtests();

        BROWSER.type("[data-threshold='temp_c']", "85.125");

        BROWSER.eventually(() -> assertThat(counted()).isPositive());
        BROWSER.eventually(() -> assertThat(BROWSER.element("#preview").getDomAttribute("aria-busy"))
                .isEqualTo("false"));
        assertThat(backtests() - before).isBetween(1L, 2L);
    }

    private static long backtests() {
        return BROWSER.requests().stream()
                .filter(url -> url.endsWith("/api/alerts/rules/backtest"))
                .count();
    }

    @Test
    void what_is_wrong_with_the_rule_is_said_where_the_preview_would_be() {
        BROWSER.complaintsAreExpected();
        openNewRule();

        BROWSER.type("[data-threshold='temp_c']", "-400");

        BROWSER.eventually(() -> assertThat(BROWSER.text("#preview")).contains("No preview yet:", "temp_c"));
    }

    @Test
    void a_rule_is_made_changed_switched_off_and_deleted() {
        openNewRule();
        BROWSER.type("[data-field='name']", "Too warm");
        BROWSER.type("[data-threshold='temp_c']", "77");
        BROWSER.click("#rule-form button.primary");
        BROWSER.eventually(() -> assertThat(BROWSER.texts("#rule-rows tr"))
                .anySatisfy(row -> assertThat(row).contains("Too warm", "mean temperature above 77 °C")));
        String id = idOf("Too warm");

        BROWSER.click("[data-focus='edit-" + id + "']");
        BROWSER.type("[data-threshold='temp_c']", "78");
        BROWSER.click("#rule-form button.primary");
        BROWSER.eventually(() -> assertThat(BROWSER.text("#rule-rows")).contains("above 78 °C"));

        BROWSER.click("[data-focus='enabled-" + id + "']");
        BROWSER.eventually(() -> assertThat(SERVER.client()
                        .get("/api/alerts/rules/" + id)
                        .json()
                        .at("/rule/enabled")
                        .asBoolean())
                .isFalse());

        BROWSER.click("[data-focus='delete-" + id + "']");
        BROWSER.click("#delete-form button.danger");
        BROWSER.eventually(() -> assertThat(BROWSER.text("#rule-rows")).doesNotContain("Too warm"));
        assertThat(SERVER.client().get("/api/alerts/rules/" + id).status()).isEqualTo(404);
    }

    private static String idOf(String name) {
        for (JsonNode rule : SERVER.client().get("/api/alerts/rules").json().path("rules")) {
            if (rule.path("name").asText().equals(name)) {
                return rule.path("id").asText();
            }
        }
        throw new AssertionError("no rule " + name);
    }

    @Test
    void a_rule_that_cannot_do_anything_has_its_warning() {
        String id = SERVER.client()
                .post(
                        "/api/alerts/rules",
                        "{\"name\": \"For nobody\", \"rule_type\": \"temp\", \"model_filter\": \"Toaster\"}")
                .json()
                .at("/rule/id")
                .asText();
        BROWSER.open("/dashboard/alerts");

        assertThat(BROWSER.texts("#rule-rows tr"))
                .anySatisfy(row -> assertThat(row).contains("For nobody").contains("covers"));
        assertThat(BROWSER.text("#rule-warnings")).contains("warning");
        SERVER.client().delete("/api/alerts/rules/" + id);
    }
}
