package io.minerops.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.StoreException;
import io.minerops.server.ReferenceServer;
import io.minerops.server.config.Configuration;
import io.minerops.server.support.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that has never run here. */
class FirstStartTest {
    @TempDir
    private Path folder;

    @Test
    void the_folder_of_the_database_is_made() {
        Path database = folder.resolve("data").resolve("deeper").resolve("metrics.db");
        try (ReferenceServer server = start(database)) {
            assertThat(Client.of(server.uri()).get("/healthz").status()).isEqualTo(200);
        }
        assertThat(database).isRegularFile();
    }

    @Test
    void a_folder_that_cannot_be_made_is_named() throws IOException {
        Path file = Files.createFile(folder.resolve("data"));

        assertThatThrownBy(() -> start(file.resolve("metrics.db")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the folder " + file);
    }

    private static ReferenceServer start(Path database) {
        return ReferenceServer.start(Configuration.read(
                Map.of(
                        "MINEROPS_PORT", "0",
                        "MINEROPS_DB", database.toString(),
                        "COINGECKO_URL", "http://127.0.0.1:1",
                        "BLOCKCHAIN_INFO_URL", "http://127.0.0.1:1",
                        "MEMPOOL_URL", "http://127.0.0.1:1"),
                null));
    }
}
