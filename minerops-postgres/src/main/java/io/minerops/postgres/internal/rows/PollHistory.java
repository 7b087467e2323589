package io.minerops.postgres.internal.rows;

import io.minerops.api.miner.Reading;
import io.minerops.api.store.PollColumns;
import io.minerops.api.store.PollQuery;
import io.minerops.blocks.PollReader;
import io.minerops.blocks.ReadingIds;
import io.minerops.blocks.jdbc.TickFrames;
import io.minerops.blocks.jdbc.Times;
import io.minerops.postgres.internal.db.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Predicate;

/** Reads history poll by poll as columns. */
final class PollHistory {
    private final Database database;
    private final NameBook book;
    private final ReadingIds readings;
    private final TickFrames frames;

    PollHistory(Database database, NameBook book, ReadingIds readings, TickFrames frames) {
        this.database = database;
        this.book = book;
        this.readings = readings;
        this.frames = frames;
    }

    void read(PollQuery query, Predicate<PollColumns> consumer) {
        database.readOnce("read polls", connection -> {
            Names names = book.of(connection);
            PollReader reader = new PollReader(query, names, readings, names, consumer);
            read(connection, query, reader);
            return reader;
        });
    }

    private void read(Connection connection, PollQuery query, PollReader reader) throws SQLException {
        Hours hours = new Hours(connection, frames);
        int parts = Hours.parts(query.roster().size(), Reading.count());
        long end = Times.keyCeiling(query.until());
        long from = hours.next(Times.keyCeiling(query.since()));
        boolean more = true;
        while (more && from < end) {
            long until = Math.min(end, Hours.endOfPart(from, parts));
            Hours.Part part = new Hours.Part(from, until, reader.onlyMiner(), reader::requests, true);
            more = reader.give(hours.load(part), Math.max(from, hours.floor(from)), until);
            from = hours.next(until);
        }
    }
}
