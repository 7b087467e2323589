package io.minerops.sqlite;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.minerops.api.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** One file: a writer that takes one transaction at a time, and readers that see whole transactions only. */
final class Database implements AutoCloseable {
    /** WAL pages before a checkpoint, 16 MiB: about ten polls of 10,000 miners. */
    private static final int CHECKPOINT_PAGES = 4_000;

    /** The writer's page cache, KiB. */
    private static final int WRITER_CACHE_KIB = 16_384;

    /** Rows deleted in one transaction of {@link #pruneInSteps}: a lock of a few milliseconds. */
    private static final int PRUNED_PER_STEP = 5_000;

    private static final long READER_WAIT_MS = 30_000;

    private final Path file;
    private final ProcessLock processLock;
    private final Transaction writer;
    private final HikariDataSource readers;
    /** Fair, so that a long prune lets each poll in between two of its steps. */
    private final ReentrantLock lock = new ReentrantLock(true);

    private @Nullable Durability durability;
    private volatile boolean closed;

    /** What a step does with the writer. */
    interface Work<T> {
        T run(Transaction transaction) throws SQLException;
    }

    /** What a step does with a reader. */
    interface Read<T> {
        T run(Connection connection) throws SQLException;
    }

    /** Gives a query its values. */
    interface Values {
        void bind(Binder binder) throws SQLException;
    }

    /** Makes an object of a row. */
    interface RowMapper<T> {
        T map(Row row) throws SQLException;
    }

    private Database(Path file, ProcessLock processLock, Transaction writer, HikariDataSource readers) {
        this.file = file;
        this.processLock = processLock;
        this.writer = writer;
        this.readers = readers;
    }

    static Database open(Path file, SqliteOptions options) {
        ProcessLock lock = ProcessLock.take(file);
        Connection connection = null;
        try {
            connection = writerConfig(options).createConnection("jdbc:sqlite:" + file);
            // before anything is written: a file that is not ours stays as it is
            Migrations.version(connection, file);
            useWriteAheadLog(connection, file);
            Migrations.apply(connection, file, Migrations.latest());
            return new Database(file, lock, new Transaction(connection), readers(file, options));
        } catch (SQLException | RuntimeException e) {
            StoreException failure = e instanceof StoreException known ? known : failure("open", file, e);
            giveBack(connection, lock, failure);
            throw failure;
        }
    }

    private static void useWriteAheadLog(Connection connection, Path file) throws SQLException {
        String mode = list(connection, "PRAGMA journal_mode = WAL", values -> {}, Row::text)
                .get(0);
        if (!mode.equals("wal")) {
            throw new StoreException("open failed on " + file + ": its file system cannot hold a write-ahead log"
                    + " (journal mode stays " + mode + "); choose a local disk");
        }
    }

    private static void giveBack(@Nullable Connection connection, ProcessLock lock, StoreException failure) {
        try (lock) {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private static SQLiteConfig writerConfig(SqliteOptions options) {
        SQLiteConfig config = new SQLiteConfig();
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout((int) options.busyTimeout().toMillis());
        config.setWalAutocheckpoint(CHECKPOINT_PAGES);
        config.setJournalSizeLimit(CHECKPOINT_PAGES * 4_096 * 4);
        config.setCacheSize(-WRITER_CACHE_KIB);
        return config;
    }

    private static HikariDataSource readers(Path file, SqliteOptions options) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout((int) options.busyTimeout().toMillis());
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(source);
        pool.setPoolName("minerops-sqlite-readers");
        pool.setMaximumPoolSize(options.readers());
        pool.setMinimumIdle(1);
        pool.setReadOnly(true);
        // each read is a transaction, so that all its queries see the same point
        pool.setAutoCommit(false);
        pool.setConnectionTimeout(READER_WAIT_MS);
        return new HikariDataSource(pool);
    }

    Path file() {
        return file;
    }

    /**
     * Runs a step as one transaction of the writer.
     *
     * @param step the step's name for messages, such as {@code append a poll}
     * @param committed is told the result after the commit, before any other step begins
     */
    <T> T write(String step, Durability wanted, Work<T> work, Consumer<T> committed) {
        lock.lock();
        try {
            requireOpen();
            T result = transact(step, wanted, work);
            committed.accept(result);
            return result;
        } finally {
            lock.unlock();
        }
    }

    <T> T write(String step, Durability wanted, Work<T> work) {
        return write(step, wanted, work, result -> {});
    }

    private <T> T transact(String step, Durability wanted, Work<T> work) {
        boolean begun = false;
        try {
            if (durability != wanted) {
                writer.execute("PRAGMA synchronous = " + wanted.synchronous());
                durability = wanted;
            }
            writer.execute("BEGIN IMMEDIATE");
            begun = true;
            T result = work.run(writer);
            writer.execute("COMMIT");
            return result;
        } catch (SQLException e) {
            StoreException failure = failure(step, file, e);
            rollBack(begun, failure);
            throw failure;
        } catch (RuntimeException e) {
            rollBack(begun, e);
            throw e;
        }
    }

    private void rollBack(boolean begun, RuntimeException failure) {
        if (begun) {
            try {
                writer.forgetBatches();
                writer.execute("ROLLBACK");
            } catch (SQLException e) {
                failure.addSuppressed(e);
            }
        }
    }

    /** Runs a step on a reader: one consistent point for all its queries. */
    <T> T read(String step, Read<T> read) {
        requireOpen();
        try (Connection connection = readers.getConnection()) {
            T result = read.run(connection);
            connection.commit();
            return result;
        } catch (SQLException e) {
            throw failure(step, file, e);
        }
    }

    /** The rows of one query. */
    <T> List<T> list(String step, String sql, Values values, RowMapper<T> mapper) {
        return read(step, connection -> list(connection, sql, values, mapper));
    }

    static <T> List<T> list(Connection connection, String sql, Values values, RowMapper<T> mapper) throws SQLException {
        List<T> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            values.bind(new Binder(statement));
            try (ResultSet results = statement.executeQuery()) {
                Row row = new Row(results);
                while (row.next()) {
                    found.add(mapper.map(row));
                }
            }
        }
        return found;
    }

    /**
     * Deletes in transactions short enough that nothing else waits long.
     *
     * @param sql a statement with two values, a time (ms or key) and the most rows to delete
     * @return how many rows were deleted
     */
    int pruneInSteps(String step, String sql, long before) {
        int total = 0;
        int deleted;
        do {
            deleted = write(
                    step,
                    Durability.PROCESS,
                    transaction -> transaction
                            .bind(sql)
                            .number(before)
                            .number(PRUNED_PER_STEP)
                            .update());
            total += deleted;
        } while (deleted == PRUNED_PER_STEP);
        return total;
    }

    void requireOpen() {
        if (closed) {
            throw new StoreException("the store on " + file + " is closed");
        }
    }

    private static StoreException failure(String step, Path file, Exception e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite) {
                why = reason(sqlite);
            }
        }
        return new StoreException(step + " failed on " + file + ": " + why, e);
    }

    private static String reason(SQLiteException e) {
        SQLiteErrorCode code = e.getResultCode();
        if (code == SQLiteErrorCode.SQLITE_NOTADB) {
            return "the file is not a SQLite database; choose another file";
        } else if (code == SQLiteErrorCode.SQLITE_BUSY || code == SQLiteErrorCode.SQLITE_LOCKED) {
            return "another process is writing to it; close that process (" + code + ")";
        } else if (code == SQLiteErrorCode.SQLITE_CANTOPEN) {
            return "it cannot be opened; the folder must exist and be writable";
        }
        return String.valueOf(e.getMessage());
    }

    @Override
    public void close() {
        lock.lock();
        try (processLock) {
            if (!closed) {
                closed = true;
                readers.close();
                writer.close();
            }
        } catch (SQLException e) {
            throw failure("close", file, e);
        } finally {
            lock.unlock();
        }
    }
}
