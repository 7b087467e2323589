package io.minerops.core.curtail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.InvalidArgumentException;
import io.minerops.core.curtail.CurtailmentLimits.Commitment;
import io.minerops.core.curtail.CurtailmentPlan.MinerPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Plans of few miners and intervals, against all plans that there are. */
class CurtailmentPlanPropertiesTest {
    private static final Instant START = Instant.parse("2026-07-01T00:00:00Z");
    private static final double USD_PER_TH_DAY = 0.04;

    /** A case from a seed, so that a failure names the whole of it. */
    private record Case(IntervalPrices prices, List<MinerLoad> miners, CurtailmentLimits limits) {
        static Case of(Random random, int maxMiners, int maxIntervals) {
            Duration step = Duration.ofMinutes(random.nextBoolean() ? 60 : 5);
            int n = 1 + random.nextInt(maxIntervals);
            List<Double> prices = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                prices.add(random.nextInt(6) == 0 ? -0.15 * random.nextDouble() : 0.16 * random.nextDouble());
            }
            List<MinerLoad> miners = new ArrayList<>();
            int count = 1 + random.nextInt(maxMiners);
            for (int i = 0; i < count; i++) {
                double power = 1_000 + random.nextInt(3_000);
                double idle = random.nextBoolean() ? 0 : 20 + random.nextInt(80);
                double rate = power / (15 + 25 * random.nextDouble());
                miners.add(new MinerLoad("m" + i, rate, power, idle, random.nextInt(4) > 0));
            }
            CurtailmentLimits limits = CurtailmentLimits.NONE
                    .withMinimumTimes(part(random, step, n), part(random, step, n))
                    .withRestart(step.dividedBy(4).multipliedBy(random.nextInt(Math.min(4 * n, 7))));
            return new Case(new IntervalPrices(START, step, prices), miners, limits);
        }

        private static Duration part(Random random, Duration step, int n) {
            return step.dividedBy(2).multipliedBy(random.nextInt(Math.min(2 * n, 5)));
        }

        Case limited(Random random) {
            CurtailmentLimits more = limits;
            double most = miners.stream().mapToDouble(MinerLoad::powerW).sum() / 1_000;
            if (random.nextBoolean()) {
                double usd = prices.step().toSeconds() / 3_600.0 * random.nextDouble() * 0.4;
                more = more.withDemand(usd, random.nextBoolean() ? 0 : most * random.nextDouble());
            }
            if (random.nextBoolean()) {
                more = more.withRamp(most * (0.2 + random.nextDouble()));
            }
            if (random.nextBoolean()) {
                int from = random.nextInt(prices.size());
                int until = from + 1 + random.nextInt(prices.size() - from);
                boolean lower = random.nextBoolean();
                more = more.withCommitments(List.of(new Commitment(
                        prices.begin(from),
                        prices.begin(until),
                        lower ? most * random.nextDouble() : 0,
                        lower ? Double.POSITIVE_INFINITY : most * (0.1 + random.nextDouble()))));
            }
            return new Case(prices, miners, more);
        }

        CurtailmentPlan plan() {
            return CurtailmentPlan.of(prices, USD_PER_TH_DAY, miners, limits);
        }

        OptionalDouble best() {
            return new Exhaustive(prices, USD_PER_TH_DAY, miners, limits).bestGainUsd();
        }

        double turnoverUsd() {
            double usd = 0;
            for (double price : prices.usdPerKwh()) {
                usd += Math.abs(price)
                        * miners.stream().mapToDouble(MinerLoad::powerW).sum()
                        / 1_000
                        * prices.step().toSeconds()
                        / 3_600;
            }
            return usd;
        }
    }

    @Property(tries = 300)
    void without_limits_of_the_load_the_plan_is_the_best_of_all(@ForAll long seed) {
        Case one = Case.of(new Random(seed), 2, 7);

        CurtailmentPlan plan = one.plan();

        assertThat(plan.netUsd()).isCloseTo(one.best().orElseThrow(), within(1e-9));
        assertThat(plan.boundUsd()).isEqualTo(plan.netUsd());
    }

    @Property(tries = 300)
    void the_total_is_the_sum_of_its_lines(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int intervals) {
        Case one = Case.of(new Random(seed), 12, intervals).limited(new Random(seed ^ 7));
        CurtailmentPlan plan;
        try {
            plan = one.plan();
        } catch (InvalidArgumentException impossible) {
            assertThat(impossible.argument()).isEqualTo("commitments");
            return;
        }
        double lines = plan.demandChargeSavedUsd();
        double kwh = 0;
        for (MinerPlan miner : plan.miners()) {
            lines += miner.saving().energyUsd() - miner.saving().revenueUsd();
            kwh += miner.saving().energyKwh();
        }
        double notDrawn = plan.intervals().stream()
                .mapToDouble(i -> (i.kwWithout() - i.kw()) * one.prices().step().toSeconds() / 3_600)
                .sum();

        assertThat(plan.netUsd()).isCloseTo(lines, within(1e-9));
        assertThat(plan.total().energyKwh()).isCloseTo(kwh, within(1e-9));
        assertThat(notDrawn).isCloseTo(kwh, within(1e-6));
        assertThat(plan.boundUsd()).isGreaterThanOrEqualTo(plan.netUsd());
    }

    /**
     * A demand charge, a ramp and commitments connect the miners. Of 2,000 such cases, how many plans are not the best, and by
     * how much of the energy's cost.
     */
    @Test
    void with_limits_of_the_load_the_plan_is_near_the_best_of_all_and_the_bound_holds() {
        Random random = new Random(20_261_128);
        int possible = 0;
        int missed = 0;
        int worse = 0;
        double worst = 0;
        for (int i = 0; i < 2_000; i++) {
            Case one = Case.of(random, 3, 5).limited(random);
            OptionalDouble best = one.best();
            CurtailmentPlan plan;
            try {
                plan = one.plan();
            } catch (InvalidArgumentException impossible) {
                assertThat(impossible.argument()).isEqualTo("commitments");
                missed += best.isPresent() ? 1 : 0;
                continue;
            }
            assertThat(best).as("a plan that keeps the limits: %s", one).isPresent();
            double gap = best.orElseThrow() - plan.netUsd();
            assertThat(gap).as("no plan is better than the best: %s", one).isGreaterThan(-1e-9);
            assertThat(plan.boundUsd()).as("bound: %s", one).isGreaterThan(best.orElseThrow() - 1e-9);
            possible++;
            worse += gap > 1e-9 ? 1 : 0;
            worst = Math.max(worst, gap / one.turnoverUsd());
        }

        assertThat(possible).isGreaterThan(1_000);
        assertThat(missed).as("possible, but not found").isZero();
        assertThat(worse).as("not the best").isLessThanOrEqualTo(possible / 100);
        assertThat(worst).as("short of the best, share of the energy's cost").isLessThan(0.12);
    }
}
