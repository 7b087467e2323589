package io.minerops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.StoreException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartedServerTest {
    @TempDir
    Path folder;

    private EmbeddedPostgres start(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    @Test
    void a_store_goes_on_after_a_restart_of_the_server_and_keeps_what_was_acknowledged() throws Exception {
        EmbeddedPostgres before = start(0);
        int port = before.getPort();
        PostgresOptions options = TestServer.at("jdbc:postgresql://localhost:" + port + "/postgres", "restarted");
        try (PostgresStore store = PostgresStore.open(options)) {
            store.metrics().append(SmallFleet.poll(0, 10));
            before.close();
            StoreException failure = failureOf(store);
            assertThat(failure).hasMessageContaining("failed on jdbc:postgresql://localhost:" + port);
            EmbeddedPostgres after = start(port);
            try {
                store.metrics().append(SmallFleet.poll(60, 10));
                store.ping();
                assertThat(store.metrics().latest().epochMillis(9))
                        .isEqualTo(SmallFleet.second(60).toEpochMilli());
                assertThat(TestServer.column(options, "SELECT COUNT(*) FROM ticks"))
                        .containsExactly("2");
            } finally {
                after.close();
            }
        }
    }

    private static StoreException failureOf(PostgresStore store) {
        try {
            store.ping();
        } catch (StoreException e) {
            return e;
        }
        throw new AssertionError("a ping of a server that is stopped succeeded");
    }
}
