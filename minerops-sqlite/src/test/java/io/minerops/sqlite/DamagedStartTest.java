package io.minerops.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.minerops.api.StoreException;
import io.minerops.api.StoreException.Reason;
import io.minerops.api.event.Event;
import io.minerops.api.store.EventQuery;
import io.minerops.api.store.PollQuery;
import io.minerops.sqlite.internal.db.Migrations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a start, and a store that runs, do about damage. */
class DamagedStartTest {
    private static final Instant NOW = Instant.parse("2026-11-28T07:15:30Z");
    private static final String ASIDE = "metrics.db.damaged-20261128T071530Z";
    private static final SqliteOptions MOVED_ASIDE =
            SqliteOptions.defaults().withDamagedMovedAside(true).withClock(InstantSource.fixed(NOW));

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() {
        file = folder.resolve("metrics.db");
        try (SqliteStore store = SqliteStore.open(file)) {
            SmallFleet.rule(store);
            for (int poll = 0; poll < 20; poll++) {
                store.metrics().append(SmallFleet.poll(poll, 200));
            }
        }
    }

    private List<String> names() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(found -> found.getFileName().toString()).sorted().toList();
        }
    }

    private static StoreException failure(ThrowingCallable step) {
        StoreException failure = catchThrowableOfType(StoreException.class, step);
        assertThat(failure).isNotNull();
        return failure;
    }

    @Test
    void a_damaged_file_is_refused_with_the_ways_out_and_stays_as_it_is() throws Exception {
        DamagedPages.damage(file, DamagedPages.root(file, "miners"));
        byte[] before = Files.readAllBytes(file);

        StoreException failure = failure(() -> SqliteStore.open(file).close());

        assertThat(failure.reason()).isEqualTo(Reason.DAMAGED);
        assertThat(failure)
                .hasMessageContaining(file + ": the file is damaged")
                .hasMessageContaining("minerops db check")
                .hasMessageContaining("minerops db repair NEWFILE");
        assertThat(Files.readAllBytes(file)).hasSameSizeAs(before);
        assertThat(names()).noneMatch(name -> name.contains("damaged"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"miners", "rules", "addresses", "state", "readings", "alerts", "silences", "outbox"})
    void a_damaged_file_is_moved_aside_where_that_is_wanted_and_an_event_says_so(String table) throws Exception {
        DamagedPages.damage(file, DamagedPages.root(file, table));
        byte[] before = Files.readAllBytes(file);

        try (SqliteStore store = SqliteStore.open(file, MOVED_ASIDE)) {
            assertThat(store.rules().all()).isEmpty();
            store.metrics().append(SmallFleet.poll(100, 5));
            store.ping();
            List<Event> events = store.events()
                    .find(new EventQuery(Event.Level.INFO, null, null, 10, null))
                    .items();
            assertThat(events).singleElement().satisfies(event -> {
                assertThat(event.level()).isEqualTo(Event.Level.ERROR);
                assertThat(event.at()).isEqualTo(NOW);
                assertThat(event.message())
                        .startsWith(file + " is damaged and was moved to " + folder.resolve(ASIDE))
                        .contains("minerops db repair NEWFILE --db " + folder.resolve(ASIDE));
            });
            assertThat(store.activity()).hasValue(events.get(0).message());
        }

        assertThat(Files.readAllBytes(folder.resolve(ASIDE))).hasSameSizeAs(before);
        SqliteRepairReport report = SqliteFile.of(folder.resolve(ASIDE)).repairTo(folder.resolve("new.db"));
        assertThat(report.recovered()).containsEntry("ticks", 20L);
        try (SqliteStore again = SqliteStore.open(file, MOVED_ASIDE)) {
            assertThat(again.activity()).isEmpty();
            assertThat(again.metrics().latest().size()).isEqualTo(5);
        }
    }

    @Test
    void the_log_of_a_process_that_was_killed_is_moved_with_its_file() throws Exception {
        Path killed = Files.createDirectory(folder.resolve("killed")).resolve("metrics.db");
        long rules = DamagedPages.root(file, "rules");
        try (SqliteStore store = SqliteStore.open(file)) {
            store.metrics().append(SmallFleet.poll(20, 200));
            for (String part : List.of("", "-wal", ".lock")) {
                Files.copy(folder.resolve("metrics.db" + part), killed.resolveSibling("metrics.db" + part));
            }
        }
        DamagedPages.damage(killed, rules);

        try (SqliteStore store = SqliteStore.open(killed, MOVED_ASIDE)) {
            store.ping();
        }

        assertThat(killed.resolveSibling(ASIDE + "-wal")).exists();
        Path repaired = folder.resolve("new.db");
        SqliteRepairReport report = SqliteFile.of(killed.resolveSibling(ASIDE)).repairTo(repaired);
        assertThat(report.recovered()).containsEntry("ticks", 21L).containsEntry("rules", 0L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no database", "another program", "newer schema", "header", "a row that is not understood"})
    void a_file_that_may_not_be_damaged_or_not_ours_is_never_moved(String kind) throws Exception {
        switch (kind) {
            case "no database" -> Files.writeString(file, "secret text, encrypted or not ".repeat(400));
            case "another program" -> {
                Files.delete(file);
                Sql.run(file, "CREATE TABLE notes (text TEXT)");
            }
            case "newer schema" -> {
                Sql.run(file, "INSERT INTO schema_version VALUES (" + (Migrations.latest() + 1) + ")");
                DamagedPages.damage(file, DamagedPages.root(file, "miners"));
            }
            case "header" -> DamagedPages.write(file, 0, new byte[16]);
            default -> Sql.run(file, "UPDATE addresses SET address = 'no address' WHERE id = 3");
        }
        byte[] before = Files.readAllBytes(file);

        failure(() -> SqliteStore.open(file, MOVED_ASIDE).close());

        // the ping of an opening that fails later counts in the header
        assertThat(Files.readAllBytes(file)).hasSameSizeAs(before);
        assertThat(names()).noneMatch(name -> name.contains("damaged"));
    }

    @Test
    void a_file_that_another_store_has_open_is_never_moved() throws Exception {
        try (SqliteStore store = SqliteStore.open(file)) {
            DamagedPages.damage(file, DamagedPages.root(file, "rules"));

            assertThat(failure(() -> SqliteStore.open(file, MOVED_ASIDE)).reason())
                    .isEqualTo(Reason.LOCKED);

            assertThat(names()).noneMatch(name -> name.contains("damaged"));
            assertThat(store.file().path()).exists();
        }
    }

    private void seal() throws Exception {
        try (SqliteStore store = SqliteStore.open(file)) {
            store.metrics().append(SmallFleet.poll(7_200, 200));
            DamagedPages.awaitSealed(file);
        }
    }

    private static void readAll(SqliteStore store) {
        store.metrics()
                .polls(
                        new PollQuery(store.metrics().latest().roster(), Instant.EPOCH, Instant.MAX, Set.of()),
                        poll -> true);
    }

    @Test
    void damage_that_a_read_meets_fails_every_ping_from_then_on() throws Exception {
        seal();
        DamagedPages.damage(file, DamagedPages.leaves(file, "blocks").get(2));
        try (SqliteStore store = SqliteStore.open(file)) {
            store.ping();

            StoreException met = failure(() -> readAll(store));

            assertThat(met.reason()).isEqualTo(Reason.DAMAGED);
            store.metrics().append(SmallFleet.poll(7_230, 200));
            StoreException ping = failure(store::ping);
            assertThat(ping.reason()).isEqualTo(Reason.DAMAGED);
            assertThat(ping).hasMessageContaining("a step met damage: ").hasMessageContaining("minerops db repair");
            assertThat(names()).noneMatch(name -> name.contains("damaged"));
        }
    }

    @Test
    void damage_that_a_checksum_finds_fails_every_ping_too() throws Exception {
        seal();
        Sql.run(
                file,
                "UPDATE blocks SET data = CAST(substr(data, 1, length(data) - 1) || x'5a' AS BLOB) WHERE id & 255 = 3");
        try (SqliteStore store = SqliteStore.open(file)) {
            store.ping();

            failure(() -> readAll(store));

            assertThat(failure(store::ping)).hasMessageContaining("table blocks is damaged");
        }
    }

    @Test
    void one_damaged_poll_of_the_running_hour_is_damage_of_the_start_too() throws Exception {
        Sql.run(
                file,
                "UPDATE ticks SET data = CAST(substr(data, 1, 400) || x'5a5a5a' || substr(data, 404) AS BLOB) WHERE at = "
                        + SmallFleet.second(19).toEpochMilli());

        assertThat(failure(() -> SqliteStore.open(file)).reason()).isEqualTo(Reason.DAMAGED);

        try (SqliteStore store = SqliteStore.open(file, MOVED_ASIDE)) {
            assertThat(store.activity()).isPresent();
        }
        SqliteRepairReport report = SqliteFile.of(folder.resolve(ASIDE)).repairTo(folder.resolve("new.db"));
        assertThat(report.recovered()).containsEntry("ticks", 19L).containsEntry("rules", 1L);
    }
}
