package io.minerops.sqlite.internal.rows;

import io.minerops.api.miner.Reading;
import io.minerops.api.store.PollColumns;
import io.minerops.api.store.PollQuery;
import io.minerops.blocks.PollReader;
import io.minerops.blocks.PoolNumbers;
import io.minerops.blocks.ReadingIds;
import io.minerops.blocks.jdbc.Times;
import io.minerops.sqlite.internal.db.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Predicate;

/** Reads history poll by poll as columns. */
final class PollHistory {
    private final Database database;
    private final AddressBook addresses;
    private final Hours.Sources sources;
    private final ReadingIds readings;
    private final PoolNumbers pools;

    PollHistory(Database database, Hours.Sources sources, ReadingIds readings, PoolNumbers pools) {
        this.database = database;
        addresses = sources.addresses();
        this.sources = sources;
        this.readings = readings;
        this.pools = pools;
    }

    void read(PollQuery query, Predicate<PollColumns> consumer) {
        Range range = new Range(query, new PollReader(query, addresses, readings, pools, consumer));
        boolean more;
        do {
            // a long transaction would keep the write-ahead log from being reset
            more = database.read("read polls", range::step);
        } while (more);
    }

    /** Goes through one range of polls, a part of an hour at a time. */
    private final class Range {
        private final PollReader reader;
        private final int parts;
        private final long end;
        private long next;

        Range(PollQuery query, PollReader reader) {
            this.reader = reader;
            parts = Hours.parts(query.roster().size(), Reading.count());
            next = Times.keyCeiling(query.since());
            end = Times.keyCeiling(query.until());
        }

        /** Reads the next part; false at the end. */
        boolean step(Connection connection) throws SQLException {
            Hours hours = new Hours(connection, sources);
            long from = hours.next(next);
            if (from >= end) {
                return false;
            }
            long until = Math.min(end, Hours.endOfPart(from, parts));
            Hours.Part part = new Hours.Part(from, until, reader.onlyMiner(), reader::requests, true);
            next = until;
            return reader.give(hours.load(part), Math.max(from, hours.floor(from)), until);
        }
    }
}
