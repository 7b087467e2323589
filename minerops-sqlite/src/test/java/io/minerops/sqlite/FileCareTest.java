package io.minerops.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minerops.api.StoreException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.event.Event;
import io.minerops.api.store.EventQuery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to the file itself: other names, another file in its place, a lost log, and who may read it. */
class FileCareTest {
    private static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("metrics.db");
    }

    private static AlertRule rule() {
        return AlertRule.builder("hot", RuleType.TEMP).build();
    }

    private static List<String> warnings(SqliteStore store) {
        return store.events().find(new EventQuery(Event.Level.WARNING, null, null, 10, null)).items().stream()
                .map(Event::message)
                .toList();
    }

    private Path otherName(String kind) throws IOException {
        Files.createDirectories(folder.resolve("elsewhere"));
        Path other = folder.resolve("elsewhere/other.db");
        return switch (kind) {
            case "symbolic link" -> Files.createSymbolicLink(other, file);
            case "hard link" -> Files.createLink(other, file);
            case "linked folder" ->
                Files.createSymbolicLink(folder.resolve("again"), folder).resolve("metrics.db");
            default -> folder.resolve("elsewhere/../metrics.db");
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"symbolic link", "hard link", "linked folder", "another spelling"})
    void a_second_store_is_refused_by_whatever_name_it_comes(String kind) throws Exception {
        try (SqliteStore store = SqliteStore.open(file)) {
            Path other = otherName(kind);

            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> SqliteStore.open(other))
                    .withMessageContaining("another store has it open");
            store.rules().create(rule(), AT);
            store.ping();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"symbolic link", "hard link"})
    void a_store_of_another_process_is_refused_too(String kind) throws Exception {
        try (SqliteStore store = SqliteStore.open(file)) {
            Process other = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            OpensOnce.class.getName(),
                            otherName(kind).toString())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(output).contains("another store has it open");
            store.rules().create(rule(), AT);
        }
    }

    /** Opens a store, in a process of its own. */
    static final class OpensOnce {
        private OpensOnce() {}

        public static void main(String[] args) {
            SqliteStore.open(Path.of(args[0])).close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"deleted", "moved", "replaced", "log deleted"})
    void a_file_that_is_gone_fails_the_ping_and_what_users_change(String kind) throws Exception {
        try (SqliteStore store = SqliteStore.open(file)) {
            store.ping();
            switch (kind) {
                case "deleted" -> Files.delete(file);
                case "moved" -> Files.move(file, folder.resolve("old.db"));
                case "replaced" -> {
                    Files.copy(file, folder.resolve("new.db"));
                    Files.move(folder.resolve("new.db"), file, StandardCopyOption.REPLACE_EXISTING);
                }
                default -> Files.delete(folder.resolve("metrics.db-wal"));
            }

            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(store::ping)
                    .withMessageContaining("metrics.db");
            if (!kind.equals("log deleted")) {
                assertThatExceptionOfType(StoreException.class)
                        .isThrownBy(() -> store.rules().create(rule(), AT))
                        .withMessageContaining("while it was open");
            }
            // what the jobs store goes on, so that alerts are still sent
            store.metrics().append(SmallFleet.poll(0, 1));
        }
    }

    @Test
    void a_file_that_is_put_back_is_well_again() throws Exception {
        try (SqliteStore store = SqliteStore.open(file)) {
            Files.move(file, folder.resolve("old.db"));
            assertThatExceptionOfType(StoreException.class).isThrownBy(store::ping);
            Files.move(folder.resolve("old.db"), file);

            store.ping();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "empty"})
    void a_new_database_that_replaced_another_is_reported(String kind) throws Exception {
        SqliteStore.open(file).close();
        Files.delete(file);
        if (kind.equals("empty")) {
            Files.createFile(file);
        }

        try (SqliteStore store = SqliteStore.open(file)) {
            assertThat(warnings(store)).anyMatch(message -> message.contains("was " + kind));
        }
    }

    @Test
    void a_lost_log_is_reported() throws Exception {
        copyOfOpenStore(false);

        try (SqliteStore store = SqliteStore.open(folder.resolve("copy/metrics.db"))) {
            assertThat(warnings(store)).anyMatch(message -> message.contains("metrics.db-wal is missing"));
        }
    }

    @Test
    void a_process_that_was_killed_and_left_its_log_is_nothing_to_report() throws Exception {
        copyOfOpenStore(true);

        try (SqliteStore store = SqliteStore.open(folder.resolve("copy/metrics.db"))) {
            assertThat(warnings(store)).isEmpty();
        }
    }

    /** What a process that is killed leaves, with its log or without. */
    private void copyOfOpenStore(boolean log) throws IOException {
        Path copy = Files.createDirectory(folder.resolve("copy"));
        try (SqliteStore store = SqliteStore.open(file);
                Stream<Path> files = Files.list(folder)) {
            store.rules().create(rule(), AT);
            for (Path one : files.filter(Files::isRegularFile).toList()) {
                String name = one.getFileName().toString();
                if (name.endsWith(".db") || name.endsWith(".lock") || (log && name.endsWith("-wal"))) {
                    Path to = Files.copy(one, copy.resolve(name));
                    Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-------"));
                }
            }
        }
    }

    @Test
    void a_first_start_and_a_clean_restart_report_nothing() {
        SqliteStore.open(file).close();
        try (SqliteStore store = SqliteStore.open(file)) {
            assertThat(warnings(store)).isEmpty();
        }
    }

    @Test
    void a_damaged_row_is_named_by_its_file_and_table() throws Exception {
        try (SqliteStore store = SqliteStore.open(file)) {
            store.rules().create(rule(), AT);
            Sql.run(file, "UPDATE rules SET severity = 'purple'");

            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> store.rules().all())
                    .withMessageContaining(file.toString())
                    .withMessageContaining("table rules");
        }
    }

    @Test
    void every_file_that_is_created_can_be_read_by_its_owner_alone() throws Exception {
        try (SqliteStore store = SqliteStore.open(file)) {
            store.metrics().append(SmallFleet.poll(0, 1));
            store.file().backUpTo(folder.resolve("backup.db"));
            List<String> open = new ArrayList<>();
            try (Stream<Path> files = Files.list(folder)) {
                for (Path one : files.toList()) {
                    String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(one));
                    if (!permissions.equals("rw-------")) {
                        open.add(one.getFileName() + " " + permissions);
                    }
                }
            }

            assertThat(open).isEmpty();
            assertThat(folder.resolve("metrics.db-wal")).exists();
        }
    }

    @Test
    void a_database_that_others_can_read_is_reported() throws Exception {
        SqliteStore.open(file).close();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        try (SqliteStore store = SqliteStore.open(file)) {
            assertThat(warnings(store)).anyMatch(message -> message.contains("other users"));
        }
    }
}
