package io.minerops.core.profit;

import io.minerops.api.internal.Check;
import io.minerops.api.internal.CompensatedSum;
import io.minerops.api.profit.Profitability;
import io.minerops.core.network.Subsidy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a miner or a fleet is expected to earn, month by month, where difficulty and price grow steadily and the subsidy
 * halves on its way. An assumption carried on, not a forecast: see {@link Assumptions}.
 *
 * <p>Each day is calculated by {@link ProfitabilityCalculator} with the difficulty, price and subsidy at its noon, or at the
 * middle of the part of the day that lies within the projection; a month is the sum of its days. Days of 23 and 25 hours
 * count as such.
 *
 * @param months every calendar month that the projection touches, ascending
 */
public record Projection(List<Month> months) {
    /** The longest projection, months. */
    public static final int MAX_MONTHS = 240;

    /** The lowest growth, % a month: the most that the difficulty can fall at one change. */
    public static final int MIN_GROWTH_PCT = -75;

    /** The highest growth, % a month. */
    public static final int MAX_GROWTH_PCT = 100;

    private static final double SECONDS_PER_DAY = 86_400;
    private static final double DAYS_PER_MONTH = 365.25 / 12;
    private static final double SECONDS_PER_BLOCK = 600;

    public Projection {
        months = List.copyOf(months);
    }

    /**
     * What is supposed of the time to come.
     *
     * @param start the beginning
     * @param zone the zone of the months
     * @param count how many calendar months, the first of which can be a part of one, 1 to {@value Projection#MAX_MONTHS}
     * @param heightAtStart the height of the last block at the beginning, 0 or more; later heights at 600 s a block
     * @param difficultyGrowthPct growth of the difficulty, % a month (of 30.4375 days), compounded,
     *     {@value Projection#MIN_GROWTH_PCT} to {@value Projection#MAX_GROWTH_PCT}
     * @param priceGrowthPct growth of the price, likewise
     */
    public record Assumptions(
            Instant start,
            ZoneId zone,
            int count,
            long heightAtStart,
            double difficultyGrowthPct,
            double priceGrowthPct) {
        public Assumptions {
            Objects.requireNonNull(start, "start");
            Objects.requireNonNull(zone, "zone");
            Check.between("months", count, 1, MAX_MONTHS);
            Check.between("height", (double) heightAtStart, 0, Integer.MAX_VALUE);
            Check.between("difficulty_growth_pct", difficultyGrowthPct, MIN_GROWTH_PCT, MAX_GROWTH_PCT);
            Check.between("price_growth_pct", priceGrowthPct, MIN_GROWTH_PCT, MAX_GROWTH_PCT);
        }
    }

    /**
     * One month.
     *
     * @param month the calendar month
     * @param days how many days of it are counted, fractions included, above 0
     * @param networkDifficulty mean difficulty of those days
     * @param btcPriceUsd mean price of those days, USD
     * @param subsidyBtc the subsidy at the end, BTC per block
     * @param btc expected production, BTC
     * @param revenueUsd its worth on the day of production, USD
     * @param powerKwh energy, kWh
     * @param powerCostUsd cost of that energy, USD
     */
    public record Month(
            YearMonth month,
            double days,
            double networkDifficulty,
            double btcPriceUsd,
            double subsidyBtc,
            double btc,
            double revenueUsd,
            double powerKwh,
            double powerCostUsd) {
        /** Revenue less cost of energy, USD; negative at a loss. */
        public double profitUsd() {
            return revenueUsd - powerCostUsd;
        }
    }

    /**
     * The projection of what is earned now.
     *
     * @param now hashrate, power, tariff, price, difficulty, fees, pool fee and uptime of today; its subsidy is not used, as
     *     the height decides
     */
    public static Projection of(ProfitabilityInputs now, Assumptions assumptions) {
        List<Month> months = new ArrayList<>(assumptions.count());
        YearMonth first = YearMonth.from(assumptions.start().atZone(assumptions.zone()));
        Map<Double, Profitability> bySubsidy = new HashMap<>();
        for (int index = 0; index < assumptions.count(); index++) {
            months.add(new Days(now, assumptions, bySubsidy).sum(first.plusMonths(index)));
        }
        return new Projection(months);
    }

    /**
     * How many days pass until the profits have paid the purchase price; empty where they do not within the projection.
     * Within a month the profit is taken as even.
     *
     * @param purchaseUsd what was paid, USD, above 0
     */
    public OptionalDouble paybackDays(double purchaseUsd) {
        Check.absentOrPositive("purchase_price_usd", purchaseUsd);
        double days = 0;
        double earned = 0;
        for (Month month : months) {
            double profit = month.profitUsd();
            if (earned + profit >= purchaseUsd) {
                return OptionalDouble.of(days + (purchaseUsd - earned) / profit * month.days());
            }
            days += month.days();
            earned += profit;
        }
        return OptionalDouble.empty();
    }

    /** All profits of the projection together, USD. */
    public double profitUsd() {
        return months.stream().mapToDouble(Month::profitUsd).sum();
    }

    /**
     * The return on a purchase at the end of the projection: (profits + resale − purchase) / purchase, %.
     *
     * @param purchaseUsd what was paid, USD, above 0
     * @param resaleUsd what the machine is worth at the end, USD, 0 or more
     */
    public double returnPct(double purchaseUsd, double resaleUsd) {
        Check.absentOrPositive("purchase_price_usd", purchaseUsd);
        Check.atLeast("resale_price_usd", resaleUsd, 0);
        return (profitUsd() + resaleUsd - purchaseUsd) / purchaseUsd * 100;
    }

    /** Sums up the days of a month. */
    private static final class Days {
        private final ProfitabilityInputs now;
        private final Assumptions assumptions;
        private final Map<Double, Profitability> bySubsidy;
        private final CompensatedSum btc = new CompensatedSum();
        private final CompensatedSum revenueUsd = new CompensatedSum();
        private final CompensatedSum powerKwh = new CompensatedSum();
        private final CompensatedSum powerCostUsd = new CompensatedSum();
        private final CompensatedSum difficultyByDays = new CompensatedSum();
        private final CompensatedSum priceByDays = new CompensatedSum();
        private double days;
        private double subsidyBtc;

        Days(ProfitabilityInputs now, Assumptions assumptions, Map<Double, Profitability> bySubsidy) {
            this.now = now;
            this.assumptions = assumptions;
            this.bySubsidy = bySubsidy;
        }

        Month sum(YearMonth month) {
            LocalDate end = month.plusMonths(1).atDay(1);
            for (LocalDate date = month.atDay(1); date.isBefore(end); date = date.plusDays(1)) {
                add(later(startOf(date), assumptions.start()), startOf(date.plusDays(1)));
            }
            return new Month(
                    month,
                    days,
                    difficultyByDays.value() / days,
                    priceByDays.value() / days,
                    subsidyBtc,
                    btc.value(),
                    revenueUsd.value(),
                    powerKwh.value(),
                    powerCostUsd.value());
        }

        private Instant startOf(LocalDate date) {
            return date.atStartOfDay(assumptions.zone()).toInstant();
        }

        /** Adds the time between two moments, cut where the subsidy halves so that neither side has the other's. */
        private void add(Instant from, Instant to) {
            if (!from.isBefore(to)) {
                return;
            }
            Instant halving = nextHalving(from);
            if (halving != null && halving.isBefore(to)) {
                addEven(from, halving);
                add(halving, to);
            } else {
                addEven(from, to);
            }
        }

        private void addEven(Instant from, Instant to) {
            double part = seconds(from, to) / SECONDS_PER_DAY;
            double middle = seconds(assumptions.start(), from) / SECONDS_PER_DAY + part / 2;
            double difficultyFactor = grown(assumptions.difficultyGrowthPct(), middle);
            double price = now.btcPriceUsd() * grown(assumptions.priceGrowthPct(), middle);
            subsidyBtc = Subsidy.atHeight(heightAt(from));
            Profitability day = today(subsidyBtc);
            double mined = day.estimatedBtcPerDay() / difficultyFactor * part;
            btc.add(mined);
            revenueUsd.add(mined * price);
            powerKwh.add(day.dailyPowerKwh() * part);
            powerCostUsd.add(day.dailyPowerCostUsd() * part);
            difficultyByDays.add(now.networkDifficulty() * difficultyFactor * part);
            priceByDays.add(price * part);
            days += part;
        }

        /** A day of now with another subsidy; production is inverse to the difficulty, and its worth follows the price. */
        private Profitability today(double subsidy) {
            return bySubsidy.computeIfAbsent(
                    subsidy, btcPerBlock -> ProfitabilityCalculator.daily(now.withSubsidyBtc(btcPerBlock)));
        }

        /** The height of the next block that is found at or after a moment. */
        private long heightAt(Instant moment) {
            return assumptions.heightAtStart()
                    + 1
                    + Math.round(seconds(assumptions.start(), moment) / SECONDS_PER_BLOCK);
        }

        private @Nullable Instant nextHalving(Instant from) {
            long height = heightAt(from);
            long next = (height / Subsidy.BLOCKS_PER_HALVING + 1) * Subsidy.BLOCKS_PER_HALVING;
            Instant at = assumptions
                    .start()
                    .plusSeconds((next - assumptions.heightAtStart() - 1) * (long) SECONDS_PER_BLOCK);
            return at.isAfter(from) ? at : null;
        }

        private static double seconds(Instant from, Instant to) {
            return Duration.between(from, to).toMillis() / 1e3;
        }

        private static double grown(double pctPerMonth, double days) {
            return Math.pow(1 + pctPerMonth / 100, days / DAYS_PER_MONTH);
        }

        private static Instant later(Instant one, Instant other) {
            return one.isAfter(other) ? one : other;
        }
    }
}
