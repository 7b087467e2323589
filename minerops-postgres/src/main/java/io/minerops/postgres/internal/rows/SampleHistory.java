package io.minerops.postgres.internal.rows;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.HistoryQuery;
import io.minerops.api.store.HistorySource;
import io.minerops.blocks.HistoryBuckets;
import io.minerops.blocks.HourSamples;
import io.minerops.blocks.Millis;
import io.minerops.blocks.ReadingIds;
import io.minerops.blocks.SampleReader;
import io.minerops.blocks.jdbc.TickFrames;
import io.minerops.blocks.jdbc.Times;
import io.minerops.postgres.internal.db.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;

/**
 * Streams samples, ascending by time, then by address; one hour or one bucket at a time is in the heap. Means over whole
 * hours come of roll-ups where these hold all that is stored of an hour, and of the samples elsewhere.
 */
final class SampleHistory {
    private static final int HOURS_AT_A_TIME = 48;

    private final Database database;
    private final NameBook book;
    private final ReadingIds readings;
    private final TickFrames frames;

    SampleHistory(Database database, NameBook book, ReadingIds readings, TickFrames frames) {
        this.database = database;
        this.book = book;
        this.readings = readings;
        this.frames = frames;
    }

    void read(HistoryQuery query, BiConsumer<Instant, MetricSample> consumer) {
        database.readOnce("read history", connection -> {
            Names names = book.of(connection);
            MinerAddress miner = query.miner();
            int number = miner == null ? 0 : names.find(miner);
            if (number >= 0) {
                HistoryBuckets buckets = new HistoryBuckets(query, names, new SampleReader(readings, names), consumer);
                if (number > 0 && buckets.source() == HistorySource.RAW) {
                    streamOne(connection, number, query, buckets);
                } else {
                    stream(connection, names, number, query, buckets);
                }
                buckets.give();
            }
            return number;
        });
    }

    /** The samples of one miner, of so many hours in a round trip. */
    private void streamOne(Connection connection, int number, HistoryQuery query, HistoryBuckets buckets)
            throws SQLException {
        Hours hours = new Hours(connection, frames);
        long until = Times.keyCeiling(query.until());
        long next = Times.keyCeiling(query.since());
        while (buckets.wantsMore() && (next = hours.next(next)) < until) {
            long end = Math.min(until, Millis.hourOf(next) + HOURS_AT_A_TIME * Millis.HOUR);
            for (Map.Entry<Long, HourSamples> hour :
                    hours.load(number, next, end).entrySet()) {
                long begin = Math.max(next, hour.getKey());
                buckets.add(
                        hour.getValue(),
                        Math.max(begin, hours.floor(begin)),
                        Math.min(end, hour.getKey() + Millis.HOUR));
            }
            next = end;
        }
    }

    private void stream(Connection connection, Names names, int number, HistoryQuery query, HistoryBuckets buckets)
            throws SQLException {
        Hours hours = new Hours(connection, frames);
        long until = Times.keyCeiling(query.until());
        int parts = number > 0 ? 1 : Hours.parts(names.highest(), Reading.count());
        IntPredicate wanted = one -> number == 0 || one == number;
        long next = Times.keyCeiling(query.since());
        while (buckets.wantsMore() && (next = hours.nextOf(buckets.source(), next)) < until) {
            HistorySource source = rolledUp(hours, buckets.source(), next, until);
            long end;
            if (source == HistorySource.RAW) {
                end = Math.min(until, Hours.endOfPart(next, parts));
                Hours.Part part = new Hours.Part(next, end, number, wanted, false);
                buckets.add(hours.load(part), Math.max(next, hours.floor(next)), end);
            } else {
                end = next + (source == HistorySource.DAILY ? Millis.DAY : Millis.HOUR);
                buckets.addRollups(hours.rollups(source, next, number), number, next);
            }
            next = end;
        }
    }

    /** The coarsest roll-up that begins at a time, lies within the query and holds all that is stored; else samples. */
    private static HistorySource rolledUp(Hours hours, HistorySource coarsest, long at, long until)
            throws SQLException {
        if (coarsest == HistorySource.DAILY
                && Millis.dayOf(at) == at
                && at + Millis.DAY <= until
                && hours.isRolledUp(at, at + Millis.DAY)) {
            return HistorySource.DAILY;
        }
        return coarsest != HistorySource.RAW
                        && Millis.hourOf(at) == at
                        && at + Millis.HOUR <= until
                        && hours.isRolledUp(at, at + Millis.HOUR)
                ? HistorySource.HOURLY
                : HistorySource.RAW;
    }
}
