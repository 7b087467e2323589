package io.minerops.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.server.support.RunningServer;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The statement page of a fleet whose first month is not over. */
class FirstStatementTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(2);

    @RegisterExtension
    static final Browser BROWSER = Browser.before(() -> SERVER.server().uri());

    @Test
    void the_month_that_is_not_over_is_shown_where_the_last_one_has_no_miner() {
        SERVER.awaitStart();
        SERVER.server().ops().pollNow();

        BROWSER.open("/dashboard/statement");

        YearMonth month = YearMonth.now(ZoneOffset.UTC);
        BROWSER.eventually(() -> assertThat(BROWSER.text("#statement-title")).isEqualTo("Statement · " + month));
        assertThat(BROWSER.text("#statement-hint")).endsWith("the period is not over");
    }
}
