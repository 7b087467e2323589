package io.minerops.sqlite.internal.rows;

import io.minerops.api.miner.Reading;
import io.minerops.blocks.ColumnIds;
import io.minerops.blocks.ReadingIds;
import io.minerops.sqlite.internal.db.Database;
import io.minerops.sqlite.internal.db.Durability;
import io.minerops.sqlite.internal.db.Transaction;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** The id of each reading's column, given once by its key and never taken back. */
final class ReadingBook {
    private static final String INSERT = "INSERT INTO readings (id, key) VALUES (?, ?)";

    private ReadingBook() {}

    /** The ids in the file; each reading that has none gets one where the file is open for writing. */
    static ReadingIds load(Database database) {
        ReadingIds ids = new ReadingIds();
        database.list("load readings", "SELECT id, key FROM readings", values -> {}, row -> {
            int id = (int) row.number();
            ids.learn(id, row.text());
            return id;
        });
        if (database.isWritable() && !ids.missing().isEmpty()) {
            database.write(
                    "number readings", Durability.PROCESS, tx -> insert(tx, ids), added -> added.forEach(ids::learn));
        }
        return ids;
    }

    private static Map<Integer, String> insert(Transaction tx, ReadingIds ids) throws SQLException {
        Map<Integer, String> added = new TreeMap<>();
        int last = (int) tx.number("SELECT COALESCE(MAX(id), " + (ColumnIds.FIRST_READING - 1) + ") FROM readings");
        for (Reading reading : ids.missing()) {
            added.put(++last, reading.key());
            tx.bind(INSERT).number(last).text(reading.key()).update();
        }
        return added;
    }
}
