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

/** The type of {@code docs/rule-types.md}, which is on the class path of the tests, on the page. */
class RuleTypeFromOutsideTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(1);

    @RegisterExtension
    static final Browser BROWSER = Browser.before(() -> SERVER.server().uri());

    /** The fans of the miner ran 1,000 rpm apart for an hour, two hours ago. */
    @BeforeAll
    static void history() {
        var address = SERVER.fleet().addresses().get(0);
        Instant now = Instant.now();
        for (int minute = 240; minute > 0; minute -= 5) {
            Instant at = now.minus(Duration.ofMinutes(minute));
            double fastest = minute <= 180 && minute > 120 ? 6_000 : 5_050;
            SERVER.server()
                    .ops()
                    .store()
                    .metrics()
                    .append(Poll.of(
                            at,
                            List.of(MetricSample.builder(address, at)
                                    .set(Reading.MIN_FAN_RPM, 5_000)
                                    .set(Reading.MAX_FAN_RPM, fastest)
                                    .build())));
        }
    }

    @Test
    void is_offered_backtested_saved_and_edited() {
        BROWSER.open("/dashboard/alerts");
        BROWSER.click("#rule-new");
        BROWSER.eventually(() -> assertThat(BROWSER.text("#preview")).contains("alert"));
        BROWSER.choose("[data-field='rule_type']", "fan_spread");
        assertThat(BROWSER.text("#rule-thresholds")).contains("Apart by more than (rpm)");

        BROWSER.type("[data-field='name']", "Fan wear");
        BROWSER.type("[data-threshold='max_spread_rpm']", "900");
        BROWSER.eventually(() -> assertThat(BROWSER.text("#preview strong")).isEqualTo("1 alert"));
        BROWSER.click("#rule-form button.primary");

        BROWSER.eventually(
                () -> assertThat(BROWSER.text("#rule-rows")).contains("Fan wear", "apart by more than 900 rpm"));
        BROWSER.click("[aria-label='Edit Fan wear']");
        BROWSER.eventually(() -> assertThat(
                        BROWSER.element("[data-threshold='max_spread_rpm']").getDomProperty("value"))
                .isEqualTo("900"));
        BROWSER.type("[data-threshold='max_spread_rpm']", "800");
        BROWSER.click("#rule-form button.primary");
        BROWSER.eventually(() -> assertThat(BROWSER.text("#rule-rows")).contains("apart by more than 800 rpm"));
    }

    @Test
    void is_offered_to_programs_with_all_that_an_editor_needs() {
        JsonNode types = SERVER.client().get("/api/alerts/rule-types").json().path("rule_types");
        JsonNode spread = types.valueStream()
                .filter(type -> type.path("rule_type").asText().equals("fan_spread"))
                .findFirst()
                .orElseThrow();

        assertThat(spread.path("label").asText()).isEqualTo("fan spread");
        JsonNode threshold = spread.path("thresholds").path(0);
        assertThat(threshold.path("name").asText()).isEqualTo("max_spread_rpm");
        assertThat(threshold.path("min").asDouble()).isEqualTo(1);
        assertThat(threshold.path("max").asDouble()).isEqualTo(20_000);
        assertThat(threshold.path("default").asDouble()).isEqualTo(600);
        assertThat(threshold.path("unit").asText()).isEqualTo("rpm");
    }
}
