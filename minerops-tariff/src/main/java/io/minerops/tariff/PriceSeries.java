package io.minerops.tariff;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.CompensatedSum;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Prices of equal intervals without a gap, per kWh: those of a market by the hour or by five minutes, or those that a
 * {@link RatePlan} gives for a time. A look-up is an index. Prices may be negative. Immutable.
 */
public final class PriceSeries {
    private final long startS;
    private final long stepS;
    private final double[] prices;

    private PriceSeries(long startS, long stepS, double[] prices) {
        this.startS = startS;
        this.stepS = stepS;
        this.prices = prices;
    }

    /**
     * Prices in order of time.
     *
     * @param start the begin of the first interval, a whole second
     * @param step the length of each, whole seconds
     * @param pricesPerKwh one or more, none NaN
     * @throws InvalidArgumentException ({@code prices}) that names the first interval without a price
     */
    public static PriceSeries of(Instant start, Duration step, double... pricesPerKwh) {
        if (step.toSeconds() < 1 || !step.equals(Duration.ofSeconds(step.toSeconds())) || start.getNano() != 0) {
            throw new InvalidArgumentException(
                    "step", "start and step must be whole seconds, not " + start + " and " + step);
        }
        if (pricesPerKwh.length == 0) {
            throw new InvalidArgumentException("prices", "prices must have a value, there is none from " + start);
        }
        for (int i = 0; i < pricesPerKwh.length; i++) {
            if (!(Math.abs(pricesPerKwh[i]) <= Rate.Tier.MAX_PRICE)) {
                throw new InvalidArgumentException(
                        "prices",
                        "price at " + start.plus(step.multipliedBy(i)) + " must be between -" + Rate.Tier.MAX_PRICE
                                + " and " + Rate.Tier.MAX_PRICE + " per kWh, not " + pricesPerKwh[i]);
            }
        }
        return new PriceSeries(start.getEpochSecond(), step.toSeconds(), pricesPerKwh.clone());
    }

    /**
     * Prices by the begin of their interval, in any order, from any source.
     *
     * @param step the length of each interval; null: the shortest distance of two
     * @param pricesPerKwh one or more; two or more where {@code step} is null
     * @throws InvalidArgumentException ({@code prices}) that names the gap or the overlap
     */
    public static PriceSeries of(@Nullable Duration step, Map<Instant, Double> pricesPerKwh) {
        TreeMap<Instant, Double> sorted = new TreeMap<>(pricesPerKwh);
        if (sorted.isEmpty() || (step == null && sorted.size() < 2)) {
            throw new InvalidArgumentException(
                    "prices", "prices must have two values to know their step, not " + sorted.size());
        }
        Duration length = step == null ? shortest(sorted) : step;
        Instant expected = sorted.firstKey();
        for (Instant at : sorted.keySet()) {
            if (at.isAfter(expected)) {
                throw new InvalidArgumentException(
                        "prices", "prices have a gap: none from " + expected + " to " + at + ", step " + length);
            }
            if (at.isBefore(expected)) {
                throw new InvalidArgumentException(
                        "prices",
                        "prices overlap: one begins at " + at + ", the one before ends at " + expected + ", step "
                                + length);
            }
            expected = at.plus(length);
        }
        return of(
                sorted.firstKey(),
                length,
                sorted.values().stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static Duration shortest(NavigableMap<Instant, Double> sorted) {
        Duration shortest = Duration.between(sorted.firstKey(), sorted.lastKey());
        Instant before = null;
        for (Instant at : sorted.keySet()) {
            if (before != null && Duration.between(before, at).compareTo(shortest) < 0) {
                shortest = Duration.between(before, at);
            }
            before = at;
        }
        return shortest;
    }

    /** The begin of the first interval. */
    public Instant start() {
        return Instant.ofEpochSecond(startS);
    }

    /** The end of the last interval. */
    public Instant end() {
        return Instant.ofEpochSecond(endS());
    }

    /** The length of an interval. */
    public Duration step() {
        return Duration.ofSeconds(stepS);
    }

    /** How many intervals. */
    public int size() {
        return prices.length;
    }

    /** The price of an interval, per kWh. */
    public double price(int interval) {
        return prices[interval];
    }

    /** Whether there is a price at a time. */
    public boolean covers(Instant at) {
        return at.getEpochSecond() >= startS && at.getEpochSecond() < endS();
    }

    /**
     * The price at a time, per kWh.
     *
     * @throws InvalidArgumentException ({@code at}) where there is none; a price is never invented
     */
    public double at(Instant at) {
        if (!covers(at)) {
            throw missing(at);
        }
        return prices[(int) ((at.getEpochSecond() - startS) / stepS)];
    }

    /**
     * The mean price of a span by time, per kWh.
     *
     * @throws InvalidArgumentException ({@code at}) where there is no price for a part of it
     */
    public double mean(Instant from, Instant to) {
        return mean(from.getEpochSecond(), to.getEpochSecond());
    }

    double mean(long fromS, long toS) {
        if (toS <= fromS) {
            throw new InvalidArgumentException(
                    "to", "to must be after " + Instant.ofEpochSecond(fromS) + ", not " + Instant.ofEpochSecond(toS));
        }
        if (fromS < startS || toS > endS()) {
            throw missing(Instant.ofEpochSecond(fromS < startS ? fromS : Math.max(fromS, endS())));
        }
        int first = (int) ((fromS - startS) / stepS);
        int last = (int) ((toS - 1 - startS) / stepS);
        if (first == last) {
            return prices[first];
        }
        CompensatedSum sum = new CompensatedSum();
        for (int i = first; i <= last; i++) {
            long begin = startS + i * stepS;
            sum.add(prices[i] * (Math.min(toS, begin + stepS) - Math.max(fromS, begin)));
        }
        return sum.value() / (toS - fromS);
    }

    private long endS() {
        return startS + prices.length * stepS;
    }

    private InvalidArgumentException missing(Instant at) {
        return new InvalidArgumentException(
                "at", "no price for " + at + "; there are prices from " + start() + " to " + end());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PriceSeries series
                && startS == series.startS
                && stepS == series.stepS
                && Arrays.equals(prices, series.prices);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(prices) * 31 + Long.hashCode(startS);
    }

    @Override
    public String toString() {
        return prices.length + " prices from " + start() + " to " + end();
    }
}
