package io.minerops.core.profit;

import io.minerops.api.internal.Check;
import io.minerops.api.internal.CompensatedSum;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.ProfitabilitySnapshot;
import io.minerops.api.profit.Tariff;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a fleet earns by one snapshot of it and one state of the market; each figure is calculated on request.
 * Immutable and thread-safe if the predicate is.
 *
 * <ul>
 *   <li>A miner whose hashrate is absent or implausible is left out: what it earns is unknown, not nothing. A hashrate
 *       of 0 is a reading; such a miner still pays for its power. Which hashrate counts is in
 *       {@link ProfitabilitySettings#hashrate}.
 *   <li>Its power is the reading; where that is absent or implausible, its nominal efficiency × its hashrate; where it
 *       has none, unknown and counted as 0. In both cases, and where the device itself gave a nominal figure, the
 *       snapshot is marked {@link ProfitabilitySnapshot#powerEstimated()}.
 *   <li>Its tariff is its own, else that of {@link ProfitabilitySettings#prices} at the time, else the default.
 *   <li>The fleet's figures come from the sums of hashrate and power and from the mean tariff weighted by power (that
 *       of the fleet where there is no power).
 * </ul>
 */
public final class FleetProfitability {
    /** The highest hashrate of one miner that is believed, TH/s: a thousand times the network of 2026. */
    public static final double MAX_MINER_THS = 1e12;

    /** The highest power of one miner that is believed, W. */
    public static final double MAX_MINER_W = 1e12;

    private static final double THS_PER_PHS = 1_000;
    private static final double PERCENT = 100;

    private final FleetSnapshot snapshot;
    private final ProfitabilitySettings settings;
    private final double btcPriceUsd;
    private final double networkDifficulty;
    private final BlockReward reward;
    private final Instant at;
    private final IntPredicate rows;
    private final @Nullable Tariff tariffOfAll;
    private final PowerPrices prices;
    private final PowerPrices.Rows tariffs;

    /** The prices of the time; absent until they are needed, for a market may have none. */
    private PowerPrices.@Nullable Now now;

    /** What of the work is paid for; absent until it is needed. */
    private @Nullable Payout payout;

    private FleetProfitability(
            FleetSnapshot snapshot,
            ProfitabilitySettings settings,
            double btcPriceUsd,
            double networkDifficulty,
            BlockReward reward,
            Instant at,
            IntPredicate rows,
            @Nullable Tariff tariffOfAll) {
        this.snapshot = Objects.requireNonNull(snapshot, "snapshot");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.btcPriceUsd = btcPriceUsd;
        this.networkDifficulty = networkDifficulty;
        this.reward = Objects.requireNonNull(reward, "reward");
        this.at = Objects.requireNonNull(at, "at");
        this.rows = Objects.requireNonNull(rows, "rows");
        this.tariffOfAll = tariffOfAll;
        prices = settings.prices().get();
        tariffs = prices.rows(snapshot.roster());
        inputs(0, 0, settings.defaultTariff(), 0);
    }

    /**
     * The profitability of the rows that a predicate accepts.
     *
     * @param btcPriceUsd price of a bitcoin, USD, above 0
     * @param networkDifficulty difficulty of the network, above 0
     * @param reward what a block brings
     * @param at the time of the results
     * @param rows which rows of the snapshot count; {@code row -> true} for all
     * @throws io.minerops.api.InvalidArgumentException if price or difficulty is out of the range that
     *     {@link ProfitabilityInputs} gives
     */
    public static FleetProfitability of(
            FleetSnapshot snapshot,
            ProfitabilitySettings settings,
            double btcPriceUsd,
            double networkDifficulty,
            BlockReward reward,
            Instant at,
            IntPredicate rows) {
        return new FleetProfitability(snapshot, settings, btcPriceUsd, networkDifficulty, reward, at, rows, null);
    }

    /**
     * The rows whose sample is at most so old, for {@link #of}.
     *
     * @param at the moment from which the age counts; a later sample is new
     * @param maxAge the highest age, 0 or more
     */
    public static IntPredicate seenWithin(FleetSnapshot snapshot, Instant at, Duration maxAge) {
        long oldest = at.minus(Check.notNegative("max_age", maxAge)).toEpochMilli();
        return row -> snapshot.hasSample(row) && snapshot.epochMillis(row) >= oldest;
    }

    /** The same with one tariff for every miner, whatever its own is: what if power cost this? */
    public FleetProfitability withTariff(Tariff tariff) {
        return new FleetProfitability(
                snapshot,
                settings,
                btcPriceUsd,
                networkDifficulty,
                reward,
                at,
                rows,
                Objects.requireNonNull(tariff, "tariff"));
    }

    /**
     * The fleet's figures; {@code minerCount} says how many miners are in them, all figures are of 0 where none is.
     *
     * @throws MarketException where the tariff of a miner that counts has no price for the time
     */
    public ProfitabilitySnapshot fleet() {
        Sums sums = sums();
        return result(null, sums.count, sums.estimated, sums.inputs);
    }

    /**
     * What the fleet's figures are calculated from, for other calculations such as {@link Projection}.
     *
     * @throws MarketException where the tariff of a miner that counts has no price for the time
     */
    public ProfitabilityInputs inputs() {
        return sums().inputs;
    }

    private record Sums(int count, boolean estimated, ProfitabilityInputs inputs) {}

    private Sums sums() {
        CompensatedSum hashrateThs = new CompensatedSum();
        CompensatedSum powerW = new CompensatedSum();
        CompensatedSum powerByTariff = new CompensatedSum();
        FleetSnapshot.Column hashrates = snapshot.column(Reading.HASHRATE_THS);
        PowerPrices.Now now = now();
        CompensatedSum rejectedThs = new CompensatedSum();
        double ofPool = payout().rejectedPct();
        double least = ofPool;
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        int count = 0;
        boolean estimated = false;
        for (int row = 0; row < snapshot.size(); row++) {
            double hashrate = hashrates.get(row);
            if (!(plausible(hashrate, MAX_MINER_THS) && rows.test(row))) {
                continue;
            }
            double power = powerW(row);
            double tariff = price(row, now);
            double counted = settings.hashrate().of(snapshot, row, hashrate);
            double rejected = rejectedPct(row, ofPool);
            hashrateThs.add(counted);
            rejectedThs.add(counted * rejected);
            least = Math.min(least, rejected);
            powerW.add(power);
            powerByTariff.add(power * tariff);
            lowest = Math.min(lowest, tariff);
            highest = Math.max(highest, tariff);
            estimated |= powerEstimated(row);
            count++;
        }
        double power = powerW.value();
        // a mean lies between its extremes; rounding alone could put it outside, and off the one tariff that all have
        Tariff mean = power == 0
                ? usual(now)
                : new Tariff(Math.max(lowest, Math.min(highest, powerByTariff.value() / power)));
        double total = hashrateThs.value();
        double rejected = total == 0 ? ofPool : Math.max(least, Math.min(ofPool, rejectedThs.value() / total));
        return new Sums(count, estimated, inputs(total, power, mean, rejected));
    }

    /**
     * What of the work is paid for, and what of it was assumed.
     *
     * @param terms the terms of the settings
     * @param rejectedPct the share that is rejected or comes too late, %, as set or measured
     * @param rejectedMiners how many miners it was measured from; 0 where it is set, or where none counts shares
     */
    public record Payout(PayoutTerms terms, double rejectedPct, int rejectedMiners) {}

    /** What of the work is paid for. */
    public Payout payout() {
        Payout known = payout;
        if (known == null) {
            Double set = settings.payout().rejectedPct();
            RejectedShare measured = new RejectedShare();
            for (int row = 0; set == null && row < snapshot.size(); row++) {
                if (counts(row)) {
                    measured.add(snapshot, row, snapshot.hashrateThs(row));
                }
            }
            known = new Payout(settings.payout(), set == null ? measured.pct() : set, measured.miners());
            payout = known;
        }
        return known;
    }

    /** Which hashrate counts. */
    public HashrateInput hashrateInput() {
        return settings.hashrate();
    }

    /** How many miners count with the hashrate that they claim, because the one that is to count is not known of them. */
    public int countedAsClaimed() {
        return (int) IntStream.range(0, snapshot.size())
                .filter(row -> counts(row)
                        && snapshot.hashrateThs(row) > 0
                        && !settings.hashrate().isKnown(snapshot, row))
                .count();
    }

    /** Proven work is accepted work: nothing more is rejected of it. */
    private double rejectedPct(int row, double ofPool) {
        boolean proven = ofPool > 0
                && settings.hashrate() == HashrateInput.PROVEN
                && settings.hashrate().isKnown(snapshot, row);
        return proven ? 0 : ofPool;
    }

    /** What 1 PH/s that runs all day earns after the pool's fee, USD a day, 0 or more. */
    public double hashpriceUsdPerPhDay() {
        double rejected = sums().inputs.rejectedPct();
        return ProfitabilityCalculator.daily(inputs(THS_PER_PHS, 0, settings.defaultTariff(), rejected))
                        .estimatedRevenueUsdPerDay()
                / (settings.payout().uptimePct() / PERCENT);
    }

    FleetSnapshot snapshot() {
        return snapshot;
    }

    Instant at() {
        return at;
    }

    /** The figures of each miner that counts, in the order of the rows. */
    public List<ProfitabilitySnapshot> miners() {
        return IntStream.range(0, snapshot.size())
                .filter(this::counts)
                .mapToObj(this::miner)
                .toList();
    }

    /** The miners that count and of which no power is known: neither a reading nor a nominal efficiency. */
    public List<MinerAddress> withoutPower() {
        return IntStream.range(0, snapshot.size())
                .filter(row -> counts(row) && powerW(row) == 0)
                .mapToObj(row -> snapshot.miner(row).address())
                .toList();
    }

    /**
     * The figures of one miner; empty where the predicate refuses its row or it has no hashrate.
     *
     * @param row its row in the snapshot
     */
    public Optional<ProfitabilitySnapshot> forMiner(int row) {
        Check.between("row", row, 0, snapshot.size() - 1);
        return counts(row) ? Optional.of(miner(row)) : Optional.empty();
    }

    private ProfitabilitySnapshot miner(int row) {
        double hashrate = settings.hashrate().of(snapshot, row, snapshot.hashrateThs(row));
        double rejected = rejectedPct(row, payout().rejectedPct());
        ProfitabilityInputs inputs = inputs(hashrate, powerW(row), new Tariff(price(row, now())), rejected);
        return result(snapshot.miner(row), 1, powerEstimated(row), inputs);
    }

    private ProfitabilitySnapshot result(
            @Nullable Miner miner, int count, boolean estimated, ProfitabilityInputs inputs) {
        return new ProfitabilitySnapshot(
                at, miner == null ? null : miner.address(), count, estimated, ProfitabilityCalculator.daily(inputs));
    }

    private ProfitabilityInputs inputs(double hashrateThs, double powerW, Tariff tariff, double rejectedPct) {
        return ProfitabilityInputs.builder()
                .hashrateThs(hashrateThs)
                .powerW(powerW)
                .tariff(tariff)
                .btcPriceUsd(btcPriceUsd)
                .networkDifficulty(networkDifficulty)
                .subsidyBtc(reward.subsidyBtc())
                .networkFeesBtcPerBlock(settings.paidFeesBtc(reward.feesBtc()))
                .poolFeePct(settings.payout().poolFeePct())
                .uptime(settings.payout().uptimePct() / PERCENT)
                .rejectedPct(rejectedPct)
                .build();
    }

    private boolean counts(int row) {
        return rows.test(row) && plausible(snapshot.hashrateThs(row), MAX_MINER_THS);
    }

    private boolean powerRead(int row) {
        return plausible(snapshot.powerW(row), MAX_MINER_W);
    }

    private boolean powerEstimated(int row) {
        return snapshot.powerEstimated(row) || !powerRead(row);
    }

    private double powerW(int row) {
        if (powerRead(row)) {
            return snapshot.powerW(row);
        }
        Double nominal = snapshot.miner(row).nominalEfficiencyJPerTh();
        double estimate = nominal == null ? 0 : nominal * snapshot.hashrateThs(row);
        return plausible(estimate, MAX_MINER_W) ? estimate : 0;
    }

    /**
     * @throws MarketException where the miner's tariff has no price for the time
     */
    private double price(int row, PowerPrices.Now now) {
        double price = tariffOfAll == null ? tariffs.price(row, now) : tariffOfAll.usdPerKwh();
        if (Double.isNaN(price)) {
            throw tariffs.missing(row, now);
        }
        return price;
    }

    private static Tariff usual(PowerPrices.Now now) {
        double price = now.usualUsdPerKwh();
        if (Double.isNaN(price)) {
            throw now.missing(PowerPrices.DEFAULT);
        }
        return new Tariff(price);
    }

    private PowerPrices.Now now() {
        PowerPrices.Now known = now;
        if (known == null) {
            known = tariffOfAll == null
                    ? prices.at(at, settings.defaultTariff())
                    : PowerPrices.NONE.at(at, tariffOfAll);
            now = known;
        }
        return known;
    }

    /** NaN, which stands for an absent reading, is not plausible. */
    private static boolean plausible(double reading, double max) {
        return reading >= 0 && reading <= max;
    }
}
