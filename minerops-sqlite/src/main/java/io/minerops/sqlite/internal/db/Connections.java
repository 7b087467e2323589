package io.minerops.sqlite.internal.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** How connections to a file are opened: the one that writes, those that read, and one for a look from beside. */
public final class Connections {
    /** WAL pages before a checkpoint, 16 MiB: about ten polls of 10,000 miners. */
    private static final int CHECKPOINT_PAGES = 4_000;

    /** The writer's page cache, KiB. */
    private static final int WRITER_CACHE_KIB = 16_384;

    private static final long READER_WAIT_MS = 30_000;

    private Connections() {}

    static Connection writer(Path file, ConnectionSettings settings) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout((int) settings.busyTimeout().toMillis());
        config.setCacheSize(-WRITER_CACHE_KIB);
        Connection connection = config.createConnection(url(file));
        try (Statement statement = connection.createStatement()) {
            // not by SQLiteConfig: older versions of sqlite-jdbc have no methods for these, or other names
            statement.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
            statement.execute("PRAGMA journal_size_limit = " + CHECKPOINT_PAGES * 4_096 * 4);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    static HikariDataSource readers(Path file, ConnectionSettings settings) {
        SQLiteDataSource source = new SQLiteDataSource(reading(settings));
        source.setUrl(url(file));
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(source);
        pool.setPoolName("minerops-sqlite-readers");
        pool.setMaximumPoolSize(settings.readers());
        pool.setMinimumIdle(1);
        pool.setReadOnly(true);
        // each read is a transaction, so that all its queries see the same point
        pool.setAutoCommit(false);
        pool.setConnectionTimeout(READER_WAIT_MS);
        return new HikariDataSource(pool);
    }

    /** One connection that only reads; the file must exist. */
    public static Connection reader(Path file, ConnectionSettings settings) throws SQLException {
        return reading(settings).createConnection(url(file));
    }

    private static SQLiteConfig reading(ConnectionSettings settings) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout((int) settings.busyTimeout().toMillis());
        return config;
    }

    private static String url(Path file) {
        return "jdbc:sqlite:" + file;
    }
}
