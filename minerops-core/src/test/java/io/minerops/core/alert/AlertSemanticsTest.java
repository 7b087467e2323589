package io.minerops.core.alert;

import static io.minerops.core.alert.Watch.MINER;
import static io.minerops.core.alert.Watch.aMiner;
import static io.minerops.core.alert.Watch.hot;
import static io.minerops.core.alert.Watch.minute;
import static io.minerops.core.alert.Watch.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.Evaluation.ClockAnomaly;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The semantics A1 to A10, as stories of one miner. */
class AlertSemanticsTest {
    private static final double ABSENT = Double.NaN;

    private final Watch watch = new Watch();

    @Nested
    class One_open_alert {
        @Test
        void raises_once_while_the_condition_holds() {
            watch.with(hot(Map.of()));

            assertThat(watch.temperature(0, 85).check(0)).containsExactly("raised");
            assertThat(watch.temperature(2, 86).check(2)).isEmpty();
            assertThat(watch.temperature(4, 99).check(4)).isEmpty();
        }

        @Test
        void raises_nothing_new_while_a_person_has_taken_it() {
            watch.with(hot(Map.of()).cooldown(Duration.ofMinutes(1)));
            watch.temperature(0, 85).check(0);

            watch.acknowledge(1);

            assertThat(watch.temperature(10, 85).check(10)).isEmpty();
        }

        @Test
        void raises_for_each_rule_and_each_miner_of_its_own() {
            watch.with(hot(Map.of()));
            watch.with(hot(Map.of("temp_c", 70.0)));
            watch.temperature(0, 85).sample(0.01, MinerAddress.of("10.0.0.2"), Reading.AVG_TEMP_C, 75);

            assertThat(watch.check(1)).containsExactly("raised", "raised", "raised");
        }
    }

    @Nested
    class Pending {
        @Test
        void waits_until_the_condition_has_held_for_its_time() {
            watch.with(hot(Map.of("for_minutes", 5.0)));

            assertThat(watch.temperature(0, 85).check(0)).isEmpty();
            assertThat(watch.temperature(4, 85).check(4)).isEmpty();
            assertThat(watch.temperature(5, 85).check(5)).containsExactly("raised");
        }

        @Test
        void begins_again_after_one_good_reading() {
            watch.with(hot(Map.of("for_minutes", 5.0)));
            watch.temperature(0, 85).check(0);
            watch.temperature(2, 79).check(2);

            assertThat(watch.temperature(6, 85).check(6)).isEmpty();
            assertThat(watch.temperature(11, 85).check(11)).containsExactly("raised");
        }

        @Test
        void runs_on_over_an_absent_reading() {
            watch.with(hot(Map.of("for_minutes", 5.0)));
            watch.temperature(0, 85).check(0);
            watch.temperature(3, ABSENT).check(3);

            assertThat(watch.temperature(6, 85).check(6)).containsExactly("raised");
        }
    }

    @Nested
    class Cooldown {
        @Test
        void raises_no_new_alert_until_it_has_passed_since_the_last_was_raised() {
            watch.with(hot(Map.of()).cooldown(Duration.ofMinutes(30)));
            watch.temperature(0, 85).check(0);
            watch.temperature(2, 70).check(2);

            assertThat(watch.temperature(4, 85).check(4)).isEmpty();
            assertThat(watch.temperature(29.99, 85).check(29.99)).isEmpty();
            assertThat(watch.temperature(30, 85).check(30)).containsExactly("raised");
        }

        @Test
        void holds_after_a_person_closed_the_alert_too() {
            watch.with(hot(Map.of()).cooldown(Duration.ofMinutes(30)));
            watch.temperature(0, 85).check(0);
            watch.resolve(1);

            assertThat(watch.temperature(2, 85).check(2)).isEmpty();
            assertThat(watch.temperature(30, 85).check(30)).containsExactly("raised");
        }

        @Test
        void reminds_once_per_cooldown_while_the_alert_stays_open() {
            watch.with(hot(Map.of()).cooldown(Duration.ofMinutes(30)));
            watch.temperature(0, 85).check(0);

            assertThat(watch.check(29)).isEmpty();
            assertThat(watch.check(30)).containsExactly("reminded");
            assertThat(watch.check(32)).isEmpty();
            assertThat(watch.check(60)).containsExactly("reminded");
        }

        @Test
        void sends_no_reminder_once_the_alert_is_acknowledged() {
            watch.with(hot(Map.of()).cooldown(Duration.ofMinutes(30)));
            watch.temperature(0, 85).check(0);
            watch.acknowledge(1);

            assertThat(watch.check(31)).isEmpty();
        }

        @Test
        void of_zero_reminds_never_and_raises_again_at_once() {
            watch.with(hot(Map.of()).cooldown(Duration.ZERO));
            watch.temperature(0, 85).check(0);

            assertThat(watch.check(100)).isEmpty();
            watch.temperature(101, 70).check(101);
            assertThat(watch.temperature(102, 85).check(102)).containsExactly("raised");
        }
    }

    @Nested
    class Absence {
        @Test
        void neither_raises_nor_clears_a_threshold_alert() {
            watch.with(hot(Map.of()));

            assertThat(watch.temperature(0, ABSENT).check(0)).isEmpty();
            assertThat(watch.temperature(2, 85).check(2)).containsExactly("raised");
            assertThat(watch.temperature(4, ABSENT).check(4)).isEmpty();
            assertThat(watch.temperature(6, 70).check(6)).containsExactly("auto_resolved");
        }

        @Test
        void zero_is_a_reading_and_raises() {
            watch.with(rule(RuleType.HASHRATE, Map.of("baseline_ths", 100.0)));

            assertThat(watch.hashrate(0, 0).check(0)).containsExactly("raised");
        }

        @Test
        void a_miner_that_never_answered_is_offline_counted_from_its_registration() {
            watch.with(rule(RuleType.OFFLINE, Map.of("max_age_minutes", 10.0)));
            watch.miner(aMiner());

            assertThat(watch.check(10)).isEmpty();
            assertThat(watch.check(10.01)).containsExactly("raised");
            assertThat(watch.newest().message()).contains("Never answered");
        }

        @Test
        void no_miner_is_offline_for_a_time_in_which_this_machine_could_not_read_it() {
            MinerAddress other = MinerAddress.of("10.0.0.2");
            watch.with(rule(RuleType.OFFLINE, Map.of("max_age_minutes", 10.0)));
            watch.hashrate(0, 100).sample(0, other, Reading.HASHRATE_THS, 100);
            for (int minute = 1; minute <= 30; minute++) {
                watch.notRead(minute, MINER);
                assertThat(watch.check(minute)).hasSize(minute == 11 ? 1 : 0);
            }

            assertThat(watch.newest().miner()).isEqualTo(other);
            assertThat(watch.check(40)).isEmpty();
            assertThat(watch.check(40.5)).containsExactly("raised");
        }

        @Test
        void an_alert_stays_while_this_machine_cannot_read_the_miner() {
            watch.with(rule(RuleType.OFFLINE, Map.of("max_age_minutes", 10.0)));
            watch.hashrate(0, 100);
            assertThat(watch.check(11)).containsExactly("raised");

            watch.notRead(12, MINER);

            assertThat(watch.check(12)).isEmpty();
            assertThat(watch.hashrate(13, 100).check(13)).containsExactly("auto_resolved");
        }

        @Test
        void no_miner_is_offline_for_a_gap_between_polls() {
            watch.with(rule(RuleType.OFFLINE, Map.of("max_age_minutes", 10.0)));
            watch.hashrate(0, 100).check(0);
            watch.observedSince(60);

            assertThat(watch.check(61)).isEmpty();
            assertThat(watch.check(70.5)).containsExactly("raised");
        }
    }

    @Nested
    class Inhibition {
        @Test
        void an_offline_miner_raises_and_clears_nothing_else() {
            watch.with(hot(Map.of("for_minutes", 20.0)));
            watch.with(rule(RuleType.OFFLINE, Map.of()));
            watch.temperature(0, 85).check(0);

            assertThat(watch.check(11)).containsExactly("raised");
            assertThat(watch.newest().type()).isEqualTo(RuleType.OFFLINE);
            assertThat(watch.check(25)).isEmpty();
        }

        @Test
        void its_other_rules_go_on_in_the_check_in_which_it_comes_back() {
            watch.with(hot(Map.of()));
            watch.with(rule(RuleType.OFFLINE, Map.of()));
            watch.temperature(0, 70).check(0);
            watch.check(11);

            assertThat(watch.temperature(20, 90).check(20)).containsExactly("auto_resolved", "raised");
        }
    }

    @Nested
    class Baselines {
        @Test
        void the_rules_own_comes_before_the_miners_nominal_hashrate() {
            watch.miner(aMiner().nominalThs(200.0));
            watch.with(rule(RuleType.HASHRATE, Map.of("baseline_ths", 100.0)));

            assertThat(watch.hashrate(0, 95).check(0)).isEmpty();
        }

        @Test
        void the_nominal_hashrate_comes_before_what_the_miner_has_shown() {
            watch.miner(aMiner().nominalThs(200.0));
            watch.with(rule(RuleType.HASHRATE, Map.of()));

            assertThat(watch.hashrate(0, 100).check(0)).containsExactly("raised");
        }

        @Test
        void a_miner_is_held_against_the_mean_of_its_earlier_healthy_samples() {
            watch.with(rule(RuleType.HASHRATE, Map.of()));
            assertThat(watch.hashrate(0, 100).check(0)).isEmpty();
            assertThat(watch.hashrate(2, 102).check(2)).isEmpty();

            assertThat(watch.hashrate(4, 90.8).check(4)).containsExactly("raised");
        }

        @Test
        void the_sample_under_test_is_not_part_of_its_own_baseline() {
            AlertRule rule = watch.with(rule(RuleType.HASHRATE, Map.of()));
            watch.hashrate(0, 100).check(0);
            watch.hashrate(2, 94).check(2);
            watch.store
                    .rules()
                    .update(
                            rule.toBuilder()
                                    .thresholds(Thresholds.of("drop_threshold", 0.95))
                                    .build(),
                            minute(2));

            // the second sample is in the mean by now, but it is still held against the first alone
            assertThat(watch.check(2.5)).containsExactly("raised");
            assertThat(watch.newest().details()).containsEntry("baseline_ths", 100.0);
        }

        @Test
        void what_a_miner_does_while_it_is_unhealthy_is_not_learned() {
            watch.with(rule(RuleType.HASHRATE, Map.of()));
            watch.hashrate(0, 100).check(0);
            for (int minutes = 2; minutes < 100; minutes += 2) {
                watch.hashrate(minutes, 50).check(minutes);
            }

            assertThat(watch.baseline().meanThs()).isEqualTo(100);
        }

        @Test
        void without_any_baseline_nothing_is_concluded() {
            watch.with(rule(RuleType.HASHRATE, Map.of()));

            assertThat(watch.hashrate(0, 0).check(0)).isEmpty();
        }

        @Test
        void the_same_sample_seen_at_two_checks_is_learned_once() {
            watch.with(rule(RuleType.HASHRATE, Map.of()));
            watch.hashrate(0, 100).check(0);
            watch.check(0.5);

            assertThat(watch.baseline().samples()).isEqualTo(1);
        }
    }

    @Nested
    class Scope {
        @Test
        void a_rule_for_one_miner_leaves_the_others_alone() {
            watch.with(hot(Map.of()).miner(MinerAddress.of("10.0.0.2")));

            assertThat(watch.temperature(0, 85).check(0)).isEmpty();
        }

        @Test
        void a_model_filter_is_part_of_the_model_whatever_its_case() {
            watch.miner(aMiner().model("Antminer S19 Pro"));
            watch.with(hot(Map.of()).modelFilter("s19 PRO"));

            assertThat(watch.temperature(0, 85).check(0)).containsExactly("raised");
        }

        @Test
        void a_model_filter_never_matches_a_miner_of_unknown_model() {
            watch.with(hot(Map.of()).modelFilter("s19"));

            assertThat(watch.temperature(0, 85).check(0)).isEmpty();
        }

        @Test
        void a_tags_filter_matches_any_of_its_tags() {
            watch.miner(aMiner().tags(List.of("hall-b")));
            watch.with(hot(Map.of()).tagsFilter(List.of("hall-a", "hall-b")));

            assertThat(watch.temperature(0, 85).check(0)).containsExactly("raised");
        }

        @Test
        void a_tags_filter_never_matches_a_miner_without_tags() {
            watch.with(hot(Map.of()).tagsFilter(List.of("hall-a")));

            assertThat(watch.temperature(0, 85).check(0)).isEmpty();
        }
    }

    @Nested
    class Clocks {
        @Test
        void a_sample_from_the_future_is_ignored_and_reported() {
            watch.with(hot(Map.of()));

            assertThat(watch.temperature(60, 99).check(0)).isEmpty();
            assertThat(watch.anomalies()).containsExactly(new ClockAnomaly.FutureSample(MINER, minute(60)));
        }

        @Test
        void a_clock_that_steps_back_concludes_nothing_and_is_reported() {
            watch.with(hot(Map.of()));
            watch.temperature(0, 70).check(100);

            assertThat(watch.temperature(1, 85).check(40)).isEmpty();
            assertThat(watch.anomalies()).containsExactly(new ClockAnomaly.SteppedBack(minute(100), minute(40)));
        }

        @Test
        void after_a_step_back_a_cooldown_is_no_longer_than_it_was() {
            watch.with(hot(Map.of()).cooldown(Duration.ofMinutes(30)));
            watch.temperature(100, 85).check(100);
            watch.temperature(101, 70).check(101);
            watch.check(10);

            assertThat(watch.temperature(41, 85).check(41)).containsExactly("raised");
        }
    }

    @Nested
    class Changed_rules {
        @Test
        void judge_by_their_new_thresholds_at_the_next_check() {
            AlertRule rule = watch.with(hot(Map.of()));
            watch.temperature(0, 85).check(0);

            watch.store
                    .rules()
                    .update(
                            rule.toBuilder()
                                    .thresholds(Thresholds.of("temp_c", 95))
                                    .build(),
                            minute(1));

            assertThat(watch.check(2)).containsExactly("auto_resolved");
        }

        @Test
        void resolve_their_alerts_with_a_note_when_they_are_disabled() {
            AlertRule rule = watch.with(hot(Map.of()));
            watch.temperature(0, 85).check(0);

            watch.store.rules().update(rule.toBuilder().enabled(false).build(), minute(1));

            assertThat(watch.check(2)).containsExactly("withdrawn");
            assertThat(watch.newest().status()).isEqualTo(AlertStatus.RESOLVED);
            assertThat(watch.newest().resolutionNote()).isEqualTo("The rule was disabled");
        }

        @Test
        void resolve_their_alerts_with_a_note_when_they_are_deleted() {
            AlertRule rule = watch.with(hot(Map.of()));
            watch.temperature(0, 85).check(0);

            watch.store.rules().delete(rule.id());

            assertThat(watch.check(2)).containsExactly("withdrawn");
            assertThat(watch.newest().resolutionNote()).isEqualTo("The rule was deleted");
        }

        @Test
        void resolve_the_alert_of_a_miner_that_they_no_longer_cover() {
            AlertRule rule = watch.with(hot(Map.of()));
            watch.temperature(0, 85).check(0);

            watch.store.rules().update(rule.toBuilder().modelFilter("S19").build(), minute(1));

            assertThat(watch.check(2)).containsExactly("withdrawn");
        }

        @Test
        void resolve_the_alert_of_a_miner_that_was_removed() {
            watch.with(hot(Map.of()));
            watch.temperature(0, 85).check(0);

            watch.store.miners().remove(MINER);

            assertThat(watch.check(2)).containsExactly("withdrawn");
            assertThat(watch.newest().resolutionNote()).isEqualTo("The miner was removed");
        }

        @Test
        void keep_their_cooldown_over_being_disabled() {
            AlertRule rule = watch.with(hot(Map.of()).cooldown(Duration.ofMinutes(30)));
            watch.temperature(0, 85).check(0);
            watch.store.rules().update(rule.toBuilder().enabled(false).build(), minute(1));
            watch.check(2);

            watch.store.rules().update(rule, minute(3));

            assertThat(watch.check(4)).isEmpty();
            assertThat(watch.check(30)).containsExactly("raised");
        }

        @Test
        void leave_alerts_as_they_are_while_they_cannot_be_understood() {
            AlertRule rule = watch.with(hot(Map.of()));
            watch.temperature(0, 85).check(0);
            watch.store
                    .rules()
                    .update(
                            rule.toBuilder()
                                    .thresholds(Thresholds.of("celsius", 95))
                                    .build(),
                            minute(1));

            assertThat(watch.temperature(2, 10).check(2)).isEmpty();
            assertThat(RuleSet.compile(watch.store.rules().all()).rejected()).containsOnlyKeys(rule.id());
        }
    }
}
