package io.minerops.core.backtest;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.internal.Check;
import io.minerops.core.alert.type.Economics;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What to try on the past.
 *
 * @param rule the rule; that it is disabled does not matter
 * @param since where the past begins, included
 * @param until where it ends, excluded; after {@code since}
 * @param checkEvery the time between two checks, at least 1 s
 * @param maxPerWeek how many alerts a week are wanted at the most, for the suggestion; 0 or more
 * @param economics what hashrate earned and power cost at a moment of that time; null where that is not known of any
 * @param usdPerAlert what it costs to handle an alert, USD, 0 or more, for the value of the threshold that costs least; null where
 *     that is not wanted
 */
public record BacktestRequest(
        AlertRule rule,
        Instant since,
        Instant until,
        Duration checkEvery,
        double maxPerWeek,
        @Nullable Function<Instant, Optional<Economics>> economics,
        @Nullable Double usdPerAlert) {
    /** The default maximum of alerts a week. */
    public static final double DEFAULT_MAX_PER_WEEK = 5;

    /** The default time between checks. */
    public static final Duration DEFAULT_CHECK_EVERY = Duration.ofMinutes(2);

    public BacktestRequest {
        if (!since.isBefore(until)) {
            throw new InvalidArgumentException("until", "until must be after since (" + since + "), not " + until);
        }
        if (checkEvery.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new InvalidArgumentException(
                    "checkEvery", "checkEvery must be at least 1 s, not " + checkEvery.toMillis() + " ms");
        }
        Check.atLeast("maxPerWeek", maxPerWeek, 0);
        if (usdPerAlert != null) {
            Check.atLeast("usd_per_alert", usdPerAlert, 0);
        }
    }

    /** A request without money. */
    public BacktestRequest(
            AlertRule rule,
            Instant since,
            Instant until,
            Duration checkEvery,
            double maxPerWeek,
            @Nullable Function<Instant, Optional<Economics>> economics) {
        this(rule, since, until, checkEvery, maxPerWeek, economics, null);
    }
}
