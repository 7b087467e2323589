package io.minerops.core.alert;

import static io.minerops.core.alert.Watch.MINER;
import static io.minerops.core.alert.Watch.aMiner;
import static io.minerops.core.alert.Watch.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The types that look at more than one reading, at the past, at other miners or at the market. */
class WiderRulesTest {
    private final Watch watch = new Watch();

    private void with(RuleType type, Map<String, Double> thresholds) {
        watch.with(rule(type, thresholds).cooldown(Duration.ZERO));
    }

    private List<String> check(double minutes, Map<Reading, Double> readings) {
        return watch.sample(minutes, MINER, readings).check(minutes);
    }

    private List<String> check(double minutes, Reading reading, double value) {
        return check(minutes, Map.of(reading, value));
    }

    @Nested
    class Efficiency {
        private List<String> at(double minutes, double ths, double watts) {
            return check(minutes, Map.of(Reading.HASHRATE_THS, ths, Reading.POWER_W, watts));
        }

        @Test
        void raises_above_the_limit_and_clears_five_percent_below() {
            with(RuleType.EFFICIENCY, Map.of("max_j_per_th", 40.0));

            assertThat(at(0, 100, 4_000)).isEmpty();
            assertThat(at(1, 100, 4_001)).containsExactly("raised");
            assertThat(at(2, 100, 3_801)).isEmpty();
            assertThat(at(3, 100, 3_800)).containsExactly("auto_resolved");
        }

        @Test
        void is_measured_by_what_the_miner_should_need_where_the_rule_says_nothing() {
            watch.miner(aMiner().nominalEfficiencyJPerTh(20.0));
            with(RuleType.EFFICIENCY, Map.of());

            assertThat(at(0, 100, 2_400)).isEmpty();
            assertThat(at(1, 100, 2_401)).containsExactly("raised");
        }

        @Test
        void says_nothing_of_a_miner_that_does_not_hash_or_whose_power_is_estimated() {
            with(RuleType.EFFICIENCY, Map.of("max_j_per_th", 40.0));
            assertThat(at(0, 0, 1_000)).isEmpty();

            watch.store
                    .metrics()
                    .append(Poll.of(
                            Watch.minute(1),
                            List.of(MetricSample.builder(MINER, Watch.minute(1))
                                    .set(Reading.HASHRATE_THS, 100)
                                    .set(Reading.POWER_W, 9_000)
                                    .powerEstimated(true)
                                    .build())));

            assertThat(watch.check(1)).isEmpty();
        }
    }

    @Nested
    class Shares {
        private List<String> at(double minutes, double accepted, double rejected) {
            return check(minutes, Map.of(Reading.ACCEPTED, accepted, Reading.REJECTED, rejected));
        }

        @Test
        void are_counted_over_the_window_and_not_since_the_start() {
            with(RuleType.REJECT_RATE, Map.of("max_pct", 5.0, "window_minutes", 60.0));
            at(0, 1_000_000, 0);

            assertThat(at(30, 1_000_090, 5)).as("5.26 %").containsExactly("raised");
            assertThat(at(60, 1_000_500, 5)).as("0.99 %").containsExactly("auto_resolved");
        }

        @Test
        void are_counted_on_over_a_restart() {
            with(RuleType.REJECT_RATE, Map.of("max_pct", 5.0));
            check(0, Map.of(Reading.ACCEPTED, 1_000.0, Reading.REJECTED, 10.0, Reading.ELAPSED_S, 9_000.0));

            assertThat(check(10, Map.of(Reading.ACCEPTED, 90.0, Reading.REJECTED, 10.0, Reading.ELAPSED_S, 500.0)))
                    .as("10 of 100 since the restart")
                    .containsExactly("raised");
        }

        @Test
        void say_nothing_while_they_are_few() {
            with(RuleType.REJECT_RATE, Map.of("max_pct", 5.0, "min_shares", 100.0));
            at(0, 0, 0);

            assertThat(at(10, 0, 99)).isEmpty();
            assertThat(at(20, 0, 100)).containsExactly("raised");
        }

        @Test
        void are_what_hardware_errors_are_measured_by() {
            with(RuleType.HW_ERRORS, Map.of("max_pct", 10.0));
            check(0, Map.of(Reading.ACCEPTED, 0.0, Reading.REJECTED, 0.0, Reading.HW_ERRORS, 0.0));

            assertThat(check(1, Map.of(Reading.ACCEPTED, 90.0, Reading.REJECTED, 0.0, Reading.HW_ERRORS, 10.0)))
                    .isEmpty();
            assertThat(check(2, Map.of(Reading.ACCEPTED, 90.0, Reading.REJECTED, 0.0, Reading.HW_ERRORS, 11.0)))
                    .containsExactly("raised");
        }
    }

    @Nested
    class Restart {
        @Test
        void raises_at_so_many_within_the_window_and_clears_when_none_is_left_in_it() {
            with(RuleType.RESTART, Map.of("restarts", 2.0, "window_minutes", 60.0));
            check(0, Reading.ELAPSED_S, 90_000);
            assertThat(check(10, Reading.ELAPSED_S, 30)).isEmpty();
            assertThat(check(20, Reading.ELAPSED_S, 630)).isEmpty();
            assertThat(check(30, Reading.ELAPSED_S, 30)).containsExactly("raised");
            assertThat(watch.newest().message()).isEqualTo("Restarted 2 times within 60 min");
            assertThat(check(75, Reading.ELAPSED_S, 2_700)).isEmpty();
            assertThat(check(91, Reading.ELAPSED_S, 3_660)).containsExactly("auto_resolved");
        }

        @Test
        void is_seen_over_a_time_without_answers() {
            with(RuleType.RESTART, Map.of("restarts", 1.0));
            check(0, Reading.ELAPSED_S, 90_000);
            check(10, Reading.ELAPSED_S, Double.NaN);

            assertThat(check(20, Reading.ELAPSED_S, 500)).containsExactly("raised");
        }
    }

    @Nested
    class Rate_of_change {
        @Test
        void raises_for_a_rise_from_the_lowest_of_the_time() {
            with(RuleType.RATE_OF_CHANGE, Map.of("avg_temp_c", 15.0, "within_minutes", 10.0));
            check(0, Reading.AVG_TEMP_C, 60);
            check(4, Reading.AVG_TEMP_C, 58);

            assertThat(check(8, Reading.AVG_TEMP_C, 72.9)).isEmpty();
            assertThat(check(9, Reading.AVG_TEMP_C, 73)).containsExactly("raised");
            assertThat(check(20, Reading.AVG_TEMP_C, 73)).containsExactly("auto_resolved");
        }

        @Test
        void raises_for_a_fall_where_the_limit_is_below_0() {
            with(RuleType.RATE_OF_CHANGE, Map.of("hashrate_ths", -20.0));
            check(0, Reading.HASHRATE_THS, 100);

            assertThat(check(1, Reading.HASHRATE_THS, 130)).isEmpty();
            assertThat(check(2, Reading.HASHRATE_THS, 110)).containsExactly("raised");
        }

        @ParameterizedTest
        @CsvSource({"within_minutes, 5, exactly one reading", "avg_temp_c, 0, must be above 0 for a rise"})
        void names_one_reading_and_which_way(String name, double value, String why) {
            AlertRule rule = rule(RuleType.RATE_OF_CHANGE, Map.of(name, value)).build();

            assertThatThrownBy(() -> RuleTypes.standard().validate(rule))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining(why);
        }
    }

    @Nested
    class Anomaly {
        private void steadyPast(double ths) {
            for (int minute = 0; minute < 20; minute++) {
                watch.sample(minute, Reading.HASHRATE_THS, ths + minute % 2);
            }
        }

        private void peers(double ths) {
            for (int peer = 1; peer <= 6; peer++) {
                MinerAddress address = MinerAddress.of("10.0.1." + peer);
                watch.miner(Miner.builder(address, Watch.START).model("Antminer S19"));
                watch.sample(19.5 + peer / 100.0, address, Reading.HASHRATE_THS, ths + peer % 2);
            }
        }

        @Test
        void is_far_from_the_own_past() {
            with(RuleType.ANOMALY, Map.of("hashrate_ths", -4.0));
            steadyPast(100);

            assertThat(check(20, Reading.HASHRATE_THS, 98)).isEmpty();
            assertThat(check(21, Reading.HASHRATE_THS, 60)).containsExactly("raised");
        }

        @Test
        void is_far_from_the_peers_as_well() {
            with(RuleType.ANOMALY, Map.of("hashrate_ths", -4.0));
            watch.miner(aMiner().model("Antminer S19"));
            steadyPast(100);
            peers(100);

            assertThat(check(21, Reading.HASHRATE_THS, 60)).containsExactly("raised");
        }

        @Test
        void is_none_where_the_peers_do_the_same() {
            with(RuleType.ANOMALY, Map.of("hashrate_ths", -4.0));
            watch.miner(aMiner().model("Antminer S19"));
            steadyPast(100);
            peers(60);

            assertThat(check(21, Reading.HASHRATE_THS, 60)).isEmpty();
        }

        @Test
        void goes_one_way() {
            with(RuleType.ANOMALY, Map.of("hashrate_ths", -4.0));
            steadyPast(100);

            assertThat(check(21, Reading.HASHRATE_THS, 160)).isEmpty();
        }

        @Test
        void is_not_spoken_of_without_a_past() {
            with(RuleType.ANOMALY, Map.of("hashrate_ths", -4.0));
            check(0, Reading.HASHRATE_THS, 100);

            assertThat(check(1, Reading.HASHRATE_THS, 1)).isEmpty();
        }
    }

    @Nested
    class Profit {
        private List<String> at(double minutes, double ths, double watts) {
            return check(minutes, Map.of(Reading.HASHRATE_THS, ths, Reading.POWER_W, watts));
        }

        @Test
        void raises_below_the_cost_and_clears_five_percent_above_it() {
            watch.economics(0.05, 0.10);
            with(RuleType.PROFIT, Map.of());

            assertThat(at(0, 144, 3_000)).as("7.20 for 7.20").isEmpty();
            assertThat(at(1, 143, 3_000)).containsExactly("raised");
            assertThat(at(2, 150, 3_000)).isEmpty();
            assertThat(at(3, 151.3, 3_000)).containsExactly("auto_resolved");
        }

        @Test
        void is_calculated_by_the_tariff_of_the_miner() {
            watch.economics(0.05, 0.10);
            watch.miner(aMiner().powerPriceUsdPerKwh(0.30));
            with(RuleType.PROFIT, Map.of());

            assertThat(at(0, 200, 3_000)).containsExactly("raised");
        }

        @Test
        void is_there_without_a_hash_where_power_pays() {
            watch.economics(0.05, 0.10);
            watch.miner(aMiner().powerPriceUsdPerKwh(-0.158));
            with(RuleType.PROFIT, Map.of());

            assertThat(at(0, 0, 3_000)).isEmpty();
        }

        @Test
        void allows_a_loss_where_the_rule_does() {
            watch.economics(0.05, 0.10);
            with(RuleType.PROFIT, Map.of("max_loss_usd_per_day", 5.0));

            assertThat(at(0, 45, 3_000)).isEmpty();
            assertThat(at(1, 43, 3_000)).containsExactly("raised");
        }

        @Test
        void is_not_known_without_a_price() {
            with(RuleType.PROFIT, Map.of());

            assertThat(at(0, 1, 3_000)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "efficiency, clear_j_per_th, 30, means nothing without max_j_per_th",
        "reject_rate, clear_pct, 3, must be at most max_pct",
        "restart, restarts, 1.5, must be a whole number",
        "anomaly, window_minutes, 30, exactly one reading",
        "profit, max_loss_usd_per_day, -1, between 0 and"
    })
    void what_contradicts_itself_is_refused(String type, String name, double value, String why) {
        AlertRule rule = AlertRule.builder("the rule", new RuleType(type))
                .thresholds(Thresholds.of(name, value))
                .build();

        assertThatThrownBy(() -> RuleTypes.standard().validate(rule))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining(why);
    }
}
