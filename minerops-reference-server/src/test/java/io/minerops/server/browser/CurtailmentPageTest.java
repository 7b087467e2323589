package io.minerops.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.server.support.RunningServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CurtailmentPageTest {
    private static final int MINERS = 3;

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(MINERS).with("DEFAULT_POWER_COST", "9");

    @RegisterExtension
    static final Browser BROWSER = Browser.before(() -> SERVER.server().uri());

    @BeforeAll
    static void poll() {
        SERVER.server().ops().pollNow();
        SERVER.client().post("/api/profitability/snapshot");
    }

    private static void open() {
        BROWSER.open("/dashboard/curtailment");
        BROWSER.eventually(
                () -> assertThat(BROWSER.elements("#plan-table tbody tr")).hasSize(MINERS));
    }

    @Test
    void the_plan_of_the_tariff_is_shown_with_its_picture() {
        open();

        assertThat(BROWSER.text("#tile-stopped-sub")).isEqualTo(MINERS + " of " + MINERS + " miners");
        assertThat(BROWSER.text("#tile-net-sub")).isEqualTo("no plan gains more");
        assertThat(BROWSER.elements("#plan-chart svg .stopped")).hasSize(24);
        assertThat(BROWSER.elements("#trial-chart svg")).hasSize(1);
    }

    @Test
    void a_price_that_cannot_be_used_is_named_at_its_field() {
        BROWSER.complaintsAreExpected();
        open();
        BROWSER.click("#plan-settings summary");
        BROWSER.element("#plan-csv").sendKeys("start,usd_per_mwh\n2030-01-01T00:00Z,dear\n");

        BROWSER.click("#plan-run");

        BROWSER.eventually(() -> assertThat(BROWSER.text("#plan-csv-error")).contains("line 2 must have a price"));
    }

    @Test
    void what_lacks_for_a_report_is_said() {
        BROWSER.complaintsAreExpected();
        open();

        BROWSER.click("#shed-run");

        BROWSER.eventually(() -> assertThat(BROWSER.text("#shed-from-error")).contains("no miner has a sample"));
    }
}
