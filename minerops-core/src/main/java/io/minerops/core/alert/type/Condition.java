package io.minerops.core.alert.type;

import io.minerops.api.miner.Reading;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * A rule's thresholds made ready to judge: each miner by itself, which gives an alert for each, or all miners of the
 * rule's scope together, which gives one. Implementations are immutable and pure.
 */
public sealed interface Condition permits MinerCondition, FleetCondition {
    /** How far it looks back in {@link CheckContext#recent()}; default: not at all. */
    default Lookback lookback() {
        return Lookback.NONE;
    }

    /** How far it looks back in {@link CheckContext#facts}; default: not at all. */
    default Duration factWindow() {
        return Duration.ZERO;
    }

    /** How many hours of {@link CheckContext#work()} it looks at, with the present one; default: none. */
    default int workHours() {
        return 0;
    }

    /**
     * Which readings it looks at, now or in the past, so that nothing else need be read from a long history; all of
     * them by default.
     */
    default Set<Reading> reads() {
        return Set.copyOf(Reading.all());
    }

    /**
     * What was found.
     *
     * @param message one sentence for people, with the value and the limit
     * @param details the numbers behind it, each key with its unit
     */
    record Finding(String message, Map<String, Double> details) {}
}
