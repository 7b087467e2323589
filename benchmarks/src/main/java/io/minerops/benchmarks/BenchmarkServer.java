package io.minerops.benchmarks;

import io.minerops.api.Secret;
import io.minerops.postgres.PostgresOptions;
import io.minerops.postgres.PostgresStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A PostgreSQL server of its own, in a folder of its own, with what it says about itself. */
final class BenchmarkServer implements AutoCloseable {
    private static final String USER = "postgres";
    private static final String TICKS_BEFORE = "SELECT COUNT(*) FROM ticks WHERE at < ";
    private static final Duration SEALED_WITHIN = Duration.ofMinutes(10);
    private static final long SEALED_WAIT_MS = 20;

    private final EmbeddedPostgres server;
    private final Connection connection;

    BenchmarkServer() throws IOException, SQLException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "200")
                .setServerConfig("shared_buffers", "512MB")
                // off in a server for tests, and on in every other
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_wal_size", "8GB")
                .start();
        try {
            connection = DriverManager.getConnection(url() + "?currentSchema=minerops", USER, USER);
        } catch (SQLException e) {
            server.close();
            throw e;
        }
        if (number("SELECT COUNT(*) FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit')"
                        + " AND setting = 'on'")
                != 2) {
            close();
            throw new IllegalStateException("the server does not wait for its log");
        }
    }

    private String url() {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
    }

    /** A store that shares the server's one fleet. */
    PostgresStore open(String instance, int connections) {
        return PostgresStore.open(PostgresOptions.of(url())
                .withUser(USER, Secret.of(USER))
                .withConnections(connections)
                .withInstance(instance));
    }

    /** The one number that a query gives. */
    long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            results.next();
            return results.getLong(1);
        }
    }

    /** Bytes of the write-ahead log that the server has written. */
    long walBytes() throws SQLException {
        return number("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint");
    }

    /** Connections of stores. */
    long connections() throws SQLException {
        return number("SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = 'minerops'");
    }

    /** Bytes of a table with its partitions and indexes. */
    long bytes(String table) throws SQLException {
        String name = "'minerops." + table + "'";
        return number("SELECT COALESCE(SUM(pg_total_relation_size(relid)), pg_total_relation_size(" + name
                + "))::bigint FROM pg_partition_tree(" + name + ")");
    }

    /** Waits until no poll before a time, ms since the epoch, is left to be sealed. */
    void awaitSealed(long before) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + SEALED_WITHIN.toNanos();
        while (number(TICKS_BEFORE + before) > 0) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("an hour was not sealed within " + SEALED_WITHIN.toMinutes() + " min");
            }
            Thread.sleep(SEALED_WAIT_MS);
        }
    }

    /** The load average of the last minute, which belongs beside every figure of a shared machine. */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    @Override
    public void close() throws IOException, SQLException {
        try (server) {
            connection.close();
        }
    }
}
