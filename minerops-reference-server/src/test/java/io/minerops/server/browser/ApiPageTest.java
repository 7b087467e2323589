package io.minerops.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.server.support.RunningServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

class ApiPageTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(1);

    @RegisterExtension
    static final Browser BROWSER = Browser.before(() -> SERVER.server().uri());

    @Test
    void every_operation_of_the_description_is_listed_and_opens() {
        List<String> ids = new ArrayList<>();
        JsonNode paths = SERVER.client().get("/openapi.json").json().path("paths");
        paths.forEach(path -> path.findValuesAsText("operationId").forEach(ids::add));
        BROWSER.open("/dashboard/api");

        assertThat(BROWSER.run("return [...document.querySelectorAll('.operation')].map((one) => one.id).sort()"))
                .isEqualTo(ids.stream().sorted().toList());
        BROWSER.run("document.querySelectorAll('.operation').forEach((one) => { one.open = true; })");
        BROWSER.eventually(
                () -> assertThat(BROWSER.elements(".operation > div")).hasSameSizeAs(ids));
        for (int width : new int[] {1280, Browser.NARROW}) {
            BROWSER.size(width);
            assertThat(BROWSER.overflow())
                    .as("px that the page is wider than %d", width)
                    .isZero();
        }
    }

    @Test
    void an_operation_shows_parameters_fields_ranges_units_and_answers() {
        BROWSER.open("/dashboard/api#changeRule");
        BROWSER.eventually(() -> assertThat(BROWSER.text("#changeRule"))
                .contains("{id}", "cooldown_minutes", "0 to 527040, in min, default 30", "thresholds.temp_c", "415"));
        assertThat(BROWSER.text("#changeRule"))
                .contains(
                        "every rule_type",
                        "Body, if any: rule_type temp",
                        "1 to 200, in °C, default 80",
                        "robust standard deviations");
        for (int width : new int[] {1280, Browser.NARROW}) {
            BROWSER.size(width);
            BROWSER.screenshot("api-operation" + (width == Browser.NARROW ? "-narrow" : ""));
            assertThat(BROWSER.severeFindings()).isEmpty();
        }

        BROWSER.open("/dashboard/api#listLatestSamples");

        BROWSER.eventually(() -> assertThat(BROWSER.text("#listLatestSamples"))
                .contains("fresh_within", "miners[].hashrate_ths", "number or null", "in TH/s", "104.2"));
    }

    @Test
    void operations_are_found_by_a_word_and_opened_by_keyboard() {
        BROWSER.open("/dashboard/api");
        BROWSER.type("#api-search", "silences delete");
        BROWSER.eventually(() -> assertThat(BROWSER.texts(".operation:not([hidden]) code"))
                .containsExactly("/api/alerts/silences/{id}"));
        assertThat(BROWSER.text("#api-count")).startsWith("1 of ");

        BROWSER.press(Keys.TAB);
        while (!BROWSER.focused().getTagName().equals("summary")) {
            BROWSER.press(Keys.TAB);
        }
        BROWSER.press(Keys.ENTER);

        BROWSER.eventually(() -> assertThat(BROWSER.text("#deleteSilence")).contains("404"));
    }
}
