package io.minerops.postgres.internal.rows;

import io.minerops.postgres.internal.db.Transaction;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The text of a statement that adds rows, or replaces those of their keys. */
final class Upsert {
    private Upsert() {}

    /** A row, for columns that are separated by commas: those of the key, then the others. */
    static String of(String table, String key, String others) {
        String columns = key + ", " + others;
        return insert(table, columns) + "VALUES (?" + ", ?".repeat(columns.split(",", -1).length - 1) + ")"
                + replace(key, others);
    }

    /**
     * Many rows, of an array for each column but the first, which all rows have in common: one statement and one round trip.
     *
     * @param key the columns of the key, the common one first
     * @param common what the first column is, with a question mark for its value
     * @param types the types of the other columns
     */
    static String ofMany(String table, String key, String others, String common, String... types) {
        String names = IntStream.range(0, types.length).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        String arrays = Arrays.stream(types).map(type -> "?::" + type + "[]").collect(Collectors.joining(", "));
        return insert(table, key + ", " + others) + "SELECT " + common + ", " + names + " FROM unnest(" + arrays
                + ") AS u (" + names + ")" + replace(key, others);
    }

    private static String insert(String table, String columns) {
        return "INSERT INTO " + table + " (" + columns + ") ";
    }

    private static String replace(String key, String others) {
        return " ON CONFLICT (" + key + ") DO UPDATE SET "
                + Arrays.stream(others.split(","))
                        .map(String::strip)
                        .map(column -> column + " = excluded." + column)
                        .collect(Collectors.joining(", "));
    }

    /** Runs a statement of {@link #ofMany} for rows of a number and bytes. */
    static void run(Transaction tx, String sql, long common, SortedMap<Integer, byte[]> rows) throws SQLException {
        if (!rows.isEmpty()) {
            run(tx, sql, common, numbers(rows.keySet()), rows.values().toArray(byte[][]::new));
        }
    }

    /** Runs a statement of {@link #ofMany} for the arrays of its columns. */
    static void run(Transaction tx, String sql, long common, Object... arrays) throws SQLException {
        PreparedStatement statement = tx.statement(sql);
        statement.setLong(1, common);
        for (int i = 0; i < arrays.length; i++) {
            statement.setObject(i + 2, arrays[i]);
        }
        statement.executeUpdate();
    }

    static int[] numbers(Collection<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }
}
