package io.minerops.sqlite.internal.db;

import com.zaxxer.hikari.HikariDataSource;
import io.minerops.api.StoreException;
import io.minerops.blocks.jdbc.Binder;
import io.minerops.blocks.jdbc.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One file: a writer that takes one transaction at a time, and readers that see whole transactions only. */
public final class Database implements AutoCloseable {
    /** Rows deleted in one transaction of {@link #pruneInSteps}: a lock of a few milliseconds. */
    private static final int PRUNED_PER_STEP = 5_000;

    /** How long a ping waits for the writer: longer than any step takes, shorter than a probe's patience. */
    private static final long PING_WAIT_MS = 3_000;

    private final Path file;
    /** Null where nothing is written. */
    private final @Nullable ProcessLock processLock;
    /** Null where nothing is written. */
    private final @Nullable Transaction writer;

    private final HikariDataSource readers;
    private final Statements statements = new Statements();
    private final List<String> findings;
    /** The write-ahead log, from the first ping that found one. */
    private volatile @Nullable FileIdentity log;
    /** Fair, so that a long prune lets each poll in between two of its steps. */
    private final ReentrantLock lock = new ReentrantLock(true);

    private @Nullable Durability durability;
    private volatile boolean closed;
    /** The first damage that a step met. */
    private volatile @Nullable StoreException damage;

    /** What a step does with the writer. */
    public interface Work<T> {
        T run(Transaction transaction) throws SQLException;
    }

    /** What a step does with a reader. */
    public interface Read<T> {
        T run(Connection connection) throws SQLException;
    }

    /** Gives a query its values. */
    public interface Values {
        void bind(Binder binder) throws SQLException;
    }

    /** Makes an object of a row. */
    public interface RowMapper<T> {
        T map(Row row) throws SQLException;
    }

    private Database(
            Path file,
            @Nullable ProcessLock processLock,
            @Nullable Transaction writer,
            HikariDataSource readers,
            List<String> findings) {
        this.findings = List.copyOf(findings);
        this.file = file;
        this.processLock = processLock;
        this.writer = writer;
        this.readers = readers;
    }

    public static Database open(Path given, ConnectionSettings settings) {
        Path file = realPath(given);
        OpeningReport.Before before = before(file);
        ProcessLock lock = ProcessLock.take(file);
        Connection connection = null;
        HikariDataSource readers = null;
        try {
            List<String> findings = OpeningReport.of(file, before, lock);
            connection = Connections.writer(file, settings);
            // before anything is written: a file that is not ours stays as it is
            Migrations.version(connection, file);
            useWriteAheadLog(connection, file);
            Migrations.apply(connection, file, Migrations.latest());
            SoundTables.require(connection);
            readers = Connections.readers(file, settings);
            Database opened = new Database(file, lock, new Transaction(connection), readers, findings);
            // a first write, so that there is a log to be marked as open
            opened.ping();
            lock.renew();
            lock.markOpen();
            return opened;
        } catch (SQLException | IOException | RuntimeException e) {
            StoreException failure = Failures.of("open", file, e);
            giveBack(readers, connection, lock, failure);
            throw failure;
        }
    }

    /** A step on a file that no store has open. */
    public interface Alone<T> {
        /** Gets whether the process that had the file open last ended without closing it. */
        T run(boolean leftOpen) throws SQLException, IOException;
    }

    /** Runs a step on a file that exists while no store can open it for writing. */
    public static <T> T alone(Path given, Alone<T> step) throws SQLException, IOException {
        try (ProcessLock lock = ProcessLock.take(realPath(given))) {
            return step.run(lock.leftOpen());
        }
    }

    /** The path without links: a log and a lock belong to a name, so that every name must lead to the same one. */
    private static Path realPath(Path given) {
        try {
            if (Files.exists(given)) {
                return given.toRealPath();
            }
            // a link to a file that is still to be created
            Path target = Files.isSymbolicLink(given) ? given.resolveSibling(Files.readSymbolicLink(given)) : given;
            Path folder = target.toAbsolutePath().getParent();
            return folder == null || target.getFileName() == null
                    ? target
                    : folder.toRealPath().resolve(target.getFileName());
        } catch (IOException e) {
            throw new StoreException(
                    "open failed on " + given + ": it cannot be opened; the folder must exist and be writable, for the"
                            + " database and its lock",
                    e);
        }
    }

    private static OpeningReport.Before before(Path file) {
        try {
            return OpeningReport.Before.of(file);
        } catch (IOException e) {
            throw Failures.of("open", file, e);
        }
    }

    /** Opens a file of this program's schema read-only, beside its writer. */
    public static Database openForReading(Path file, ConnectionSettings settings) {
        requireExists("open", file);
        try (Connection connection = Connections.reader(file, settings)) {
            int version = Migrations.version(connection, file);
            if (version < Migrations.latest()) {
                throw new StoreException("open failed on " + file + ": its schema has version " + version
                        + ", and this program reads version " + Migrations.latest()
                        + "; open it for writing once, such as by a start of the server, which brings it up to date");
            }
        } catch (SQLException e) {
            throw Failures.of("open", file, e);
        }
        return new Database(file, null, null, Connections.readers(file, settings), List.of());
    }

    private static void useWriteAheadLog(Connection connection, Path file) throws SQLException {
        String mode = list(connection, "PRAGMA journal_mode = WAL", values -> {}, Row::text)
                .get(0);
        if (!mode.equals("wal")) {
            throw new StoreException("open failed on " + file + ": its file system cannot hold a write-ahead log"
                    + " (journal mode stays " + mode + "); choose a local disk");
        }
    }

    private static void giveBack(
            @Nullable HikariDataSource readers,
            @Nullable Connection connection,
            ProcessLock lock,
            StoreException failure) {
        try (lock;
                connection;
                readers) {
            // the try closes them, the lock last
        } catch (SQLException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** Whether it was opened for writing too. */
    public boolean isWritable() {
        return writer != null;
    }

    public Path file() {
        return file;
    }

    /** What an operator should know of the file as it was found when it was opened, a sentence each. */
    public List<String> findings() {
        return findings;
    }

    /**
     * Runs a step that a user requested and relies on: it is refused where the file was replaced or deleted, since it
     * would be lost. The jobs' own steps go on, so that alerts are still sent.
     */
    public <T> T change(String step, Work<T> work) {
        return change(step, work, result -> {});
    }

    public <T> T change(String step, Work<T> work, Consumer<T> committed) {
        if (processLock != null) {
            processLock.identity().requireSame(step);
        }
        return write(step, Durability.POWER, work, committed);
    }

    /**
     * Runs a step as one transaction of the writer.
     *
     * @param step the step's name for messages, such as {@code append a poll}
     * @param committed gets the result after the commit, before any other step begins
     */
    public <T> T write(String step, Durability wanted, Work<T> work, Consumer<T> committed) {
        lock.lock();
        try {
            requireOpen();
            T result = transact(writer(step), step, wanted, work);
            committed.accept(result);
            return result;
        } finally {
            lock.unlock();
        }
    }

    public <T> T write(String step, Durability wanted, Work<T> work) {
        return write(step, wanted, work, result -> {});
    }

    private Transaction writer(String step) {
        if (writer == null) {
            throw new StoreException(step + " failed on " + file + ": it was opened for reading only");
        }
        return writer;
    }

    private <T> T transact(Transaction writer, String step, Durability wanted, Work<T> work) {
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
        } catch (SQLException | DamagedRowException e) {
            StoreException failure = noted(Failures.of(step, file, e));
            rollBack(writer, begun, failure);
            throw failure;
        } catch (StoreException e) {
            rollBack(writer, begun, e);
            throw noted(e);
        } catch (RuntimeException e) {
            rollBack(writer, begun, e);
            throw e;
        }
    }

    private static void rollBack(Transaction writer, boolean begun, RuntimeException failure) {
        if (begun) {
            try {
                writer.forgetBatches();
                writer.execute("ROLLBACK");
            } catch (SQLException e) {
                failure.addSuppressed(e);
            }
        }
    }

    /**
     * Writes the file's first page as it is, and commits: a disk that is full or cannot be written to fails this, and so
     * does damage that any step has met. Where the file was opened for reading, it is read.
     */
    public void ping() {
        pingFile();
        StoreException met = damage;
        if (met != null) {
            throw new StoreException(
                    "ping failed on " + file + ": a step met damage: " + met.getMessage(),
                    met,
                    StoreException.Reason.DAMAGED);
        }
    }

    private void pingFile() {
        if (writer == null) {
            list("ping", "SELECT 1", values -> {}, Row::number);
            return;
        }
        boolean free;
        try {
            free = lock.tryLock(PING_WAIT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("ping failed on " + file + ": interrupted while it waited for the writer", e);
        }
        if (!free) {
            throw new StoreException(
                    "ping failed on " + file + ": the writer has been busy for longer than " + PING_WAIT_MS + " ms");
        }
        try {
            write("ping", Durability.PROCESS, tx -> {
                long version = tx.number("PRAGMA user_version");
                // the same value again: SQLite writes the page all the same, and nothing that can be read changes
                tx.execute("PRAGMA user_version = " + version);
                return version;
            });
        } finally {
            lock.unlock();
        }
        requireSameFiles();
    }

    private void requireSameFiles() {
        if (processLock != null) {
            processLock.identity().requireSame("ping");
        }
        FileIdentity known = log;
        if (known != null) {
            known.requireSame("ping");
            return;
        }
        Path path = file.resolveSibling(file.getFileName() + "-wal");
        try {
            log = FileIdentity.of(path);
        } catch (IOException e) {
            throw new StoreException(
                    "ping failed on " + file + ": its write-ahead log " + path + " is missing",
                    e,
                    StoreException.Reason.FILE_GONE);
        }
    }

    /** Runs a step on a reader: one consistent point for all its queries. */
    public <T> T read(String step, Read<T> read) {
        requireOpen();
        try (Connection connection = readers.getConnection()) {
            T result = read.run(connection);
            connection.commit();
            return result;
        } catch (SQLException | DamagedRowException e) {
            throw noted(Failures.of(step, file, e));
        } catch (StoreException e) {
            throw noted(e);
        }
    }

    /** Damage stays, also where the step that met it is not repeated: from now on the ping fails. */
    private StoreException noted(StoreException failure) {
        if (failure.reason() == StoreException.Reason.DAMAGED && damage == null) {
            damage = failure;
        }
        return failure;
    }

    /** Statements for what {@link #read} gives. */
    public Statements statements() {
        return statements;
    }

    /** The rows of one query. */
    public <T> List<T> list(String step, String sql, Values values, RowMapper<T> mapper) {
        return read(step, connection -> list(connection, sql, values, mapper));
    }

    public static <T> List<T> list(Connection connection, String sql, Values values, RowMapper<T> mapper)
            throws SQLException {
        List<T> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            values.bind(new Binder(statement));
            try (ResultSet results = statement.executeQuery()) {
                Row row = new Row(results);
                while (row.next()) {
                    found.add(mapped(sql, mapper, row));
                }
            }
        }
        return found;
    }

    private static <T> T mapped(String sql, RowMapper<T> mapper, Row row) throws SQLException {
        try {
            return mapper.map(row);
        } catch (RuntimeException e) {
            throw new DamagedRowException(sql, e);
        }
    }

    /**
     * Deletes in transactions short enough that nothing else waits long.
     *
     * @param sql a statement with two values, a time (ms or key) and the most rows to delete
     * @return how many rows were deleted
     */
    public int pruneInSteps(String step, String sql, long before) {
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

    public void requireOpen() {
        if (closed) {
            throw new StoreException("the store on " + file + " is closed");
        }
    }

    @Override
    public void close() {
        lock.lock();
        try (processLock) {
            if (!closed) {
                closed = true;
                readers.close();
                if (writer != null) {
                    writer.close();
                }
                if (processLock != null) {
                    processLock.markClosed();
                }
            }
        } catch (SQLException | IOException e) {
            throw Failures.of("close", file, e);
        } finally {
            lock.unlock();
        }
    }

    /** Refuses a step on a file that does not exist. */
    public static void requireExists(String step, Path file) {
        if (!Files.isRegularFile(file)) {
            throw new StoreException(step + " failed on " + file + ": there is no such file");
        }
    }
}
