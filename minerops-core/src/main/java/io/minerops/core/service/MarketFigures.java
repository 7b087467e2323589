package io.minerops.core.service;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.profit.ChainState;
import io.minerops.api.profit.Difficulty;
import io.minerops.api.profit.Epoch;
import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.Quote;
import io.minerops.core.alert.type.Economics;
import io.minerops.core.market.MarketData;
import io.minerops.core.network.RetargetEstimate;
import io.minerops.core.profit.BlockReward;
import io.minerops.core.profit.FleetProfitability;
import io.minerops.core.profit.HashrateInput;
import io.minerops.core.profit.PowerPrices;
import io.minerops.core.profit.ProfitabilityCalculator;
import io.minerops.core.profit.ProfitabilityInputs;
import io.minerops.core.profit.ProfitabilitySettings;
import io.minerops.core.profit.StrikeReport;
import io.minerops.core.profit.WhatIf;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Currency;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** What hashrate earns and power costs, by market and settings. */
record MarketFigures(MarketData market, ProfitabilitySettings settings, InstantSource clock) {
    private static final int MINUTES_PER_BLOCK = 10;
    private static final Currency USD = Currency.getInstance("USD");

    BlockReward blockReward(@Nullable ChainState chain) {
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

    Economics economics(Quote quote, Difficulty network) {
        BlockReward reward = blockReward(market.lastChain().orElse(null));
        Set<Economics.Assumed> assumed = EnumSet.noneOf(Economics.Assumed.class);
        if (quote.stale()) {
            assumed.add(Economics.Assumed.PRICE);
        }
        if (network.stale()) {
            assumed.add(Economics.Assumed.DIFFICULTY);
        }
        if (reward.feesSource().equals(BlockReward.SETTING)) {
            assumed.add(Economics.Assumed.FEES);
        }
        return economics(
                settings,
                new Economics.Basis(
                        quote.price(),
                        network.value(),
                        reward.subsidyBtc(),
                        settings.paidFeesBtc(reward.feesBtc()),
                        settings.payout().poolFeePct(),
                        assumed),
                clock.instant());
    }

    /**
     * The economics of a moment by the market of it. A tariff without a price for it gives NaN, to the miners that have it.
     */
    static Economics economics(ProfitabilitySettings settings, Economics.Basis basis, Instant at) {
        ProfitabilityInputs ofOneThs = ProfitabilityInputs.builder()
                .hashrateThs(1)
                .powerW(0)
                .tariff(settings.defaultTariff())
                .btcPriceUsd(basis.btcPriceUsd())
                .networkDifficulty(basis.networkDifficulty())
                .subsidyBtc(basis.subsidyBtc())
                .networkFeesBtcPerBlock(basis.feesBtcPerBlock())
                .poolFeePct(basis.poolFeePct())
                .build();
        PowerPrices.Now power = settings.prices().get().at(at, settings.defaultTariff());
        return new Economics(
                ProfitabilityCalculator.daily(ofOneThs).estimatedRevenueUsdPerDay(),
                power.usualUsdPerKwh(),
                power,
                basis);
    }

    /**
     * The next change of the difficulty, by the cached chain.
     *
     * @throws MarketException if the chain or the beginning of its epoch is not known
     */
    RetargetEstimate retarget() {
        ChainState chain = market.lastChain()
                .orElseThrow(() -> new MarketException("the next difficulty is not known: no source gives the chain"));
        int number = (int) (chain.height() / Epoch.BLOCKS);
        Epoch epoch = market.epochs()
                .epoch(number)
                .filter(known -> !known.timeEstimated())
                .orElseThrow(() -> new MarketException("the next difficulty is not known: no source gives the beginning"
                        + " of epoch " + number + ", block " + (long) number * Epoch.BLOCKS));
        return RetargetEstimate.of(
                new RetargetEstimate.Chain(chain.height(), epoch.startedAt(), chain.fetchedAt(), null, 0),
                chain.fetchedAt());
    }

    StrikeReport strike(FleetProfitability now, StrikeReport.Request request) {
        return StrikeReport.of(now, request, request.forward() ? retarget() : null);
    }

    FleetProfitability calculate(FleetSnapshot latest, Instant now, IntPredicate counted, WhatIf whatIf) {
        Double supposed = whatIf.btcPriceUsd();
        CompletionStage<Double> usd = supposed == null
                ? market.price(USD).thenApply(Quote::price)
                : CompletableFuture.completedFuture(supposed);
        CompletionStage<Difficulty> network = market.difficulty();
        // a chain that cannot be fetched is no reason to fail: the table of epochs gives the height
        CompletionStage<BlockReward> reward =
                market.chain().handle((chain, failure) -> blockReward(failure == null ? chain : null));
        HashrateInput hashrate = whatIf.hashrate();
        ProfitabilitySettings chosen = hashrate == null ? settings : settings.withHashrate(hashrate);
        FleetProfitability figures =
                FleetProfitability.of(latest, chosen, await(usd), await(network).value(), await(reward), now, counted);
        return whatIf.tariff() == null ? figures : figures.withTariff(whatIf.tariff());
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
