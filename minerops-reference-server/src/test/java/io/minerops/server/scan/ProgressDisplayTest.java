package io.minerops.server.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.core.discovery.DiscoveryProgress;
import io.minerops.server.scan.ProgressDisplay.Style;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
    private final StringWriter written = new StringWriter();

    private ProgressDisplay display(Style style) {
        return new ProgressDisplay(new PrintWriter(written), style);
    }

    private static DiscoveryProgress progress(int queried, int seconds, @Nullable Integer left) {
        return new DiscoveryProgress(
                queried,
                1_000,
                7,
                0,
                queried / 1_000.0,
                Duration.ofSeconds(seconds),
                left == null ? null : Duration.ofSeconds(left));
    }

    @Test
    void on_a_terminal_a_bar_is_drawn_over_itself_and_ends_its_line() {
        ProgressDisplay display = display(Style.BAR);

        display.show(progress(500, 61, 62), false);
        display.show(progress(1_000, 123, 0), true);

        assertThat(written.toString())
                .isEqualTo("\r[" + "#".repeat(15) + "-".repeat(15)
                        + "]  50 %  500 of 1000 queried, 7 found, 1:01, 1:02 left\u001b[K"
                        + "\r[" + "#".repeat(30) + "] 100 %  1000 of 1000 queried, 7 found, 2:03\u001b[K"
                        + System.lineSeparator());
    }

    @Test
    void elsewhere_there_is_a_line_every_few_seconds_and_one_at_the_end() {
        ProgressDisplay display = display(Style.LINES);

        for (int second = 0; second <= 12; second++) {
            display.show(progress(second * 10, second, null), false);
        }
        display.show(progress(1_000, 13, 0), true);

        assertThat(written.toString().lines())
                .containsExactly(
                        "  0 %  0 of 1000 queried, 7 found, 0:00",
                        "  5 %  50 of 1000 queried, 7 found, 0:05",
                        " 10 %  100 of 1000 queried, 7 found, 0:10",
                        "100 %  1000 of 1000 queried, 7 found, 0:13");
    }

    @Test
    void all_is_not_said_before_it_is_all() {
        display(Style.LINES).show(progress(999, 1, 1), false);

        assertThat(written.toString()).startsWith(" 99 %");
    }

    @Test
    void nothing_is_shown_where_nothing_is_wanted() {
        display(Style.NOTHING).show(progress(1_000, 1, 0), true);

        assertThat(written.toString()).isEmpty();
    }
}
