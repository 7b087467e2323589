package io.minerops.core.work;

import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.api.store.MetricRollup;
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
        long samples = day == null ? 0 : day.samples();
        double covered = SECONDS_PER_DAY * samples / Math.max(polls, samples);
        return Uptime.ofRollup(day, covered, SECONDS_PER_DAY, SECONDS_PER_DAY);
    }

    /** How a miner spent the time that the samples of a roll-up speak for, without the time for which it has none. */
    static Uptime of(MetricRollup rollup, double coveredS) {
        long samples = rollup.samples();
        long mining = rollup.states().getOrDefault(WorkState.MINING, 0L)
                + rollup.states().getOrDefault(WorkState.TUNING, 0L);
        long stopped = rollup.states().getOrDefault(WorkState.PAUSED, 0L)
                + rollup.states().getOrDefault(WorkState.ASLEEP, 0L);
        long down = rollup.states().getOrDefault(WorkState.IDLE, 0L)
                + rollup.states().getOrDefault(WorkState.FAULT, 0L);
        long silent = samples - mining - stopped - down;
        MetricRollup.Of rate = rollup.readings().get(Reading.HASHRATE_THS);
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
        double each = samples == 0 ? 0 : coveredS / samples;
        return new Uptime(mining * each, stopped * each, down * each, 0, unknown * each, 0, coveredS);
    }
}
