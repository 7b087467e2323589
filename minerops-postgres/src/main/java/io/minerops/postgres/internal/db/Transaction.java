package io.minerops.postgres.internal.db;

import io.minerops.blocks.jdbc.Binder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** The statements of one transaction; the driver keeps them prepared from one transaction to the next. */
public final class Transaction implements AutoCloseable {
    private static final String MOVE = "UPDATE versions SET value = value + 1 WHERE name = ? RETURNING value";

    private static final String LOCK = "SELECT value FROM versions WHERE name = ? FOR UPDATE";

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    Transaction(Connection connection) {
        this.connection = connection;
    }

    /** The connection, for queries of the same transaction. */
    public Connection connection() {
        return connection;
    }

    /** The statement of that text. */
    public PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        return statement;
    }

    /** A statement ready for its values. */
    public Binder bind(String sql) throws SQLException {
        return new Binder(statement(sql));
    }

    /** Runs a batch that a {@link Binder} filled; says how many rows each of its rows changed. */
    public int[] runBatch(String sql) throws SQLException {
        return statement(sql).executeBatch();
    }

    /** The first column of the first row. */
    public long number(String sql) throws SQLException {
        return first(bind(sql));
    }

    /** The first column of the first row of a query that has its values. */
    public static long first(Binder query) throws SQLException {
        try (ResultSet results = query.query()) {
            if (!results.next()) {
                throw new SQLException("a query that always has a row had none");
            }
            return results.getLong(1);
        }
    }

    /** Holds a version against other transactions until this one ends; its number. */
    public long lock(Version version) throws SQLException {
        return first(bind(LOCK).text(version.key()));
    }

    /** Moves a version by one, and holds it against other transactions until this one ends; the new number. */
    public long move(Version version) throws SQLException {
        return first(bind(MOVE).text(version.key()));
    }

    /** Runs a statement of its own once, such as one that changes the schema. */
    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
    }
}
