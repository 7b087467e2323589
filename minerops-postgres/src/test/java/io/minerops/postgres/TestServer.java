package io.minerops.postgres;

import io.minerops.api.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A server for all tests of this process, with a schema for each store. */
final class TestServer {
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private TestServer() {}

    /** Started where a test first needs it, which is never in a process that was given the address of another. */
    private static final class Server {
        private static final EmbeddedPostgres POSTGRES = start();
        private static final Server RUNNING = new Server();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String url() {
            return "jdbc:postgresql://localhost:" + POSTGRES.getPort() + "/postgres";
        }
    }

    static String url() {
        return Server.RUNNING.url();
    }

    /** The options of a store in a schema that no other test has. */
    static PostgresOptions empty() {
        return at(Server.RUNNING.url(), "test_" + SCHEMAS.incrementAndGet());
    }

    /** The options of a store in a schema of any server. */
    static PostgresOptions at(String url, String schema) {
        return PostgresOptions.of(url)
                .withUser("postgres", Secret.of("postgres"))
                .withConnections(4)
                .withSchema(schema);
    }

    /** Lets a user in by its password alone, where all others need none. */
    static void requirePassword(String user) throws IOException, SQLException {
        PostgresOptions any = PostgresOptions.of(url());
        Path rules = Path.of(column(any, "SHOW hba_file").get(0));
        Files.writeString(rules, "host all " + user + " all scram-sha-256\n" + Files.readString(rules));
        execute(any, "SELECT pg_reload_conf()");
    }

    /** Runs a statement in the schema of a store. */
    static void execute(PostgresOptions options, String sql) throws SQLException {
        try (Connection connection = connect(options);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of a query in the schema of a store. */
    static List<String> column(PostgresOptions options, String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = connect(options);
                Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            while (results.next()) {
                found.add(results.getString(1));
            }
        }
        return found;
    }

    private static Connection connect(PostgresOptions options) throws SQLException {
        return DriverManager.getConnection(
                options.url() + "?currentSchema=" + options.schema(), "postgres", "postgres");
    }
}
