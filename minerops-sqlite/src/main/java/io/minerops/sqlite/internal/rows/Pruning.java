package io.minerops.sqlite.internal.rows;

import io.minerops.blocks.HourSamples;
import io.minerops.blocks.Millis;
import io.minerops.blocks.jdbc.Stored;
import io.minerops.blocks.jdbc.Times;
import io.minerops.sqlite.internal.db.Database;
import io.minerops.sqlite.internal.db.Durability;
import io.minerops.sqlite.internal.db.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Deletes old samples in transactions short enough that no poll waits long. Blocks go by whole hours; within the hour in
 * which the deleted time ends, readers leave out what is before it.
 */
final class Pruning {
    /** After so many samples others have the writer: a lock of about ten milliseconds. */
    private static final int SAMPLES_PER_STEP = 10_000;

    private static final int TICKS_PER_STEP = 20;
    private static final int BLOCKS_PER_STEP = 1_000;

    private static final String OLD_TICKS =
            "DELETE FROM ticks WHERE at IN (SELECT at FROM ticks WHERE at < ? ORDER BY at LIMIT " + TICKS_PER_STEP
                    + ")";
    private static final String OLDEST_BLOCK = "SELECT MIN(id) FROM blocks WHERE id < ?";
    private static final String BLOCK = "SELECT data FROM blocks WHERE id = ?";
    private static final String BLOCKS_OF_HOUR = "DELETE FROM blocks WHERE id IN (SELECT id FROM blocks WHERE id > ?"
            + " AND id <= ? ORDER BY id LIMIT " + BLOCKS_PER_STEP + ")";
    private static final String DELETE_BLOCK = "DELETE FROM blocks WHERE id = ?";
    private static final RollupSql HOURLY = RollupSql.of("rollup_hour");
    private static final RollupSql DAILY = RollupSql.of("rollup_day");
    private static final String PRUNED = "SELECT COALESCE(pruned_before, 0) FROM state";
    private static final String SET_PRUNED = "UPDATE state SET pruned_before = ?";
    private static final String OLDEST_POLL = "SELECT at FROM polls WHERE at < ? ORDER BY at LIMIT 1";
    private static final String DELETE_SAMPLES = "DELETE FROM samples WHERE id BETWEEN ? AND ?";
    private static final String DELETE_POLL = "DELETE FROM polls WHERE at = ?";

    private final Database database;

    private interface Step {
        /** How many polls a step deleted; negative at the end. */
        int run(Transaction tx) throws SQLException;
    }

    Pruning(Database database) {
        this.database = database;
    }

    int prune(long end) {
        return repeat(tx -> rows(tx, end))
                + repeat(tx -> {
                    int ticks = tx.bind(OLD_TICKS).number(end).update();
                    return ticks == 0 ? -1 : ticks;
                })
                + repeat(tx -> blocks(tx, end))
                + database.write("prune polls", Durability.PROCESS, tx -> partOfHour(tx, end));
    }

    /** Deletes the roll-ups of hours that are over by a time, an hour in each transaction; returns how many hours. */
    int pruneHourly(long end) {
        return repeat(tx -> rollups(tx, HOURLY, Millis.hourOf(end)));
    }

    /** Deletes those of days in the same way; returns how many days. */
    int pruneDaily(long end) {
        return repeat(tx -> rollups(tx, DAILY, Millis.dayOf(end)));
    }

    private record RollupSql(String oldest, String delete) {
        static RollupSql of(String table) {
            return new RollupSql(
                    "SELECT MIN(id) FROM " + table + " WHERE id < ?",
                    "DELETE FROM " + table + " WHERE id BETWEEN ? AND ?");
        }
    }

    private static int rollups(Transaction tx, RollupSql sql, long end) throws SQLException {
        long oldest = first(tx, sql.oldest, Times.key(end, 0), -1);
        if (oldest < 0) {
            return -1;
        }
        long begin = Times.keyTime(oldest);
        tx.bind(sql.delete)
                .number(Times.key(begin, 0))
                .number(Times.key(begin, Times.MAX_MINER))
                .update();
        return 1;
    }

    private int repeat(Step step) {
        int total = 0;
        int deleted = 0;
        while (deleted >= 0) {
            total += deleted;
            deleted = database.write("prune polls", Durability.PROCESS, step::run);
        }
        return total;
    }

    private static int rows(Transaction tx, long end) throws SQLException {
        int polls = 0;
        int samples = 0;
        while (samples < SAMPLES_PER_STEP) {
            long at = first(tx, OLDEST_POLL, end, -1);
            if (at < 0) {
                return polls == 0 ? -1 : polls;
            }
            samples += tx.bind(DELETE_SAMPLES)
                    .number(Times.key(at, 0))
                    .number(Times.key(at, Times.MAX_MINER))
                    .update();
            // a poll without samples counts too, lest a step go on for ever
            samples += tx.bind(DELETE_POLL).number(at).update();
            polls++;
        }
        return polls;
    }

    /** Blocks of the oldest hour that is over by the end; that of its polls last, for it says how many there were. */
    private static int blocks(Transaction tx, long end) throws SQLException {
        long endOfHours = Times.key(Millis.hourOf(end), 0);
        long oldest = first(tx, OLDEST_BLOCK, endOfHours, -1);
        if (oldest < 0) {
            return -1;
        }
        long polls = Times.key(Millis.hourOf(Times.keyTime(oldest)), HourSamples.POLLS);
        int deleted = tx.bind(BLOCKS_OF_HOUR)
                .number(polls)
                .number(polls + Times.MAX_MINER)
                .update();
        if (deleted == BLOCKS_PER_STEP) {
            return 0;
        }
        int count = polls(tx, polls, tx.number(PRUNED), Long.MAX_VALUE);
        tx.bind(DELETE_BLOCK).number(polls).update();
        return count;
    }

    private static int partOfHour(Transaction tx, long end) throws SQLException {
        long before = tx.number(PRUNED);
        if (end <= before) {
            return 0;
        }
        tx.bind(SET_PRUNED).number(end).update();
        return polls(tx, Times.key(Millis.hourOf(end), HourSamples.POLLS), before, end);
    }

    /** How many polls a block names from a time on and before another. */
    private static int polls(Transaction tx, long id, long from, long until) throws SQLException {
        int count = 0;
        try (ResultSet results = tx.bind(BLOCK).number(id).query()) {
            if (results.next()) {
                for (long at : Stored.block(results.getBytes(1)).times()) {
                    count += at >= from && at < until ? 1 : 0;
                }
            }
        }
        return count;
    }

    private static long first(Transaction tx, String sql, long value, long otherwise) throws SQLException {
        try (ResultSet results = tx.bind(sql).number(value).query()) {
            if (!results.next()) {
                return otherwise;
            }
            long found = results.getLong(1);
            return results.wasNull() ? otherwise : found;
        }
    }
}
