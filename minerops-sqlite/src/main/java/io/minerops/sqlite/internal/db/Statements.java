package io.minerops.sqlite.internal.db;

import io.minerops.blocks.jdbc.Binder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sqlite.SQLiteConnection;

/** The statements of each reader, prepared once: to prepare one takes as long as to find a block with it. */
public final class Statements {
    private final Map<SQLiteConnection, Map<String, PreparedStatement>> byConnection = new ConcurrentHashMap<>();

    Statements() {}

    /** A statement of a reader ready for its values; its text must be a constant. The caller closes results, not it. */
    public Binder bind(Connection reader, String sql) throws SQLException {
        SQLiteConnection connection = reader.unwrap(SQLiteConnection.class);
        Map<String, PreparedStatement> known = byConnection.get(connection);
        if (known == null) {
            known = new HashMap<>();
            for (SQLiteConnection other : List.copyOf(byConnection.keySet())) {
                if (other.isClosed()) {
                    byConnection.remove(other);
                }
            }
            byConnection.put(connection, known);
        }
        PreparedStatement statement = known.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            known.put(sql, statement);
        }
        return new Binder(statement);
    }
}
