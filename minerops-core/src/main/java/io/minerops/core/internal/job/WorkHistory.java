package io.minerops.core.internal.job;

import io.minerops.api.miner.MinerIndex;
import io.minerops.api.store.HistorySource;
import io.minerops.api.store.MetricStore;
import io.minerops.api.store.PollQuery;
import io.minerops.api.store.RollupQuery;
import io.minerops.core.alert.type.RecentWork;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what accepted shares prove in memory, as far as the rules look back. After a start, or a change of the rules, past hours
 * are read from their roll-ups and the present one from its polls, and then only polls that came since. Not thread-safe.
 */
final class WorkHistory {
    private final MetricStore metrics;
    private @Nullable RecentWork work;
    private long readUntil;

    WorkHistory(MetricStore metrics) {
        this.metrics = metrics;
    }

    /** What is proven until now; null where no rule looks at it. */
    @Nullable
    RecentWork until(Instant now, MinerIndex roster, int hours) {
        if (hours == 0) {
            work = null;
            return null;
        }
        RecentWork known = work;
        if (known == null || known.hours() != hours) {
            known = readHours(now.toEpochMilli(), roster, hours);
        } else if (known.roster() != roster) {
            known = known.over(roster);
        }
        work = known;
        readPolls(known, now.toEpochMilli() + 1);
        return known;
    }

    private RecentWork readHours(long now, MinerIndex roster, int hours) {
        RecentWork read = new RecentWork(roster, hours);
        readUntil = Math.floorDiv(now, RecentWork.HOUR_MS) * RecentWork.HOUR_MS;
        Instant since = Instant.ofEpochMilli(readUntil - (hours - 1) * RecentWork.HOUR_MS);
        Instant until = Instant.ofEpochMilli(readUntil);
        if (since.isBefore(until)) {
            metrics.rollups(new RollupQuery(null, HistorySource.HOURLY, since, until), rollup -> {
                int row = roster.row(rollup.miner());
                if (row >= 0) {
                    read.add(row, rollup.start().toEpochMilli(), rollup.proven());
                }
                return true;
            });
        }
        return read;
    }

    private void readPolls(RecentWork into, long until) {
        if (readUntil < until) {
            PollQuery query = new PollQuery(
                    into.roster(), Instant.ofEpochMilli(readUntil), Instant.ofEpochMilli(until), RecentWork.READINGS);
            metrics.polls(query, poll -> {
                into.add(poll);
                readUntil = poll.epochMillis() + 1;
                return true;
            });
        }
    }
}
