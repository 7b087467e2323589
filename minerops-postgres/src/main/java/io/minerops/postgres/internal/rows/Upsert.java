package io.minerops.postgres.internal.rows;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The text of a statement that adds a row, or replaces the one of its key. */
final class Upsert {
    private Upsert() {}

    /** For columns that are separated by commas: those of the key, then the others. */
    static String of(String table, String key, String others) {
        String columns = key + ", " + others;
        String values = "?" + ", ?".repeat(columns.split(",", -1).length - 1);
        return "INSERT INTO " + table + " (" + columns + ") VALUES (" + values + ") ON CONFLICT (" + key
                + ") DO UPDATE SET "
                + Arrays.stream(others.split(","))
                        .map(String::strip)
                        .map(column -> column + " = excluded." + column)
                        .collect(Collectors.joining(", "));
    }
}
