package io.minerops.core.curtail;

import io.minerops.api.miner.MinerIndex;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.MetricRollup;
import io.minerops.core.alert.type.Economics;
import io.minerops.core.profit.PowerPrices;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tries strike prices on hourly roll-ups, which are added in order of time, hour by hour. Miners whose price of power was the
 * same in every hour so far share their state, so the cost of many strike prices depends on the number of tariffs and
 * not on that of miners. Not thread-safe.
 */
public final class StrikeBacktest {
    private static final long HOUR_MS = 3_600_000;
    private static final double S_PER_DAY = 86_400;

    private final MinerIndex roster;
    private final Function<Instant, Optional<Economics>> economics;
    private final StrikeTrial trial;
    private final double[] strikes;
    private final int chosen;

    private final double[] price;
    private final int[] groupOf;
    private final List<StrikeGroup> groups = new ArrayList<>();
    private final StrikeTally[] miners;

    private long hour = Long.MIN_VALUE;
    private long first = Long.MIN_VALUE;
    private @Nullable Economics now;

    private long minerHours;
    private double energyKwh;
    private double energyUsd;
    private double revenueUsd;
    private double estimatedKwh;
    private long withoutReadings;
    private long withoutPrice;
    private long ofOthers;

    /**
     * A backtest without any hour.
     *
     * @param roster the miners that count
     * @param economics what hashrate earned and power cost in the hour of a moment; empty where that is not known
     */
    public StrikeBacktest(MinerIndex roster, Function<Instant, Optional<Economics>> economics, StrikeTrial trial) {
        this.roster = roster;
        this.economics = economics;
        this.trial = trial;
        strikes = trial.all().stream().mapToDouble(Double::doubleValue).toArray();
        chosen = Arrays.binarySearch(strikes, trial.strikeUsdPerMwh());
        price = new double[roster.size()];
        groupOf = new int[roster.size()];
        miners = new StrikeTally[roster.size()];
        Arrays.setAll(miners, row -> new StrikeTally());
        groups.add(new StrikeGroup(strikes, trial));
    }

    /**
     * Adds miners of an hour.
     *
     * @param rollups hourly roll-ups, not earlier than those before
     */
    public void add(MetricRollup.Columns rollups) {
        long start = rollups.start().toEpochMilli();
        if (start != hour) {
            endHour();
            begin(start);
        }
        for (int of = 0; of < rollups.size(); of++) {
            add(rollups, of);
        }
    }

    private void add(MetricRollup.Columns rollups, int of) {
        int row = roster.row(rollups.miner(of));
        double energyWh = rollups.energyWh(of);
        double workTh = rollups.workTh(of);
        if (row < 0) {
            ofOthers++;
        } else if (Double.isNaN(energyWh) || Double.isNaN(workTh)) {
            withoutReadings++;
        } else if (now == null || Double.isNaN(price[row])) {
            withoutPrice++;
        } else {
            double kwh = energyWh / 1_000;
            estimatedKwh += rollups.powerEstimated(of) ? kwh : 0;
            count(row, kwh, kwh * (1 - idleShare(rollups, of)), workTh / S_PER_DAY * now.revenueUsdPerThDay());
        }
    }

    private void count(int row, double kwh, double saved, double revenue) {
        minerHours++;
        energyKwh += kwh;
        energyUsd += kwh * price[row];
        revenueUsd += revenue;
        StrikeGroup group = groups.get(groupOf[row]);
        group.add(saved, saved * price[row], revenue);
        group.tally(chosen, miners[row], saved, saved * price[row], revenue);
    }

    /** The share of its power that a miner draws while it is stopped. */
    private double idleShare(MetricRollup.Columns rollups, int of) {
        if (trial.idleW() == 0) {
            return 0;
        }
        double meanW = rollups.value(Reading.POWER_W, MetricRollup.Stat.MEAN, of);
        return meanW > trial.idleW() ? trial.idleW() / meanW : 1;
    }

    private void begin(long start) {
        hour = start;
        first = first == Long.MIN_VALUE ? start : first;
        now = Objects.requireNonNull(economics.apply(Instant.ofEpochMilli(start)), "economics")
                .orElse(null);
        if (now == null) {
            return;
        }
        PowerPrices.Now prices = now.prices();
        for (int row = 0; row < price.length; row++) {
            price[row] = prices == null ? own(row, now) : prices.usdPerKwh(roster, row);
        }
        split();
        groups.forEach(group -> group.begin(start / HOUR_MS));
    }

    private double own(int row, Economics market) {
        Double own = roster.miner(row).powerPriceUsdPerKwh();
        return own == null ? market.tariffUsdPerKwh() : own;
    }

    /** Gives rows whose price differs from that of their group a group of their own, with the same state. */
    private void split() {
        Map<Integer, Map<Double, Integer>> fresh = new HashMap<>();
        groups.forEach(group -> group.usdPerKwh = Double.NEGATIVE_INFINITY);
        for (int row = 0; row < price.length; row++) {
            int old = groupOf[row];
            StrikeGroup group = groups.get(old);
            if (group.usdPerKwh == Double.NEGATIVE_INFINITY) {
                group.usdPerKwh = price[row];
            } else if (Double.compare(group.usdPerKwh, price[row]) != 0) {
                groupOf[row] = fresh.computeIfAbsent(old, none -> new HashMap<>())
                        .computeIfAbsent(price[row], none -> copy(old));
                groups.get(groupOf[row]).usdPerKwh = price[row];
            }
        }
    }

    private int copy(int group) {
        groups.add(groups.get(group).copy());
        return groups.size() - 1;
    }

    private void endHour() {
        if (now != null) {
            groups.forEach(StrikeGroup::end);
        }
    }

    /** The outcome of what was added. */
    public StrikeReport report() {
        endHour();
        now = null;
        List<StrikeReport.Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < strikes.length; i++) {
            Saving sum = Saving.NONE;
            for (StrikeGroup group : groups) {
                sum = sum.plus(group.saving(i));
            }
            outcomes.add(new StrikeReport.Outcome(strikes[i], sum));
        }
        List<StrikeReport.MinerOutcome> lines = new ArrayList<>();
        for (int row = 0; row < miners.length; row++) {
            lines.add(new StrikeReport.MinerOutcome(roster.miner(row).address(), miners[row].saving()));
        }
        return new StrikeReport(
                first == Long.MIN_VALUE ? null : Instant.ofEpochMilli(first),
                first == Long.MIN_VALUE ? null : Instant.ofEpochMilli(hour),
                new StrikeReport.Was(
                        minerHours,
                        energyKwh,
                        energyUsd,
                        revenueUsd,
                        estimatedKwh,
                        withoutReadings,
                        withoutPrice,
                        ofOthers),
                outcomes.get(chosen),
                outcomes,
                lines);
    }
}
