package io.minerops.core.curtail;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Power prices of equal intervals without a gap, such as those of a day-ahead or a five-minute market.
 *
 * @param start the begin of the first interval
 * @param step the length of each interval, whole seconds, at most a day
 * @param usdPerKwh the price of each interval, USD/kWh, above -1, at most {@value Check#MAX_TARIFF}; 1 to
 *     {@value #MAX_INTERVALS} of them. Negative prices are prices
 */
public record IntervalPrices(Instant start, Duration step, List<Double> usdPerKwh) {
    /** The highest number of intervals: the hours of a leap year, or a month of five minutes. */
    public static final int MAX_INTERVALS = 8_928;

    /**
     * Checks the figures.
     *
     * @throws InvalidArgumentException ({@code step}, {@code prices}) that names the first interval without a valid price
     */
    public IntervalPrices {
        if (step.toSeconds() < 1 || step.toNanosPart() != 0 || step.compareTo(Duration.ofDays(1)) > 0) {
            throw new InvalidArgumentException("step", "step must be whole seconds, 1 s to 24 h, not " + step);
        }
        usdPerKwh = List.copyOf(usdPerKwh);
        if (usdPerKwh.isEmpty() || usdPerKwh.size() > MAX_INTERVALS) {
            throw new InvalidArgumentException(
                    "prices", "prices must be 1 to " + MAX_INTERVALS + ", not " + usdPerKwh.size());
        }
        for (int i = 0; i < usdPerKwh.size(); i++) {
            double price = usdPerKwh.get(i);
            if (!(price > -1 && price <= Check.MAX_TARIFF)) {
                throw new InvalidArgumentException(
                        "prices",
                        "the price at " + start.plus(step.multipliedBy(i)) + " must be above -1 and at most "
                                + Check.MAX_TARIFF + " USD/kWh, not " + price);
            }
        }
    }

    /** How many intervals. */
    public int size() {
        return usdPerKwh.size();
    }

    /** The begin of an interval; that of one past the last is the end. */
    public Instant begin(int interval) {
        return start.plus(step.multipliedBy(interval));
    }

    /** The length of an interval, hours. */
    double hours() {
        return step.toSeconds() / 3_600.0;
    }

    /** The least number of intervals that cover a time. */
    int covering(Duration time) {
        return (int) Math.min(Integer.MAX_VALUE / 4, (time.toSeconds() + step.toSeconds() - 1) / step.toSeconds());
    }
}
