package io.minerops.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the columns of a result's current row from left to right. */
final class Row {
    private final ResultSet results;
    private int position;

    Row(ResultSet results) {
        this.results = results;
    }

    /** Moves to the next row and its first column; false at the end. */
    boolean next() throws SQLException {
        position = 0;
        return results.next();
    }

    long number() throws SQLException {
        return results.getLong(++position);
    }

    String text() throws SQLException {
        return Objects.requireNonNull(textOrNull(), "the schema allows no null here");
    }

    @Nullable
    String textOrNull() throws SQLException {
        return results.getString(++position);
    }

    /** A number with fraction; NaN where the column is NULL. */
    double real() throws SQLException {
        double value = results.getDouble(++position);
        return value == 0 && results.wasNull() ? Double.NaN : value;
    }

    @Nullable
    Double realOrNull() throws SQLException {
        double value = real();
        return Double.isNaN(value) ? null : value;
    }

    Instant time() throws SQLException {
        return Instant.ofEpochMilli(number());
    }

    @Nullable
    Instant timeOrNull() throws SQLException {
        long value = number();
        return value == 0 && results.wasNull() ? null : Instant.ofEpochMilli(value);
    }

    /** A number, or null where the column is. */
    @Nullable
    Long numberOrNull() throws SQLException {
        long value = number();
        return results.wasNull() ? null : value;
    }

    boolean flag() throws SQLException {
        return number() != 0;
    }
}
