package io.minerops.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.minerops.api.StoreException;
import io.minerops.api.StoreException.Reason;
import io.minerops.sqlite.internal.db.Migrations;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each fault of a file has its own reason and its own message. */
class StoreFaultsTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("metrics.db");
    }

    private static StoreException failure(ThrowingCallable step) {
        StoreException failure = catchThrowableOfType(StoreException.class, step);
        assertThat(failure).isNotNull();
        return failure;
    }

    @Test
    void a_lock_of_another_program_is_named_as_such() throws Exception {
        SqliteOptions impatient = SqliteOptions.defaults().withBusyTimeout(Duration.ZERO);
        try (SqliteStore store = SqliteStore.open(file, impatient);
                Connection other = Sql.connect(file);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");

            StoreException failure = failure(() -> store.metrics().append(SmallFleet.poll(1, 1)));

            assertThat(failure.reason()).isEqualTo(Reason.LOCKED);
            assertThat(failure).hasMessageContaining("another process is writing to it");

            statement.execute("ROLLBACK");
            store.metrics().append(SmallFleet.poll(1, 1));
        }
    }

    @Test
    void a_newer_schema_is_refused_by_its_version() throws Exception {
        SqliteStore.open(file).close();
        Sql.run(file, "INSERT INTO schema_version VALUES (" + (Migrations.latest() + 1) + ")");

        StoreException failure = failure(() -> SqliteStore.open(file));

        assertThat(failure.reason()).isEqualTo(Reason.NEWER_SCHEMA);
        assertThat(failure).hasMessageContaining("use the program that wrote it, or a newer one");
    }

    @Test
    void a_log_that_was_deleted_while_it_was_open_fails_the_ping() throws Exception {
        try (SqliteStore store = SqliteStore.open(file)) {
            store.ping();
            Files.delete(folder.resolve("metrics.db-wal"));

            StoreException failure = failure(store::ping);

            assertThat(failure.reason()).isEqualTo(Reason.FILE_GONE);
            assertThat(failure).hasMessageContaining("metrics.db-wal was deleted");
        }
    }

    @Test
    void a_damaged_page_is_named_with_what_to_do() throws Exception {
        SqliteStore.open(file).close();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (long at = 4_096; at < channel.size(); at += 4_096) {
                channel.write(ByteBuffer.wrap(new byte[] {(byte) 0x77, 1, 2, 3, 4, 5, 6, 7}), at);
            }
        }

        StoreException failure = failure(() -> SqliteStore.open(file).close());

        assertThat(failure.reason()).isEqualTo(Reason.DAMAGED);
        assertThat(failure).hasMessageContaining("minerops db check");
    }
}
