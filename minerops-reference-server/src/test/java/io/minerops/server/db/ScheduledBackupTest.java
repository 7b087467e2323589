package io.minerops.server.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.StoreException;
import io.minerops.core.job.Job;
import io.minerops.core.job.JobStatus;
import io.minerops.server.support.RunningServer;
import io.minerops.sqlite.SqliteStore;
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

/** Backups that the server makes by itself. */
class ScheduledBackupTest {
    private static final int MINERS = 2;

    @TempDir
    private Path folder;

    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.of(MINERS)
                .with("BACKUP_DIR", folder.resolve("backups").toString())
                .with("BACKUP_KEEP", "1");
        Files.createDirectory(folder.resolve("backups"));
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private List<Path> backups() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("backups"))) {
            return all.toList();
        }
    }

    private JobStatus status() {
        return server.server().ops().jobs().stream()
                .filter(job -> job.name().equals(Job.BACK_UP_STORE.key()))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode readiness() {
        return server.client().get("/readyz").json();
    }

    @Test
    void are_databases_in_the_folder_and_a_restart_makes_no_other() throws Exception {
        server.server().ops().pollNow();
        server.server().ops().run(Job.BACK_UP_STORE);

        assertThat(backups()).hasSize(1);
        Path backup = backups().get(0);
        assertThat(backup.getFileName().toString()).matches("metrics-\\d{8}T\\d{6}Z\\.db");
        try (SqliteStore store = SqliteStore.openForReading(backup)) {
            assertThat(store.miners().all()).hasSize(MINERS);
        }

        server.stopServer();
        server.startServer();

        assertThat(status().nextRun()).isAfter(Instant.now().plus(Duration.ofHours(23)));
    }

    @Test
    void that_fail_are_shown_and_the_server_goes_on() throws Exception {
        Files.delete(folder.resolve("backups"));

        assertThatThrownBy(() -> server.server().ops().run(Job.BACK_UP_STORE)).isInstanceOf(StoreException.class);

        assertThat(readiness().path("ok").asBoolean())
                .as("one failure is none of the server")
                .isTrue();
        assertThat(readiness().path("jobs").valueStream())
                .filteredOn(job -> job.path("name").asText().equals("back-up-store"))
                .singleElement()
                .satisfies(job -> assertThat(job.path("last_error").asText()).contains("must exist"));
        assertThat(server.client().get("/api/events").text()).contains("back-up-store", "must exist");
        assertThat(server.client().get("/metrics").text())
                .contains("minerops_job_failures_total{job_name=\"back-up-store\"} 1.0");
    }
}
