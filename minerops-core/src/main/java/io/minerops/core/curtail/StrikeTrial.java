package io.minerops.core.curtail;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A strike price to try on the past: a miner is stopped in each hour whose power price is above it.
 *
 * @param strikeUsdPerMwh the power price above which miners stop, USD/MWh, -1,000 to {@value #MAX_USD_PER_MWH}
 * @param minRun how long a miner runs at least once it was started, up to 168 h; rounded up to whole hours
 * @param minStop how long a miner stays stopped at least once it was stopped, up to 168 h; rounded up to whole hours
 * @param restart how long a miner draws its power without hashing after a start, up to 168 h
 * @param idleW what a stopped miner draws, W, 0 to 1,000,000
 * @param others other strike prices to compare, USD/MWh; at most {@value #MAX_OTHERS}
 */
public record StrikeTrial(
        double strikeUsdPerMwh,
        Duration minRun,
        Duration minStop,
        Duration restart,
        double idleW,
        List<Double> others) {
    /** The highest strike price, USD/MWh. */
    public static final int MAX_USD_PER_MWH = 1_000_000;

    /** The highest number of strike prices to compare. */
    public static final int MAX_OTHERS = 200;

    private static final Duration MAX_TIME = Duration.ofDays(7);

    /**
     * Checks the figures.
     *
     * @throws InvalidArgumentException that names the figure that is out of its range
     */
    public StrikeTrial {
        strike(strikeUsdPerMwh);
        time("min_run", minRun);
        time("min_stop", minStop);
        time("restart", restart);
        Check.between("idle_w", idleW, 0, 1e6);
        others = List.copyOf(others);
        if (others.size() > MAX_OTHERS) {
            throw new InvalidArgumentException(
                    "others", "others must be at most " + MAX_OTHERS + " strike prices, not " + others.size());
        }
        others.forEach(StrikeTrial::strike);
    }

    private static double strike(double usdPerMwh) {
        return Check.between("strike_usd_per_mwh", usdPerMwh, -1_000, MAX_USD_PER_MWH);
    }

    private static void time(String name, Duration time) {
        if (Check.notNegative(name, time).compareTo(MAX_TIME) > 0) {
            throw new InvalidArgumentException(name, name + " must be at most " + MAX_TIME + ", not " + time);
        }
    }

    /** The strike price and all others, each once, ascending. */
    List<Double> all() {
        return Stream.concat(Stream.of(strikeUsdPerMwh), others.stream())
                .distinct()
                .sorted()
                .toList();
    }
}
