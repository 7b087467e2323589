package io.minerops.core.job;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Store;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.profit.Difficulty;
import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.ProfitabilitySnapshot;
import io.minerops.api.profit.Quote;
import io.minerops.core.alert.Economics;
import io.minerops.core.market.CachedDifficultySource;
import io.minerops.core.market.CachedPriceSource;
import io.minerops.core.profit.FleetProfitability;
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
 * Puts the latest readings and the market together. It waits for the market sources; where they have nothing at all, every call fails with {@link MarketException}. Thread-safe.
 */
public final class ProfitabilityService {
    /** How recently a miner must have been seen to count as active. */
    public static final Duration ACTIVE_WITHIN = Duration.ofHours(1);

    private static final Currency USD = Currency.getInstance("USD");

    private final Store store;
    private final CachedPriceSource price;
    private final CachedDifficultySource difficulty;
    private final ProfitabilitySettings settings;
    private final InstantSource clock;

    /** A service over these sources. */
    public ProfitabilityService(
            Store store,
            CachedPriceSource price,
            CachedDifficultySource difficulty,
            ProfitabilitySettings settings,
            InstantSource clock) {
        this.store = store;
        this.price = price;
        this.difficulty = difficulty;
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
     * @throws InvalidArgumentException ({@code miner_ip}) if the miner is not registered
     * @throws MarketException if there is no price or no difficulty
     */
    public ProfitabilitySnapshot current(@Nullable MinerAddress miner, boolean activeOnly, WhatIf whatIf) {
        FleetSnapshot latest = store.metrics().latest();
        Instant now = now();
        IntPredicate counted = counted(latest, now, activeOnly);
        if (miner == null) {
            return reckon(latest, now, counted, whatIf).fleet();
        }
        int row = row(latest, miner);
        return reckon(latest, now, one -> one == row && counted.test(one), whatIf)
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
        return reckon(latest, now, counted(latest, now, activeOnly), whatIf).miners().stream()
                .sorted(Comparator.comparingDouble(
                        snapshot -> snapshot.profitability().dailyProfitUsd()))
                .toList();
    }

    private static IntPredicate counted(FleetSnapshot latest, Instant now, boolean activeOnly) {
        return activeOnly ? FleetProfitability.seenWithin(latest, now, ACTIVE_WITHIN) : latest::hasSample;
    }

    /**
     * Reckons and stores.
     *
     * @param miner the only miner; null for the fleet and every miner that counts as active
     * @return what was stored; the first is that of the miner, or the fleet's
     * @throws InvalidArgumentException ({@code miner_ip}) if the miner is not registered
     * @throws MarketException if there is no price or no difficulty
     */
    public List<ProfitabilitySnapshot> snapshotNow(@Nullable MinerAddress miner) {
        List<ProfitabilitySnapshot> snapshots = new ArrayList<>();
        if (miner != null) {
            snapshots.add(current(miner, false, WhatIf.NOTHING));
        } else {
            FleetSnapshot latest = store.metrics().latest();
            Instant now = now();
            FleetProfitability fleet = reckon(latest, now, counted(latest, now, true), WhatIf.NOTHING);
            snapshots.add(fleet.fleet());
            snapshots.addAll(fleet.miners());
        }
        store.snapshots().save(snapshots);
        return snapshots;
    }

    /** What hashrate earns by the price and the difficulty that are known already; empty where one is not. */
    public Optional<Economics> knownEconomics() {
        return price.peek(USD).flatMap(quote -> difficulty.peek().map(network -> economics(quote, network)));
    }

    private Economics economics(Quote quote, Difficulty network) {
        ProfitabilityInputs ofOneThs = ProfitabilityInputs.builder()
                .hashrateThs(1)
                .powerW(0)
                .tariff(settings.defaultTariff())
                .btcPriceUsd(quote.price())
                .networkDifficulty(network.value())
                .subsidyBtc(settings.subsidyBtc())
                .networkFeesBtcPerBlock(settings.feesBtcPerBlock())
                .poolFeePct(settings.poolFeePct())
                .build();
        return new Economics(
                ProfitabilityCalculator.daily(ofOneThs).estimatedRevenueUsdPerDay(),
                settings.defaultTariff().usdPerKwh());
    }

    private FleetProfitability reckon(FleetSnapshot latest, Instant now, IntPredicate counted, WhatIf whatIf) {
        Double supposed = whatIf.btcPriceUsd();
        CompletionStage<Double> usd = supposed == null
                ? price.btcPrice(USD).thenApply(Quote::price)
                : CompletableFuture.completedFuture(supposed);
        CompletionStage<Difficulty> network = difficulty.difficulty();
        FleetProfitability figures = FleetProfitability.of(
                latest, settings, await(usd), await(network).value(), now, counted);
        return whatIf.tariff() == null ? figures : figures.withTariff(whatIf.tariff());
    }

    private ProfitabilitySnapshot nothingKnown(MinerAddress miner, FleetSnapshot latest, Instant now, WhatIf whatIf) {
        ProfitabilitySnapshot nothing =
                reckon(latest, now, row -> false, whatIf).fleet();
        return new ProfitabilitySnapshot(nothing.at(), miner, 0, true, nothing.profitability());
    }

    private static int row(FleetSnapshot latest, MinerAddress miner) {
        int row = latest.row(miner);
        if (row < 0) {
            throw new InvalidArgumentException(
                    "miner_ip", "miner_ip must be a registered miner, not " + Check.quote(miner.toString()));
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
