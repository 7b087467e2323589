package io.minerops.core.curtail;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.core.curtail.CurtailmentLimits.Commitment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The figures of a plan by miner and interval: what running earns, and the limits of the load. */
final class PlanProblem {
    /** The highest number of miners × intervals where miners depend on each other: some seconds of search. */
    static final int MAX_CONNECTED = 100_000;

    final IntervalPrices prices;
    final CurtailmentLimits limits;

    /** By their revenue per energy, the lowest first: those that stop first. */
    final List<MinerLoad> miners;

    final int intervals;
    final MinerSchedule schedule;

    /** The least and the highest load of each interval, kW. */
    final double[] minKw;

    final double[] maxKw;
    final double rampKw;

    /** The load before the first interval, kW. */
    final double loadBeforeKw;

    private final double revenueUsdPerThInterval;

    PlanProblem(IntervalPrices prices, double revenueUsdPerThDay, List<MinerLoad> given, CurtailmentLimits limits) {
        this.prices = prices;
        this.limits = limits;
        intervals = prices.size();
        revenueUsdPerThInterval = Check.atLeast("revenue_usd_per_th_day", revenueUsdPerThDay, 0) / 24 * prices.hours();
        miners = new ArrayList<>(given);
        miners.sort(Comparator.comparingDouble((MinerLoad miner) -> miner.hashrateThs() / miner.powerW())
                .thenComparing(MinerLoad::name));
        schedule = MinerSchedule.of(prices, limits);
        rampKw = limits.rampKw() == null ? Double.POSITIVE_INFINITY : limits.rampKw();
        minKw = new double[intervals];
        maxKw = new double[intervals];
        Arrays.fill(maxKw, Double.POSITIVE_INFINITY);
        limits.commitments().forEach(this::add);
        loadBeforeKw = miners.stream()
                .mapToDouble(miner -> miner.running() ? miner.powerKw() : miner.idleKw())
                .sum();
        checkPossible();
        checkSize();
    }

    private void add(Commitment commitment) {
        boolean any = false;
        for (int i = 0; i < intervals; i++) {
            if (prices.begin(i).isBefore(commitment.until())
                    && prices.begin(i + 1).isAfter(commitment.from())) {
                minKw[i] = Math.max(minKw[i], commitment.minKw());
                maxKw[i] = Math.min(maxKw[i], commitment.maxKw());
                any = true;
            }
        }
        if (!any) {
            throw new InvalidArgumentException(
                    "commitments",
                    "the commitment from " + commitment.from() + " must lie within the prices, " + prices.start()
                            + " to " + prices.begin(intervals));
        }
    }

    private void checkPossible() {
        double least = miners.stream().mapToDouble(MinerLoad::idleKw).sum();
        double most = miners.stream().mapToDouble(MinerLoad::powerKw).sum();
        for (int i = 0; i < intervals; i++) {
            if (minKw[i] > maxKw[i]
                    || minKw[i] > most * (1 + Load.TOLERANCE)
                    || maxKw[i] < least * (1 - Load.TOLERANCE)) {
                throw impossible(i, "possible are " + kw(least) + " to " + kw(most));
            }
        }
    }

    private void checkSize() {
        if (coupled() && (long) miners.size() * intervals > MAX_CONNECTED) {
            throw new InvalidArgumentException(
                    "prices",
                    "prices must be at most " + MAX_CONNECTED / miners.size()
                            + " intervals where a ramp, a demand charge or" + " commitments connect " + miners.size()
                            + " miners, not " + intervals);
        }
    }

    InvalidArgumentException impossible(int interval, String possible) {
        return new InvalidArgumentException(
                "commitments",
                "the commitments of the interval at " + prices.begin(interval) + " cannot be kept: "
                        + kw(minKw[interval]) + " to " + kw(maxKw[interval]) + " are required, " + possible);
    }

    static String kw(double value) {
        return value == Double.POSITIVE_INFINITY ? "any load" : Math.rint(value * 1e3) / 1e3 + " kW";
    }

    /** What a miner earns in an interval in which it hashes all the time, USD. */
    double revenueUsd(MinerLoad miner) {
        return miner.hashrateThs() * revenueUsdPerThInterval;
    }

    /** What the energy of a load costs in an interval, USD. */
    double energyUsd(double kw, int interval) {
        return kw * prices.hours() * prices.usdPerKwh().get(interval);
    }

    /** What the demand charge adds for a highest load, USD. */
    double demandUsd(double peakKw) {
        return limits.demandUsdPerKw() * Math.max(0, peakKw - limits.peakSoFarKw());
    }

    /** The most that a kW costs or earns in one interval, USD. */
    double largestUsdPerKw() {
        double largest = 0;
        for (int i = 0; i < intervals; i++) {
            largest = Math.max(largest, Math.abs(energyUsd(1, i)));
        }
        for (MinerLoad miner : miners) {
            largest = Math.max(largest, revenueUsd(miner) / miner.powerKw());
        }
        return largest;
    }

    /** Whether the miners depend on each other: without that, each one's best is the best of all. */
    boolean coupled() {
        return limits.demandUsdPerKw() > 0
                || rampKw < Double.POSITIVE_INFINITY
                || !limits.commitments().isEmpty();
    }
}
