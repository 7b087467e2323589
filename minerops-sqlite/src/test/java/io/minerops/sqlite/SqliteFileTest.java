package io.minerops.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minerops.api.StoreException;
import io.minerops.sqlite.internal.db.Migrations;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks and backups of a file, beside a store that is open on it. */
class SqliteFileTest {
    private static final int MINERS = 50;

    @TempDir
    Path folder;

    private Path file;
    private Path copy;

    @BeforeEach
    void nameTheFiles() {
        file = folder.resolve("metrics.db");
        copy = folder.resolve("backup.db");
    }

    private SqliteStore withThreePolls() {
        SqliteStore store = SqliteStore.open(file);
        for (int second = 0; second < 3; second++) {
            store.metrics().append(SmallFleet.poll(second, MINERS));
        }
        return store;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }

    @Nested
    class Backups {
        @Test
        void hold_what_was_committed_while_the_store_stays_open() throws Exception {
            try (SqliteStore store = withThreePolls()) {
                SqliteReport report = store.file().backUpTo(copy);

                assertThat(report.isSound()).isTrue();
                assertThat(report.file()).isEqualTo(copy);
                assertThat(report.rows()).containsEntry("ticks", 3L);
                store.metrics().append(SmallFleet.poll(9, MINERS));
            }
            try (SqliteStore store = SqliteStore.open(copy)) {
                assertThat(store.metrics().latest().size()).isEqualTo(MINERS);
            }
            assertThat(Sql.number(copy, "SELECT SUM(samples) FROM ticks")).isEqualTo(3L * MINERS);
        }

        @Test
        void are_whole_although_polls_go_on_being_written() throws Exception {
            AtomicBoolean enough = new AtomicBoolean();
            CountDownLatch writing = new CountDownLatch(1);
            try (SqliteStore store = withThreePolls()) {
                CompletableFuture<Void> polls = CompletableFuture.runAsync(() -> {
                    for (int second = 10; !enough.get(); second++) {
                        store.metrics().append(SmallFleet.poll(second, MINERS));
                        writing.countDown();
                    }
                });
                writing.await();
                SqliteReport report = store.file().backUpTo(copy);
                enough.set(true);

                polls.join();
                assertThat(report.isSound()).isTrue();
                // no poll is half there
                assertThat(Sql.number(copy, "SELECT SUM(samples) FROM ticks"))
                        .isEqualTo(report.rows().getOrDefault("ticks", 0L) * MINERS);
            }
        }

        @Test
        void are_one_file_that_its_owner_alone_may_read() throws Exception {
            withThreePolls().close();

            SqliteFile.of(file).backUpTo(copy);

            assertThat(names()).filteredOn(name -> name.startsWith("backup")).containsExactly("backup.db");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                    .isEqualTo("rw-------");
        }

        @Test
        void are_written_over_nothing() throws Exception {
            withThreePolls().close();
            Files.writeString(copy, "mine");

            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> SqliteFile.of(file).backUpTo(copy))
                    .withMessageContaining(copy + " exists already; choose a path where nothing is");
            assertThat(copy).hasContent("mine");
        }

        @Test
        void need_a_file_and_a_folder_that_exist() {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> SqliteFile.of(file).backUpTo(copy))
                    .withMessage("back up failed on " + file + ": there is no such file");
            withThreePolls().close();
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> SqliteFile.of(file).backUpTo(folder.resolve("none/backup.db")))
                    .withMessageContaining("the folder of")
                    .withMessageContaining("must exist");
        }

        @Test
        void of_a_damaged_file_are_refused_and_leave_nothing() throws Exception {
            withThreePolls().close();
            damage();

            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> SqliteFile.of(file).backUpTo(copy));
            assertThat(names()).noneMatch(name -> name.startsWith("backup"));
        }
    }

    @Nested
    class Checks {
        @Test
        void report_version_and_rows_of_a_sound_file() {
            try (SqliteStore store = withThreePolls()) {
                SqliteReport report = store.file().check();

                assertThat(report.problems()).isEmpty();
                assertThat(report.schemaVersion())
                        .isEqualTo(Migrations.latest())
                        .isEqualTo(report.knownVersion());
                assertThat(report.rows()).containsEntry("ticks", 3L).containsEntry("alerts", 0L);
            }
        }

        @Test
        void report_a_reference_that_points_to_nothing() throws Exception {
            try (SqliteStore store = withThreePolls()) {
                SmallFleet.rule(store);
            }
            Sql.run(
                    file,
                    "PRAGMA foreign_keys = OFF",
                    "INSERT INTO miners (miner, tags, registered_at) VALUES (4711, '', 1000)");

            SqliteReport report = SqliteFile.of(file).check();

            assertThat(report.isSound()).isFalse();
            assertThat(report.problems()).containsExactly("a row of miners (4711) points to no row of addresses");
        }

        @Test
        void report_pages_that_are_damaged() throws Exception {
            withThreePolls().close();
            damage();

            assertThat(SqliteFile.of(file).check().problems()).isNotEmpty();
        }

        @Test
        void report_an_older_version_and_change_nothing() throws Exception {
            try (Connection connection = Sql.connect(file)) {
                Migrations.apply(connection, file, 2);
            }

            SqliteReport report = SqliteFile.of(file).check();

            assertThat(report.isSound()).isTrue();
            assertThat(report.schemaVersion()).isEqualTo(2);
            assertThat(Sql.number(file, "SELECT MAX(version) FROM schema_version"))
                    .isEqualTo(2);
        }

        @Test
        void refuse_what_is_no_database() throws Exception {
            Files.writeString(
                    file, "not a database, whatever its name says, and long enough to be seen as none".repeat(9));

            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> SqliteFile.of(file).check())
                    .withMessageContaining("is not a SQLite database");
        }
    }

    @Nested
    class Reading {
        @Test
        void goes_beside_the_writer() {
            try (SqliteStore writer = withThreePolls();
                    SqliteStore reader = SqliteStore.openForReading(file)) {
                assertThat(reader.metrics().latest().size()).isEqualTo(MINERS);
                assertThat(reader.miners().all()).isEqualTo(writer.miners().all());
            }
        }

        @Test
        void writes_nothing() {
            withThreePolls().close();
            try (SqliteStore reader = SqliteStore.openForReading(file)) {
                assertThatExceptionOfType(StoreException.class)
                        .isThrownBy(() -> SmallFleet.rule(reader))
                        .withMessage("create a rule failed on " + file + ": it was opened for reading only");
            }
        }

        @Test
        void makes_no_file_and_brings_none_up_to_date() throws Exception {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> SqliteStore.openForReading(file))
                    .withMessage("open failed on " + file + ": there is no such file");
            assertThat(file).doesNotExist();
            try (Connection connection = Sql.connect(file)) {
                Migrations.apply(connection, file, 2);
            }
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> SqliteStore.openForReading(file))
                    .withMessageContaining("its schema has version 2, and this program reads version ");
        }
    }

    /** Writes over the page that the table of polls begins with. */
    private void damage() throws Exception {
        long page = Sql.number(file, "SELECT rootpage FROM sqlite_schema WHERE name = 'polls'");
        byte[] garbage = new byte[4_096];
        Arrays.fill(garbage, (byte) 0x5a);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek((page - 1) * garbage.length);
            bytes.write(garbage);
        }
    }
}
