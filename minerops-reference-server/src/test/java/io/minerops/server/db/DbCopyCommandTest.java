package io.minerops.server.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.api.Secret;
import io.minerops.api.StoreException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.store.Store;
import io.minerops.postgres.PostgresOptions;
import io.minerops.postgres.PostgresStore;
import io.minerops.server.Main;
import io.minerops.server.MainRun;
import io.minerops.sqlite.SqliteStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code minerops db copy}, on real files and a real PostgreSQL server. */
class DbCopyCommandTest {
    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static EmbeddedPostgres postgres;
    private static String url;

    @TempDir
    private Path folder;

    private final MainRun main = new MainRun();
    private Path file;
    private PostgresOptions schema;
    private Path config;

    @BeforeAll
    static void startPostgres() throws IOException {
        postgres = EmbeddedPostgres.start();
        url = "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres";
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void name() throws IOException {
        file = folder.resolve("metrics.db");
        String name = "copy_" + SCHEMAS.incrementAndGet();
        schema = PostgresOptions.of(url)
                .withUser("postgres", Secret.of("postgres"))
                .withSchema(name);
        config = Files.writeString(
                folder.resolve("minerops.env"),
                "MINEROPS_DB_USER=postgres\nMINEROPS_DB_PASSWORD=postgres\nMINEROPS_DB_SCHEMA=" + name + "\n");
    }

    private void fill(int events) throws SQLException {
        try (SqliteStore store = SqliteStore.open(file)) {
            FilledStore.fill(store, events);
            // the hours before the last are sealed by a thread of the store
            await().atMost(PATIENCE).until(() -> number(file, "SELECT COUNT(*) FROM ticks") == 3);
        }
    }

    private static Map<String, Object> content(Path database) {
        try (Store store = SqliteStore.open(database)) {
            return FilledStore.content(store);
        }
    }

    private static long number(Path database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
            return number(connection, sql);
        }
    }

    private long inSchema(String sql) throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(url + "?currentSchema=" + schema.schema(), "postgres", "postgres")) {
            return number(connection, sql);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            results.next();
            return results.getLong(1);
        }
    }

    private int copy(Object from, Object to, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("db", "copy", from.toString(), to.toString(), "--config=" + config));
        arguments.addAll(List.of(more));
        return main.run(arguments.toArray(String[]::new));
    }

    @Test
    void a_file_copied_to_postgresql_and_back_is_the_same_to_every_interface() throws Exception {
        fill(10);
        Path back = folder.resolve("back.db");

        assertThat(copy(file, url)).as(main.err()).isZero();
        assertThat(copy(url, back)).as(main.err()).isZero();

        Map<String, Object> before = content(file);
        before.forEach((kind, rows) -> assertThat(rows).as(kind).isNotEqualTo(List.of()));
        try (Store store = PostgresStore.open(schema)) {
            assertThat(FilledStore.content(store)).isEqualTo(before);
            assertThat(store.rules()
                            .create(AlertRule.builder("new", RuleType.FAN).build(), FilledStore.START)
                            .id())
                    .as("the id of a deleted rule is not given again")
                    .isEqualTo(3);
            store.metrics().append(FilledStore.poll(301, FilledStore.ONE));
        }
        assertThat(content(back)).isEqualTo(before);
        assertThat(main.err()).contains("blocks: ", "rules: 1 of 1 rows", "rollup_day: 1 rows compared");
        assertThat(main.out()).contains(file + " was copied to " + url, "both are the same");
        assertThat(inSchema("SELECT COUNT(*) FROM hourly")).isPositive();
        assertThat(inSchema("SELECT COUNT(*) FROM readings_by_day")).isPositive();
    }

    @Test
    void a_file_is_copied_to_another_file_with_its_sums_as_json() throws Exception {
        fill(10);
        Path other = folder.resolve("other.db");

        assertThat(copy(file, other, "--json")).as(main.err()).isZero();

        JsonNode report = new ObjectMapper().readTree(main.out());
        assertThat(report.path("rows").path("alerts").asInt()).isEqualTo(2);
        assertThat(report.path("sha256").path("blocks").asText()).hasSize(64);
        assertThat(main.err()).isEmpty();
        assertThat(content(other)).isEqualTo(content(file));
        try (SqliteStore store = SqliteStore.open(other)) {
            assertThat(store.rules()
                            .create(AlertRule.builder("new", RuleType.FAN).build(), FilledStore.START)
                            .id())
                    .isEqualTo(3);
        }
    }

    @Test
    void polls_of_one_time_that_two_instances_stored_are_one_in_the_file() {
        try (Store one = PostgresStore.open(schema.withInstance("one"));
                Store two = PostgresStore.open(schema.withInstance("two"))) {
            one.metrics().append(FilledStore.poll(0, FilledStore.ONE));
            two.metrics().append(FilledStore.poll(0, FilledStore.TWO));
        }

        assertThat(copy(url, file)).as(main.err()).isZero();

        try (Store store = PostgresStore.open(schema)) {
            assertThat(content(file)).isEqualTo(FilledStore.content(store));
        }
    }

    @Test
    void a_copy_that_was_killed_is_gone_on_with() throws Exception {
        fill(60_000);
        Process killed = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "db",
                        "copy",
                        file.toString(),
                        url,
                        "--config=" + config)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .pollInterval(Duration.ofMillis(20))
                .until(() -> inSchema("SELECT COUNT(*) FROM copy_progress WHERE kind = 'events'") == 1);
        killed.destroyForcibly();
        assertThat(killed.waitFor(1, TimeUnit.MINUTES)).isTrue();
        long copied = inSchema("SELECT COUNT(*) FROM events");
        assertThat(copied).isBetween(1L, 59_999L);
        assertThatThrownBy(() -> PostgresStore.open(schema))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("a copy into it is not finished");

        assertThat(copy(file, url)).as(main.err()).isZero();

        assertThat(main.err()).doesNotContain("rules: 1 of 1 rows").contains("events: 60,000 of 60,000 rows");
        try (Store store = PostgresStore.open(schema)) {
            assertThat(FilledStore.content(store)).isEqualTo(content(file));
        }
    }

    @Test
    void a_target_that_holds_other_data_is_refused_and_stays_as_it_is() throws Exception {
        fill(1);
        Path other = folder.resolve("other.db");
        try (SqliteStore store = SqliteStore.open(other)) {
            store.rules().create(AlertRule.builder("mine", RuleType.FAN).build(), FilledStore.START);
        }

        assertThat(copy(file, other)).isEqualTo(1);

        assertThat(main.err()).contains(other + ": it holds data already (table rules: 1 rows)");
        try (SqliteStore store = SqliteStore.open(other)) {
            assertThat(store.rules().all()).extracting(AlertRule::name).containsExactly("mine");
        }
    }

    @Test
    void a_target_that_was_opened_once_and_holds_nothing_is_used() throws Exception {
        fill(1);
        PostgresStore.open(schema).close();
        Path other = folder.resolve("other.db");
        SqliteStore.open(other).close();

        assertThat(copy(file, url)).as(main.err()).isZero();
        assertThat(copy(file, other)).as(main.err()).isZero();

        assertThat(content(other)).isEqualTo(content(file));
    }

    @Test
    void a_server_on_either_end_keeps_a_copy_out() throws Exception {
        fill(1);
        try (SqliteStore server = SqliteStore.open(file)) {
            assertThat(copy(file, url)).isEqualTo(1);
            assertThat(main.err()).contains("another store has it open");
            server.ping();
        }
        try (Store server = PostgresStore.open(schema.withInstance("node-a"))) {
            assertThat(server.lease().acquire("poll", Duration.ofMinutes(1))).isPresent();

            assertThat(copy(file, url)).isEqualTo(1);

            assertThat(main.err()).contains("holds the lease poll (instance node-a");
        }
        assertThat(inSchema("SELECT COUNT(*) FROM miners")).isZero();
    }

    @Test
    void a_source_that_does_not_exist_is_an_error_and_makes_no_file() {
        assertThat(copy(folder.resolve("none.db"), folder.resolve("other.db"))).isEqualTo(1);

        assertThat(main.err()).contains("copy failed on " + folder.resolve("none.db") + ": there is no such file");
        assertThat(folder.resolve("none.db")).doesNotExist();
        assertThat(folder.resolve("other.db")).doesNotExist();
    }
}
