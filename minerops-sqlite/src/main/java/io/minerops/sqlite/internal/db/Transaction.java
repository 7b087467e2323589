package io.minerops.sqlite.internal.db;

import io.minerops.blocks.jdbc.Binder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The writer's statements, prepared once and kept; only for use inside {@link Database#write}. */
public final class Transaction {
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    Transaction(Connection connection) {
        this.connection = connection;
    }

    /** The statement of that text, which must be a constant: each text is kept until the store closes. */
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
        try (ResultSet results = statement(sql).executeQuery()) {
            return results.getLong(1);
        }
    }

    void forgetBatches() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.clearBatch();
        }
    }

    /** Runs a statement of its own once, such as one that changes the schema. */
    public void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    void close() throws SQLException {
        connection.close();
    }
}
