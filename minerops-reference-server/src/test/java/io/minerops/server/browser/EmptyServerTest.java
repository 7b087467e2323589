package io.minerops.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.server.support.RunningServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that was just set up, and one that requires a token. */
class EmptyServerTest {
    private static final String TOKEN = "a-token-for-the-tests-of-pages";

    @RegisterExtension
    static final RunningServer SERVER =
            RunningServer.of(1).with("MINER_IP_RANGE", "").with("API_TOKEN", TOKEN);

    @RegisterExtension
    static final Browser BROWSER = Browser.before(() -> SERVER.server().uri());

    private static void enter(String path) {
        BROWSER.logIn(TOKEN);
        BROWSER.open(path);
    }

    @Test
    void a_fleet_without_miners_says_so() {
        enter("/dashboard");

        assertThat(BROWSER.text("#miner-table tbody")).startsWith("There is no miner yet.");
        assertThat(BROWSER.text("#tile-miners-sub")).isEqualTo("none yet");
        BROWSER.screenshot("fleet-empty");
    }

    @Test
    void lists_without_entries_say_so() {
        enter("/dashboard/alerts");
        assertThat(BROWSER.text("#alert-rows")).isEqualTo("No alert matches.");
        assertThat(BROWSER.element("#bulk-all").isEnabled()).isFalse();
        assertThat(BROWSER.text("#silence-rows")).startsWith("No silence");

        BROWSER.open("/dashboard/operation");
        assertThat(BROWSER.text("#outbox-rows")).isEqualTo("No message.");
    }
}
