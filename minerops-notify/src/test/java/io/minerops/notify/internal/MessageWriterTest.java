package io.minerops.notify.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Severity;
import io.minerops.notify.Alerts;
import io.minerops.notify.internal.Message.Fact;
import io.minerops.notify.internal.Message.Tone;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageWriterTest {
    private static final Destination MAIL = Destination.email();
    private static final URI LINK = URI.create("https://ops.example.com/dashboard/alerts");

    private final MessageWriter writer = new MessageWriter(LINK, 3);

    @Nested
    class Single {
        @Test
        void a_beginning_says_what_where_how_much_and_since_when() {
            assertThat(writer.write(Alerts.firing(MAIL)))
                    .isEqualTo(new Message(
                            Tone.CRITICAL,
                            "Critical: 10.0.0.7 temperature",
                            Alerts.MESSAGE,
                            List.of(
                                    new Fact("Miner", "10.0.0.7"),
                                    new Fact("Rule", "High temperature"),
                                    new Fact("Severity", "critical"),
                                    new Fact("Values", "avg temp 91.2 °C, temp 80 °C"),
                                    new Fact("Since", "2026-11-20 08:00 UTC")),
                            List.of(),
                            0,
                            LINK));
        }

        @Test
        void a_beginning_that_comes_late_says_how_it_stands_now() {
            assertThat(writer.write(Alerts.firing(MAIL, Alerts.cooled())).facts())
                    .contains(new Fact("Now", "auto resolved"));
        }

        @Test
        void what_an_alert_has_cost_is_one_line_where_it_is_known() {
            Alert dear = Alerts.hot().costing(Alerts.cost(12.345));

            assertThat(writer.write(Alerts.firing(MAIL, dear)).facts()).contains(new Fact("Cost so far", "12.34 USD"));
            assertThat(writer.write(Alerts.grouped(MAIL, OutboxEntry.Kind.RESOLVED, List.of(Alerts.ended(dear, "ok"))))
                            .facts())
                    .contains(new Fact("Cost", "12.34 USD"));
            assertThat(writer.write(Alerts.firing(MAIL)).facts())
                    .noneMatch(fact -> fact.name().startsWith("Cost"));
        }

        @Test
        void a_reminder_says_that_it_is_still_open() {
            assertThat(writer.write(Alerts.reminder(MAIL)).title()).isEqualTo("Still critical: 10.0.0.7 temperature");
        }

        @Test
        void an_end_says_what_cleared_it_and_how_long_it_took() {
            Message message = writer.write(Alerts.resolved(MAIL));
            assertThat(message.tone()).isEqualTo(Tone.RESOLVED);
            assertThat(message.title()).isEqualTo("Resolved: 10.0.0.7 temperature");
            assertThat(message.text()).isEqualTo(Alerts.NOTE);
            assertThat(message.facts())
                    .contains(new Fact("Was", Alerts.MESSAGE), new Fact("To", "2026-11-20 08:42 UTC (42 min)"));
        }

        @Test
        void a_test_says_that_nothing_is_wrong() {
            Message message = writer.write(Alerts.test(MAIL));
            assertThat(message.tone()).isEqualTo(Tone.TEST);
            assertThat(message.text()).contains("No miner has a problem");
        }

        @Test
        void hostile_text_is_one_cut_line() {
            Alert alert = Alerts.alert(1, "10.0.0.1", Severity.INFO, RuleType.FAN, "r\r\nBcc: x", "a\nb".repeat(500));
            Message message = writer.write(Alerts.firing(MAIL, alert));
            assertThat(message.text()).hasSize(256).doesNotContain("\n").endsWith("…");
            assertThat(message.facts()).contains(new Fact("Rule", "r  Bcc: x"));
        }
    }

    @Nested
    class Grouped {
        @Test
        void a_storm_counts_by_type_and_names_the_first_miners() {
            Message message = writer.write(Alerts.raisedTogether(MAIL, Alerts.many(9, "No answer")));
            assertThat(message.title()).isEqualTo("9 alerts raised: 6 temperature, 3 offline");
            assertThat(message.text()).isEqualTo("By severity: 3 critical, 6 warning.");
            assertThat(message.tone()).isEqualTo(Tone.CRITICAL);
            assertThat(message.listed(1_000, PlainText.Escape.NONE))
                    .containsExactly(
                            "10.1.0.0 critical, offline: No answer (since 2026-11-20 08:00 UTC)",
                            "10.1.0.1 warning, temperature: No answer (since 2026-11-20 08:00 UTC)",
                            "10.1.0.2 warning, temperature: No answer (since 2026-11-20 08:00 UTC)",
                            "and 6 more");
        }

        @Test
        void each_line_has_what_its_alert_has_cost() {
            Alert dear = Alerts.hot().costing(Alerts.cost(-0.5));

            Message open = writer.write(Alerts.raisedTogether(MAIL, List.of(dear, Alerts.hot())));
            Message over = writer.write(Alerts.grouped(MAIL, OutboxEntry.Kind.RESOLVED, List.of(dear, Alerts.hot())));

            assertThat(open.lines().get(0)).endsWith("UTC, -0.50 USD)");
            assertThat(open.lines().get(1)).endsWith("UTC)");
            assertThat(over.lines().get(0)).endsWith(", -0.50 USD");
        }

        @Test
        void the_clearing_is_grouped_the_same_way() {
            List<Alert> alerts = Alerts.many(4, "x").stream()
                    .map(alert -> Alerts.ended(alert, "Answers again"))
                    .toList();
            Message message = writer.write(Alerts.grouped(MAIL, OutboxEntry.Kind.RESOLVED, alerts));
            assertThat(message.tone()).isEqualTo(Tone.RESOLVED);
            assertThat(message.title()).isEqualTo("4 alerts resolved: 2 offline, 2 temperature");
            assertThat(message.lines()).startsWith("10.1.0.0 offline: Answers again");
        }

        @Test
        void lines_that_do_not_fit_are_counted_with_the_rest() {
            Message message = writer.write(Alerts.raisedTogether(MAIL, Alerts.many(9, "No answer")));
            List<String> listed = message.listed(100, PlainText.Escape.NONE);
            assertThat(listed).hasSize(2).endsWith("and 8 more");
            assertThat(String.join("\n", listed)).hasSizeLessThanOrEqualTo(100);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "avg_temp_c | 91.25 | avg temp 91.25 °C",
                "hashrate_ths | 0 | hashrate 0 TH/s",
                "ratio | 0.123456789 | ratio 0.123457",
                "max_age_minutes | 1440 | max age 1440 min",
                "power_w | 1234567.8 | power 1234570 W",
                "x_w | NaN | x unknown W"
            })
    void values_have_the_unit_of_their_key(String key, double value, String said) {
        assertThat(MeasuredValue.of(key, value)).isEqualTo(said);
    }
}
