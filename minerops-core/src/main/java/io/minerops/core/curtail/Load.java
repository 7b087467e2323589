package io.minerops.core.curtail;

import java.util.Arrays;

/** Which miners run in which intervals, and the load that this is. Not thread-safe. */
final class Load {
    /** The share of a limit by which rounding may exceed it. */
    static final double TOLERANCE = 1e-9;

    final boolean[][] runs;
    final double[] kw;
    private final PlanProblem problem;

    private Load(PlanProblem problem, boolean[][] runs, double[] kw) {
        this.problem = problem;
        this.runs = runs;
        this.kw = kw;
    }

    /** Every miner runs, or is stopped, in every interval, whatever the limits are. */
    static Load constant(PlanProblem problem, boolean running) {
        boolean[][] runs = new boolean[problem.miners.size()][problem.intervals];
        for (boolean[] miner : runs) {
            Arrays.fill(miner, running);
        }
        return of(problem, runs);
    }

    static Load of(PlanProblem problem, boolean[][] runs) {
        Load load = new Load(problem, runs, new double[problem.intervals]);
        load.addUp();
        return load;
    }

    Load copy() {
        boolean[][] copy = new boolean[runs.length][];
        Arrays.setAll(copy, miner -> runs[miner].clone());
        return new Load(problem, copy, kw.clone());
    }

    /** Adds up again, so that rounding does not accumulate over changes. */
    void addUp() {
        Arrays.fill(kw, 0);
        for (int miner = 0; miner < runs.length; miner++) {
            double on = problem.miners.get(miner).powerKw();
            double off = problem.miners.get(miner).idleKw();
            for (int i = 0; i < kw.length; i++) {
                kw[i] += runs[miner][i] ? on : off;
            }
        }
    }

    double peakKw() {
        return Arrays.stream(kw).max().orElse(0);
    }

    /** What miners cost less what they earn, without the demand charge, USD. */
    double runningUsd() {
        double usd = 0;
        for (int miner = 0; miner < runs.length; miner++) {
            MinerLoad of = problem.miners.get(miner);
            double revenue = problem.revenueUsd(of);
            int since = of.running() ? problem.schedule.longAgo() : -1;
            for (int i = 0; i < kw.length; i++) {
                since = runs[miner][i] ? since + 1 : -1;
                usd += problem.energyUsd(runs[miner][i] ? of.powerKw() : of.idleKw(), i);
                usd -= runs[miner][i] ? revenue * problem.schedule.earned(since) : 0;
            }
        }
        return usd;
    }

    /** What the plan costs, USD. */
    double costUsd() {
        return runningUsd() + problem.demandUsd(peakKw());
    }

    /** By how much the limits of the load are exceeded, kW over all intervals; 0 where they are kept. */
    double violationKw() {
        double sum = 0;
        for (int i = 0; i < kw.length; i++) {
            sum += violationKw(i);
        }
        return sum;
    }

    private double violationKw(int i) {
        return outside(kw[i], problem.minKw[i], problem.maxKw[i])
                + beyond(kw[i] - (i == 0 ? problem.loadBeforeKw : kw[i - 1]), problem.rampKw);
    }

    /** The interval that exceeds its limits the most. */
    int worst() {
        int worst = 0;
        for (int i = 1; i < kw.length; i++) {
            worst = violationKw(i) > violationKw(worst) ? i : worst;
        }
        return worst;
    }

    static double outside(double kw, double min, double max) {
        double by = Math.max(min - kw, kw - max);
        return by > TOLERANCE * Math.max(1, Math.abs(kw)) ? by : 0;
    }

    static double beyond(double change, double ramp) {
        double by = Math.abs(change) - ramp;
        return by > TOLERANCE * Math.max(1, Math.abs(change)) ? by : 0;
    }
}
