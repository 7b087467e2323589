package io.minerops.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.server.config.LogFormat;
import io.minerops.server.config.LogLevel;
import io.minerops.server.config.ServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code app.log} as the settings want it, written by the logging of the server itself. */
class LoggingTest {
    private static final Logger LOG = LoggerFactory.getLogger(LoggingTest.class);

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private Path folder;

    @TempDir
    private static Path elsewhere;

    @AfterEach
    void leaveTheFolder() {
        setUp(elsewhere, LogFormat.TEXT, LogLevel.INFO, 7);
    }

    private static void setUp(Path folder, LogFormat format, LogLevel level, int days) {
        Logging.setUp(new ServerConfig.Logs(level, folder, format, days));
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(folder.resolve("app.log"));
    }

    private List<String> names() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_line_of_text_has_time_level_and_message() throws IOException {
        setUp(folder, LogFormat.TEXT, LogLevel.INFO, 7);

        LOG.info("hello {}", "operator");

        assertThat(lines().get(lines().size() - 1))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO +\\S+ +hello operator");
    }

    @Test
    void a_line_of_json_is_an_object_of_its_own() throws IOException {
        setUp(folder, LogFormat.JSON, LogLevel.INFO, 7);

        LOG.warn("two\nlines and \"quotes\"", new IllegalStateException("with a trace"));

        String last = lines().get(lines().size() - 1);
        JsonNode line = new ObjectMapper().readTree(last);
        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("message").asText()).isEqualTo("two\nlines and \"quotes\"");
        assertThat(line.path("throwable").path("message").asText()).isEqualTo("with a trace");
    }

    @Test
    void the_level_is_the_least_that_is_logged_and_can_be_changed_without_a_new_file() throws IOException {
        setUp(folder, LogFormat.TEXT, LogLevel.WARN, 7);
        LOG.info("not wanted");
        Logging.level(LogLevel.INFO);
        LOG.info("wanted");

        assertThat(String.join("\n", lines())).contains("wanted").doesNotContain("not wanted");
    }

    @Test
    void logs_that_are_older_than_their_days_are_deleted_at_the_start() throws IOException {
        String old = "app." + LocalDate.now(ZoneId.systemDefault()).minusDays(9) + ".0.log.gz";
        String young = "app." + LocalDate.now(ZoneId.systemDefault()).minusDays(3) + ".0.log.gz";
        Files.write(folder.resolve(old), new byte[] {1});
        Files.write(folder.resolve(young), new byte[] {1});

        setUp(folder, LogFormat.TEXT, LogLevel.INFO, 7);
        LOG.info("begun");

        await().atMost(Duration.ofSeconds(20)).until(() -> !names().contains(old));
        assertThat(names()).contains(young, "app.log");
    }

    @Test
    void a_log_that_is_too_large_is_rolled_and_compressed() throws IOException {
        // one that has grown to its limit already
        Files.writeString(
                folder.resolve("app.log"), "x".repeat(1_000).concat("\n").repeat(20 * 1_100));
        setUp(folder, LogFormat.TEXT, LogLevel.INFO, 7);

        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    LOG.info("one more");
                    return names().stream().anyMatch(name -> name.matches("app\\.\\d{4}-\\d\\d-\\d\\d\\.0\\.log\\.gz"));
                });
        assertThat(Files.size(folder.resolve("app.log"))).isLessThan(1_000_000);
    }
}
