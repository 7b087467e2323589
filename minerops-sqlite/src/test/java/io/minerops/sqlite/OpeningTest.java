package io.minerops.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.minerops.api.StoreException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.HistoryQuery;
import io.minerops.sqlite.internal.db.Migrations;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files open, and what is said of those that do not. */
class OpeningTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("metrics.db");
    }

    @Test
    void makes_a_file_of_the_latest_version_where_there_is_none() throws Exception {
        SqliteStore.open(file).close();

        assertThat(Sql.number(file, "SELECT MAX(version) FROM schema_version")).isEqualTo(Migrations.latest());
        assertThat(Sql.column(file, "PRAGMA journal_mode", 1)).containsExactly("wal");
    }

    @Test
    void makes_an_empty_file_a_database() throws Exception {
        Files.createFile(file);

        SqliteStore.open(file).close();

        assertThat(Sql.number(file, "SELECT COUNT(*) FROM schema_version")).isEqualTo(Migrations.latest());
    }

    @Test
    void brings_version_1_up_to_date_and_keeps_its_rows() throws Exception {
        try (Connection connection = Sql.connect(file)) {
            Migrations.apply(connection, file, 1);
        }
        Sql.run(
                file,
                "INSERT INTO addresses VALUES (7, '10.0.0.7')",
                "INSERT INTO miners (miner, tags, registered_at) VALUES (7, '', 1000)",
                "INSERT INTO polls VALUES (2000, 1)",
                "INSERT INTO samples (id, read_after_ms, power_estimated, hashrate_ths) VALUES (2000 << 20 | 7, 5, 0, 99.5)");
        assertThat(Sql.number(file, "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'metrics'"))
                .isZero();

        try (SqliteStore store = SqliteStore.open(file)) {
            assertThat(store.miners().all()).hasSize(1);
            List<MetricSample> samples = new ArrayList<>();
            store.metrics()
                    .history(
                            new HistoryQuery(null, Instant.EPOCH, Instant.ofEpochMilli(9_000), null, 10),
                            (at, sample) -> samples.add(sample));
            assertThat(samples)
                    .containsExactly(MetricSample.builder(MinerAddress.of("10.0.0.7"), Instant.ofEpochMilli(2_005))
                            .set(Reading.HASHRATE_THS, 99.5)
                            .build());
        }
    }

    @Test
    void takes_the_hostnames_of_an_older_file_for_typed_ones() throws Exception {
        try (Connection connection = Sql.connect(file)) {
            Migrations.apply(connection, file, 3);
        }
        Sql.run(
                file,
                "INSERT INTO addresses VALUES (7, '10.0.0.7'), (8, '10.0.0.8')",
                "INSERT INTO miners (miner, hostname, tags, registered_at) VALUES (7, 'rack7', '', 1000)",
                "INSERT INTO miners (miner, tags, registered_at) VALUES (8, '', 1000)");

        try (SqliteStore store = SqliteStore.open(file)) {
            assertThat(store.miners().all())
                    .extracting(Miner::hostnameGiven, Miner::serial)
                    .containsExactly(tuple(true, null), tuple(false, null));
        }
    }

    @Test
    void a_file_from_before_coolant_temperatures_keeps_its_rows_and_takes_them() throws Exception {
        try (Connection connection = Sql.connect(file)) {
            Migrations.apply(connection, file, 4);
        }
        MinerAddress miner = MinerAddress.of("10.0.0.7");
        String row =
                "(id, read_after_ms, power_estimated, max_temp_c, pools_alive) VALUES (2000 << 20 | 7, 5, 0, 71, 2)";
        Sql.run(
                file,
                "INSERT INTO addresses VALUES (7, '10.0.0.7')",
                "INSERT INTO miners (miner, tags, registered_at) VALUES (7, '', 1000)",
                "INSERT INTO polls VALUES (2000, 1)",
                "INSERT INTO samples " + row,
                "INSERT INTO latest (miner, poll_at, read_after_ms, power_estimated, max_temp_c) VALUES (7, 2000, 5, 0, 71)");

        try (SqliteStore store = SqliteStore.open(file)) {
            FleetSnapshot latest = store.metrics().latest();
            assertThat(latest.value(Reading.MAX_TEMP_C, 0)).isEqualTo(71);
            assertThat(latest.value(Reading.INLET_TEMP_C, 0)).isNaN();
            Instant at = Instant.ofEpochMilli(3000);
            store.metrics()
                    .append(Poll.of(
                            at,
                            List.of(MetricSample.builder(miner, at)
                                    .set(Reading.INLET_TEMP_C, 35.5)
                                    .set(Reading.OUTLET_TEMP_C, 44)
                                    .build())));
        }

        assertThat(Sql.column(
                        file,
                        "SELECT COALESCE(max_temp_c, '-') || ' ' || COALESCE(inlet_temp_c, '-') || ' '"
                                + " || COALESCE(outlet_temp_c, '-') FROM metrics ORDER BY timestamp",
                        1))
                .containsExactly("71.0 - -", "- 35.5 44.0");
    }

    @Test
    void a_rule_from_before_channels_names_none_and_takes_some() throws Exception {
        try (Connection connection = Sql.connect(file)) {
            Migrations.apply(connection, file, 5);
        }
        Sql.run(
                file,
                "INSERT INTO rules (id, created_at, updated_at, name, type, enabled, thresholds, severity, cooldown_ms,"
                        + " notify_email, notify_webhook, tags_filter) VALUES (1, 1000, 1000, 'Hot', 'temp', 1,"
                        + " '80.0 temp_c\n', 'warning', 60000, 1, 0, '')");

        try (SqliteStore store = SqliteStore.open(file)) {
            AlertRule old = store.rules().find(1).orElseThrow();
            assertThat(old.channels()).isEmpty();
            assertThat(old.notifyEmail()).isTrue();
            store.rules().update(old.toBuilder().channels(List.of("noc-slack")).build(), Instant.ofEpochMilli(2000));
        }

        try (SqliteStore store = SqliteStore.open(file)) {
            assertThat(store.rules().find(1)).hasValueSatisfying(rule -> {
                assertThat(rule.channels()).containsExactly("noc-slack");
                assertThat(rule.thresholds().asMap()).containsEntry("temp_c", 80.0);
            });
        }
    }

    @Test
    void opens_a_file_again_without_changing_its_schema() throws Exception {
        SqliteStore.open(file).close();
        String schema = "SELECT sql FROM sqlite_schema ORDER BY name";
        var before = Sql.column(file, schema, 1);

        SqliteStore.open(file).close();

        assertThat(Sql.column(file, schema, 1)).isEqualTo(before);
    }

    @Test
    void refuses_a_file_of_a_newer_program() throws Exception {
        SqliteStore.open(file).close();
        Sql.run(file, "INSERT INTO schema_version VALUES (99)");

        refused().withMessageContaining("version 99").withMessageContaining("up to " + Migrations.latest());
    }

    @Test
    void refuses_a_file_that_is_no_database_and_leaves_it_as_it_is() throws Exception {
        byte[] text = "timestamp,miner_ip,hashrate\n".repeat(200).getBytes(StandardCharsets.UTF_8);
        Files.write(file, text);

        refused().withMessageContaining("not a SQLite database");

        assertThat(file).hasBinaryContent(text);
    }

    @Test
    void refuses_a_database_of_another_program_and_leaves_it_as_it_is() throws Exception {
        Sql.run(file, "CREATE TABLE songs (title TEXT)");
        byte[] before = Files.readAllBytes(file);

        refused().withMessageContaining("another program");

        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void refuses_a_folder_that_does_not_exist() {
        file = folder.resolve("missing").resolve("metrics.db");

        refused().withMessageContaining("lock");
    }

    @Test
    void refuses_a_second_store_on_the_same_file_until_the_first_is_closed() {
        SqliteStore first = SqliteStore.open(file);
        refused().withMessageContaining("another store");

        first.close();

        SqliteStore.open(file).close();
    }

    @Test
    void names_the_file_when_another_program_holds_the_write_lock() throws Exception {
        SqliteOptions impatient = SqliteOptions.defaults().withBusyTimeout(Duration.ofMillis(20));
        try (SqliteStore store = SqliteStore.open(file, impatient);
                Connection other = Sql.connect(file);
                var statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");

            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> store.metrics().append(SmallFleet.poll(0, 1)))
                    .withMessageContaining(file.toString())
                    .withMessageContaining("another process is writing");

            statement.execute("ROLLBACK");
            store.metrics().append(SmallFleet.poll(1, 1));
            assertThat(store.metrics().latest().size()).isEqualTo(1);
        }
    }

    private ThrowableAssertAlternative<StoreException> refused() {
        return assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> SqliteStore.open(file))
                .withMessageContaining(file.toString());
    }
}
