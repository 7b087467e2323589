package io.minerops.benchmarks;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.HistoryQuery;
import io.minerops.sqlite.SqliteStore;
import io.minerops.sqlite.internal.db.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Makes a SQLite file of schema 7 with so many samples, opens it with today's store, and compares the history while the
 * samples are moved and afterwards with what was written, sample by sample.
 */
public final class OldFileRun {
    private static final int SCHEMA = 7;
    private static final int MINERS = 500;
    private static final int POLL_S = 30;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long PAUSE_MS = 200;
    private static final double MS = 1e6;
    private static final double MIB = 1 << 20;

    /** The readings that schema 7 has a column for. */
    private static final List<Reading> READINGS = List.of(
            Reading.HASHRATE_THS,
            Reading.HASHRATE_AVG_THS,
            Reading.POWER_W,
            Reading.AVG_TEMP_C,
            Reading.MAX_TEMP_C,
            Reading.AVG_FAN_RPM,
            Reading.MIN_FAN_RPM,
            Reading.MAX_FAN_RPM,
            Reading.ELAPSED_S,
            Reading.ACCEPTED,
            Reading.REJECTED,
            Reading.HW_ERRORS,
            Reading.BOARDS_ALIVE,
            Reading.BOARDS_EXPECTED,
            Reading.CHIPS_ALIVE,
            Reading.CHIPS_EXPECTED,
            Reading.POOLS_ALIVE);

    private OldFileRun() {}

    /** A hash over samples in their order, and how many there were. */
    private record Seen(long samples, long hash) {
        Seen and(Instant at, MetricSample sample) {
            return new Seen(samples + 1, (hash * 31 + at.hashCode()) * 31 + sample.hashCode());
        }
    }

    /** Arguments: how many samples. */
    public static void main(String[] args) throws IOException, SQLException, InterruptedException {
        long wanted = Long.parseLong(args[0]);
        Path folder = Files.createTempDirectory("minerops-old-file");
        Path file = folder.resolve("metrics.db");
        Seen written = write(file, wanted);
        print("schema %d: %,d samples, %.0f MiB%n", SCHEMA, written.samples, Files.size(file) / MIB);
        long begin = System.nanoTime();
        try (SqliteStore store = SqliteStore.open(file)) {
            print("opened in %.0f ms%n", (System.nanoTime() - begin) / MS);
            print("  %s%n", store.activity().orElse("nothing to move"));
            Seen meanwhile = read(store);
            print("  %s: history is %s%n", store.activity().orElse("moved"), verdict(meanwhile, written));
            String last = "";
            while (store.activity().isPresent()) {
                String now = store.activity().orElse("");
                if (!now.equals(last) && now.contains("0 of")) {
                    print("  %s%n", now);
                }
                last = now;
                Thread.sleep(PAUSE_MS);
            }
            print("moved in %.1f s%n", (System.nanoTime() - begin) / MS / 1_000);
            print("  history is %s%n", verdict(read(store), written));
        }
        print("file: %.0f MiB%n", Files.size(file) / MIB);
        vacuum(file);
        print(
                "after VACUUM: %.0f MiB, %.1f bytes a sample%n",
                Files.size(file) / MIB, Files.size(file) / (double) written.samples);
        begin = System.nanoTime();
        SqliteStore.open(file).close();
        print("opened and closed in %.0f ms%n", (System.nanoTime() - begin) / MS);
        Files.delete(file);
        Files.deleteIfExists(folder.resolve("metrics.db.lock"));
        Files.delete(folder);
    }

    private static String verdict(Seen found, Seen written) {
        return found.equals(written) ? "equal in all " + found.samples + " samples" : "NOT EQUAL: " + found;
    }

    private static Seen read(SqliteStore store) {
        Seen[] seen = {new Seen(0, 0)};
        store.metrics()
                .history(
                        new HistoryQuery(null, Instant.EPOCH, START.plusSeconds(1L << 32), null, Integer.MAX_VALUE),
                        (at, sample) -> seen[0] = seen[0].and(at, sample));
        return seen[0];
    }

    private static void vacuum(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("VACUUM");
        }
    }

    private static Seen write(Path file, long wanted) throws SQLException {
        FleetDay fleet = new FleetDay(MINERS, 1);
        Seen seen = new Seen(0, 0);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            Migrations.apply(connection, file, SCHEMA);
            statement.execute("PRAGMA synchronous = OFF");
            connection.setAutoCommit(false);
            for (int miner = 0; miner < MINERS; miner++) {
                statement.executeUpdate(
                        "INSERT INTO addresses VALUES (" + (miner + 1) + ", '" + Fleets.address(miner) + "')");
                statement.executeUpdate(
                        "INSERT INTO miners (miner, tags, registered_at) VALUES (" + (miner + 1) + ", '', 0)");
            }
            String columns =
                    String.join(", ", READINGS.stream().map(Reading::key).toList());
            try (PreparedStatement row = connection.prepareStatement(
                            "INSERT INTO samples (id, read_after_ms, power_estimated, pool, " + columns
                                    + ") VALUES (?, ?, 0, ?" + ", ?".repeat(READINGS.size()) + ")");
                    PreparedStatement poll = connection.prepareStatement("INSERT INTO polls VALUES (?, ?)");
                    PreparedStatement pool = connection.prepareStatement("INSERT INTO pools VALUES (1, ?, ?)")) {
                for (int polls = 0; seen.samples < wanted; polls++) {
                    Poll next = fleet.next(START.plusSeconds((long) polls * POLL_S), POLL_S);
                    if (polls == 0) {
                        Pool named = next.samples().get(0).pool();
                        pool.setString(1, named == null ? "" : named.url());
                        pool.setString(2, named == null ? "" : named.worker());
                        pool.executeUpdate();
                    }
                    for (MetricSample sample : next.samples()) {
                        bind(row, next.at().toEpochMilli(), sample);
                        seen = seen.and(next.at(), sample);
                    }
                    row.executeBatch();
                    poll.setLong(1, next.at().toEpochMilli());
                    poll.setInt(2, next.samples().size());
                    poll.executeUpdate();
                    if (polls % 100 == 0) {
                        connection.commit();
                    }
                }
            }
            connection.commit();
            connection.setAutoCommit(true);
        }
        return seen;
    }

    private static void bind(PreparedStatement row, long at, MetricSample sample) throws SQLException {
        row.setLong(1, at << 20 | number(sample));
        row.setLong(2, sample.readAt().toEpochMilli() - at);
        row.setInt(3, 1);
        for (int i = 0; i < READINGS.size(); i++) {
            double value = sample.value(READINGS.get(i));
            if (Double.isNaN(value)) {
                row.setNull(4 + i, Types.REAL);
            } else {
                row.setDouble(4 + i, value);
            }
        }
        row.addBatch();
    }

    private static long number(MetricSample sample) {
        String[] parts = sample.miner().host().split("\\.", -1);
        return 1 + (Long.parseLong(parts[2]) << Byte.SIZE) + Long.parseLong(parts[3]);
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
