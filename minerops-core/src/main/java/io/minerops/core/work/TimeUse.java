package io.minerops.core.work;

import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.api.store.MetricRollup;
import java.util.List;
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
            return Uptime.withoutSamples(SECONDS_PER_DAY, SECONDS_PER_DAY);
        }
        double covered = SECONDS_PER_DAY * day.samples() / Math.max(polls, day.samples());
        return Uptime.ofRollup(MetricRollup.Columns.of(List.of(day)), 0, covered, SECONDS_PER_DAY, SECONDS_PER_DAY);
    }

    /** How a miner spent the time that the samples of a roll-up speak for, without the time for which it has none. */
    static Uptime of(MetricRollup.Columns rollups, int row, double coveredS) {
        long samples = rollups.samples(row);
        long mining = rollups.count(WorkState.MINING, row) + rollups.count(WorkState.TUNING, row);
        long stopped = rollups.count(WorkState.PAUSED, row) + rollups.count(WorkState.ASLEEP, row);
        long down = rollups.count(WorkState.IDLE, row) + rollups.count(WorkState.FAULT, row);
        long silent = samples - mining - stopped - down;
        long unknown = 0;
        if (mining + stopped + down > 0) {
            // where states are stored, a sample without one has no rate or hashes nothing
            unknown = Math.min(silent, samples - rollups.count(Reading.HASHRATE_THS, row));
            down += silent - unknown;
        } else if (rollups.value(Reading.HASHRATE_THS, MetricRollup.Stat.MIN, row) > 0) {
            mining = silent;
        } else if (rollups.value(Reading.HASHRATE_THS, MetricRollup.Stat.MAX, row) == 0) {
            down = silent;
        } else {
            unknown = silent;
        }
        double each = samples == 0 ? 0 : coveredS / samples;
        return new Uptime(mining * each, stopped * each, down * each, 0, unknown * each, 0, coveredS);
    }
}
