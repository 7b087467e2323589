package io.minerops.core.service;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.profit.ChainState;
import io.minerops.api.profit.Difficulty;
import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.ProfitabilitySnapshot;
import io.minerops.api.profit.Quote;
import io.minerops.api.store.Store;
import io.minerops.core.alert.type.Economics;
import io.minerops.core.market.MarketData;
import io.minerops.core.profit.BlockReward;
import io.minerops.core.profit.FleetProfitability;
import io.minerops.core.profit.PowerPrices;
import io.minerops.core.profit.ProfitabilityCalculator;
import io.minerops.core.profit.ProfitabilityInputs;
import io.minerops.core.profit.ProfitabilitySettings;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
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

    private static final int MINUTES_PER_BLOCK = 10;

    private static final Currency USD = Currency.getInstance("USD");

    private final Store store;
    private final MarketData market;
    private final ProfitabilitySettings settings;
    private final InstantSource clock;

    /** A service over this store and market; {@link io.minerops.core.MinerOps#profitability()} has one. */
    public ProfitabilityService(Store store, MarketData market, ProfitabilitySettings settings, InstantSource clock) {
        this.store = store;
        this.market = market;
        this.settings = settings;
        this.clock = clock;
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
        FleetSnapshot latest = store.metrics().latest();
        Instant now = now();
        IntPredicate counted = counted(latest, now, activeOnly);
        if (miner == null) {
            return calculate(latest, now, counted, whatIf).fleet();
        }
        int row = row(latest, miner);
        return calculate(latest, now, one -> one == row && counted.test(one), whatIf)
                .forMiner(row)
                .orElseGet(() -> nothingKnown(miner, latest, now, whatIf));
    }

    /**
     * What each miner earns now, the greatest loss first; nothing is stored. A miner without a hashrate is left out.
     *
     * @param activeOnly whether only miners seen {@link #ACTIVE_WITHIN} count
     * @param whatIf what is supposed, {@link WhatIf#NOTHING} for what is so
     * @throws MarketException if there is no price or no difficulty
     */
    public List<ProfitabilitySnapshot> miners(boolean activeOnly, WhatIf whatIf) {
        FleetSnapshot latest = store.metrics().latest();
        Instant now = now();
        return calculate(latest, now, counted(latest, now, activeOnly), whatIf).miners().stream()
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
            FleetSnapshot latest = store.metrics().latest();
            Instant now = now();
            FleetProfitability fleet = calculate(latest, now, counted(latest, now, true), WhatIf.NOTHING);
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
                    .flatMap(quote -> market.lastDifficulty().map(network -> economics(quote, network)));
        } catch (MarketException noPowerPrice) {
            return Optional.empty();
        }
    }

    /**
     * What the next block brings, by the cached chain, without a request. Where no source gave the height, it follows from
     * the time; where none gave the fees, they are those of the settings.
     */
    public BlockReward blockReward() {
        return blockReward(market.lastChain().orElse(null));
    }

    private BlockReward blockReward(@Nullable ChainState chain) {
        Double fees = chain == null ? null : chain.meanFeesBtc();
        String feesSource = chain == null || fees == null ? BlockReward.SETTING : chain.source();
        double feesBtc = fees == null ? settings.feesBtcPerBlock() : fees;
        if (chain == null) {
            long height = market.epochs().heightAt(clock.instant());
            return new BlockReward(height + 1, BlockReward.EPOCH_TABLE, feesBtc, feesSource);
        }
        long since =
                Math.max(0, Duration.between(chain.fetchedAt(), clock.instant()).toMinutes() / MINUTES_PER_BLOCK);
        return new BlockReward(chain.height() + since + 1, chain.source(), feesBtc, feesSource);
    }

    private Economics economics(Quote quote, Difficulty network) {
        BlockReward reward = blockReward();
        ProfitabilityInputs ofOneThs = ProfitabilityInputs.builder()
                .hashrateThs(1)
                .powerW(0)
                .tariff(settings.defaultTariff())
                .btcPriceUsd(quote.price())
                .networkDifficulty(network.value())
                .subsidyBtc(reward.subsidyBtc())
                .networkFeesBtcPerBlock(reward.feesBtc())
                .poolFeePct(settings.poolFeePct())
                .build();
        PowerPrices.Now power = settings.prices().get().at(clock.instant(), settings.defaultTariff());
        return new Economics(
                ProfitabilityCalculator.daily(ofOneThs).estimatedRevenueUsdPerDay(), power.usualUsdPerKwh(), power);
    }

    private FleetProfitability calculate(FleetSnapshot latest, Instant now, IntPredicate counted, WhatIf whatIf) {
        Double supposed = whatIf.btcPriceUsd();
        CompletionStage<Double> usd = supposed == null
                ? market.price(USD).thenApply(Quote::price)
                : CompletableFuture.completedFuture(supposed);
        CompletionStage<Difficulty> network = market.difficulty();
        // a chain that cannot be fetched is no reason to fail: the table of epochs gives the height
        CompletionStage<BlockReward> reward =
                market.chain().handle((chain, failure) -> blockReward(failure == null ? chain : null));
        FleetProfitability figures = FleetProfitability.of(
                latest, settings, await(usd), await(network).value(), await(reward), now, counted);
        return whatIf.tariff() == null ? figures : figures.withTariff(whatIf.tariff());
    }

    private ProfitabilitySnapshot nothingKnown(MinerAddress miner, FleetSnapshot latest, Instant now, WhatIf whatIf) {
        ProfitabilitySnapshot nothing =
                calculate(latest, now, row -> false, whatIf).fleet();
        return new ProfitabilitySnapshot(nothing.at(), miner, 0, true, nothing.profitability());
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

    private static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof MarketException market) {
                throw market;
            }
            throw e;
        }
    }
}
