package io.minerops.postgres.internal.rows;

import io.minerops.api.miner.Reading;
import io.minerops.blocks.ColumnIds;
import io.minerops.blocks.ReadingIds;
import io.minerops.postgres.internal.db.Database;
import io.minerops.postgres.internal.db.Transaction;
import io.minerops.postgres.internal.db.Version;
import java.sql.Connection;
import java.sql.SQLException;

/** The id of each reading's column, given once by its key and never taken back. */
public final class ReadingBook {
    private static final String ALL = "SELECT id, key FROM readings";
    private static final String INSERT = "INSERT INTO readings (id, key) VALUES (?, ?)";
    private static final String LAST = "SELECT COALESCE(MAX(id), " + (ColumnIds.FIRST_READING - 1) + ") FROM readings";

    private ReadingBook() {}

    /** The ids in the database; each reading that has none gets one. */
    static ReadingIds load(Database database) {
        ReadingIds ids = database.read("load readings", ReadingBook::read);
        return ids.missing().isEmpty() ? ids : database.write("number readings", ReadingBook::insert);
    }

    /** The ids that a transaction sees. */
    public static ReadingIds read(Connection connection) throws SQLException {
        ReadingIds ids = new ReadingIds();
        Database.list(connection, ALL, values -> {}, row -> {
            int id = (int) row.number();
            ids.learn(id, row.text());
            return id;
        });
        return ids;
    }

    private static ReadingIds insert(Transaction tx) throws SQLException {
        tx.lock(Version.NAMES);
        ReadingIds ids = read(tx.connection());
        int last = (int) tx.number(LAST);
        for (Reading reading : ids.missing()) {
            tx.bind(INSERT).number(++last).text(reading.key()).update();
            ids.learn(last, reading.key());
        }
        return ids;
    }
}
