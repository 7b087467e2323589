package io.minerops.server.e2e.instances;

import io.minerops.server.support.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A PostgreSQL server that can be restarted with its data at its port. */
final class SharedDatabase implements AutoCloseable {
    private final Path data;
    private final int port = FreePort.find();
    private EmbeddedPostgres running;

    SharedDatabase(Path folder) throws IOException {
        data = folder.resolve("postgres");
        running = start();
    }

    private EmbeddedPostgres start() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    void stop() throws IOException {
        running.close();
    }

    void startAgain() throws IOException {
        running = start();
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** The first column of a query in the schema of the servers. */
    List<String> column(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection =
                        DriverManager.getConnection(url() + "?currentSchema=minerops", "postgres", "postgres");
                Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            while (results.next()) {
                found.add(results.getString(1));
            }
        }
        return found;
    }

    int number(String sql) throws SQLException {
        return Integer.parseInt(column(sql).get(0));
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
