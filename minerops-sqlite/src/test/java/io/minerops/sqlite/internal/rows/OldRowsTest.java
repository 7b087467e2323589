package io.minerops.sqlite.internal.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.HistoryQuery;
import io.minerops.api.store.PollQuery;
import io.minerops.blocks.TickCodec;
import io.minerops.sqlite.SmallFleet;
import io.minerops.sqlite.Sql;
import io.minerops.sqlite.SqliteStore;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What schema 7 stored as rows becomes blocks, and what is read of it stays the same, sample by sample. */
class OldRowsTest {
    /** More than one slice. */
    private static final int MINERS = 150;

    private static final int HOURS = 4;
    private static final int POLL_S = 600;
    private static final int HOUR_S = 3_600;
    private static final Instant END = SmallFleet.second(1_000_000);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("metrics.db");
    }

    /** A file of schema 7 with rows of any values. */
    private void write(long seed) throws SQLException {
        Random random = new Random(seed);
        try (Connection connection = Sql.connect(file)) {
            Migrations.apply(connection, file, 7);
            connection.setAutoCommit(false);
            Sql.run(connection, "INSERT INTO pools (id, url, worker) VALUES (1, 'stratum+tcp://a.example', 'w')");
            for (int miner = 1; miner <= MINERS; miner++) {
                Sql.run(connection, "INSERT INTO addresses VALUES (" + miner + ", '" + SmallFleet.miner(miner) + "')");
                Sql.run(connection, "INSERT INTO miners (miner, tags, registered_at) VALUES (" + miner + ", '', 0)");
            }
            for (int second = 0; second < HOURS * HOUR_S; second += POLL_S) {
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

    /** The store of samples, of which nothing is moved but by {@link SqliteMetricStore#moveHour}. */
    private final class Opened implements AutoCloseable {
        final Database database = Database.open(file, new ConnectionSettings(2, Duration.ofSeconds(5)));
        final SqliteMetricStore metrics;

        Opened() {
            AddressBook addresses = new AddressBook(database);
            Fleet fleet = new Fleet();
            SqliteMinerStore miners = new SqliteMinerStore(database, addresses, fleet);
            metrics = new SqliteMetricStore(database, addresses, fleet, InstantSource.fixed(END));
            assertThat(miners.all()).hasSize(MINERS);
        }

        List<Object> everything() {
            List<Object> found = new ArrayList<>();
            read(found, new HistoryQuery(null, SmallFleet.second(-1), END, null, Integer.MAX_VALUE));
            read(found, new HistoryQuery(SmallFleet.miner(7), SmallFleet.second(900), END, null, Integer.MAX_VALUE));
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

        private void read(List<Object> found, HistoryQuery query) {
            metrics.history(query, (at, sample) -> {
                found.add(at);
                found.add(sample);
            });
        }

        @Override
        public void close() {
            metrics.close();
            database.close();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void each_sample_is_the_same_before_while_and_after_the_rows_become_blocks(long seed) throws Exception {
        write(seed);
        List<Object> before;
        try (Opened opened = new Opened()) {
            before = opened.everything();
            assertThat(before).hasSizeGreaterThan(2 * 24 * 100);
        }
        for (int hour = 1; hour <= HOURS; hour++) {
            // each hour after a start of its own
            try (Opened opened = new Opened()) {
                assertThat(opened.metrics.moveHour()).isTrue();
                assertThat(opened.everything()).isEqualTo(before);
            }
            assertThat(Sql.number(file, "SELECT COUNT(*) FROM polls")).isEqualTo((HOURS - hour) * 6L);
        }
        try (Opened opened = new Opened()) {
            assertThat(opened.metrics.moveHour()).isFalse();
            assertThat(opened.everything()).isEqualTo(before);
        }
        assertThat(Sql.number(file, "SELECT COUNT(*) FROM samples")).isZero();
        assertThat(Sql.number(file, "SELECT COUNT(*) FROM ticks")).isZero();
        assertThat(Sql.number(file, "SELECT COUNT(*) FROM rollup_hour")).isEqualTo(2L * HOURS);
    }

    @Test
    void an_hour_of_which_some_polls_were_moved_when_the_process_died_is_read_the_same_and_moved_again()
            throws Exception {
        write(6);
        List<Object> before;
        try (Opened opened = new Opened()) {
            before = opened.everything();
            int[] polls = new int[1];
            OldRows rows = new OldRows(
                    opened.database,
                    new AddressBook(opened.database),
                    new SampleRows(new PoolBook(opened.database)),
                    new TickCodec(ReadingBook.load(opened.database), new PoolBook(opened.database)));
            rows.move(rows.newestHour(Long.MAX_VALUE), () -> polls[0]++ == 2);
            assertThat(Sql.number(file, "SELECT COUNT(*) FROM ticks")).isEqualTo(2);
            assertThat(opened.everything()).isEqualTo(before);
        }
        try (Opened opened = new Opened()) {
            while (opened.metrics.moveHour()) {
                assertThat(opened.everything()).isEqualTo(before);
            }
        }
        assertThat(Sql.number(file, "SELECT COUNT(*) FROM ticks")).isZero();
    }

    @Test
    void what_was_stored_again_since_stays_whether_it_is_a_tick_or_sealed() throws Exception {
        write(7);
        try (Opened opened = new Opened()) {
            opened.metrics.append(again(0));
            opened.metrics.append(again(HOUR_S));
            opened.metrics.sealBefore(SmallFleet.second(HOUR_S));
            List<Object> before = opened.everything();
            while (opened.metrics.moveHour()) {
                assertThat(opened.everything()).isEqualTo(before);
            }
        }
        assertThat(Sql.number(file, "SELECT COUNT(*) FROM samples")).isZero();
        assertThat(Sql.number(file, "SELECT COUNT(*) FROM ticks")).isZero();
    }

    private static Poll again(int second) {
        return Poll.of(
                SmallFleet.second(second),
                List.of(MetricSample.builder(SmallFleet.miner(7), SmallFleet.second(second))
                        .set(Reading.HASHRATE_THS, 1)
                        .build()));
    }

    @Test
    @Timeout(60)
    void a_store_that_is_opened_moves_them_by_itself_and_shows_the_progress_until_it_is_done() throws Exception {
        write(8);
        List<Object> before;
        try (Opened opened = new Opened()) {
            before = opened.everything();
        }
        try (SqliteStore store = SqliteStore.open(file)) {
            store.activity()
                    .ifPresent(
                            text -> assertThat(text).matches("moving samples of an earlier version: [0-4] of 4 hours"));
            while (store.activity().isPresent()) {
                Thread.onSpinWait();
            }
        }
        assertThat(Sql.number(file, "SELECT COUNT(*) FROM samples")).isZero();
        try (Opened opened = new Opened()) {
            assertThat(opened.everything()).isEqualTo(before);
        }
    }

    @Test
    void a_removed_miner_that_comes_back_has_no_latest_sample_of_its_rows() throws Exception {
        write(9);
        try (Opened opened = new Opened()) {
            while (opened.metrics.moveHour()) {
                assertThat(opened.metrics.latest().hasSample(0)).isFalse();
            }
        }
        try (Opened opened = new Opened()) {
            assertThat(opened.metrics.latest().hasSample(0)).isFalse();
        }
    }
}
