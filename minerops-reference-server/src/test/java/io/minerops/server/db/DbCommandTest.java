package io.minerops.server.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.server.MainRun;
import io.minerops.server.support.RunningServer;
import io.minerops.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code minerops db}, beside a server that runs on the database. */
class DbCommandTest {
    private static final int MINERS = 3;

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(MINERS);

    private final MainRun main = new MainRun();

    @TempDir
    private Path folder;

    private String database() {
        return SERVER.database().toString();
    }

    @Test
    void a_backup_beside_a_running_server_is_a_database_of_its_own() {
        SERVER.server().ops().pollNow();
        Path copy = folder.resolve("backup.db");

        assertThat(main.run("db", "backup", copy.toString(), "--db", database()))
                .as(main.err())
                .isZero();

        assertThat(main.out()).startsWith(copy + ": ").contains("schema version", "sound");
        try (SqliteStore store = SqliteStore.open(copy)) {
            assertThat(store.miners().all()).hasSize(MINERS);
        }
    }

    @Test
    void a_backup_writes_over_nothing() throws IOException {
        Path copy = Files.writeString(folder.resolve("backup.db"), "mine");

        assertThat(main.run("db", "backup", copy.toString(), "--db", database()))
                .isEqualTo(1);

        assertThat(main.err()).contains(copy + " exists already").doesNotContain("\tat ");
        assertThat(copy).hasContent("mine");
    }

    @Test
    void the_database_is_that_of_the_settings_unless_one_is_named() throws IOException {
        Path config = Files.writeString(folder.resolve("minerops.env"), "MINEROPS_DB=" + database() + "\n");

        assertThat(main.run("db", "check", "--config", config.toString())).isZero();
        assertThat(main.out()).startsWith(database() + ": ").contains("which is this program's", "sound");
    }

    @Test
    void a_check_reports_the_content_of_the_database_as_json() throws IOException {
        assertThat(main.run("db", "check", "--db", database(), "--json")).isZero();

        JsonNode report = new ObjectMapper().readTree(main.out());
        assertThat(report.path("ok").asBoolean()).isTrue();
        assertThat(report.path("schema_version").asInt())
                .isEqualTo(report.path("known_schema_version").asInt());
        assertThat(report.path("rows").path("miners").asInt()).isEqualTo(MINERS);
    }

    @Test
    void a_file_that_is_no_database_ends_with_1() throws IOException {
        Path file = Files.writeString(folder.resolve("text.db"), "no database at all ".repeat(50));

        assertThat(main.run("db", "check", "--db", file.toString())).isEqualTo(1);
        assertThat(main.err()).contains("is not a SQLite database");
    }

    @Test
    void a_repair_of_a_damaged_file_lists_what_is_lost_and_ends_with_1() throws Exception {
        SERVER.server().ops().pollNow();
        Path damaged = folder.resolve("damaged.db");
        assertThat(main.run("db", "backup", damaged.toString(), "--db", database()))
                .isZero();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + damaged);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "UPDATE ticks SET data = CAST(substr(data, 1, 30) || x'5a' || substr(data, 32) AS BLOB)"
                            + " WHERE at = (SELECT MIN(at) FROM ticks)");
        }
        Path recovered = folder.resolve("recovered.db");

        assertThat(main.run("db", "check", "--db", damaged.toString())).isEqualTo(1);
        assertThat(main.out()).contains("problem: the poll of ", "NOT SOUND", "db repair");
        MainRun repair = new MainRun();
        assertThat(repair.run("db", "repair", recovered.toString(), "--db", damaged.toString(), "--json"))
                .isEqualTo(1);

        JsonNode report = new ObjectMapper().readTree(repair.out());
        assertThat(report.path("ok").asBoolean(true)).isFalse();
        assertThat(report.path("lost").get(0).asText())
                .startsWith("the poll of ")
                .contains("(table ticks)");
        assertThat(report.path("recovered").path("miners").asInt()).isEqualTo(MINERS);
        assertThat(new MainRun().run("db", "check", "--db", recovered.toString()))
                .isZero();
    }

    @Test
    void a_repair_of_a_sound_file_ends_with_0() {
        Path copy = folder.resolve("backup.db");
        assertThat(main.run("db", "backup", copy.toString(), "--db", database()))
                .isZero();

        assertThat(main.run("db", "repair", folder.resolve("new.db").toString(), "--db", copy.toString()))
                .as(main.err())
                .isZero();

        assertThat(main.out()).contains("all rows recovered into " + folder.resolve("new.db"));
    }

    @Test
    void a_database_that_a_server_has_open_is_not_repaired() {
        Path target = folder.resolve("new.db");

        assertThat(main.run("db", "repair", target.toString(), "--db", database()))
                .isEqualTo(1);

        assertThat(main.err()).contains("another store has it open");
        assertThat(target).doesNotExist();
    }
}
