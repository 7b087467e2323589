package io.minerops.sqlite.internal.rows;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.HistoryQuery;
import io.minerops.api.store.HistorySource;
import io.minerops.blocks.HistoryBuckets;
import io.minerops.blocks.HourSamples;
import io.minerops.blocks.Millis;
import io.minerops.blocks.SampleReader;
import io.minerops.blocks.jdbc.Times;
import io.minerops.sqlite.internal.db.Database;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;

/**
 * Streams samples, ascending by time, then by address; one hour or one bucket at a time is in the heap. Means over whole
 * hours come of roll-ups where these hold all that is stored of an hour, and of the samples elsewhere.
 */
final class SampleHistory {
    private final Database database;
    private final AddressBook addresses;
    private final Hours.Sources sources;
    private final SampleReader reader;

    SampleHistory(Database database, Hours.Sources sources, SampleReader reader) {
        this.database = database;
        addresses = sources.addresses();
        this.sources = sources;
        this.reader = reader;
    }

    void read(HistoryQuery query, BiConsumer<Instant, MetricSample> consumer) {
        MinerAddress miner = query.miner();
        int number = miner == null ? 0 : addresses.find(miner);
        if (number >= 0) {
            database.read("read history", connection -> {
                Hours hours = new Hours(connection, sources);
                HistoryBuckets buckets = new HistoryBuckets(query, addresses, reader, consumer);
                if (number > 0 && buckets.source() == HistorySource.RAW) {
                    ofMiner(hours, number, query, buckets);
                } else {
                    stream(hours, number, query, buckets);
                }
                buckets.give();
                return 0;
            });
        }
    }

    /** One miner's samples: a look-up by key for each hour, and a search for the next hour only after one without any. */
    private static void ofMiner(Hours hours, int number, HistoryQuery query, HistoryBuckets buckets)
            throws SQLException {
        long until = Times.keyCeiling(query.until());
        IntPredicate wanted = one -> one == number;
        long next = Times.keyCeiling(query.since());
        while (buckets.wantsMore() && next < until) {
            long end = Math.min(until, Millis.hourOf(next) + Millis.HOUR);
            HourSamples hour = hours.load(new Hours.Part(next, end, number, wanted, false));
            if (hour.miners().isEmpty()) {
                next = Math.max(end, hours.next(next));
            } else {
                buckets.add(hour, Math.max(next, hours.floor(next)), end);
                next = end;
            }
        }
    }

    private void stream(Hours hours, int number, HistoryQuery query, HistoryBuckets buckets) throws SQLException {
        long until = Times.keyCeiling(query.until());
        int parts = number > 0 ? 1 : Hours.parts(addresses.highest(), Reading.count());
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
