package io.minerops.api.alert;

import io.minerops.api.InvalidArgumentException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * What an alert has cost while it was open: what its miner did not earn, less the value of the power that it did not use. Only
 * time of which samples, the market and the price of power are known counts.
 *
 * @param usd USD; below 0 where the power was worth more than what the miner would have earned
 * @param since the beginning of the time that counts: later than that of the alert where no samples are known of before
 * @param counted how long the time is that counts, above 0
 * @param basis what the miner's rate is compared with
 * @param complete whether the miner's power and the price of a bitcoin were known for all of that time. Where the power was not
 *     known, the value of power that was not used is left out of {@code usd}; where the price was not, it is the nearest one known
 */
public record AlertCost(double usd, Instant since, Duration counted, Basis basis, boolean complete) {
    /**
     * Checks the figures.
     *
     * @throws InvalidArgumentException ({@code usd}, {@code counted}) if one is out of its range
     */
    public AlertCost {
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(basis, "basis");
        finite("usd", usd);
        if (counted.isNegative() || counted.isZero()) {
            throw new InvalidArgumentException("counted", "counted must be above 0, not " + counted);
        }
    }

    private static void finite(String argument, double value) {
        if (!Double.isFinite(value)) {
            throw new InvalidArgumentException(argument, argument + " must be a number, not " + value);
        }
    }

    /** What the rate of a miner is compared with. */
    public enum Basis {
        /** Its nominal hashrate. */
        NOMINAL,
        /** Its mean hashrate of the seven days before the alert. */
        MEAN_BEFORE;

        /** The name in REST and messages. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The part of a cost that belongs to a UTC day.
     *
     * @param alertId the alert
     * @param day the beginning of the day
     * @param usd what the alert cost on that day, USD
     * @param billedUsd what of it is on the bill: an hour of a miner is on it once, under the alert that was raised first
     * @param counted how much of the day counts
     */
    public record OfDay(long alertId, Instant day, double usd, double billedUsd, Duration counted) {
        /**
         * Checks the figures.
         *
         * @throws InvalidArgumentException ({@code usd}, {@code billed_usd}) if one is not a number
         */
        public OfDay {
            finite("usd", usd);
            finite("billed_usd", billedUsd);
        }
    }
}
