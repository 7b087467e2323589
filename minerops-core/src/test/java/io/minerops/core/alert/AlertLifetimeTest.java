package io.minerops.core.alert;

import static io.minerops.core.alert.Watch.hot;
import static io.minerops.core.alert.Watch.minute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How long an alert stays, when many become one, and when its severity rises, as stories of one miner. */
class AlertLifetimeTest {
    private static final double HOT = 90;
    private static final double COOL = 60;
    private static final double ABSENT = Double.NaN;

    private final Watch watch = new Watch();

    private static AlertRule.Builder quick(Map<String, Double> thresholds) {
        return hot(thresholds).cooldown(Duration.ZERO);
    }

    private List<String> at(double minutes, double celsius) {
        return watch.temperature(minutes, celsius).check(minutes);
    }

    @Nested
    class Kept_firing {
        @Test
        void ends_only_when_the_condition_was_clear_for_its_time() {
            watch.with(quick(Map.of("keep_firing_minutes", 5.0)));

            assertThat(at(0, HOT)).containsExactly("raised");
            assertThat(at(1, COOL)).isEmpty();
            assertThat(at(5.9, COOL)).isEmpty();
            assertThat(at(6, COOL)).containsExactly("auto_resolved");
        }

        @Test
        void waits_again_after_one_bad_reading() {
            watch.with(quick(Map.of("keep_firing_minutes", 5.0)));
            at(0, HOT);
            at(1, COOL);
            assertThat(at(5, HOT)).isEmpty();

            assertThat(at(6, COOL)).isEmpty();
            assertThat(at(10.9, COOL)).isEmpty();
            assertThat(at(11, COOL)).containsExactly("auto_resolved");
        }

        @Test
        void waits_on_over_an_absent_reading_and_does_not_end_by_it() {
            watch.with(quick(Map.of("keep_firing_minutes", 5.0)));
            at(0, HOT);
            at(1, COOL);

            assertThat(at(7, ABSENT)).isEmpty();
            assertThat(at(8, COOL)).containsExactly("auto_resolved");
        }

        @Test
        void between_the_limits_is_not_clear() {
            watch.with(quick(Map.of("temp_c", 80.0, "clear_c", 70.0, "keep_firing_minutes", 5.0)));
            at(0, HOT);
            at(1, 75);

            assertThat(at(10, 75)).isEmpty();
            assertThat(at(11, 65)).isEmpty();
            assertThat(at(16, 65)).containsExactly("auto_resolved");
        }

        @Test
        void survives_a_restart() {
            watch.with(quick(Map.of("keep_firing_minutes", 5.0)));
            at(0, HOT);
            at(1, COOL);

            watch.observedSince(3);

            assertThat(at(6, COOL)).containsExactly("auto_resolved");
        }

        @Test
        void sends_no_reminder_while_it_waits() {
            watch.with(hot(Map.of("keep_firing_minutes", 60.0)).cooldown(Duration.ofMinutes(10)));
            at(0, HOT);

            assertThat(at(15, COOL)).isEmpty();
        }
    }

    @Nested
    class Flapping {
        private final Map<String, Double> twiceInAnHour = Map.of("flap_count", 2.0, "flap_window_minutes", 60.0);

        private List<String> flap(int minutes) {
            List<String> events = new ArrayList<>();
            for (int minute = 0; minute < minutes; minute++) {
                events.addAll(at(minute, minute % 2 == 0 ? HOT : COOL));
            }
            return events;
        }

        @Test
        void the_alert_after_those_let_through_stays_open() {
            watch.with(quick(twiceInAnHour));

            assertThat(flap(59)).containsExactly("raised", "auto_resolved", "raised", "auto_resolved", "raised");
            assertThat(watch.newest().message()).contains("flapping: raised 3 times within 60 min");
            assertThat(watch.newest().details()).containsEntry("flap_raises", 3.0);
        }

        @Test
        void the_alert_ends_when_the_condition_was_clear_for_the_window() {
            watch.with(quick(twiceInAnHour));
            flap(20);

            assertThat(at(78, COOL)).isEmpty();
            assertThat(at(79, COOL)).containsExactly("auto_resolved");
        }

        @Test
        void alerts_farther_apart_than_the_window_are_sent_one_by_one() {
            watch.with(quick(twiceInAnHour));
            List<String> events = new ArrayList<>();
            for (int hour = 0; hour < 4; hour++) {
                events.addAll(at(hour * 31, HOT));
                events.addAll(at(hour * 31 + 1, COOL));
            }

            assertThat(events)
                    .containsExactly(
                            "raised",
                            "auto_resolved",
                            "raised",
                            "auto_resolved",
                            "raised",
                            "auto_resolved",
                            "raised",
                            "auto_resolved");
        }

        @Test
        void is_not_detected_by_default() {
            watch.with(quick(Map.of()));

            assertThat(flap(20)).hasSize(20);
        }

        @Test
        void needs_a_count_to_mean_anything() {
            AlertRule rule = quick(Map.of("flap_window_minutes", 60.0)).build();

            assertThatThrownBy(() -> RuleTypes.standard().validate(rule))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("flap_window_minutes")
                    .hasMessageContaining("means nothing without flap_count");
        }

        @Test
        void counts_whole_alerts() {
            AlertRule rule = quick(Map.of("flap_count", 1.5)).build();

            assertThatThrownBy(() -> RuleTypes.standard().validate(rule)).hasMessageContaining("whole number");
        }
    }

    @Nested
    class Escalation {
        private final Map<String, Double> afterTen = Map.of("escalate_after_minutes", 10.0);

        @Test
        void raises_the_severity_of_an_unacknowledged_alert() {
            watch.with(quick(afterTen).severity(Severity.WARNING));
            at(0, HOT);

            assertThat(at(9, HOT)).isEmpty();
            assertThat(at(10, HOT)).containsExactly("escalated to critical");
            assertThat(watch.newest().severity()).isEqualTo(Severity.CRITICAL);
        }

        @Test
        void escalates_step_by_step_and_once_each() {
            watch.with(quick(afterTen).severity(Severity.INFO));
            at(0, HOT);

            assertThat(at(10, HOT)).containsExactly("escalated to warning");
            assertThat(at(19, HOT)).isEmpty();
            assertThat(at(20, HOT)).containsExactly("escalated to critical");
            assertThat(at(120, HOT)).isEmpty();
        }

        @Test
        void escalates_a_critical_alert_once_though_its_severity_cannot_rise() {
            watch.with(quick(afterTen).severity(Severity.CRITICAL));
            at(0, HOT);

            assertThat(at(10, HOT)).containsExactly("escalated to critical");
            assertThat(at(60, HOT)).isEmpty();
        }

        @Test
        void ends_with_the_one_who_takes_the_alert() {
            watch.with(quick(afterTen));
            at(0, HOT);

            watch.acknowledge(5);

            assertThat(at(60, HOT)).isEmpty();
        }

        @Test
        void waits_while_the_condition_is_clear_and_the_alert_kept_firing() {
            watch.with(quick(Map.of("escalate_after_minutes", 10.0, "keep_firing_minutes", 30.0)));
            at(0, HOT);

            assertThat(at(15, COOL)).isEmpty();
        }

        @Test
        void begins_again_with_the_next_alert() {
            watch.with(quick(afterTen).severity(Severity.WARNING));
            at(0, HOT);
            at(10, HOT);
            at(11, COOL);
            at(12, HOT);

            assertThat(watch.newest().severity()).isEqualTo(Severity.WARNING);
            assertThat(at(21, HOT)).isEmpty();
            assertThat(at(22, HOT)).containsExactly("escalated to critical");
        }

        @Test
        void is_not_sent_again_after_a_restart() {
            watch.with(quick(afterTen).severity(Severity.CRITICAL));
            at(0, HOT);
            at(10, HOT);

            watch.observedSince(11);

            assertThat(at(12, HOT)).isEmpty();
            assertThat(watch.newest().status()).isEqualTo(AlertStatus.ACTIVE);
            assertThat(watch.newest().createdAt()).isEqualTo(minute(0));
        }
    }
}
