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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
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
    private static final double W_PER_KW = 1_000;
    private static final double KWH_PER_MWH = 1_000;

    private final List<Entry> entries;
    private final List<MinerAddress> withoutPower;

    private MeritOrder(List<Entry> entries, List<MinerAddress> withoutPower) {
        this.entries = List.copyOf(entries);
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
     * @param cumulativePowerW the power of it and of all that come before it, W
     * @param cumulativeHashrateThs the hashrate of it and of all that come before it, TH/s
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
        Map<String, Total> totals = new LinkedHashMap<>();
        List<MinerAddress> unknown = new ArrayList<>();
        for (ProfitabilitySnapshot each : miners) {
            MinerAddress miner = minerOf(each.miner());
            Profitability figures = each.profitability();
            if (figures.powerW() > 0) {
                totals.computeIfAbsent(Objects.requireNonNull(group.apply(miner), "group"), Total::new)
                        .add(figures, each.powerEstimated());
            } else {
                unknown.add(miner);
            }
        }
        return new MeritOrder(sorted(totals.values()), unknown);
    }

    private static MinerAddress minerOf(@Nullable MinerAddress miner) {
        if (miner == null) {
            throw new InvalidArgumentException("miners", "miners must be figures of single miners, not of the fleet");
        }
        return miner;
    }

    private static List<Entry> sorted(Collection<Total> totals) {
        List<Total> order = new ArrayList<>(totals);
        order.sort(Comparator.comparingDouble(Total::strikeUsdPerMwh).reversed().thenComparing(total -> total.name));
        CompensatedSum power = new CompensatedSum();
        CompensatedSum hashrate = new CompensatedSum();
        List<Entry> entries = new ArrayList<>(order.size());
        for (Total total : order) {
            power.add(total.powerW.value());
            hashrate.add(total.hashrateThs.value());
            entries.add(total.entry(power.value(), hashrate.value()));
        }
        return entries;
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
     * The same miners at another hashprice: every strike price is multiplied by the factor, so the order stays. At a
     * difficulty of 1.04 times today's and the same price and fees the factor is 1 / 1.04.
     *
     * @param factor other hashprice / hashprice of these figures, 0 or more
     * @throws InvalidArgumentException if the factor is negative or not a number
     */
    public MeritOrder scaled(double factor) {
        Check.atLeast("factor", factor, 0);
        return new MeritOrder(
                entries.stream()
                        .map(entry -> new Entry(
                                entry.name,
                                entry.minerCount,
                                entry.hashrateThs,
                                entry.powerW,
                                entry.powerEstimated,
                                entry.tariffUsdPerMwh,
                                entry.strikeUsdPerMwh * factor,
                                entry.cumulativePowerW,
                                entry.cumulativeHashrateThs))
                        .toList(),
                withoutPower);
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
        final CompensatedSum hashrateThs = new CompensatedSum();
        final CompensatedSum powerW = new CompensatedSum();
        final CompensatedSum revenueUsd = new CompensatedSum();
        final CompensatedSum energyKwh = new CompensatedSum();
        final CompensatedSum powerByTariff = new CompensatedSum();
        int miners;
        boolean estimated;

        Total(String name) {
            this.name = name;
        }

        void add(Profitability figures, boolean powerEstimated) {
            hashrateThs.add(figures.hashrateThs());
            powerW.add(figures.powerW());
            revenueUsd.add(figures.estimatedRevenueUsdPerDay());
            energyKwh.add(figures.powerW() / W_PER_KW * 24);
            powerByTariff.add(figures.powerW() * figures.powerCostUsdPerKwh());
            miners++;
            estimated |= powerEstimated;
        }

        double strikeUsdPerMwh() {
            return revenueUsd.value() / energyKwh.value() * KWH_PER_MWH;
        }

        Entry entry(double cumulativePowerW, double cumulativeHashrateThs) {
            return new Entry(
                    name,
                    miners,
                    hashrateThs.value(),
                    powerW.value(),
                    estimated,
                    powerByTariff.value() / powerW.value() * KWH_PER_MWH,
                    strikeUsdPerMwh(),
                    cumulativePowerW,
                    cumulativeHashrateThs);
        }
    }
}
