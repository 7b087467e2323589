package io.minerops.core.profit;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.internal.CompensatedSum;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.profit.Profitability;
import io.minerops.api.profit.ProfitabilitySnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Miners in the order in which they are worth running: by {@link StrikePrice}, the highest first. When the power price
 * rises, they are to be stopped from the end. Immutable.
 *
 * <pre>{@code
 * MeritOrder order = MeritOrder.of(profitability.miners());
 * order.marginal(70).ifPresent(last -> log.info("at 70 USD/MWh, {} is the last that earns", last.name()));
 * }</pre>
 *
 * <p>A miner without power has no strike price: it is listed in {@link #withoutPower()} and nowhere else. A miner with power
 * and no hashrate has the strike price 0.
 */
public final class MeritOrder {
    private static final double KWH_PER_MWH = 1_000;

    private final List<Entry> entries;
    private final List<MinerAddress> withoutPower;

    private final List<Total> totals;

    private MeritOrder(
            Collection<Total> totals, ToDoubleFunction<Total> strike, Collection<MinerAddress> withoutPower) {
        this.totals = List.copyOf(totals);
        this.entries = sorted(totals, strike);
        this.withoutPower = List.copyOf(withoutPower);
    }

    /**
     * A miner or a group of miners in the order.
     *
     * @param name the miner's address, or the name of the group
     * @param minerCount how many miners are in it, 1 or more
     * @param hashrateThs hashrate, TH/s
     * @param powerW power, W, above 0
     * @param powerEstimated whether any of that power is nominal rather than measured
     * @param tariffUsdPerMwh what its power costs now, USD/MWh; of a group, the mean weighted by power
     * @param strikeUsdPerMwh the power price at which it earns what its power costs, USD/MWh, 0 or more
     * @param cumulativePowerW the power of it and of all that come before it, W; a miner in two groups counts once
     * @param cumulativeHashrateThs the hashrate of it and of all that come before it, TH/s; likewise
     */
    public record Entry(
            String name,
            int minerCount,
            double hashrateThs,
            double powerW,
            boolean powerEstimated,
            double tariffUsdPerMwh,
            double strikeUsdPerMwh,
            double cumulativePowerW,
            double cumulativeHashrateThs) {
        /** How far the power price can rise before it loses money, USD/MWh; negative where it loses money now. */
        public double headroomUsdPerMwh() {
            return strikeUsdPerMwh - tariffUsdPerMwh;
        }

        /** Energy per work, J/TH, above 0; null where nothing is hashed. */
        public @Nullable Double efficiencyJPerTh() {
            return hashrateThs > 0 ? powerW / hashrateThs : null;
        }
    }

    /**
     * The order of miners by what they earn now.
     *
     * @param miners figures of single miners, such as {@link FleetProfitability#miners()}
     * @throws InvalidArgumentException if one is of the fleet
     */
    public static MeritOrder of(Collection<ProfitabilitySnapshot> miners) {
        return of(miners, MinerAddress::toString);
    }

    /**
     * The order of groups, such as models or sites: the strike price of a group is the revenue of its miners over their
     * energy.
     *
     * @param miners figures of single miners, such as {@link FleetProfitability#miners()}
     * @param group the name of a miner's group
     * @throws InvalidArgumentException if one is of the fleet
     */
    public static MeritOrder of(Collection<ProfitabilitySnapshot> miners, Function<MinerAddress, String> group) {
        return ofGroups(miners, miner -> List.of(Objects.requireNonNull(group.apply(miner), "group")));
    }

    /**
     * The order of groups that can have miners in common, such as tags.
     *
     * @param miners figures of single miners, such as {@link FleetProfitability#miners()}
     * @param groups the names of a miner's groups
     * @throws InvalidArgumentException if one is of the fleet
     */
    public static MeritOrder ofGroups(
            Collection<ProfitabilitySnapshot> miners, Function<MinerAddress, Collection<String>> groups) {
        Map<String, Total> totals = new LinkedHashMap<>();
        List<MinerAddress> unknown = new ArrayList<>();
        for (ProfitabilitySnapshot each : miners) {
            MinerAddress miner = minerOf(each.miner());
            if (each.profitability().powerW() > 0) {
                Objects.requireNonNull(groups.apply(miner), "groups")
                        .forEach(group ->
                                totals.computeIfAbsent(group, Total::new).add(miner, each));
            } else {
                unknown.add(miner);
            }
        }
        return new MeritOrder(totals.values(), Total::strikeUsdPerMwh, unknown);
    }

    private static MinerAddress minerOf(@Nullable MinerAddress miner) {
        if (miner == null) {
            throw new InvalidArgumentException("miners", "miners must be figures of single miners, not of the fleet");
        }
        return miner;
    }

    private static List<Entry> sorted(Collection<Total> totals, ToDoubleFunction<Total> strike) {
        List<Total> order = new ArrayList<>(totals);
        order.sort(Comparator.comparingDouble(strike).reversed().thenComparing(total -> total.name));
        CompensatedSum power = new CompensatedSum();
        CompensatedSum hashrate = new CompensatedSum();
        Set<MinerAddress> counted = new HashSet<>();
        List<Entry> entries = new ArrayList<>(order.size());
        for (Total total : order) {
            total.members.forEach((miner, figures) -> {
                if (counted.add(miner)) {
                    power.add(figures.powerW());
                    hashrate.add(figures.hashrateThs());
                }
            });
            entries.add(total.entry(strike.applyAsDouble(total), power.value(), hashrate.value()));
        }
        return List.copyOf(entries);
    }

    /** All that have a strike price, the highest first; those of the same price by name. */
    public List<Entry> entries() {
        return entries;
    }

    /** The miners that report no power and have no nominal efficiency: no strike price is known of them. */
    public List<MinerAddress> withoutPower() {
        return withoutPower;
    }

    /**
     * The last in the order that still earns at a power price; empty where none does.
     *
     * @param powerUsdPerMwh the power price of all, USD/MWh; can be negative
     */
    public Optional<Entry> marginal(double powerUsdPerMwh) {
        int earning = earning(powerUsdPerMwh);
        return earning == 0 ? Optional.empty() : Optional.of(entries.get(earning - 1));
    }

    /**
     * The power that earns at a power price, W.
     *
     * @param powerUsdPerMwh the power price of all, USD/MWh; can be negative
     */
    public double powerWorthRunningW(double powerUsdPerMwh) {
        return marginal(powerUsdPerMwh).map(Entry::cumulativePowerW).orElse(0.0);
    }

    /**
     * The one that earns the least per energy, each at the price of its own power: the first to stop when power prices
     * rise. Empty where none earns.
     */
    public Optional<Entry> marginal() {
        return entries.stream()
                .filter(entry -> entry.headroomUsdPerMwh() >= 0)
                .min(Comparator.comparingDouble(Entry::headroomUsdPerMwh));
    }

    /**
     * The same miners at another hashprice.
     *
     * @param hashpriceUsdPerPhDay revenue per hashrate after the pool's fee, USD per PH/s and day, 0 or more
     * @throws InvalidArgumentException if the hashprice is negative or not a number
     */
    public MeritOrder atHashprice(double hashpriceUsdPerPhDay) {
        Check.atLeast("hashprice_usd_per_ph_day", hashpriceUsdPerPhDay, 0);
        return new MeritOrder(totals, total -> total.strikeUsdPerMwh(hashpriceUsdPerPhDay), withoutPower);
    }

    private int earning(double powerUsdPerMwh) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).strikeUsdPerMwh() >= powerUsdPerMwh) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The sums of a group. */
    private static final class Total {
        final String name;
        final Map<MinerAddress, Profitability> members = new LinkedHashMap<>();
        final CompensatedSum hashrateThs = new CompensatedSum();
        final CompensatedSum powerW = new CompensatedSum();
        final CompensatedSum revenueUsd = new CompensatedSum();
        final CompensatedSum energyKwh = new CompensatedSum();
        final CompensatedSum powerByTariff = new CompensatedSum();
        boolean estimated;

        Total(String name) {
            this.name = name;
        }

        void add(MinerAddress miner, ProfitabilitySnapshot snapshot) {
            Profitability figures = snapshot.profitability();
            members.put(miner, figures);
            hashrateThs.add(figures.hashrateThs());
            powerW.add(figures.powerW());
            revenueUsd.add(figures.estimatedRevenueUsdPerDay());
            energyKwh.add(figures.dailyPowerKwh());
            powerByTariff.add(figures.powerW() * figures.powerCostUsdPerKwh());
            estimated |= snapshot.powerEstimated();
        }

        double strikeUsdPerMwh() {
            return revenueUsd.value() / energyKwh.value() * KWH_PER_MWH;
        }

        double strikeUsdPerMwh(double hashpriceUsdPerPhDay) {
            double hashrate = hashrateThs.value();
            return hashrate == 0 ? 0 : StrikePrice.usdPerMwh(powerW.value() / hashrate, hashpriceUsdPerPhDay);
        }

        Entry entry(double strikeUsdPerMwh, double cumulativePowerW, double cumulativeHashrateThs) {
            return new Entry(
                    name,
                    members.size(),
                    hashrateThs.value(),
                    powerW.value(),
                    estimated,
                    powerByTariff.value() / powerW.value() * KWH_PER_MWH,
                    strikeUsdPerMwh,
                    cumulativePowerW,
                    cumulativeHashrateThs);
        }
    }
}
