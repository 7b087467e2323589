package io.minerops.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.StoreException;
import io.minerops.api.store.BackupTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups in a folder, beside a store that is open on the file. */
class BackupFolderTest {
    private static final Instant T = Instant.parse("2026-11-28T00:03:19.250Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final int MINERS = 5;

    @TempDir
    Path home;

    @TempDir
    Path folder;

    private SqliteStore store;

    @BeforeEach
    void open() {
        store = SqliteStore.open(home.resolve("metrics.db"));
        store.metrics().append(SmallFleet.poll(1, MINERS));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private BackupTarget keeping(int count) {
        return store.file().backupsIn(folder, count);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void a_backup_is_a_database_named_with_its_utc_time() throws IOException {
        String made = keeping(7).backUp(T);

        assertThat(names()).containsExactly("metrics-20261128T000319Z.db");
        assertThat(made).startsWith(folder.resolve("metrics-20261128T000319Z.db") + ", ");
        try (SqliteStore copy = SqliteStore.openForReading(folder.resolve("metrics-20261128T000319Z.db"))) {
            assertThat(copy.miners().all()).hasSize(MINERS);
        }
    }

    @Test
    void the_oldest_beyond_those_that_are_kept_are_deleted() throws IOException {
        for (int day = 0; day < 4; day++) {
            keeping(2).backUp(T.plus(DAY.multipliedBy(day)));
        }

        assertThat(names()).containsExactly("metrics-20261130T000319Z.db", "metrics-20261201T000319Z.db");
    }

    @Test
    void backups_of_a_file_that_was_moved_aside_stay_while_it_lies_there() throws IOException {
        keeping(2).backUp(T);
        keeping(2).backUp(T.plus(DAY));
        Path aside = Files.createFile(home.resolve("metrics.db.damaged-20261129T080000Z"));

        for (int day = 2; day < 5; day++) {
            keeping(2).backUp(T.plus(DAY.multipliedBy(day)));
        }
        assertThat(names())
                .containsExactly(
                        "metrics-20261128T000319Z.db",
                        "metrics-20261129T000319Z.db",
                        "metrics-20261201T000319Z.db",
                        "metrics-20261202T000319Z.db");

        Files.delete(aside);
        keeping(2).backUp(T.plus(DAY.multipliedBy(5)));
        assertThat(names()).containsExactly("metrics-20261202T000319Z.db", "metrics-20261203T000319Z.db");
    }

    @Test
    void files_of_other_names_are_never_touched() throws IOException {
        List<String> others = List.of(
                "before-upgrade.db",
                "metrics-20200101.db",
                "metrics-20201301T000000Z.db",
                "metrics-20200101T000000Z.db.gz",
                "old-metrics-20200101T000000Z.db",
                "other-20200101T000000Z.db",
                "metrics-20200101T000000Z.db.mine.partial");
        for (String name : others) {
            Files.writeString(folder.resolve(name), "mine");
        }
        Files.createDirectory(folder.resolve("metrics-20200102T000000Z.db"));

        keeping(1).backUp(T);
        keeping(1).backUp(T.plus(DAY));

        assertThat(names())
                .hasSize(others.size() + 2)
                .containsAll(others)
                .contains("metrics-20200102T000000Z.db", "metrics-20261129T000319Z.db");
        for (String name : others) {
            assertThat(folder.resolve(name)).hasContent("mine");
        }
    }

    @Test
    void what_a_killed_process_left_half_done_is_deleted() throws IOException {
        Files.writeString(folder.resolve("metrics-20261127T000319Z.db.123456.partial"), "half");

        keeping(1).backUp(T);

        assertThat(names()).containsExactly("metrics-20261128T000319Z.db");
    }

    @Test
    void the_newest_is_known_by_its_name() {
        assertThat(keeping(3).newest()).isEmpty();

        keeping(3).backUp(T.plus(DAY));
        keeping(3).backUp(T);

        assertThat(keeping(3).newest()).contains(Instant.parse("2026-11-29T00:03:19Z"));
    }

    @Test
    void a_folder_that_is_not_there_is_a_failure_and_is_not_made() {
        BackupTarget nowhere = store.file().backupsIn(folder.resolve("not-mounted"), 7);

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> nowhere.backUp(T))
                .withMessageContaining("the folder " + folder.resolve("not-mounted") + " must exist");
        assertThatExceptionOfType(StoreException.class).isThrownBy(nowhere::newest);
        assertThat(folder.resolve("not-mounted")).doesNotExist();
    }

    @Test
    void a_failed_backup_deletes_no_other() throws IOException {
        keeping(1).backUp(T);
        store.close();
        Files.delete(home.resolve("metrics.db"));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> keeping(1).backUp(T.plus(DAY)));

        assertThat(names()).containsExactly("metrics-20261128T000319Z.db");
    }

    @Test
    void none_is_kept_is_refused() {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> keeping(0))
                .withMessageContaining("keep");
    }
}
