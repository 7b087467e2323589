package io.minerops.core.curtail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.InvalidArgumentException;
import io.minerops.core.curtail.CurtailmentLimits.Commitment;
import io.minerops.core.curtail.CurtailmentPlan.Interval;
import io.minerops.core.curtail.CurtailmentPlan.MinerPlan;
import io.minerops.core.curtail.CurtailmentPlan.Stop;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Plans by the hour, of miners that earn what 80 or 120 USD/MWh cost. */
class CurtailmentPlanTest {
    private static final Instant START = Instant.parse("2026-07-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    /** Of 1,000 W each; 24 USD per TH and day is 1 USD per TH and hour. */
    private static final double USD_PER_TH_DAY = 24;

    private static final MinerLoad OLD = new MinerLoad("old", 0.08, 1_000, 0, true);
    private static final MinerLoad NEW = new MinerLoad("new", 0.12, 1_000, 0, true);

    private static IntervalPrices usdPerMwh(double... prices) {
        return new IntervalPrices(
                START,
                HOUR,
                Arrays.stream(prices).map(price -> price / 1_000).boxed().toList());
    }

    private static CurtailmentPlan plan(CurtailmentLimits limits, List<MinerLoad> miners, double... prices) {
        return CurtailmentPlan.of(usdPerMwh(prices), USD_PER_TH_DAY, miners, limits);
    }

    private static Stop stop(int from, int until) {
        return new Stop(START.plus(HOUR.multipliedBy(from)), START.plus(HOUR.multipliedBy(until)));
    }

    private static List<Stop> stops(CurtailmentPlan plan, MinerLoad miner) {
        return plan.miners().stream()
                .filter(one -> one.name().equals(miner.name()))
                .map(MinerPlan::stops)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void stops_a_miner_in_the_hours_whose_power_costs_more_than_it_earns() {
        CurtailmentPlan plan = plan(CurtailmentLimits.NONE, List.of(OLD, NEW), 50, 90, 130, 40);

        assertThat(stops(plan, OLD)).containsExactly(stop(1, 3));
        assertThat(stops(plan, NEW)).containsExactly(stop(2, 3));
    }

    @Test
    void shows_the_load_of_each_hour_and_what_it_would_be() {
        CurtailmentPlan plan = plan(CurtailmentLimits.NONE, List.of(OLD, NEW), 50, 90, 130, 40);

        assertThat(plan.intervals()).extracting(Interval::kw).containsExactly(2.0, 1.0, 0.0, 2.0);
        assertThat(plan.intervals()).extracting(Interval::kwWithout).containsExactly(2.0, 2.0, 2.0, 2.0);
        assertThat(plan.intervals()).extracting(Interval::stopped).containsExactly(0, 1, 2, 0);
    }

    @Test
    void says_what_it_saves_and_costs() {
        Saving old = plan(CurtailmentLimits.NONE, List.of(OLD), 50, 90, 130).total();

        assertThat(old.energyKwh()).isCloseTo(2, within(1e-12));
        assertThat(old.energyUsd()).isCloseTo(0.22, within(1e-12));
        assertThat(old.revenueUsd()).isCloseTo(0.16, within(1e-12));
        assertThat(old.netUsd()).isCloseTo(0.06, within(1e-12));
    }

    @Test
    void does_not_stop_a_miner_at_the_price_at_which_it_breaks_even() {
        assertThat(stops(plan(CurtailmentLimits.NONE, List.of(OLD), 80, 80), OLD))
                .isEmpty();
    }

    @Test
    void runs_all_miners_while_power_has_a_negative_price() {
        MinerLoad hashesNothing = new MinerLoad("none", 0, 1_000, 100, true);

        assertThat(stops(plan(CurtailmentLimits.NONE, List.of(hashesNothing), -20, 20, -20), hashesNothing))
                .containsExactly(stop(1, 2));
    }

    @Test
    void keeps_a_miner_stopped_for_the_minimum_time_or_does_not_stop_it() {
        CurtailmentLimits limits = CurtailmentLimits.NONE.withMinimumTimes(Duration.ZERO, Duration.ofHours(3));

        assertThat(stops(plan(limits, List.of(OLD), 50, 85, 50, 50, 50), OLD)).isEmpty();
        assertThat(stops(plan(limits, List.of(OLD), 50, 200, 50, 60, 50), OLD)).containsExactly(stop(1, 4));
    }

    @Test
    void keeps_a_miner_running_for_the_minimum_time_after_a_start() {
        CurtailmentLimits limits = CurtailmentLimits.NONE.withMinimumTimes(Duration.ofHours(3), Duration.ZERO);

        assertThat(stops(plan(limits, List.of(OLD), 200, 70, 200, 200, 50, 50), OLD))
                .containsExactly(stop(0, 4));
    }

    @Test
    void does_not_stop_a_miner_where_the_start_costs_more_than_the_stop_saves() {
        CurtailmentLimits limits = CurtailmentLimits.NONE.withRestart(Duration.ofMinutes(15));

        // a stop of the hour at 90 saves 0.01, a quarter of an hour without hashing costs 0.02
        assertThat(stops(plan(limits, List.of(OLD), 50, 90, 50), OLD)).isEmpty();
        CurtailmentPlan worth = plan(limits, List.of(OLD), 50, 110, 50);
        assertThat(stops(worth, OLD)).containsExactly(stop(1, 2));
        assertThat(worth.total().starts()).isEqualTo(1);
        assertThat(worth.netUsd()).isCloseTo(0.03 - 0.02, within(1e-12));
    }

    @Test
    void counts_the_energy_that_a_stopped_miner_draws() {
        MinerLoad idle = new MinerLoad("idle", 0.08, 1_000, 100, true);

        assertThat(plan(CurtailmentLimits.NONE, List.of(idle), 100).total().energyKwh())
                .isCloseTo(0.9, within(1e-12));
        // 0.9 kWh at 88 cost less than the revenue
        assertThat(stops(plan(CurtailmentLimits.NONE, List.of(idle), 88), idle)).isEmpty();
    }

    @Test
    void lowers_the_highest_load_where_that_costs_more_than_the_miner_earns() {
        CurtailmentLimits limits = CurtailmentLimits.NONE.withDemand(0.5, 0);

        CurtailmentPlan plan = plan(limits, List.of(OLD, NEW), 70, 70, 70);

        // three hours of old bring 0.03, of new 0.15: less than 0.50 of each kW
        assertThat(plan.demandChargeSavedUsd()).isCloseTo(1, within(1e-12));
        assertThat(plan.netUsd()).isCloseTo(1 - 0.18, within(1e-12));
    }

    @Test
    void does_not_lower_a_load_that_was_exceeded_before_in_the_billing_period() {
        assertThat(plan(CurtailmentLimits.NONE.withDemand(0.5, 2), List.of(OLD, NEW), 70, 70, 70)
                        .netUsd())
                .isZero();
    }

    @Test
    void changes_the_load_by_no_more_than_the_ramp() {
        List<MinerLoad> miners = List.of(
                OLD,
                new MinerLoad("b", 0.08, 1_000, 0, true),
                new MinerLoad("c", 0.08, 1_000, 0, true),
                new MinerLoad("d", 0.08, 1_000, 0, true));

        CurtailmentPlan plan = plan(CurtailmentLimits.NONE.withRamp(1.0), miners, 70, 70, 70, 200, 200, 70, 70, 70);

        double before = 4;
        for (Interval interval : plan.intervals()) {
            assertThat(Math.abs(interval.kw() - before)).isLessThanOrEqualTo(1 + 1e-9);
            before = interval.kw();
        }
        // down by one from the hour before on: 4 3 2 1 0 1 2 3, of 0.12 twice for each stopped, and 0.01 lost by the
        // hours at 70
        assertThat(plan.intervals()).extracting(Interval::kw).contains(0.0);
    }

    @Test
    void draws_what_was_committed() {
        Commitment atLeast =
                new Commitment(START.plus(HOUR), START.plus(HOUR.multipliedBy(2)), 1.5, Double.POSITIVE_INFINITY);
        Commitment atMost = new Commitment(START.plus(HOUR.multipliedBy(3)), START.plus(HOUR.multipliedBy(4)), 0, 1);

        CurtailmentPlan plan = plan(
                CurtailmentLimits.NONE.withCommitments(List.of(atLeast, atMost)), List.of(OLD, NEW), 200, 200, 200, 20);

        assertThat(plan.intervals()).extracting(Interval::kw).containsExactly(0.0, 2.0, 0.0, 1.0);
        assertThat(stops(plan, NEW)).as("the better one runs").containsExactly(stop(0, 1), stop(2, 3));
    }

    @Test
    void names_the_interval_of_an_impossible_commitment_and_what_is_possible() {
        Commitment tooMuch =
                new Commitment(START.plus(HOUR), START.plus(HOUR.multipliedBy(2)), 3, Double.POSITIVE_INFINITY);
        CurtailmentLimits limits = CurtailmentLimits.NONE.withCommitments(List.of(tooMuch));

        assertThatThrownBy(() -> plan(limits, List.of(OLD, NEW), 50, 50, 50))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("the commitments of the interval at 2026-07-01T01:00:00Z cannot be kept:"
                        + " 3.0 kW to any load are required, possible are 0.0 kW to 2.0 kW");
    }

    @Test
    void names_the_interval_whose_load_lies_between_what_miners_can_draw() {
        Commitment between = new Commitment(START, START.plus(HOUR), 1.2, 1.8);
        CurtailmentLimits limits = CurtailmentLimits.NONE.withCommitments(List.of(between));

        assertThatThrownBy(() -> plan(limits, List.of(OLD, NEW), 50, 50))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("2026-07-01T00:00:00Z")
                .hasMessageContaining("1.2 kW to 1.8 kW are required, the nearest plan draws");
    }

    @Test
    void refuses_a_commitment_outside_the_prices() {
        Commitment late = new Commitment(START.plus(Duration.ofDays(2)), START.plus(Duration.ofDays(3)), 1, 2);

        assertThatThrownBy(() -> plan(CurtailmentLimits.NONE.withCommitments(List.of(late)), List.of(OLD), 50))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("must lie within the prices, 2026-07-01T00:00:00Z to 2026-07-01T01:00:00Z");
    }

    @Test
    void refuses_a_minimum_time_longer_than_the_prices() {
        CurtailmentLimits limits = CurtailmentLimits.NONE.withMinimumTimes(Duration.ofHours(4), Duration.ZERO);

        assertThatThrownBy(() -> plan(limits, List.of(OLD), 50, 50))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("min_run must be at most the time of the prices, PT2H, not PT4H");
    }

    @Test
    void refuses_a_price_that_is_not_a_number_and_names_its_time() {
        assertThatThrownBy(() -> usdPerMwh(50, Double.NaN))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("the price at 2026-07-01T01:00:00Z")
                .hasMessageContaining("not NaN");
    }

    @Test
    void refuses_a_miner_without_power_and_one_that_is_there_twice() {
        assertThatThrownBy(() -> new MinerLoad("zero", 1, 0, 0, true))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("power_w of zero must be above 0, not 0.0");
        assertThatThrownBy(() -> plan(CurtailmentLimits.NONE, List.of(OLD, OLD), 50))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("old is twice");
    }

    @Test
    void refuses_a_search_that_would_take_minutes() {
        List<MinerLoad> miners = IntStream.range(0, 500)
                .mapToObj(i -> new MinerLoad("miner " + i, 0.08, 1_000, 0, true))
                .toList();
        double[] prices = new double[201];

        assertThatThrownBy(() -> plan(CurtailmentLimits.NONE.withRamp(5.0), miners, prices))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage(
                        "prices must be at most 200 intervals where a ramp, a demand charge or commitments connect 500"
                                + " miners, not 201");
        assertThat(plan(CurtailmentLimits.NONE, miners, prices).netUsd()).isZero();
    }

    @Test
    void of_no_miners_gains_nothing() {
        assertThat(plan(CurtailmentLimits.NONE, List.of(), 50, 500).netUsd()).isZero();
    }
}
