package io.minerops.blocks.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the columns of a result's current row from left to right. */
public final class Row {
    private final ResultSet results;
    private int position;

    public Row(ResultSet results) {
        this.results = results;
    }

    /** Moves to the next row and its first column; false at the end. */
    public boolean next() throws SQLException {
        position = 0;
        return results.next();
    }

    public long number() throws SQLException {
        return results.getLong(++position);
    }

    public String text() throws SQLException {
        return Objects.requireNonNull(textOrNull(), "the schema allows no null here");
    }

    @Nullable
    public String textOrNull() throws SQLException {
        return results.getString(++position);
    }

    public byte[] bytes() throws SQLException {
        return Objects.requireNonNull(results.getBytes(++position), "the schema allows no null here");
    }

    /** A number with fraction; NaN where the column is NULL. */
    public double real() throws SQLException {
        double value = results.getDouble(++position);
        return value == 0 && results.wasNull() ? Double.NaN : value;
    }

    @Nullable
    public Double realOrNull() throws SQLException {
        double value = real();
        return Double.isNaN(value) ? null : value;
    }

    public Instant time() throws SQLException {
        return Instant.ofEpochMilli(number());
    }

    @Nullable
    public Instant timeOrNull() throws SQLException {
        long value = number();
        return value == 0 && results.wasNull() ? null : Instant.ofEpochMilli(value);
    }

    /** A number, or null where the column is. */
    @Nullable
    public Long numberOrNull() throws SQLException {
        long value = number();
        return results.wasNull() ? null : value;
    }

    public boolean flag() throws SQLException {
        return number() != 0;
    }
}
