package io.minerops.core.service;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import io.minerops.api.profit.Difficulty;
import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.ProfitabilitySnapshot;
import io.minerops.api.profit.Quote;
import io.minerops.api.store.Store;
import io.minerops.core.alert.type.Economics;
import io.minerops.core.market.MarketData;
import io.minerops.core.profit.BlockReward;
import io.minerops.core.profit.FleetProfitability;
import io.minerops.core.profit.ProfitabilitySettings;
import io.minerops.core.profit.StrikeReport;
import io.minerops.core.profit.WhatIf;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What the fleet and its miners earn, by their latest readings and the market. Thread-safe.
 *
 * <pre>{@code
 * ProfitabilitySnapshot fleet = ops.profitability().current(null, true, WhatIf.NOTHING);
 * System.out.printf("%.2f USD a day%n", fleet.profitability().dailyProfitUsd());
 * }</pre>
 *
 * <p>Calculations wait for the market sources, and fail with {@link MarketException} where these have no value at all.
 * {@link io.minerops.api.profit.Profitability} gives the units of the figures. Every method that reads
 * or stores throws {@link io.minerops.api.StoreException} where the store fails.
 */
public final class ProfitabilityService {
    /** How recently a miner must have been seen to count as active. */
    public static final Duration ACTIVE_WITHIN = Duration.ofHours(1);

    /** Stands for the machine of {@link #ofMachine} and {@link #strikeOfMachine}, which has no address. */
    public static final MinerAddress MACHINE = MinerAddress.of("0.0.0.0");

    /** Three years at one in a quarter of an hour. */
    private static final int MAX_PAST_SNAPSHOTS = 106_000;

    private static final Currency USD = Currency.getInstance("USD");

    private final Store store;
    private final MarketData market;
    private final InstantSource clock;
    private final MarketFigures figures;

    /** A service over this store and market; {@link io.minerops.core.MinerOps#profitability()} has one. */
    public ProfitabilityService(Store store, MarketData market, ProfitabilitySettings settings, InstantSource clock) {
        this.store = store;
        this.market = market;
        this.clock = clock;
        figures = new MarketFigures(market, settings, clock);
    }

    /**
     * What a miner or the fleet earns now; nothing is stored. A miner that is known but has no hashrate, or is not
     * active where only active ones count, gives figures of 0 with a {@code minerCount} of 0.
     *
     * @param miner the miner; null for the fleet
     * @param activeOnly whether only miners seen {@link #ACTIVE_WITHIN} count
     * @param whatIf what is supposed, {@link WhatIf#NOTHING} for what is so
     * @throws InvalidArgumentException ({@code miner}) if the miner is not registered
     * @throws MarketException if there is no price or no difficulty
     */
    public ProfitabilitySnapshot current(@Nullable MinerAddress miner, boolean activeOnly, WhatIf whatIf) {
        FleetProfitability now = figures(miner, activeOnly, whatIf);
        ProfitabilitySnapshot sum = now.fleet();
        return miner == null
                ? sum
                : now.miners().stream()
                        .findFirst()
                        .orElseGet(() -> new ProfitabilitySnapshot(sum.at(), miner, 0, true, sum.profitability()));
    }

    /**
     * What a miner or the fleet earns now as an object that other calculations begin with: its
     * {@link FleetProfitability#inputs()} are those of {@link io.minerops.core.profit.Projection},
     * {@link io.minerops.core.profit.SensitivityGrid} and {@link io.minerops.core.profit.SoloOdds}.
     *
     * @param miner the miner; null for the fleet
     * @param activeOnly whether only miners seen {@link #ACTIVE_WITHIN} count
     * @param whatIf what is supposed, {@link WhatIf#NOTHING} for what is so
     * @throws InvalidArgumentException ({@code miner}) if the miner is not registered
     * @throws MarketException if there is no price or no difficulty
     */
    public FleetProfitability figures(@Nullable MinerAddress miner, boolean activeOnly, WhatIf whatIf) {
        FleetSnapshot latest = store.metrics().latest();
        Instant now = now();
        IntPredicate counted = counted(latest, now, activeOnly);
        int row = miner == null ? -1 : row(latest, miner);
        return figures.calculate(latest, now, miner == null ? counted : one -> one == row && counted.test(one), whatIf);
    }

    /** The same for a machine that no fleet has, as {@link #ofMachine}. */
    public FleetProfitability machine(double hashrateThs, double powerW, WhatIf whatIf) {
        return ofMachine(hashrateThs, powerW, whatIf, market, figures.settings(), clock);
    }

    /**
     * What each miner, or group of miners, can pay for power now; nothing is stored.
     *
     * @throws MarketException if there is no price or no difficulty, or the next difficulty is wanted and not known
     */
    public StrikeReport strike(StrikeReport.Request request) {
        return figures.strike(figures(null, request.activeOnly(), request.whatIf()), request);
    }

    /**
     * What a machine could pay for power now that no fleet has.
     *
     * @param hashrateThs its hashrate, TH/s, 0 to {@value FleetProfitability#MAX_MINER_THS}
     * @param powerW its power, W, 0 to {@value FleetProfitability#MAX_MINER_W}
     * @throws InvalidArgumentException if a figure is out of its range
     * @throws MarketException if there is no price or no difficulty, or the next difficulty is wanted and not known
     */
    public static StrikeReport strikeOfMachine(
            double hashrateThs,
            double powerW,
            StrikeReport.Request request,
            MarketData market,
            ProfitabilitySettings settings,
            InstantSource clock) {
        return new MarketFigures(market, settings, clock)
                .strike(ofMachine(hashrateThs, powerW, request.whatIf(), market, settings, clock), request);
    }

    /**
     * What a machine would earn now that no fleet has.
     *
     * @param hashrateThs its hashrate, TH/s, 0 to {@value FleetProfitability#MAX_MINER_THS}
     * @param powerW its power, W, 0 to {@value FleetProfitability#MAX_MINER_W}
     * @param whatIf what is supposed, {@link WhatIf#NOTHING} for what is so
     * @throws InvalidArgumentException if a figure is out of its range
     * @throws MarketException if there is no price or no difficulty
     */
    public static FleetProfitability ofMachine(
            double hashrateThs,
            double powerW,
            WhatIf whatIf,
            MarketData market,
            ProfitabilitySettings settings,
            InstantSource clock) {
        Check.between("hashrate_ths", hashrateThs, 0, FleetProfitability.MAX_MINER_THS);
        Check.between("power_w", powerW, 0, FleetProfitability.MAX_MINER_W);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        FleetSnapshot one = FleetSnapshot.builder(now, 1)
                .row(Miner.builder(MACHINE, now).build())
                .sampledAt(now.toEpochMilli())
                .set(Reading.HASHRATE_THS, hashrateThs)
                .set(Reading.POWER_W, powerW)
                .build();
        return new MarketFigures(market, settings, clock).calculate(one, now, row -> true, whatIf);
    }

    /** What the next block brings, as {@link #blockReward()}, for {@link #ofMachine}. */
    public static BlockReward blockReward(MarketData market, ProfitabilitySettings settings, InstantSource clock) {
        return new MarketFigures(market, settings, clock)
                .blockReward(market.lastChain().orElse(null));
    }

    /**
     * What each miner earns now, the greatest loss first; nothing is stored. A miner without a hashrate is left out.
     *
     * @param activeOnly whether only miners seen {@link #ACTIVE_WITHIN} count
     * @param whatIf what is supposed, {@link WhatIf#NOTHING} for what is so
     * @throws MarketException if there is no price or no difficulty
     */
    public List<ProfitabilitySnapshot> miners(boolean activeOnly, WhatIf whatIf) {
        return figures(null, activeOnly, whatIf).miners().stream()
                .sorted(Comparator.comparingDouble(
                        snapshot -> snapshot.profitability().dailyProfitUsd()))
                .toList();
    }

    private static IntPredicate counted(FleetSnapshot latest, Instant now, boolean activeOnly) {
        return activeOnly ? FleetProfitability.seenWithin(latest, now, ACTIVE_WITHIN) : latest::hasSample;
    }

    /**
     * Calculates and stores.
     *
     * @param miner the only miner; null for the fleet and every miner that counts as active
     * @return what was stored; the first is that of the miner, or the fleet's
     * @throws InvalidArgumentException ({@code miner}) if the miner is not registered
     * @throws MarketException if there is no price or no difficulty
     */
    public List<ProfitabilitySnapshot> snapshotNow(@Nullable MinerAddress miner) {
        List<ProfitabilitySnapshot> snapshots = new ArrayList<>();
        if (miner != null) {
            snapshots.add(current(miner, false, WhatIf.NOTHING));
        } else {
            FleetProfitability fleet = figures(null, true, WhatIf.NOTHING);
            snapshots.add(fleet.fleet());
            snapshots.addAll(fleet.miners());
        }
        store.snapshots().save(snapshots);
        return snapshots;
    }

    /**
     * Stored snapshots up to now, ascending by time, at most {@code limit}: the newest where there are more.
     *
     * @param miner the miner; null for the fleet
     * @param back how far back, above 0
     * @param limit the maximum number, 1 or more
     * @throws InvalidArgumentException ({@code back}) if it is not above 0
     */
    public List<ProfitabilitySnapshot> history(@Nullable MinerAddress miner, Duration back, int limit) {
        return store.snapshots().history(miner, clock.instant().minus(Check.positive("back", back)), limit);
    }

    /**
     * What hashrate earns and power costs by the cached price and difficulty, without a request; empty where one is not
     * cached, or a tariff has no price for the hour.
     */
    public Optional<Economics> knownEconomics() {
        try {
            return market.lastPrice(USD)
                    .flatMap(quote -> market.lastDifficulty().map(network -> figures.economics(quote, network)));
        } catch (MarketException noPowerPrice) {
            return Optional.empty();
        }
    }

    /**
     * What hashrate earned and power cost in each hour from a moment up to now: by the prices of the stored snapshots, the
     * difficulty and the subsidy of each hour, and the tariff of it. What is not stored of an hour is that of the nearest time
     * of which it is stored, else as it is now; the fees are those of now. {@link Economics#basis} says what is assumed so.
     * The function is not thread-safe.
     *
     * @param since not before the first block of the chain
     */
    public Function<Instant, Optional<Economics>> pastEconomics(Instant since) {
        return past(since);
    }

    PastEconomics past(Instant since) {
        PastEconomics.Now now = new PastEconomics.Now(
                market.lastPrice(USD).map(Quote::price).orElse(null),
                market.lastDifficulty().map(Difficulty::value).orElse(null),
                blockReward().feesBtc());
        return new PastEconomics(
                store.snapshots().history(null, since, MAX_PAST_SNAPSHOTS), market.epochs(), figures.settings(), now);
    }

    /**
     * The price of power that stands for the fleet's at a time, USD/kWh.
     *
     * @throws MarketException where its tariff has none for the time
     */
    double usualUsdPerKwh(Instant at) {
        ProfitabilitySettings settings = figures.settings();
        double price = settings.prices().get().at(at, settings.defaultTariff()).usualUsdPerKwh();
        if (Double.isNaN(price)) {
            throw new MarketException("the default tariff has no price for " + at);
        }
        return price;
    }

    /**
     * What the next block brings, by the cached chain, without a request. Where no source gave the height, it follows from
     * the time; where none gave the fees, they are those of the settings.
     */
    public BlockReward blockReward() {
        return figures.blockReward(market.lastChain().orElse(null));
    }

    private static int row(FleetSnapshot latest, MinerAddress miner) {
        int row = latest.row(miner);
        if (row < 0) {
            throw new InvalidArgumentException("miner", "miner must be registered: " + miner + " is not");
        }
        return row;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
