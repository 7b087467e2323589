package io.minerops.core.service;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import io.minerops.api.profit.Profitability;
import io.minerops.api.profit.ProfitabilitySnapshot;
import io.minerops.api.profit.Tariff;
import io.minerops.api.store.HistoryQuery;
import io.minerops.api.store.HistorySource;
import io.minerops.api.store.RollupQuery;
import io.minerops.api.store.Store;
import io.minerops.core.curtail.CurtailmentLimits;
import io.minerops.core.curtail.CurtailmentPlan;
import io.minerops.core.curtail.IntervalPrices;
import io.minerops.core.curtail.MinerLoad;
import io.minerops.core.curtail.ShedEvent;
import io.minerops.core.curtail.ShedReport;
import io.minerops.core.curtail.StrikeBacktest;
import io.minerops.core.curtail.StrikeReport;
import io.minerops.core.curtail.StrikeTrial;
import io.minerops.core.profit.WhatIf;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When it pays to stop miners, what a strike price would have brought, and what was shed. Nothing here sends a command to a
 * miner. Thread-safe. Every method that reads throws {@link io.minerops.api.StoreException} where the store fails.
 */
public final class CurtailmentService {
    /** Prices of power play no part in what a miner earns. */
    private static final WhatIf REVENUE_ALONE = new WhatIf(new Tariff(0), null);

    private final Store store;
    private final ProfitabilityService profitability;

    /** A service over this store; {@link io.minerops.core.MinerOps#curtailment()} has one. */
    public CurtailmentService(Store store, ProfitabilityService profitability) {
        this.store = store;
        this.profitability = profitability;
    }

    /**
     * A plan of the fleet.
     *
     * @param plan the plan
     * @param revenueUsdPerThDay what 1 TH/s earns in a day by the market of now, USD
     * @param leftOut the miners that are not in the plan, because no power or no hashrate of theirs is known; they run
     */
    public record FleetPlan(CurtailmentPlan plan, double revenueUsdPerThDay, List<MinerAddress> leftOut) {
        /** Copies the list. */
        public FleetPlan {
            leftOut = List.copyOf(leftOut);
        }
    }

    /**
     * Plans which miners stop when. A miner that hashes counts with its hashrate and power; one that answers and hashes nothing
     * is taken as stopped and counts with its nominal figures; the others are left out and listed.
     *
     * @param tag only the miners with this tag; null for all
     * @param idleW what a stopped miner draws, W, 0 to 1,000,000
     * @throws InvalidArgumentException as {@link CurtailmentPlan#of} does, and ({@code tag}) where no miner has it
     * @throws io.minerops.api.profit.MarketException if there is no price or no difficulty
     */
    public FleetPlan plan(IntervalPrices prices, CurtailmentLimits limits, @Nullable String tag, double idleW) {
        Check.between("idle_w", idleW, 0, 1e6);
        Map<MinerAddress, Profitability> earning = earning();
        List<MinerLoad> loads = new ArrayList<>();
        List<MinerAddress> leftOut = new ArrayList<>();
        FleetSnapshot latest = store.metrics().latest();
        for (int row = 0; row < latest.size(); row++) {
            Miner miner = latest.miner(row);
            if (tag == null || miner.tags().contains(tag)) {
                load(miner, earning.get(miner.address()), idleW)
                        .ifPresentOrElse(loads::add, () -> leftOut.add(miner.address()));
            }
        }
        if (tag != null && loads.isEmpty() && leftOut.isEmpty()) {
            throw new InvalidArgumentException("tag", "tag must be that of a miner, none has " + Check.quote(tag));
        }
        double revenue = revenueUsdPerThDay(earning.values());
        return new FleetPlan(CurtailmentPlan.of(prices, revenue, loads, limits), revenue, leftOut);
    }

    /**
     * The price that stands for the fleet's, by the tariff of each hour.
     *
     * @param from a moment in the first hour
     * @param hours how many hours, 1 to {@value IntervalPrices#MAX_INTERVALS}
     * @throws io.minerops.api.profit.MarketException where the tariff has no price for one of them
     */
    public IntervalPrices tariffPrices(Instant from, int hours) {
        Check.between("hours", hours, 1, IntervalPrices.MAX_INTERVALS);
        Instant start = from.truncatedTo(ChronoUnit.HOURS);
        List<Double> prices = new ArrayList<>();
        for (int hour = 0; hour < hours; hour++) {
            prices.add(profitability.usualUsdPerKwh(start.plus(Duration.ofHours(hour))));
        }
        return new IntervalPrices(start, Duration.ofHours(1), prices);
    }

    private Map<MinerAddress, Profitability> earning() {
        Map<MinerAddress, Profitability> earning = new HashMap<>();
        for (ProfitabilitySnapshot each : profitability.miners(true, REVENUE_ALONE)) {
            earning.put(Objects.requireNonNull(each.miner(), "figures of a miner"), each.profitability());
        }
        return earning;
    }

    private static double revenueUsdPerThDay(Collection<Profitability> earning) {
        double usd = earning.stream()
                .mapToDouble(Profitability::estimatedRevenueUsdPerDay)
                .sum();
        double ths = earning.stream().mapToDouble(Profitability::hashrateThs).sum();
        return ths > 0 ? usd / ths : 0;
    }

    private static Optional<MinerLoad> load(Miner miner, @Nullable Profitability figures, double idleW) {
        if (figures == null) {
            return Optional.empty();
        }
        boolean running = figures.hashrateThs() > 0;
        Double nominal = miner.nominalThs();
        Double efficiency = miner.nominalEfficiencyJPerTh();
        double nominalW = nominal == null || efficiency == null ? 0 : nominal * efficiency;
        double powerW = running ? figures.powerW() : nominalW;
        double ths = running || nominal == null ? figures.hashrateThs() : nominal;
        return powerW > 0
                ? Optional.of(new MinerLoad(miner.address().toString(), ths, powerW, Math.min(idleW, powerW), running))
                : Optional.empty();
    }

    /**
     * What a strike price would have brought over stored hours, by the power and work of each miner and hour and the market
     * and tariff of the hour.
     *
     * @param since the first hour
     * @param until the end, exclusive; after {@code since}
     */
    public StrikeReport backtest(StrikeTrial trial, Instant since, Instant until) {
        StrikeBacktest backtest =
                new StrikeBacktest(store.metrics().latest().roster(), profitability.pastEconomics(since), trial);
        store.metrics().rollupColumns(new RollupQuery(null, HistorySource.HOURLY, since, until), rollups -> {
            backtest.add(rollups);
            return true;
        });
        return backtest.report();
    }

    /**
     * The report of what was shed in an event, by stored samples.
     *
     * @throws InvalidArgumentException ({@code from}) where an interval of the event has no sample, ({@code baseline}) where
     *     there are not enough comparable days
     */
    public ShedReport shed(ShedEvent event) {
        return event.report((from, load) -> store.metrics()
                .history(
                        new HistoryQuery(null, from, load.end(), event.step(), Integer.MAX_VALUE),
                        (start, sample) -> load.add(start, sample.value(Reading.POWER_W), sample.powerEstimated())));
    }
}
