package io.minerops.sqlite.internal.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.api.store.HistoryQuery;
import io.minerops.blocks.Column;
import io.minerops.blocks.ColumnIds;
import io.minerops.blocks.Frame;
import io.minerops.sqlite.Sql;
import io.minerops.sqlite.SqliteStore;
import io.minerops.sqlite.internal.db.Migrations;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of a program that knew two readings, opened by this one, which knows more. */
class AddedReadingTest {
    private static final MinerAddress MINER = MinerAddress.of("10.0.0.7");
    private static final long HOUR = 1_795_827_600_000L;
    private static final int HASHRATE = 16;
    private static final int POWER = 17;
    private static final int OF_LATER_PROGRAM = 18;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeAsThatProgramDid() throws Exception {
        file = folder.resolve("metrics.db");
        try (Connection connection = Sql.connect(file)) {
            Migrations.apply(connection, file, Migrations.latest());
            try (PreparedStatement tick =
                    connection.prepareStatement("INSERT INTO ticks (at, written, samples, data) VALUES (?, 1, 1, ?)")) {
                tick.setLong(1, HOUR);
                tick.setBytes(
                        2,
                        Frame.encode(List.of(
                                Column.ofNumbers(ColumnIds.KEY, new long[] {7}),
                                Column.ofNumbers(ColumnIds.READ_AFTER_MS, new long[] {5}),
                                Column.of(HASHRATE, 3, new double[] {99.5}),
                                Column.of(POWER, 0, new double[] {3_250}),
                                Column.of(OF_LATER_PROGRAM, 0, new double[] {42}))));
                tick.executeUpdate();
            }
        }
        Sql.run(
                file,
                "INSERT INTO addresses VALUES (7, '10.0.0.7')",
                "INSERT INTO miners (miner, tags, registered_at) VALUES (7, '', 1000)",
                "INSERT INTO readings VALUES (16, 'hashrate_ths'), (17, 'power_w'), (18, 'of_another_program')");
    }

    @Test
    void what_is_stored_is_read_as_it_was_and_the_added_readings_are_absent() {
        try (SqliteStore store = SqliteStore.open(file)) {
            FleetSnapshot latest = store.metrics().latest();

            assertThat(latest.hashrateThs(0)).isEqualTo(99.5);
            assertThat(latest.powerW(0)).isEqualTo(3_250);
            assertThat(latest.avgTempC(0)).isNaN();
            assertThat(latest.state(0)).isEqualTo(WorkState.UNKNOWN);
            assertThat(history(store, null)).containsExactly(sample(HOUR, false));
        }
    }

    @Test
    void added_readings_are_stored_beside_it_whether_their_hour_is_sealed_or_not() throws Exception {
        try (SqliteStore store = SqliteStore.open(file)) {
            store.metrics().append(Poll.of(Instant.ofEpochMilli(HOUR + 30_000), List.of(sample(HOUR + 30_000, true))));
            List<MetricSample> both = List.of(sample(HOUR, false), sample(HOUR + 30_000, true));
            assertThat(history(store, null)).isEqualTo(both);

            ((SqliteMetricStore) store.metrics()).sealBefore(Instant.ofEpochMilli(HOUR + 3_600_000));

            assertThat(history(store, null)).isEqualTo(both);
            MetricSample mean = history(store, Duration.ofHours(1)).get(0);
            assertThat(mean.value(Reading.AVG_TEMP_C)).isEqualTo(61.5);
            assertThat(mean.value(Reading.HASHRATE_THS)).isEqualTo(99.5);
            assertThat(mean.state()).isEqualTo(WorkState.ASLEEP);
        }
        try (SqliteStore store = SqliteStore.open(file)) {
            FleetSnapshot latest = store.metrics().latest();
            assertThat(latest.avgTempC(0)).isEqualTo(61.5);
            assertThat(latest.state(0)).isEqualTo(WorkState.ASLEEP);
        }
        assertThat(Sql.number(file, "SELECT id FROM readings WHERE key = 'hashrate_ths'"))
                .isEqualTo(HASHRATE);
        assertThat(Sql.number(
                        file,
                        "SELECT MIN(id) FROM readings WHERE key NOT IN ('hashrate_ths', 'power_w',"
                                + " 'of_another_program')"))
                .isGreaterThan(OF_LATER_PROGRAM);
    }

    @Test
    void the_view_has_a_column_for_each_reading_and_the_state() throws Exception {
        try (SqliteStore store = SqliteStore.open(file)) {
            store.metrics().append(Poll.of(Instant.ofEpochMilli(HOUR + 30_000), List.of(sample(HOUR + 30_000, true))));

            assertThat(Sql.column(file, "SELECT name FROM pragma_table_info('metrics')", 1))
                    .contains("state")
                    .containsAll(Reading.all().stream().map(Reading::key).toList());
            assertThat(Sql.column(
                            file,
                            "SELECT hashrate_ths || ' ' || IFNULL(avg_temp_c, '-') || ' ' || IFNULL(state, '-')"
                                    + " FROM metrics ORDER BY timestamp",
                            1))
                    .containsExactly("99.5 - -", "99.5 61.5 asleep");
        }
    }

    private static MetricSample sample(long at, boolean more) {
        MetricSample.Builder sample = MetricSample.builder(MINER, Instant.ofEpochMilli(at + 5))
                .set(Reading.HASHRATE_THS, 99.5)
                .set(Reading.POWER_W, 3_250);
        return more
                ? sample.set(Reading.AVG_TEMP_C, 61.5).state(WorkState.ASLEEP).build()
                : sample.build();
    }

    private static List<MetricSample> history(SqliteStore store, @Nullable Duration step) {
        List<MetricSample> found = new ArrayList<>();
        Instant from = Instant.ofEpochMilli(HOUR);
        store.metrics()
                .history(
                        new HistoryQuery(MINER, from, from.plusSeconds(3_600), step, 10),
                        (at, sample) -> found.add(sample));
        return found;
    }
}
