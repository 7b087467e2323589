package io.minerops.core.profit;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.internal.CompensatedSum;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Miner;
import io.minerops.api.profit.ProfitabilitySnapshot;
import io.minerops.core.network.RetargetEstimate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which power price each miner, or group of miners, can pay: the merit order at a hashprice, and where all of them together
 * break even.
 *
 * @param at the time of the figures
 * @param order the miners or groups, the highest strike price first
 * @param btcPriceUsd price of a bitcoin, USD
 * @param networkDifficulty the difficulty that counts: the next one where {@code forward} is there
 * @param marketHashpriceUsdPerPhDay hashprice at that price and difficulty after the pool's fee, USD per PH/s and day
 * @param hashpriceUsdPerPhDay the hashprice that counts: as supposed, else that of the market
 * @param powerUsdPerMwh mean price of power now, weighted by power, USD/MWh; null where no miner has power
 * @param breakEven where all miners of the order together earn what their power costs
 * @param forward the next change of the difficulty; null where the present difficulty counts
 */
public record StrikeReport(
        Instant at,
        MeritOrder order,
        double btcPriceUsd,
        double networkDifficulty,
        double marketHashpriceUsdPerPhDay,
        double hashpriceUsdPerPhDay,
        @Nullable Double powerUsdPerMwh,
        BreakEven breakEven,
        @Nullable RetargetEstimate forward) {
    private static final double HOURS_PER_DAY = 24;
    private static final double THS_PER_PHS = 1_000;
    private static final double W_PER_KW = 1_000;
    private static final double KWH_PER_MWH = 1_000;
    private static final double PERCENT = 100;

    /** What has a strike price of its own. */
    public enum By {
        /** Each miner. */
        MINER,
        /** The miners of each model. */
        MODEL,
        /** The miners of each site. */
        SITE,
        /** The miners of each tag; a miner with several tags is in each. */
        TAG;

        private Collection<String> groups(Miner miner) {
            return switch (this) {
                case MINER -> List.of(miner.address().toString());
                case MODEL -> List.of(named(miner.model(), "no model"));
                case SITE -> List.of(named(miner.site(), "no site"));
                case TAG -> miner.tags().isEmpty() ? List.of("no tag") : miner.tags();
            };
        }

        private static String named(@Nullable String name, String otherwise) {
            return name == null ? otherwise : name;
        }
    }

    /**
     * What is wanted.
     *
     * @param by what has a strike price of its own
     * @param activeOnly whether only miners seen within the last hour count
     * @param whatIf what is supposed of power, bitcoin and hashrate
     * @param hashpriceUsdPerPhDay the hashprice after the pool's fee that is supposed, USD per PH/s and day, 0 to
     *     {@value #MAX_HASHPRICE}; null for that of the market
     * @param forward whether the difficulty after the next change counts; not beside a supposed hashprice
     */
    public record Request(
            By by,
            boolean activeOnly,
            WhatIf whatIf,
            @Nullable Double hashpriceUsdPerPhDay,
            boolean forward) {
        /** The highest hashprice that can be supposed, USD per PH/s and day. */
        public static final double MAX_HASHPRICE = 1e12;

        /**
         * Checks the request.
         *
         * @throws InvalidArgumentException ({@code hashprice}) if it is out of its range, ({@code forward}) if it is beside a
         *     hashprice
         */
        public Request {
            Objects.requireNonNull(by, "by");
            Objects.requireNonNull(whatIf, "whatIf");
            if (hashpriceUsdPerPhDay != null) {
                Check.between("hashprice", hashpriceUsdPerPhDay, 0, MAX_HASHPRICE);
                if (forward) {
                    throw new InvalidArgumentException(
                            "forward", "forward must not be given beside hashprice, which holds at any difficulty");
                }
            }
        }
    }

    /**
     * Where all miners with power together earn what that power costs; each figure by itself, the others as they are. Null
     * where there is no such figure: nothing is hashed, or the power costs nothing.
     *
     * @param hashpriceUsdPerPhDay hashprice after the pool's fee, USD per PH/s and day; negative where power is paid for
     * @param btcPriceUsd price of a bitcoin, USD; negative likewise
     * @param networkDifficulty difficulty; null where the power costs nothing or is paid for
     */
    public record BreakEven(
            @Nullable Double hashpriceUsdPerPhDay,
            @Nullable Double btcPriceUsd,
            @Nullable Double networkDifficulty) {}

    /**
     * The report on a fleet, or on one machine.
     *
     * @param figures what the miners earn by the present difficulty
     * @param forward the next change of the difficulty, where the request is for it; else null
     */
    public static StrikeReport of(FleetProfitability figures, Request request, @Nullable RetargetEstimate forward) {
        List<ProfitabilitySnapshot> miners = figures.miners();
        FleetSnapshot snapshot = figures.snapshot();
        ProfitabilityInputs now = figures.inputs();
        double factor = forward == null ? 1 : 1 + forward.changePct() / PERCENT;
        double market = figures.hashpriceUsdPerPhDay() / factor;
        Double supposed = request.hashpriceUsdPerPhDay();
        double hashprice = supposed == null ? market : supposed;
        MeritOrder order =
                MeritOrder.ofGroups(miners, miner -> request.by().groups(snapshot.miner(snapshot.row(miner))));
        Sums sums = Sums.of(miners);
        return new StrikeReport(
                figures.at(),
                order.atHashprice(hashprice),
                now.btcPriceUsd(),
                now.networkDifficulty() * factor,
                market,
                hashprice,
                sums.powerW == 0 ? null : now.tariff().usdPerKwh() * KWH_PER_MWH,
                sums.breakEven(now.btcPriceUsd(), now.networkDifficulty() * factor, market),
                forward);
    }

    /** The sums of the miners with power. */
    private record Sums(double hashrateThs, double powerW, double costUsdPerHour) {
        static Sums of(List<ProfitabilitySnapshot> miners) {
            CompensatedSum hashrate = new CompensatedSum();
            CompensatedSum power = new CompensatedSum();
            CompensatedSum cost = new CompensatedSum();
            for (ProfitabilitySnapshot miner : miners) {
                double watts = miner.profitability().powerW();
                if (watts > 0) {
                    hashrate.add(miner.profitability().hashrateThs());
                    power.add(watts);
                    cost.add(watts / W_PER_KW * miner.profitability().powerCostUsdPerKwh());
                }
            }
            return new Sums(hashrate.value(), power.value(), cost.value());
        }

        BreakEven breakEven(double btcPriceUsd, double networkDifficulty, double marketHashprice) {
            if (hashrateThs == 0) {
                return new BreakEven(null, null, null);
            }
            double even = costUsdPerHour * HOURS_PER_DAY / (hashrateThs / THS_PER_PHS);
            return new BreakEven(
                    even,
                    marketHashprice == 0 ? null : btcPriceUsd * even / marketHashprice,
                    even > 0 ? networkDifficulty * marketHashprice / even : null);
        }
    }
}
