package io.minerops.core.work;

import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerIndex;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.HistorySource;
import io.minerops.api.store.MetricRollup;
import io.minerops.api.store.MetricStore;
import io.minerops.api.store.PollColumns;
import io.minerops.api.store.PollQuery;
import io.minerops.api.store.RollupQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the polls of a span for one miner, and the days before the first of them. Used once. */
final class UptimeReader {
    private final MetricStore metrics;
    private final Miner miner;
    private final Instant since;
    private final Instant until;
    private final Duration hold;
    private @Nullable UptimeTally tally;
    private Uptime days = Uptime.NONE;

    UptimeReader(MetricStore metrics, Miner miner, Instant since, Instant until, Duration hold) {
        this.metrics = metrics;
        this.miner = miner;
        this.since = since;
        this.until = until;
        this.hold = hold;
    }

    Uptime read() {
        // polls before the span say what the miner was doing at its beginning
        metrics.polls(
                new PollQuery(MinerIndex.of(List.of(miner)), since.minus(hold), until, Set.of(Reading.HASHRATE_THS)),
                this::take);
        return days.plus((tally == null ? begin(until) : tally).finish());
    }

    private boolean take(PollColumns poll) {
        if (tally == null) {
            tally = begin(Instant.ofEpochMilli(poll.epochMillis()));
        }
        tally.poll(poll.epochMillis(), use(poll));
        return true;
    }

    /** Samples are stored from a time on: the whole days before it are read, and the tally begins behind them. */
    private UptimeTally begin(Instant first) {
        Instant midnight = first.truncatedTo(ChronoUnit.DAYS);
        days = days(midnight);
        return new UptimeTally(days.totalS() > 0 ? midnight : since, until, miner.registeredAt(), hold);
    }

    private static @Nullable TimeUse use(PollColumns poll) {
        return poll.size() == 0 ? null : TimeUse.of(poll.state(0), poll.value(Reading.HASHRATE_THS, 0));
    }

    /** The time up to a UTC midnight, of which samples are no longer stored; none where there is no whole day. */
    private Uptime days(Instant end) {
        Instant midnight = since.truncatedTo(ChronoUnit.DAYS);
        Instant begin = midnight.equals(since) ? midnight : midnight.plus(1, ChronoUnit.DAYS);
        if (!begin.isBefore(end)) {
            return Uptime.NONE;
        }
        Days found = new Days(begin);
        metrics.rollups(new RollupQuery(null, HistorySource.DAILY, begin, end), found::take);
        return found.finish(end).plus(unobserved(since, begin));
    }

    private static Uptime unobserved(Instant from, Instant to) {
        return new Uptime(0, 0, 0, 0, 0, Duration.between(from, to).toMillis() / 1e3, 0);
    }

    /** Adds up days, each when the roll-ups of another one come. */
    private final class Days {
        private Instant day;
        private long polls;
        private @Nullable MetricRollup own;
        private Uptime sum = Uptime.NONE;

        Days(Instant begin) {
            day = begin;
        }

        boolean take(MetricRollup rollup) {
            if (!rollup.start().equals(day)) {
                finish(rollup.start());
            }
            polls = Math.max(polls, rollup.samples());
            own = rollup.miner().equals(miner.address()) ? rollup : own;
            return true;
        }

        /** Adds the day, and those without roll-ups up to another one. */
        Uptime finish(Instant next) {
            Instant after = day.plus(1, ChronoUnit.DAYS);
            boolean known = polls > 0 && (own != null || !day.isBefore(miner.registeredAt()));
            sum = sum.plus(known ? TimeUse.ofDay(own, polls) : unobserved(day, after));
            sum = sum.plus(unobserved(after, next));
            day = next;
            polls = 0;
            own = null;
            return sum;
        }
    }
}
