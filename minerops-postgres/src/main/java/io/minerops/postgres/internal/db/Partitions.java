package io.minerops.postgres.internal.db;

import io.minerops.blocks.Millis;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The partitions of the tables that grow with time: of samples one for each day, of roll-ups one for each month (UTC).
 * They are made before the first row that needs them, and dropped as a whole.
 */
public final class Partitions {
    private static final String EXISTS =
            "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema AND table_name = ?";
    private static final String NAMES = "SELECT table_name FROM information_schema.tables"
            + " WHERE table_schema = current_schema AND table_name LIKE ? AND table_name < ? ORDER BY table_name";

    private final Database database;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** What a partition spans. */
    private enum Span {
        DAY {
            @Override
            long number(long at) {
                return Math.floorDiv(at, Millis.DAY);
            }

            @Override
            long begin(long number) {
                return number * Millis.DAY;
            }
        },
        MONTH {
            @Override
            long number(long at) {
                LocalDate day = Instant.ofEpochMilli(at).atZone(ZoneOffset.UTC).toLocalDate();
                return YearMonth.from(day).getYear() * 12L + day.getMonthValue() - 1;
            }

            @Override
            long begin(long number) {
                return YearMonth.of((int) (number / 12), (int) (number % 12) + 1)
                        .atDay(1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                        .toEpochMilli();
            }
        };

        abstract long number(long at);

        abstract long begin(long number);
    }

    /** The tables that have partitions. */
    public enum Table {
        /** Polls that are not sealed. */
        TICKS("ticks", Span.DAY, false),
        /** Sealed blocks. */
        BLOCKS("blocks", Span.DAY, false),
        /** Roll-ups of hours. */
        ROLLUP_HOUR("rollup_hour", Span.MONTH, false),
        /** The same for people. */
        HOURLY("hourly", Span.MONTH, true);

        private final String key;
        private final Span span;
        private final boolean timestamps;

        Table(String key, Span span, boolean timestamps) {
            this.key = key;
            this.span = span;
            this.timestamps = timestamps;
        }

        String partition(long number) {
            return String.format(Locale.ROOT, "%s_p%07d", key, number);
        }

        private String bound(long number) {
            long begin = span.begin(number);
            return timestamps ? "'" + Instant.ofEpochMilli(begin) + "'" : Long.toString(begin);
        }
    }

    public Partitions(Database database) {
        this.database = database;
    }

    /** Makes the partitions of a time, in a transaction of its own; not to be called inside another. */
    public void make(long at) {
        for (Table table : Table.values()) {
            long number = table.span.number(at);
            if (!known.contains(table.partition(number))) {
                database.write("make a partition", tx -> make(tx, table, number), known::add);
            }
        }
    }

    /** Looks again whether partitions are there, because another instance may have dropped them. */
    public void forget() {
        known.clear();
    }

    private static String make(Transaction tx, Table table, long number) throws SQLException {
        String partition = table.partition(number);
        tx.move(Version.PARTITIONS);
        if (Transaction.first(tx.bind(EXISTS).text(partition)) == 0) {
            // attached, and not made as one: that would wait for every reader of the table
            tx.execute("CREATE TABLE " + partition + " (LIKE " + table.key + " INCLUDING ALL)");
            tx.execute("ALTER TABLE " + table.key + " ATTACH PARTITION " + partition + " FOR VALUES FROM ("
                    + table.bound(number) + ") TO (" + table.bound(number + 1) + ")");
        }
        return partition;
    }

    /** Drops the partitions of a table that end by a time; returns how many. */
    public int dropBefore(Table table, long end) {
        int dropped = database.write("drop partitions", tx -> {
            List<String> names = Database.list(
                    tx.connection(),
                    NAMES,
                    values -> values.text(table.key + "\\_p_______").text(table.partition(table.span.number(end))),
                    row -> row.text());
            if (!names.isEmpty()) {
                tx.move(Version.PARTITIONS);
            }
            for (String name : names) {
                tx.execute("DROP TABLE IF EXISTS " + name);
            }
            return names.size();
        });
        if (dropped > 0) {
            forget();
        }
        return dropped;
    }
}
