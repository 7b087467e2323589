package io.minerops.core.curtail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * What no plan can cost less than: limits of the load and the demand charge become prices per kW of each interval
 * (Lagrange multipliers), and with any such prices the best schedules of the miners, each alone, cost at most as
 * much as the best plan. The prices are moved towards the highest bound by subgradient steps of Polyak's length.
 */
final class PlanBound {
    private static final int STEPS = 60;
    private static final int KEPT_STARTS = 4;
    private static final int MAX_WITHOUT_RISE = 5;

    private final PlanProblem problem;
    private final Alone alone;
    private final int n;
    private double bound = Double.NEGATIVE_INFINITY;

    /** Prices: of the demand charge, of the lower and upper limits, of a rising and a falling load. */
    private final double[] demand;

    private final double[] below;
    private final double[] above;
    private final double[] rising;
    private final double[] falling;

    /** The best schedule of one miner by itself. */
    interface Alone {
        /** Fills {@code runs}, and returns the cost where each kW costs so much more in each interval, USD. */
        double best(int miner, double[] usdPerKw, boolean[] runs);
    }

    PlanBound(PlanProblem problem, Alone alone) {
        this.problem = problem;
        this.alone = alone;
        n = problem.intervals;
        demand = new double[n];
        below = new double[n];
        above = new double[n];
        rising = new double[n];
        falling = new double[n];
        Arrays.fill(demand, problem.limits.demandUsdPerKw() / n);
    }

    /** The bound, USD; negative infinity before {@link #rise}. */
    double usd() {
        return bound;
    }

    /**
     * Raises the bound.
     *
     * @param bestUsd the cost of the best plan known
     * @return the loads at the last prices, which may exceed the limits
     */
    List<Load> rise(DoubleSupplier bestUsd) {
        List<Load> loads = new ArrayList<>();
        double length = 1;
        int withoutRise = 0;
        for (int step = 0; step < STEPS; step++) {
            Load load = Load.constant(problem, true);
            double usd = constant();
            double[] prices = prices();
            for (int miner = 0; miner < load.runs.length; miner++) {
                usd += alone.best(miner, prices, load.runs[miner]);
            }
            load.addUp();
            loads.add(load);
            boolean higher = usd > bound;
            bound = Math.max(bound, usd);
            withoutRise = higher ? 0 : withoutRise + 1;
            if (withoutRise == MAX_WITHOUT_RISE) {
                length /= 2;
                withoutRise = 0;
            }
            double target =
                    Double.isInfinite(bestUsd.getAsDouble()) ? usd + Math.abs(usd) * 0.05 : bestUsd.getAsDouble();
            if (!move(load, length * Math.max(0, target - usd))) {
                break;
            }
        }
        return loads.subList(Math.max(0, loads.size() - KEPT_STARTS), loads.size());
    }

    /** What the prices come to that does not depend on the schedules. */
    private double constant() {
        double usd = 0;
        for (int i = 0; i < n; i++) {
            usd -= demand[i] * problem.limits.peakSoFarKw();
            usd += below[i] * problem.minKw[i];
            usd -= above[i] > 0 ? above[i] * problem.maxKw[i] : 0;
            usd -= rising[i] + falling[i] > 0 ? (rising[i] + falling[i]) * problem.rampKw : 0;
        }
        return usd - (rising[0] - falling[0]) * problem.loadBeforeKw;
    }

    private double[] prices() {
        double[] usdPerKw = new double[n];
        for (int i = 0; i < n; i++) {
            double next = i + 1 < n ? rising[i + 1] - falling[i + 1] : 0;
            usdPerKw[i] = demand[i] - below[i] + above[i] + rising[i] - falling[i] - next;
        }
        return usdPerKw;
    }

    /** Moves the prices by what the load exceeds; false where there is no direction left. */
    private boolean move(Load load, double gap) {
        double[] byDemand = new double[n];
        double[] byBelow = new double[n];
        double[] byAbove = new double[n];
        double[] byRising = new double[n];
        double[] byFalling = new double[n];
        double norm = 0;
        for (int i = 0; i < n; i++) {
            double change = load.kw[i] - (i == 0 ? problem.loadBeforeKw : load.kw[i - 1]);
            byDemand[i] = problem.limits.demandUsdPerKw() > 0 ? load.kw[i] - problem.limits.peakSoFarKw() : 0;
            byBelow[i] = direction(problem.minKw[i] - load.kw[i], below[i]);
            byAbove[i] = direction(load.kw[i] - problem.maxKw[i], above[i]);
            byRising[i] = direction(change - problem.rampKw, rising[i]);
            byFalling[i] = direction(-change - problem.rampKw, falling[i]);
            norm += square(byDemand[i]) + square(byBelow[i]) + square(byAbove[i]);
            norm += square(byRising[i]) + square(byFalling[i]);
        }
        if (norm == 0 || gap == 0) {
            return false;
        }
        double factor = gap / norm;
        for (int i = 0; i < n; i++) {
            demand[i] += factor * byDemand[i];
            below[i] = Math.max(0, below[i] + factor * byBelow[i]);
            above[i] = Math.max(0, above[i] + factor * byAbove[i]);
            rising[i] = Math.max(0, rising[i] + factor * byRising[i]);
            falling[i] = Math.max(0, falling[i] + factor * byFalling[i]);
        }
        project(demand, problem.limits.demandUsdPerKw());
        return true;
    }

    /** A price at 0 does not fall, and one of a limit that does not exist stays 0. */
    private static double direction(double exceeded, double price) {
        return exceeded > 0 || (price > 0 && exceeded > Double.NEGATIVE_INFINITY) ? exceeded : 0;
    }

    private static double square(double value) {
        return value * value;
    }

    /** The nearest prices of 0 or more whose sum is at most the demand charge. */
    private static void project(double[] prices, double sum) {
        double positive = 0;
        for (double price : prices) {
            positive += Math.max(0, price);
        }
        double less = positive <= sum ? 0 : excess(prices, sum);
        for (int i = 0; i < prices.length; i++) {
            prices[i] = Math.max(0, prices[i] - less);
        }
    }

    private static double excess(double[] prices, double sum) {
        double[] sorted = prices.clone();
        Arrays.sort(sorted);
        double total = 0;
        double less = 0;
        for (int count = 1; count <= sorted.length; count++) {
            double price = sorted[sorted.length - count];
            total += price;
            double candidate = (total - sum) / count;
            if (price - candidate <= 0) {
                break;
            }
            less = candidate;
        }
        return less;
    }
}
