package io.minerops.core.curtail;

import io.minerops.api.InvalidArgumentException;
import java.time.Duration;
import java.util.Arrays;

/**
 * The best schedule of one miner with a minimum run and stop time, by dynamic programming over intervals and the time since
 * the last start or stop: exact, in intervals × states. A stop may last beyond the end of the plan. Not thread-safe.
 */
final class MinerSchedule {
    /** The share of its revenue that a miner earns in each interval after a start; 1 in the last. */
    private final double[] earned;

    private final int runStates;
    private final int stopStates;
    private final int minRun;

    /** Of each interval and state, whether the miner runs in the next one. */
    private final boolean[][] runsNext;

    private double[] value;
    private double[] valueOfNext;

    private MinerSchedule(int intervals, double[] earned, int minRun, int minStop) {
        this.earned = earned;
        this.minRun = minRun;
        runStates = earned.length;
        stopStates = minStop;
        runsNext = new boolean[intervals][runStates + stopStates];
        value = new double[runStates + stopStates];
        valueOfNext = new double[runStates + stopStates];
    }

    /**
     * What a miner costs in an interval by whether it ran in the one before, USD; that of a start without what the restart
     * loses.
     */
    static final class Costs {
        final double[] stays;
        final double[] starts;
        final double[] stops;
        final double[] isOff;

        /** What it earns in an interval in which it hashes all the time, USD. */
        double revenueUsd;

        Costs(int intervals) {
            stays = new double[intervals];
            starts = new double[intervals];
            stops = new double[intervals];
            isOff = new double[intervals];
        }

        void set(int interval, double runs, double stopped) {
            stays[interval] = runs;
            starts[interval] = runs;
            stops[interval] = stopped;
            isOff[interval] = stopped;
        }
    }

    /**
     * The schedules within limits.
     *
     * @throws InvalidArgumentException ({@code min_run}, {@code min_stop}, {@code restart}) if one is longer than the prices
     */
    static MinerSchedule of(IntervalPrices prices, CurtailmentLimits limits) {
        int minRun = Math.max(1, within("min_run", limits.minRun(), prices));
        int minStop = Math.max(1, within("min_stop", limits.minStop(), prices));
        int restart = within("restart", limits.restart(), prices);
        double[] earned = new double[Math.max(minRun, restart + 1)];
        double step = prices.step().toSeconds();
        for (int i = 0; i < earned.length; i++) {
            double lost = Math.max(0, Math.min(step, limits.restart().toSeconds() - i * step));
            earned[i] = 1 - lost / step;
        }
        return new MinerSchedule(prices.size(), earned, minRun, minStop);
    }

    private static int within(String name, Duration time, IntervalPrices prices) {
        int covering = prices.covering(time);
        if (covering > prices.size()) {
            throw new InvalidArgumentException(
                    name,
                    name + " must be at most the time of the prices, "
                            + prices.step().multipliedBy(prices.size()) + ", not " + time);
        }
        return covering;
    }

    /** The share of its revenue that a miner earns in an interval, by the intervals since its start, from 0. */
    double earned(int sinceStart) {
        return earned[Math.min(sinceStart, runStates - 1)];
    }

    int states() {
        return value.length;
    }

    /** The intervals after which a start costs nothing more. */
    int longAgo() {
        return runStates;
    }

    /**
     * The schedule of the lowest cost; of several, the one that runs longer.
     *
     * @param running whether the miner runs before the first interval
     * @param runs filled: whether it runs in each interval
     * @return the cost, USD
     */
    double best(Costs costs, boolean running, boolean[] runs) {
        Arrays.fill(value, 0);
        for (int i = runs.length - 1; i >= 0; i--) {
            double[] next = value;
            value = valueOfNext;
            valueOfNext = next;
            step(costs, i, next);
        }
        int state = running ? runStates - 1 : runStates + stopStates - 1;
        double cost = value[state];
        for (int i = 0; i < runs.length; i++) {
            runs[i] = runsNext[i][state];
            state = next(state, runs[i]);
        }
        return cost;
    }

    private void step(Costs costs, int interval, double[] next) {
        boolean[] choice = runsNext[interval];
        for (int state = 0; state < value.length; state++) {
            boolean on = state < runStates;
            int after = on ? Math.min(state + 1, runStates - 1) : 0;
            double run = (on ? costs.stays[interval] : costs.starts[interval])
                    + (1 - earned[after]) * costs.revenueUsd
                    + next[after];
            double stop = (on ? costs.stops[interval] : costs.isOff[interval]) + next[next(state, false)];
            boolean mayRun = on || state == value.length - 1;
            boolean mayStop = !on || state >= minRun - 1;
            choice[state] = mayRun && (!mayStop || run <= stop);
            value[state] = choice[state] ? run : stop;
        }
    }

    private int next(int state, boolean runs) {
        boolean on = state < runStates;
        if (runs) {
            return on ? Math.min(state + 1, runStates - 1) : 0;
        }
        return on ? runStates : Math.min(state + 1, runStates + stopStates - 1);
    }
}
