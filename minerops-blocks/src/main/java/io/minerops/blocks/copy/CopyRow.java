package io.minerops.blocks.copy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The values of one row: each null, a {@link Long}, a {@link Double}, a {@link String} or bytes. */
public final class CopyRow {
    private final List<@Nullable Object> values;

    private CopyRow(List<@Nullable Object> values) {
        this.values = values;
    }

    /** The present row of a result with so many columns. */
    public static CopyRow of(ResultSet results, int columns) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(columns);
        for (int column = 1; column <= columns; column++) {
            Object value = results.getObject(column);
            values.add(value instanceof Integer number ? (Object) number.longValue() : value);
        }
        return new CopyRow(values);
    }

    /** The same row with another value in a column. */
    CopyRow with(int column, Object value) {
        List<@Nullable Object> changed = new ArrayList<>(values);
        changed.set(column, value);
        return new CopyRow(changed);
    }

    /** A whole number. */
    public long number(int column) {
        return (Long) Objects.requireNonNull(values.get(column), "null is no number");
    }

    /** Text. */
    public String text(int column) {
        return (String) Objects.requireNonNull(values.get(column), "null is no text");
    }

    /** Bytes; they are not to be changed. */
    public byte[] bytes(int column) {
        return (byte[]) Objects.requireNonNull(values.get(column), "null is no bytes");
    }

    /** Gives all values to a statement, from a position on; returns the position behind them. */
    public int bind(PreparedStatement statement, int from) throws SQLException {
        int position = from;
        for (Object value : values) {
            statement.setObject(position++, value);
        }
        return position;
    }

    /** The values of a key. */
    List<Long> key(CopyKind kind) {
        List<Long> key = new ArrayList<>();
        for (int column = 0; column < kind.key().size(); column++) {
            key.add(number(column));
        }
        return key;
    }

    /** About how many bytes it holds. */
    int size() {
        int size = 0;
        for (Object value : values) {
            size += value instanceof byte[] bytes ? bytes.length : value instanceof String text ? text.length() : 8;
        }
        return size;
    }

    void digest(MessageDigest digest) {
        for (Object value : values) {
            if (value == null) {
                digest.update((byte) 0);
            } else if (value instanceof Long number) {
                digest.update(tagged(1, number));
            } else if (value instanceof Double number) {
                digest.update(tagged(2, Double.doubleToLongBits(number)));
            } else if (value instanceof byte[] bytes) {
                digest.update(tagged(3, bytes.length));
                digest.update(bytes);
            } else {
                byte[] text = String.valueOf(value).getBytes(StandardCharsets.UTF_8);
                digest.update(tagged(4, text.length));
                digest.update(text);
            }
        }
    }

    private static byte[] tagged(int kind, long value) {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .put((byte) kind)
                .putLong(value)
                .array();
    }
}
