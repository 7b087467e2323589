package io.minerops.sqlite.internal.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.Reading;
import io.minerops.api.store.HistoryQuery;
import io.minerops.api.store.MetricStore;
import io.minerops.api.store.PollQuery;
import io.minerops.sqlite.SmallFleet;
import io.minerops.sqlite.Sql;
import io.minerops.sqlite.internal.db.ConnectionSettings;
import io.minerops.sqlite.internal.db.Database;
import io.minerops.sqlite.internal.db.Migrations;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file of schema 7, and what is read of it. */
final class OldFile {
    /** More than one slice. */
    static final int MINERS = 150;

    static final Instant END = SmallFleet.second(1_000_000);
    private static final int POLL_S = 600;
    private static final int HOUR_S = 3_600;

    private OldFile() {}

    /** A file of schema 7 with rows of any values. */
    static void write(Path file, int hours, long seed) throws SQLException {
        Random random = new Random(seed);
        try (Connection connection = Sql.connect(file)) {
            Migrations.apply(connection, file, 7);
            connection.setAutoCommit(false);
            Sql.run(connection, "INSERT INTO pools (id, url, worker) VALUES (1, 'stratum+tcp://a.example', 'w')");
            for (int miner = 1; miner <= MINERS; miner++) {
                Sql.run(connection, "INSERT INTO addresses VALUES (" + miner + ", '" + SmallFleet.miner(miner) + "')");
                Sql.run(connection, "INSERT INTO miners (miner, tags, registered_at) VALUES (" + miner + ", '', 0)");
            }
            for (int second = 0; second < hours * HOUR_S; second += POLL_S) {
                poll(connection, SmallFleet.second(second).toEpochMilli(), random);
            }
            connection.commit();
        }
    }

    private static void poll(Connection connection, long at, Random random) throws SQLException {
        int samples = 0;
        String sql = "INSERT INTO samples (id, " + SampleRows.COLUMNS + ") VALUES (?, ?, ?, ?"
                + ", ?".repeat(SampleRows.READINGS.size()) + ")";
        try (PreparedStatement row = connection.prepareStatement(sql)) {
            for (int miner = 1; miner <= MINERS; miner++) {
                if (random.nextInt(10) > 0) {
                    row.setLong(1, at << 20 | miner);
                    row.setInt(2, random.nextInt(3_000));
                    row.setInt(3, random.nextInt(2));
                    row.setObject(4, random.nextInt(3) == 0 ? 1 : null);
                    for (int column = 0; column < SampleRows.READINGS.size(); column++) {
                        row.setObject(5 + column, value(random, column));
                    }
                    row.addBatch();
                    samples++;
                }
            }
            row.executeBatch();
        }
        Sql.run(connection, "INSERT INTO polls VALUES (" + at + ", " + samples + ")");
    }

    /** Whole numbers, decimals, doubles to the last bit, tiny and huge ones, and none. */
    private static @Nullable Double value(Random random, int column) {
        return switch (random.nextInt(16)) {
            case 0 -> null;
            case 1 -> random.nextDouble() * Math.pow(10, random.nextInt(30) - 10);
            case 2 -> -random.nextDouble();
            default -> column % 3 == 0 ? random.nextDouble() * 200 : random.nextInt(100_000) / 10.0;
        };
    }

    /** The store of samples of a file, of which nothing is moved but by {@link SqliteMetricStore#moveHour}. */
    static final class Opened implements AutoCloseable {
        final Database database;
        final SqliteMetricStore metrics;

        Opened(Path file) {
            database = Database.open(file, new ConnectionSettings(2, Duration.ofSeconds(5)));
            AddressBook addresses = new AddressBook(database);
            Fleet fleet = new Fleet();
            SqliteMinerStore miners = new SqliteMinerStore(database, addresses, fleet);
            metrics = new SqliteMetricStore(database, addresses, fleet, InstantSource.fixed(END));
            assertThat(miners.all()).hasSize(MINERS);
        }

        List<Object> everything() {
            return OldFile.everything(metrics);
        }

        @Override
        public void close() {
            metrics.close();
            database.close();
        }
    }

    /** All that the store gives: each sample, one miner's, and the polls. */
    static List<Object> everything(MetricStore metrics) {
        List<Object> found = new ArrayList<>();
        read(metrics, found, new HistoryQuery(null, SmallFleet.second(-1), END, null, Integer.MAX_VALUE));
        read(
                metrics,
                found,
                new HistoryQuery(SmallFleet.miner(7), SmallFleet.second(900), END, null, Integer.MAX_VALUE));
        PollQuery polls =
                new PollQuery(metrics.latest().roster(), SmallFleet.second(-1), END, Set.of(Reading.HASHRATE_THS));
        metrics.polls(polls, poll -> {
            double sum = 0;
            for (int i = 0; i < poll.size(); i++) {
                double value = poll.value(Reading.HASHRATE_THS, i);
                sum += Double.isNaN(value) ? 1 : value;
            }
            return found.add(poll.epochMillis() + " " + poll.size() + " " + Math.rint(sum));
        });
        return found;
    }

    private static void read(MetricStore metrics, List<Object> found, HistoryQuery query) {
        metrics.history(query, (at, sample) -> {
            found.add(at);
            found.add(sample);
        });
    }
}
