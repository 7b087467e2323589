package io.minerops.core.curtail;

import io.minerops.core.curtail.MinerSchedule.Costs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the plan of the lowest cost. Without limits of the load and demand charge the best schedule of each miner is the
 * best plan. With them, {@link PlanBound} gives a bound and starting points, and from each of these the schedule of one miner
 * after the other is replaced by its best one while the others stay, until none changes; limits that are exceeded cost
 * more than any price. A demand charge is searched by the highest load that is allowed: for each such load the rest is as
 * above. At last some schedules of the best plan are replaced by chance, and improved again.
 *
 * <p>Of 1,911 random cases of up to 3 miners and 5 intervals with such limits, a test compares every one with all plans that there
 * are: 13 are not the best, the worst by 11 % of the energy's cost.
 */
final class PlanSearch {
    private static final int MAX_SWEEPS = 20;
    private static final int CAPS = 12;
    private static final int MAX_LOWER_CAPS = 24;
    private static final int MAX_DISTURBED = 200;
    private static final long MAX_DISTURBED_CELLS = 40_000_000;
    private static final int MAX_CHANGED = 3;

    /** The same problem always has the same plan. */
    private static final long SEED = 17;

    private final PlanProblem problem;
    private final Costs costs;

    /** What exceeding a limit by a kW in one interval costs: more than all that could be gained by it. */
    private final double penaltyUsdPerKw;

    private @Nullable Load best;
    private double bestUsd = Double.POSITIVE_INFINITY;

    /** The plan that exceeds the limits least, where none keeps them. */
    private @Nullable Load nearest;

    PlanSearch(PlanProblem problem) {
        this.problem = problem;
        costs = new Costs(problem.intervals);
        penaltyUsdPerKw = penalty(problem);
    }

    /** A plan, and what no plan can cost less than, USD. */
    record Found(Load load, double boundUsd) {}

    private static double penalty(PlanProblem problem) {
        double usd = 1 + problem.demandUsd(1e3 + problem.limits.peakSoFarKw());
        double smallestKw = Double.POSITIVE_INFINITY;
        for (MinerLoad miner : problem.miners) {
            usd += problem.revenueUsd(miner) * problem.intervals;
            for (int i = 0; i < problem.intervals; i++) {
                usd += Math.abs(problem.energyUsd(miner.powerKw(), i));
            }
            smallestKw = Math.min(smallestKw, miner.powerKw());
        }
        return usd * 1e3 / Math.min(1, smallestKw);
    }

    /**
     * The plan.
     *
     * @throws io.minerops.api.InvalidArgumentException ({@code commitments}) that names the interval where no plan keeps the
     *     limits
     */
    Found find() {
        Load alone = Load.constant(problem, true);
        double alonePlanUsd = 0;
        double[] free = new double[problem.intervals];
        for (int miner = 0; miner < problem.miners.size(); miner++) {
            alonePlanUsd += alone(miner, free, alone.runs[miner]);
        }
        alone.addUp();
        if (!problem.coupled()) {
            return new Found(alone, alone.costUsd());
        }
        List<Load> starts = new ArrayList<>(List.of(Load.constant(problem, true), alone));
        PlanBound bound = new PlanBound(problem, this::alone);
        offer(improved(alone.copy(), Double.POSITIVE_INFINITY));
        offer(improved(Load.constant(problem, true), Double.POSITIVE_INFINITY));
        starts.addAll(bound.rise(() -> bestUsd));
        starts.add(Load.constant(problem, false));
        starts.forEach(start -> offer(improved(start.copy(), Double.POSITIVE_INFINITY)));
        if (problem.limits.demandUsdPerKw() > 0) {
            caps(starts).forEach(cap -> starts.forEach(start -> offer(improved(start.copy(), cap))));
            lowerCaps();
        }
        disturb();
        Load found = best;
        if (found == null) {
            Load closest = nearest == null ? alone : nearest;
            int worst = closest.worst();
            throw problem.impossible(worst, "the nearest plan draws " + PlanProblem.kw(closest.kw[worst]));
        }
        return new Found(found, Math.max(alonePlanUsd, bound.usd()));
    }

    /** The best schedule of a miner where each kW of an interval costs something more; its cost, USD. */
    private double alone(int miner, double[] usdPerKw, boolean[] runs) {
        MinerLoad of = problem.miners.get(miner);
        costs.revenueUsd = problem.revenueUsd(of);
        for (int i = 0; i < problem.intervals; i++) {
            costs.set(
                    i,
                    problem.energyUsd(of.powerKw(), i) + usdPerKw[i] * of.powerKw() - costs.revenueUsd,
                    problem.energyUsd(of.idleKw(), i) + usdPerKw[i] * of.idleKw());
        }
        return problem.schedule.best(costs, of.running(), runs);
    }

    /** Highest loads worth trying: those of the starts, and steps over the range. */
    private SortedSet<Double> caps(List<Load> starts) {
        TreeSet<Double> caps = new TreeSet<>();
        starts.forEach(start -> caps.add(start.peakKw()));
        double least = Load.constant(problem, false).peakKw();
        double most = Load.constant(problem, true).peakKw();
        for (int i = 0; i < CAPS; i++) {
            caps.add(least + (most - least) * i / CAPS);
        }
        caps.add(problem.limits.peakSoFarKw());
        return caps;
    }

    /** From the best plan on, allows ever less than its highest load while that is better. */
    private void lowerCaps() {
        for (int i = 0; i < MAX_LOWER_CAPS; i++) {
            Load from = best;
            if (from == null) {
                return;
            }
            double before = bestUsd;
            double below = from.peakKw() * (1 - 1e-6);
            offer(improved(from.copy(), below));
            offer(improved(Load.constant(problem, true), below));
            if (bestUsd >= before) {
                return;
            }
        }
    }

    /** Replaces a few schedules of the best plan by chance, and improves that: a way out where no single one is better. */
    private void disturb() {
        long cells = 1L + (long) problem.intervals * problem.miners.size() * problem.schedule.states();
        Random random = new Random(SEED);
        double[] prices = new double[problem.intervals];
        for (long i = Math.min(MAX_DISTURBED, MAX_DISTURBED_CELLS / cells); i > 0; i--) {
            Load from = best == null ? nearest : best;
            if (from == null) {
                return;
            }
            Load start = from.copy();
            for (int changed = 1 + random.nextInt(MAX_CHANGED); changed > 0 && !problem.miners.isEmpty(); changed--) {
                int miner = random.nextInt(problem.miners.size());
                double scale = problem.largestUsdPerKw() * random.nextDouble();
                Arrays.setAll(prices, interval -> scale * (2 * random.nextDouble() - 1));
                alone(miner, prices, start.runs[miner]);
            }
            start.addUp();
            boolean capped = problem.limits.demandUsdPerKw() > 0 && random.nextInt(3) > 0;
            double cap = capped ? from.peakKw() * (1.1 - 0.5 * random.nextDouble()) : Double.POSITIVE_INFINITY;
            offer(improved(start, cap));
        }
    }

    private void offer(Load load) {
        if (load.violationKw() > 0) {
            nearest = nearest == null || load.violationKw() < nearest.violationKw() ? load : nearest;
            return;
        }
        double usd = load.costUsd();
        if (usd < bestUsd) {
            best = load;
            bestUsd = usd;
        }
    }

    /** Replaces one schedule after the other by its best, the others as they are. */
    private Load improved(Load load, double capKw) {
        boolean[] runs = new boolean[problem.intervals];
        boolean changed = true;
        for (int sweep = 0; changed && sweep < MAX_SWEEPS; sweep++) {
            changed = false;
            for (int miner = 0; miner < load.runs.length; miner++) {
                withOthers(load, miner, capKw);
                problem.schedule.best(costs, problem.miners.get(miner).running(), runs);
                if (!Arrays.equals(runs, load.runs[miner])) {
                    changed = true;
                    take(load, miner, runs);
                }
            }
            load.addUp();
        }
        return load;
    }

    private void take(Load load, int miner, boolean[] runs) {
        double swing =
                problem.miners.get(miner).powerKw() - problem.miners.get(miner).idleKw();
        for (int i = 0; i < runs.length; i++) {
            if (runs[i] != load.runs[miner][i]) {
                load.kw[i] += runs[i] ? swing : -swing;
                load.runs[miner][i] = runs[i];
            }
        }
    }

    private void withOthers(Load load, int miner, double capKw) {
        MinerLoad of = problem.miners.get(miner);
        double on = of.powerKw();
        double off = of.idleKw();
        costs.revenueUsd = problem.revenueUsd(of);
        double othersBefore = problem.loadBeforeKw - (of.running() ? on : off);
        for (int i = 0; i < problem.intervals; i++) {
            double others = load.kw[i] - (load.runs[miner][i] ? on : off);
            double max = Math.min(problem.maxKw[i], capKw);
            double runs = problem.energyUsd(on, i)
                    - costs.revenueUsd
                    + penaltyUsdPerKw * Load.outside(others + on, problem.minKw[i], max);
            double stopped =
                    problem.energyUsd(off, i) + penaltyUsdPerKw * Load.outside(others + off, problem.minKw[i], max);
            double change = others - othersBefore;
            costs.stays[i] = runs + ramp(change);
            costs.starts[i] = runs + ramp(change + on - off);
            costs.stops[i] = stopped + ramp(change + off - on);
            costs.isOff[i] = stopped + ramp(change);
            othersBefore = others;
        }
    }

    private double ramp(double changeKw) {
        return penaltyUsdPerKw * Load.beyond(changeKw, problem.rampKw);
    }
}
