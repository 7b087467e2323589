package io.minerops.blocks.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Gives a prepared statement its values from left to right. */
public final class Binder {
    private final PreparedStatement statement;
    private int position;

    public Binder(PreparedStatement statement) {
        this.statement = statement;
    }

    public Binder number(long value) throws SQLException {
        statement.setLong(++position, value);
        return this;
    }

    public Binder numberOrNull(@Nullable Long value) throws SQLException {
        return value == null ? nothing(Types.INTEGER) : number(value.longValue());
    }

    public Binder text(@Nullable String value) throws SQLException {
        statement.setString(++position, value);
        return this;
    }

    public Binder bytes(byte[] value) throws SQLException {
        statement.setBytes(++position, value);
        return this;
    }

    /** Binds a number with fraction; the driver stores NaN as NULL. */
    public Binder real(double value) throws SQLException {
        statement.setDouble(++position, value);
        return this;
    }

    public Binder real(@Nullable Double value) throws SQLException {
        return value == null ? nothing(Types.REAL) : real(value.doubleValue());
    }

    public Binder time(@Nullable Instant value) throws SQLException {
        return value == null ? nothing(Types.INTEGER) : number(Times.millis(value));
    }

    public Binder flag(boolean value) throws SQLException {
        return number(value ? 1 : 0);
    }

    /** Ends a row of a batch; the next value is the first of the next row. */
    public void add() throws SQLException {
        statement.addBatch();
        position = 0;
    }

    /** Runs the statement for the values given; says how many rows it changed. */
    public int update() throws SQLException {
        position = 0;
        return statement.executeUpdate();
    }

    /** Runs the query for the values given; the caller closes its result. */
    public ResultSet query() throws SQLException {
        position = 0;
        return statement.executeQuery();
    }

    private Binder nothing(int type) throws SQLException {
        statement.setNull(++position, type);
        return this;
    }
}
