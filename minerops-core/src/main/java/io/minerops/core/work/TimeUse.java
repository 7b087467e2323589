package io.minerops.core.work;

import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.api.store.MetricRollup;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the time of a miner was used for. */
enum TimeUse {
    MINING,
    STOPPED,
    DOWN,
    OFFLINE,
    UNKNOWN,
    UNOBSERVED;

    private static final double SECONDS_PER_DAY = 86_400;

    /** What a sample says: a device that hashes while it tunes is mining, one that hashes nothing is not, whatever it reports. */
    static TimeUse of(WorkState state, double hashrateThs) {
        return switch (state) {
            case PAUSED, ASLEEP -> STOPPED;
            case IDLE, FAULT -> DOWN;
            case MINING -> hashrateThs == 0 ? DOWN : MINING;
            case TUNING -> hashrateThs > 0 ? MINING : DOWN;
            case UNKNOWN -> hashrateThs > 0 ? MINING : hashrateThs == 0 ? DOWN : UNKNOWN;
        };
    }

    /**
     * How a miner spent a whole UTC day.
     *
     * @param day the miner's roll-up of that day; null where it has none
     * @param polls how many samples the miner of the fleet with the most has of that day, 1 or more
     */
    static Uptime ofDay(@Nullable MetricRollup day, long polls) {
        if (day == null) {
            return new Uptime(0, 0, 0, SECONDS_PER_DAY, 0, 0, SECONDS_PER_DAY);
        }
        long samples = samples(day);
        long mining =
                day.states().getOrDefault(WorkState.MINING, 0L) + day.states().getOrDefault(WorkState.TUNING, 0L);
        long stopped =
                day.states().getOrDefault(WorkState.PAUSED, 0L) + day.states().getOrDefault(WorkState.ASLEEP, 0L);
        long down = day.states().getOrDefault(WorkState.IDLE, 0L) + day.states().getOrDefault(WorkState.FAULT, 0L);
        long silent = samples - mining - stopped - down;
        MetricRollup.Of rate = day.readings().get(Reading.HASHRATE_THS);
        long unknown = 0;
        if (mining + stopped + down > 0) {
            // where states are stored, a sample without one has no rate or hashes nothing
            unknown = Math.min(silent, samples - (rate == null ? 0 : rate.count()));
            down += silent - unknown;
        } else if (rate != null && rate.min() > 0) {
            mining = silent;
        } else if (rate != null && rate.max() == 0) {
            down = silent;
        } else {
            unknown = silent;
        }
        double each = SECONDS_PER_DAY / Math.max(polls, samples);
        return new Uptime(
                mining * each,
                stopped * each,
                down * each,
                Math.max(0, polls - samples) * each,
                unknown * each,
                0,
                SECONDS_PER_DAY);
    }

    /** How many samples a roll-up is of, at least: those of its most frequent reading, or with a state. */
    static long samples(MetricRollup rollup) {
        return Math.max(
                sum(rollup.states()),
                rollup.readings().values().stream()
                        .mapToLong(MetricRollup.Of::count)
                        .max()
                        .orElse(0));
    }

    private static long sum(Map<WorkState, Long> states) {
        Collection<Long> counts = states.values();
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
