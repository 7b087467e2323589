package io.minerops.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.server.support.RunningServer;
import io.minerops.testkit.fleet.Trouble;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Logging in, and what a session may do. */
class LoginPageTest {
    private static final String TOKEN = "a-token-for-the-tests-of-pages";
    private static final String READ_TOKEN = "a-token-that-may-only-read-pages";

    @RegisterExtension
    static final RunningServer SERVER =
            RunningServer.of(4).with("API_TOKEN", TOKEN).with("API_READ_TOKEN", READ_TOKEN);

    @RegisterExtension
    static final Browser BROWSER = Browser.before(() -> SERVER.server().uri());

    @BeforeAll
    static void a_fleet_with_a_trouble() {
        SERVER.fleet().trouble(0, Trouble.DEAD_FAN);
        SERVER.server().ops().pollNow();
        SERVER.client().token(TOKEN).post("/api/alerts/check");
    }

    @BeforeEach
    void a_browser_that_was_never_here() {
        BROWSER.openUnsettled("/login");
        BROWSER.forgetCookies();
    }

    private static void enter(String token) {
        BROWSER.type("#login-token", token);
        BROWSER.click("#login-submit");
    }

    @Test
    void a_user_logs_in_sees_the_requested_page_acknowledges_and_logs_out() {
        BROWSER.openUnsettled("/dashboard/alerts");
        BROWSER.eventually(
                () -> assertThat(BROWSER.focused().getDomAttribute("id")).isEqualTo("login-token"));

        enter(TOKEN);
        BROWSER.settled();
        assertThat(BROWSER.run("return location.pathname")).isEqualTo("/dashboard/alerts");
        BROWSER.eventually(
                () -> assertThat(BROWSER.element(".live").isDisplayed()).isTrue());

        BROWSER.click("#alert-rows button[data-focus^='acknowledge']");
        BROWSER.eventually(() -> assertThat(BROWSER.text("#alert-rows")).contains("acknowledged"));
        assertThat(SERVER.client()
                        .token(TOKEN)
                        .get("/api/alerts?status=acknowledged")
                        .json()
                        .path("count")
                        .asInt())
                .isEqualTo(1);

        BROWSER.click(".refresh button[title='Logged in as API_TOKEN']");
        BROWSER.eventually(() -> assertThat(BROWSER.elements("#login-token")).isNotEmpty());
        BROWSER.openUnsettled("/dashboard");
        BROWSER.eventually(() -> assertThat(BROWSER.elements("#login-token")).isNotEmpty());
    }

    @Test
    void the_fleet_is_seen_with_a_token_that_may_only_read() {
        BROWSER.openUnsettled("/dashboard");
        enter(READ_TOKEN);
        BROWSER.settled();

        assertThat(BROWSER.text("#miner-table tbody")).contains(SERVER.name(0));
    }

    @Test
    void a_wrong_token_shows_a_clear_error_and_keeps_the_focus() {
        BROWSER.complaintsAreExpected();
        BROWSER.openUnsettled("/login");

        enter("wrong");

        BROWSER.eventually(() -> assertThat(BROWSER.text("#login-error"))
                .isEqualTo("This token is not accepted. Check it for missing characters."));
        assertThat(BROWSER.element("#login-token").getDomAttribute("aria-invalid"))
                .isEqualTo("true");
        assertThat(BROWSER.focused().getDomAttribute("id")).isEqualTo("login-token");
        BROWSER.screenshot("login-wrong");
    }

    @Test
    void a_session_that_ended_leads_back_to_the_page_after_another_log_in() {
        BROWSER.complaintsAreExpected();
        BROWSER.openUnsettled("/dashboard/profitability");
        enter(TOKEN);
        BROWSER.settled();

        BROWSER.forgetCookies();
        BROWSER.run("[...document.querySelectorAll('.refresh button')].find((b) => b.innerText === 'Refresh').click()");
        BROWSER.eventually(() -> assertThat(BROWSER.elements("#login-token")).isNotEmpty());
        enter(TOKEN);
        BROWSER.settled();

        assertThat(BROWSER.run("return location.pathname")).isEqualTo("/dashboard/profitability");
    }

    @Test
    void another_site_is_never_where_a_log_in_leads() {
        for (String next :
                new String[] {"https://example.com/dashboard", "//example.com/dashboard", "/\\example.com"}) {
            BROWSER.openUnsettled("/login?next=" + next);
            enter(TOKEN);
            BROWSER.settled();

            assertThat(BROWSER.run("return location.pathname")).isEqualTo("/dashboard");
            BROWSER.forgetCookies();
        }
    }

    @Test
    void axe_finds_nothing_serious_by_day_by_night_and_on_a_telephone() {
        for (boolean dark : new boolean[] {false, true}) {
            for (int width : new int[] {1280, Browser.NARROW}) {
                BROWSER.dark(dark);
                BROWSER.size(width);
                BROWSER.openUnsettled("/login");
                BROWSER.screenshot("login" + (dark ? "-dark" : "-light") + (width == Browser.NARROW ? "-narrow" : ""));

                assertThat(BROWSER.severeFindings()).isEmpty();
                assertThat(BROWSER.overflow()).isZero();
            }
        }
    }
}
