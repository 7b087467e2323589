package io.minerops.postgres.internal.rows;

import io.minerops.blocks.HourSamples;
import io.minerops.blocks.Millis;
import io.minerops.blocks.jdbc.Row;
import io.minerops.blocks.jdbc.Stored;
import io.minerops.postgres.internal.db.Database;
import io.minerops.postgres.internal.db.Partitions;
import io.minerops.postgres.internal.db.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Deletes old samples: rows of the day in which the deleted time ends, and days before it as whole partitions. Within the
 * hour in which it ends, readers leave out what is before it.
 */
final class Pruning {
    private static final String COUNT_TICKS = "SELECT COUNT(DISTINCT at) FROM ticks WHERE at < ?";
    private static final String OLD_TICKS = "DELETE FROM ticks WHERE at < ?";
    private static final String POLLS =
            "SELECT data FROM blocks WHERE hour <= ? AND miner = " + HourSamples.POLLS + " ORDER BY hour";
    private static final String OLD_BLOCKS = "DELETE FROM blocks WHERE hour < ?";
    private static final String PRUNED = "SELECT value FROM versions WHERE name = 'pruned'";
    private static final String SET_PRUNED = "UPDATE versions SET value = GREATEST(value, ?) WHERE name = 'pruned'";
    private static final String OLD_HOURS = "SELECT COUNT(DISTINCT hour) FROM rollup_hour WHERE hour < ?";
    private static final String OLD_ROLLUPS = "DELETE FROM rollup_hour WHERE hour < ?";
    private static final String OLD_HOURLY = "DELETE FROM hourly WHERE at < to_timestamp(?::double precision / 1000)";
    private static final String OLD_DAYS = "SELECT COUNT(DISTINCT day) FROM rollup_day WHERE day < ?";
    private static final String OLD_DAY_ROLLUPS = "DELETE FROM rollup_day WHERE day < ?";
    private static final String OLD_DAILY = "DELETE FROM daily WHERE at < to_timestamp(?::double precision / 1000)";

    private final Database database;
    private final Partitions partitions;

    Pruning(Database database, Partitions partitions) {
        this.database = database;
        this.partitions = partitions;
    }

    int prune(long end) {
        int pruned = database.write("prune polls", tx -> {
            Sealing.exclude(tx);
            int count = (int) Transaction.first(tx.bind(COUNT_TICKS).number(end))
                    + sealed(tx.connection(), tx.number(PRUNED), end);
            tx.bind(OLD_TICKS).number(end).update();
            tx.bind(OLD_BLOCKS).number(Millis.hourOf(end)).update();
            tx.bind(SET_PRUNED).number(end).update();
            return count;
        });
        partitions.dropBefore(Partitions.Table.TICKS, end);
        partitions.dropBefore(Partitions.Table.BLOCKS, end);
        return pruned;
    }

    /** How many sealed polls there are from a time on and before another. */
    private static int sealed(Connection connection, long from, long end) throws SQLException {
        List<byte[]> hours = Database.list(connection, POLLS, values -> values.number(Millis.hourOf(end)), Row::bytes);
        int count = 0;
        for (byte[] hour : hours) {
            for (long at : Stored.block(hour).times()) {
                count += at >= from && at < end ? 1 : 0;
            }
        }
        return count;
    }

    /** Deletes the roll-ups of hours that are over by a time; returns how many hours. */
    int pruneHourly(long end) {
        long hours = Millis.hourOf(end);
        int pruned = database.write("prune roll-ups", tx -> {
            Sealing.exclude(tx);
            int count = (int) Transaction.first(tx.bind(OLD_HOURS).number(hours));
            tx.bind(OLD_ROLLUPS).number(hours).update();
            tx.bind(OLD_HOURLY).number(hours).update();
            return count;
        });
        partitions.dropBefore(Partitions.Table.ROLLUP_HOUR, hours);
        partitions.dropBefore(Partitions.Table.HOURLY, hours);
        return pruned;
    }

    /** Deletes the roll-ups of days that are over by a time; returns how many days. */
    int pruneDaily(long end) {
        long days = Millis.dayOf(end);
        return database.write("prune roll-ups", tx -> {
            Sealing.exclude(tx);
            int count = (int) Transaction.first(tx.bind(OLD_DAYS).number(days));
            tx.bind(OLD_DAY_ROLLUPS).number(days).update();
            tx.bind(OLD_DAILY).number(days).update();
            return count;
        });
    }
}
