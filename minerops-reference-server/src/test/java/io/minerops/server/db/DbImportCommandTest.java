package io.minerops.server.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.server.MainRun;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DbImportCommandTest {
    private final MainRun main = new MainRun();

    @TempDir
    private Path folder;

    @Test
    void the_counts_are_printed() throws SQLException {
        write();

        assertThat(run()).as(main.err()).isZero();

        assertThat(main.out())
                .contains(": 2 samples read, 1 imported in 1 polls, 0 already there, 1 refused")
                .contains("1 miners registered, 0 filled in")
                .contains("refused: time 1")
                .contains("timestamp must be a time such as 2026-01-31 12:00:00, not \"never\"");
    }

    @Test
    void programs_get_the_counts_as_json() throws SQLException, IOException {
        write();

        assertThat(run("--json")).as(main.err()).isZero();

        JsonNode report = new ObjectMapper().readTree(main.out());
        assertThat(report.path("ok").asBoolean()).isTrue();
        assertThat(report.path("imported").asInt()).isEqualTo(1);
        assertThat(report.path("refused").path("time").asInt()).isEqualTo(1);
        assertThat(report.path("first").asText()).isEqualTo("2026-01-10T10:00:00Z");
    }

    @Test
    void an_unknown_zone_is_a_misuse() throws SQLException {
        write();

        assertThat(run("--zone", "Mars/Olympus")).isEqualTo(2);

        assertThat(main.err()).contains("--zone must be a time zone such as UTC or America/Chicago");
    }

    @Test
    void a_missing_file_ends_with_1() {
        assertThat(run()).isEqualTo(1);

        assertThat(main.err()).contains("there is no such file").doesNotContain("\tat ");
    }

    private int run(String... more) {
        String[] arguments = {
            "db",
            "import",
            source().toString(),
            "--db",
            folder.resolve("minerops.db").toString()
        };
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return main.run(all);
    }

    private Path source() {
        return folder.resolve("metrics.db");
    }

    private void write() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + source());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE metrics (id INTEGER PRIMARY KEY, timestamp DATETIME, miner_ip VARCHAR,"
                    + " hashrate_ths FLOAT)");
            statement.execute("INSERT INTO metrics VALUES (1, '2026-01-10 10:00:00', '10.0.0.1', 99.5),"
                    + " (2, 'never', '10.0.0.1', 99.5)");
        }
    }
}
