package io.minerops.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minerops.api.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a ping finds what only a write can find. */
class PingTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("metrics.db");
    }

    @Test
    void changes_nothing_that_can_be_read() throws Exception {
        try (SqliteStore store = SqliteStore.open(file)) {
            Sql.run(file, "PRAGMA user_version = 77");

            store.ping();

            assertThat(Sql.number(file, "PRAGMA user_version")).isEqualTo(77);
        }
    }

    @Test
    void fails_while_the_file_can_be_read_and_not_written_to() throws Exception {
        SqliteOptions impatient = SqliteOptions.defaults().withBusyTimeout(Duration.ZERO);
        try (SqliteStore store = SqliteStore.open(file, impatient)) {
            try (Connection other = Sql.connect(file);
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");

                assertThat(store.rules().all()).isEmpty();
                assertThatExceptionOfType(StoreException.class)
                        .isThrownBy(store::ping)
                        .withMessageContaining("ping failed on " + file);
            }
            store.ping();
        }
    }

    @Test
    void reads_a_file_that_was_opened_for_reading() {
        SqliteStore.open(file).close();
        try (SqliteStore store = SqliteStore.openForReading(file)) {
            store.ping();
        }
    }
}
