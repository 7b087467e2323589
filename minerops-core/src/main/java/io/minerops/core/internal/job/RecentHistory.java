package io.minerops.core.internal.job;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerIndex;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.HistoryQuery;
import io.minerops.api.store.MetricStore;
import io.minerops.core.alert.type.Lookback;
import io.minerops.core.alert.type.RecentReadings;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what the miners said lately in memory, as far as the rules look back. The store has the truth: after a start, a
 * change of the registry or of the rules it is read from there again, and then only what came since. Not thread-safe.
 */
final class RecentHistory {
    private final MetricStore metrics;
    private Lookback kept = Lookback.NONE;
    private @Nullable RecentReadings recent;

    RecentHistory(MetricStore metrics) {
        this.metrics = metrics;
    }

    /** What the miners of a roster said until now; null where no rule looks back. */
    @Nullable
    RecentReadings until(Instant now, MinerIndex roster, Lookback lookback) {
        if (lookback.duration().isZero()) {
            recent = null;
            return null;
        }
        RecentReadings readings = recent;
        if (readings == null || readings.roster() != roster || !kept.equals(lookback)) {
            readings = new RecentReadings(roster, lookback.readings());
            recent = readings;
            kept = lookback;
        }
        Instant oldest = now.minus(lookback.duration());
        readings.forgetBefore(oldest.toEpochMilli());
        readSince(oldest, now, readings);
        return readings;
    }

    private void readSince(Instant oldest, Instant now, RecentReadings readings) {
        int polls = readings.polls();
        Instant since = polls == 0 ? oldest : Instant.ofEpochMilli(readings.epochMillis(polls - 1) + 1);
        Instant until = now.plusMillis(1);
        if (since.isBefore(until)) {
            metrics.history(
                    new HistoryQuery(null, since, until, null, Integer.MAX_VALUE),
                    (at, sample) -> add(readings, at.toEpochMilli(), sample));
        }
    }

    private void add(RecentReadings readings, long at, MetricSample sample) {
        int row = readings.roster().row(sample.miner());
        if (row < 0) {
            return;
        }
        if (readings.polls() == 0 || readings.epochMillis(readings.polls() - 1) < at) {
            readings.addPoll(at);
        }
        for (Reading reading : kept.readings()) {
            readings.set(reading, row, sample.value(reading));
        }
    }
}
