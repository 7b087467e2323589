package io.minerops.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.server.support.RunningServer;
import io.minerops.testkit.fleet.Trouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for each page: it can be read by everybody, on any screen, in any light. */
class EveryPageTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(8);

    @RegisterExtension
    static final Browser BROWSER = Browser.before(() -> SERVER.server().uri());

    @BeforeAll
    static void a_fleet_with_troubles() {
        SERVER.fleet().trouble(0, Trouble.HOT);
        SERVER.fleet().trouble(1, Trouble.DEAD_FAN);
        SERVER.server().ops().pollNow();
        SERVER.client().post("/api/alerts/check");
        SERVER.client().post("/api/profitability/snapshot");
        SERVER.client().post("/api/alerts/silences", "{\"tag\": \"row-1\", \"duration_minutes\": 30}");
    }

    static Stream<String> pages() {
        return Stream.of("fleet", "miner", "alerts", "profitability", "statement", "curtailment", "operation", "api");
    }

    private static String path(String page) {
        return switch (page) {
            case "fleet" -> "/dashboard";
            case "miner" -> "/dashboard/miners/" + SERVER.name(0).replace(":", "%3A");
            default -> "/dashboard/" + page;
        };
    }

    @ParameterizedTest
    @MethodSource("pages")
    void axe_finds_nothing_serious_by_day_by_night_and_on_a_telephone(String page) {
        for (boolean dark : new boolean[] {false, true}) {
            for (int width : new int[] {1280, Browser.NARROW}) {
                BROWSER.dark(dark);
                BROWSER.size(width);
                BROWSER.open(path(page));
                BROWSER.screenshot(page + (dark ? "-dark" : "-light") + (width == Browser.NARROW ? "-narrow" : ""));

                assertThat(BROWSER.severeFindings()).isEmpty();
                assertThat(BROWSER.overflow())
                        .as("px that %s is wider than %d", page, width)
                        .isZero();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void the_colours_follow_the_scheme(String page) {
        BROWSER.open(path(page));
        Object light = background();
        BROWSER.dark(true);

        assertThat(background()).isNotEqualTo(light);
    }

    private static Object background() {
        return BROWSER.run("return getComputedStyle(document.body).backgroundColor");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void no_element_has_an_inline_style(String page) {
        String html = SERVER.client().get(path(page)).text();

        assertThat(html).doesNotContain(" style=", "<style", "onclick=", "javascript:");
        assertThat(html.replaceAll("<script[^>]+src=[^>]*></script>", "")).doesNotContain("<script");
    }

    @Test
    void dialogs_are_as_good_as_pages() {
        for (int width : new int[] {1280, Browser.NARROW}) {
            BROWSER.size(width);
            BROWSER.open("/dashboard/alerts");
            BROWSER.click("#rule-new");
            BROWSER.eventually(() -> assertThat(BROWSER.element("#preview").getDomAttribute("aria-busy"))
                    .isEqualTo("false"));
            assertThat(BROWSER.severeFindings()).isEmpty();
            BROWSER.screenshot("rule-editor" + (width == Browser.NARROW ? "-narrow" : ""));
            BROWSER.click("#rule-cancel");

            BROWSER.click("#alert-rows button[data-focus^='resolve']");
            assertThat(BROWSER.severeFindings()).isEmpty();
            BROWSER.click("#resolve-cancel");

            BROWSER.click("#alert-rows summary");
            BROWSER.eventually(
                    () -> assertThat(BROWSER.text("details[open]")).contains("raised by", "The first alert"));
            assertThat(BROWSER.severeFindings()).isEmpty();
            assertThat(BROWSER.overflow()).isZero();
            BROWSER.screenshot("alert-history" + (width == Browser.NARROW ? "-narrow" : ""));
        }
    }
}
