package io.minerops.core.alert;

import static io.minerops.core.alert.Watch.MINER;
import static io.minerops.core.alert.Watch.aMiner;
import static io.minerops.core.alert.Watch.hot;
import static io.minerops.core.alert.Watch.minute;
import static io.minerops.core.alert.Watch.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Severity;
import io.minerops.api.alert.Silence;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Semantics A11: no messages in a silence, and nothing is lost. */
class SilenceTest {
    private static final double HOT = 90;
    private static final double COOL = 60;
    private static final MinerAddress OTHER = MinerAddress.of("10.0.0.2");

    private final Watch watch = new Watch();

    private List<String> at(double minutes, double celsius) {
        return watch.temperature(minutes, celsius).check(minutes);
    }

    @Nested
    class An_alert_that_begins_in_a_silence {
        @Test
        void is_raised_and_marked() {
            watch.with(hot(Map.of()));
            watch.silence(0, 60, silence -> silence.miner(MINER));

            assertThat(at(1, HOT)).containsExactly("raised in silence");
            assertThat(watch.newest().silenced()).isTrue();
            assertThat(watch.newest().status()).isEqualTo(AlertStatus.ACTIVE);
        }

        @Test
        void is_sent_when_the_silence_has_ended() {
            watch.with(hot(Map.of()));
            watch.silence(0, 60, silence -> silence.miner(MINER));
            at(1, HOT);

            assertThat(at(59.9, HOT)).doesNotContain("unsilenced");
            assertThat(at(60, HOT)).contains("unsilenced");
            assertThat(at(61, HOT)).isEmpty();
        }

        @Test
        void is_sent_when_the_silence_is_deleted() {
            watch.with(hot(Map.of()));
            Silence quiet = watch.silence(0, 60, silence -> silence.miner(MINER));
            at(1, HOT);

            watch.store.silences().delete(quiet.id());

            assertThat(at(2, HOT)).containsExactly("unsilenced");
        }

        @Test
        void ends_by_itself_as_ever() {
            watch.with(hot(Map.of()));
            watch.silence(0, 60, silence -> silence.miner(MINER));
            at(1, HOT);

            assertThat(at(2, COOL)).containsExactly("auto_resolved");
        }

        @Test
        void is_not_sent_when_it_ends_together_with_the_silence() {
            watch.with(hot(Map.of()));
            watch.silence(0, 60, silence -> silence.miner(MINER));
            at(1, HOT);

            assertThat(at(60, COOL)).containsExactly("auto_resolved");
        }
    }

    @Nested
    class An_alert_that_was_open_before {
        @Test
        void is_marked_at_the_next_check_and_unmarked_after_the_end() {
            watch.with(hot(Map.of()));
            at(0, HOT);
            watch.silence(1, 10, silence -> silence.miner(MINER));

            assertThat(at(2, HOT)).containsExactly("silenced");
            assertThat(at(3, HOT)).isEmpty();
            assertThat(at(10, HOT)).containsExactly("unsilenced");
        }

        @Test
        void is_marked_though_it_ends_in_the_same_check() {
            watch.with(hot(Map.of()));
            at(0, HOT);
            watch.silence(1, 10, silence -> silence.miner(MINER));

            assertThat(at(2, COOL)).containsExactlyInAnyOrder("auto_resolved", "silenced");
        }

        @Test
        void stays_marked_while_one_silence_follows_another() {
            watch.with(hot(Map.of()));
            watch.silence(0, 10, silence -> silence.miner(MINER));
            watch.silence(5, 20, silence -> silence.miner(MINER));
            at(1, HOT);

            assertThat(at(11, HOT)).isEmpty();
            assertThat(at(20, HOT)).contains("unsilenced");
        }

        @Test
        void escalates_as_ever() {
            watch.with(hot(Map.of("escalate_after_minutes", 5.0)).severity(Severity.WARNING));
            watch.silence(0, 60, silence -> silence.miner(MINER));
            at(0, HOT);

            assertThat(at(5, HOT)).containsExactly("escalated to critical");
        }
    }

    @Nested
    class A_silence_covers {
        private List<String> bothHot() {
            watch.sample(1, MINER, Reading.AVG_TEMP_C, HOT);
            watch.sample(1.01, OTHER, Reading.AVG_TEMP_C, HOT);
            return watch.check(2);
        }

        @Test
        void the_miner_that_it_names() {
            watch.with(hot(Map.of()));
            watch.silence(0, 60, silence -> silence.miner(MINER));

            assertThat(bothHot()).containsExactlyInAnyOrder("raised in silence", "raised");
        }

        @Test
        void miners_with_the_tag() {
            watch.with(hot(Map.of()));
            watch.miner(aMiner().tags(List.of("hall-b")));
            watch.silence(0, 60, silence -> silence.tag("hall-b"));

            assertThat(bothHot()).containsExactlyInAnyOrder("raised in silence", "raised");
        }

        @Test
        void miners_of_the_model_and_none_of_which_it_is_unknown() {
            watch.with(hot(Map.of()));
            watch.miner(aMiner().model("Antminer S21 Pro"));
            watch.silence(0, 60, silence -> silence.modelFilter("s21"));

            assertThat(bothHot()).containsExactlyInAnyOrder("raised in silence", "raised");
        }

        @Test
        void the_rule_that_it_names() {
            AlertRule quiet = watch.with(hot(Map.of()));
            watch.with(hot(Map.of()));
            watch.silence(0, 60, silence -> silence.ruleId(quiet.id()));

            assertThat(at(1, HOT)).containsExactlyInAnyOrder("raised in silence", "raised");
        }

        @Test
        void only_what_all_of_it_matches() {
            watch.with(hot(Map.of()));
            watch.silence(0, 60, silence -> silence.miner(MINER).tag("hall-b"));

            assertThat(at(1, HOT)).containsExactly("raised");
        }

        @Test
        void nothing_before_it_begins() {
            watch.with(hot(Map.of()));
            watch.silence(10, 60, silence -> silence.miner(MINER));

            assertThat(at(1, HOT)).containsExactly("raised");
        }
    }

    @Test
    void an_offline_alert_in_a_silence_inhibits_as_ever() {
        watch.with(rule(RuleType.OFFLINE, Map.of("max_age_minutes", 5.0)).cooldown(Duration.ZERO));
        watch.with(hot(Map.of()));
        watch.silence(0, 60, silence -> silence.miner(MINER));
        watch.temperature(0, HOT);

        assertThat(watch.check(6)).containsExactly("raised in silence");
    }

    @Test
    void a_silence_that_covers_nothing_or_never_is_refused() {
        assertThatThrownBy(() -> Silence.builder(minute(0), minute(1)).build())
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("must name what it covers");
        assertThatThrownBy(
                        () -> Silence.builder(minute(1), minute(1)).miner(MINER).build())
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("ends_at must be after starts_at");
    }
}
