package io.minerops.core.alert.type;

import io.minerops.api.miner.Reading;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * How far a condition looks back, and on what.
 *
 * @param duration how far; zero for not at all
 * @param readings on which readings
 */
public record Lookback(Duration duration, Set<Reading> readings) {
    /** For a condition that looks at the latest readings alone. */
    public static final Lookback NONE = new Lookback(Duration.ZERO, Set.of());

    public Lookback {
        readings = Set.copyOf(readings);
    }

    /** A look back over so many minutes. */
    public static Lookback minutes(double minutes, Reading... readings) {
        return new Lookback(Duration.ofMillis(Math.round(minutes * 60_000)), Set.of(readings));
    }

    /** What both need. */
    public Lookback and(Lookback other) {
        Set<Reading> all = EnumSet.noneOf(Reading.class);
        all.addAll(readings);
        all.addAll(other.readings);
        return new Lookback(duration.compareTo(other.duration) >= 0 ? duration : other.duration, all);
    }
}
