package io.minerops.sqlite;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.StoreException;
import io.minerops.api.miner.MinerAddress;
import io.minerops.blocks.jdbc.Row;
import io.minerops.blocks.jdbc.Stored;
import io.minerops.sqlite.internal.db.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tables whose rows are bytes with a checksum: how the bytes are read, and what a key stands for. */
final class Blobs {
    private static final Map<String, Consumer<byte[]>> TABLES = new TreeMap<>(Map.of(
            "ticks", Stored::frame,
            "blocks", Stored::block,
            "latest", Stored::latest,
            "rollup_hour", Stored::rollup,
            "rollup_day", Stored::rollup));

    private static final String HAS_DATA = "SELECT COUNT(*) FROM pragma_table_info(?) WHERE name = 'data'";
    private static final int MINER_BITS = 20;

    private Blobs() {}

    static Iterable<String> tables() {
        return TABLES.keySet();
    }

    /** Whether a table of this file has such bytes; in files of earlier versions some have not. */
    static boolean isIn(Connection connection, String table) throws SQLException {
        return TABLES.containsKey(table)
                && Database.list(connection, HAS_DATA, values -> values.text(table), Row::number)
                                .get(0)
                        > 0;
    }

    /** What is wrong with the bytes of a row; empty where nothing is. */
    static Optional<String> damage(String table, long key, byte[] data) {
        if (table.equals("latest") && data.length == 0) {
            // a removed miner
            return Optional.empty();
        }
        try {
            TABLES.getOrDefault(table, bytes -> {}).accept(data);
            return Optional.empty();
        } catch (StoreException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            return Optional.of(row(table, key) + " cannot be read: " + why.getMessage());
        }
    }

    /** What is wrong with an address, without which no store opens; empty where nothing is. */
    static Optional<String> damagedAddress(long key, @Nullable String address) {
        if ("".equals(address)) {
            // all miners together
            return Optional.empty();
        }
        try {
            MinerAddress read = MinerAddress.parse(String.valueOf(address));
            return read.toString().equals(address)
                    ? Optional.empty()
                    : Optional.of(row("addresses", key) + " is damaged");
        } catch (InvalidArgumentException e) {
            return Optional.of(row("addresses", key) + " cannot be read: " + e.getMessage());
        }
    }

    /** What a row holds, for a message. */
    static String row(String table, long key) {
        return switch (table) {
            case "ticks" -> "the poll of " + time(table, key) + " (table ticks)";
            case "blocks" -> "the hour from " + time(table, key) + " of miner " + miner(key) + " (table blocks)";
            case "rollup_hour", "rollup_day" ->
                "the roll-ups from " + time(table, key) + " of miners from " + miner(key) + " (table " + table + ")";
            default -> "row " + key + " of table " + table;
        };
    }

    /** What all rows between two keys, both included, hold. */
    static String rows(String table, long from, long to) {
        if (from == Long.MIN_VALUE && to == Long.MAX_VALUE) {
            return "all rows of table " + table;
        }
        return "all rows of table " + table + " from " + end(table, from) + " to " + end(table, to);
    }

    private static String end(String table, long key) {
        return key == Long.MIN_VALUE
                ? "the first"
                : key == Long.MAX_VALUE ? "the last" : time(table, key).isEmpty() ? "row " + key : time(table, key);
    }

    private static String time(String table, long key) {
        return switch (table) {
            case "ticks", "polls" -> Instant.ofEpochMilli(key).toString();
            case "blocks", "rollup_hour", "rollup_day", "samples" ->
                Instant.ofEpochMilli(key >> MINER_BITS).toString();
            default -> "";
        };
    }

    private static long miner(long key) {
        return key & (1L << MINER_BITS) - 1;
    }
}
