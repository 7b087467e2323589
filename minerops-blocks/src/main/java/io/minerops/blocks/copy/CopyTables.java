package io.minerops.blocks.copy;

import io.minerops.api.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** What the statements of all stores have in common. */
public final class CopyTables {
    /** Rows that a driver may fetch at a time: a tick can have a megabyte. */
    private static final int FETCH = 100;

    private CopyTables() {}

    /** Makes the table of progress, of columns that every database has. */
    public static final String MAKE_PROGRESS =
            "CREATE TABLE " + CopyEnd.PROGRESS + " (kind text PRIMARY KEY, position text NOT NULL)";

    /** Adds or replaces the position of a kind. */
    public static final String SET_PROGRESS = "INSERT INTO " + CopyEnd.PROGRESS
            + " (kind, position) VALUES (?, ?) ON CONFLICT (kind) DO UPDATE SET position = excluded.position";

    /** The names of the numbers that {@link CopyEnd#counters} gives; {@link #last} are the others. */
    public static final List<String> VERSIONS = List.of("rules", "alerts", "checked", "pruned");

    /** The name of the last id that a table gave. */
    public static String last(String table) {
        return "last id of " + table;
    }

    /** Refuses positions that are those of a copy from another source. */
    public static Map<String, String> of(Map<String, String> positions, String source, String target) {
        if (!source.equals(positions.get(SOURCE))) {
            throw new StoreException("copy failed on " + target + ": a copy from " + positions.get(SOURCE)
                    + " into it is not finished; finish that one, or remove the target");
        }
        return positions;
    }

    /** A failure of a target that is not one. */
    public static StoreException holdsOther(String target, CopyKind kind, long rows) {
        return new StoreException("copy failed on " + target + ": it holds data already (table " + kind.table() + ": "
                + rows + " rows); choose one that is empty or does not exist");
    }

    /** A failure of a store into which a copy is not finished. */
    public static StoreException unfinished(String store) {
        return new StoreException("open failed on " + store
                + ": a copy into it is not finished; run the same `minerops db copy` again, which goes on with it");
    }

    /** All positions. */
    public static final String GET_PROGRESS = "SELECT kind, position FROM " + CopyEnd.PROGRESS;

    /** The end of the copy. */
    public static final String DROP_PROGRESS = "DROP TABLE " + CopyEnd.PROGRESS;

    /** The kind under which the source's name stands. */
    public static final String SOURCE = "source";

    /** Reads the rows of a query that has the values of a key. */
    public static void read(Connection connection, String sql, CopyKind kind, List<Long> after, CopyEnd.Rows rows)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(FETCH);
            for (int i = 0; i < after.size(); i++) {
                statement.setLong(i + 1, after.get(i));
            }
            try (ResultSet results = statement.executeQuery()) {
                while (results.next()) {
                    rows.row(CopyRow.of(results, kind.columns().size()));
                }
            }
        }
    }

    /** What a row lacks to be stored. */
    public interface Rest {
        void bind(PreparedStatement statement, int position, CopyRow row) throws SQLException;
    }

    /** Runs a statement for each row, as a batch. */
    public static void write(PreparedStatement statement, List<CopyRow> rows, Rest rest) throws SQLException {
        for (CopyRow row : rows) {
            rest.bind(statement, row.bind(statement, 1), row);
            statement.addBatch();
        }
        statement.executeBatch();
    }
}
