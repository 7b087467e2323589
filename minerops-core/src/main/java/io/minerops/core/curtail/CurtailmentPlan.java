package io.minerops.core.curtail;

import io.minerops.api.InvalidArgumentException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which miners stop when, and what that brings against running all the time. Advice: nothing is sent to a miner.
 *
 * <pre>{@code
 * CurtailmentPlan plan = CurtailmentPlan.of(prices, 0.039, miners, CurtailmentLimits.NONE);
 * plan.miners().forEach(miner -> log.info("{} stops at {}", miner.name(), miner.stops()));
 * }</pre>
 *
 * <p>Each miner's schedule is exact (dynamic programming with minimum run and stop times and the cost of a start). Where a
 * demand charge, a ramp or a commitment connects the miners, the plan is searched for, and {@link #boundUsd} is what no plan
 * can gain more than: the difference shows how good it is.
 *
 * @param intervals the load by interval
 * @param miners each miner, the first to stop first
 * @param demandChargeSavedUsd what the demand charge is lower, USD; negative where it is higher
 * @param boundUsd what no plan within the limits can gain more than, USD; {@link #netUsd} where the plan is exact
 */
public record CurtailmentPlan(
        List<Interval> intervals, List<MinerPlan> miners, double demandChargeSavedUsd, double boundUsd) {
    /** Copies the lists. */
    public CurtailmentPlan {
        intervals = List.copyOf(intervals);
        miners = List.copyOf(miners);
    }

    /**
     * An interval.
     *
     * @param start its begin
     * @param usdPerKwh the power price, USD/kWh
     * @param kw the load by the plan, kW
     * @param kwWithout the load if every miner ran, kW
     * @param stopped how many miners are stopped
     */
    public record Interval(Instant start, double usdPerKwh, double kw, double kwWithout, int stopped) {}

    /**
     * A time in which a miner is stopped.
     *
     * @param from the begin
     * @param until the end, exclusive; at the end of the plan the miner may stay stopped
     */
    public record Stop(Instant from, Instant until) {}

    /**
     * What a miner does.
     *
     * @param name the miner
     * @param stops when it is stopped, ascending
     * @param saving what that brings
     */
    public record MinerPlan(String name, List<Stop> stops, Saving saving) {
        /** Copies the list. */
        public MinerPlan {
            stops = List.copyOf(stops);
        }
    }

    /**
     * The best plan that is found.
     *
     * @param prices the power price of each interval, the same for all miners
     * @param revenueUsdPerThDay what 1 TH/s earns in a day after the pool's share, USD, 0 or more
     * @param miners the miners that can be stopped, each name once
     * @param limits what the plan keeps to
     * @throws InvalidArgumentException that names the figure that is out of its range, or ({@code commitments}) the interval
     *     whose load cannot be kept and what is possible
     */
    public static CurtailmentPlan of(
            IntervalPrices prices, double revenueUsdPerThDay, List<MinerLoad> miners, CurtailmentLimits limits) {
        Set<String> names = new HashSet<>();
        for (MinerLoad miner : miners) {
            if (!names.add(miner.name())) {
                throw new InvalidArgumentException(
                        "miners", "miners must each be there once, but " + miner.name() + " is twice");
            }
        }
        PlanProblem problem = new PlanProblem(prices, revenueUsdPerThDay, miners, limits);
        PlanSearch.Found found = new PlanSearch(problem).find();
        Load all = Load.constant(problem, true);
        double demandSaved =
                problem.demandUsd(all.peakKw()) - problem.demandUsd(found.load().peakKw());
        List<MinerPlan> lines = new ArrayList<>();
        for (int miner = 0; miner < problem.miners.size(); miner++) {
            lines.add(line(problem, miner, found.load().runs[miner]));
        }
        CurtailmentPlan plan = new CurtailmentPlan(intervals(problem, found.load(), all), lines, demandSaved, 0);
        double bound = problem.coupled() ? all.costUsd() - found.boundUsd() : plan.netUsd();
        return new CurtailmentPlan(plan.intervals, plan.miners, demandSaved, Math.max(bound, plan.netUsd()));
    }

    /** The sum of all miners, without the demand charge. */
    public Saving total() {
        return miners.stream().map(MinerPlan::saving).reduce(Saving.NONE, Saving::plus);
    }

    /** What the plan gains: the sum of all miners and of the demand charge, USD. */
    public double netUsd() {
        return total().netUsd() + demandChargeSavedUsd;
    }

    private static List<Interval> intervals(PlanProblem problem, Load load, Load all) {
        List<Interval> intervals = new ArrayList<>();
        for (int i = 0; i < problem.intervals; i++) {
            int stopped = 0;
            for (boolean[] runs : load.runs) {
                stopped += runs[i] ? 0 : 1;
            }
            intervals.add(new Interval(
                    problem.prices.begin(i), problem.prices.usdPerKwh().get(i), load.kw[i], all.kw[i], stopped));
        }
        return intervals;
    }

    private static MinerPlan line(PlanProblem problem, int row, boolean[] runs) {
        MinerLoad miner = problem.miners.get(row);
        double swingKw = miner.powerKw() - miner.idleKw();
        double hours = problem.prices.hours();
        List<Stop> stops = new ArrayList<>();
        Saving saving = Saving.NONE;
        int since = miner.running() ? problem.schedule.longAgo() : -1;
        int without = since;
        for (int i = 0; i < runs.length; i++) {
            since = runs[i] ? since + 1 : -1;
            without++;
            double earned = runs[i] ? problem.schedule.earned(since) : 0;
            double lost = problem.revenueUsd(miner) * (problem.schedule.earned(without) - earned);
            saving = saving.plus(
                    runs[i]
                            ? new Saving(0, since == 0 && i > 0 ? 1 : 0, 0, 0, lost)
                            : new Saving(hours, 0, swingKw * hours, problem.energyUsd(swingKw, i), lost));
            if (!runs[i]) {
                addStop(stops, problem.prices.begin(i), problem.prices.begin(i + 1));
            }
        }
        return new MinerPlan(miner.name(), stops, saving);
    }

    private static void addStop(List<Stop> stops, Instant from, Instant until) {
        int last = stops.size() - 1;
        if (last >= 0 && stops.get(last).until().equals(from)) {
            stops.set(last, new Stop(stops.get(last).from(), until));
        } else {
            stops.add(new Stop(from, until));
        }
    }
}
