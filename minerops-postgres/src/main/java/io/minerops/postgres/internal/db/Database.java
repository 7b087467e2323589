package io.minerops.postgres.internal.db;

import com.zaxxer.hikari.HikariDataSource;
import io.minerops.api.StaleFenceException;
import io.minerops.api.StoreException;
import io.minerops.api.store.Lease;
import io.minerops.blocks.jdbc.Binder;
import io.minerops.blocks.jdbc.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One schema of a database: steps that write are a transaction each, and those that read see one consistent point. */
public final class Database implements AutoCloseable {
    /** Rows deleted in one transaction of {@link #pruneInSteps}. */
    private static final int PRUNED_PER_STEP = 5_000;

    /** How often a step is begun that lost against another, or whose connection was gone before it was committed. */
    private static final int ATTEMPTS = 4;

    /**
     * For one transaction, where the settings of a connection would cost a round trip to set and one to set back. It holds no
     * locks that others wait for, so that a reader may take its time.
     */
    private static final String ONE_POINT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;"
            + " SET LOCAL idle_in_transaction_session_timeout = 0";

    private static final String PING = "UPDATE versions SET value = value WHERE name = 'partitions'";

    /** The row is held until the step ends: no other instance gets the lease before the step is stored. */
    private static final String HOLDS =
            "SELECT 1 FROM leases WHERE job = ? AND token = ? AND until > clock_timestamp() FOR SHARE";

    @SuppressWarnings("ThreadLocalUsage") // one for each database, and removed after each use
    private final ThreadLocal<Lease.@Nullable Fence> fence = new ThreadLocal<>();

    private final String name;
    private final HikariDataSource pool;
    private volatile boolean closed;

    /** What a step does in a transaction; it may be run again from its beginning, so that it changes the database alone. */
    public interface Work<T> {
        T run(Transaction transaction) throws SQLException;
    }

    /** What a step does with one consistent point. */
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

    private Database(String name, HikariDataSource pool) {
        this.name = name;
        this.pool = pool;
    }

    /** Opens the schema, made and brought up to date where it needs that. */
    public static Database open(ConnectionSettings settings) {
        HikariDataSource pool = Connections.pool(settings);
        try {
            Database opened = new Database(settings.name(), pool);
            Migrations.apply(opened, settings.schema());
            return opened;
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** The database as messages name it. */
    public String name() {
        return name;
    }

    /** Runs a step as one transaction. */
    public <T> T write(String step, Work<T> work) {
        return write(step, work, result -> {});
    }

    /**
     * Runs a step as one transaction.
     *
     * @param step the step's name for messages, such as {@code append a poll}
     * @param committed gets the result after the commit
     */
    public <T> T write(String step, Work<T> work, Consumer<T> committed) {
        T result = attempt(
                step,
                connection -> {
                    try (Transaction tx = new Transaction(connection)) {
                        Lease.Fence needed = fence.get();
                        if (needed != null && !holds(tx, needed)) {
                            throw new StaleFenceException(needed.job(), needed.token());
                        }
                        return work.run(tx);
                    }
                },
                false);
        committed.accept(result);
        return result;
    }

    /** Runs work whose writing steps, on this thread, are stored only while the lease holds. */
    public void fenced(Lease.Fence needed, Runnable work) {
        Lease.Fence outer = fence.get();
        fence.set(needed);
        try {
            work.run();
        } finally {
            if (outer == null) {
                fence.remove();
            } else {
                fence.set(outer);
            }
        }
    }

    private static boolean holds(Transaction tx, Lease.Fence needed) throws SQLException {
        try (ResultSet results =
                tx.bind(HOLDS).text(needed.job()).number(needed.token()).query()) {
            return results.next();
        }
    }

    /** Runs a step that only reads, at one consistent point for all its queries. */
    public <T> T read(String step, Read<T> read) {
        return attempt(step, read, true);
    }

    /** The same for a step that hands on what it reads, so that it cannot be begun again. */
    public <T> T readOnce(String step, Read<T> read) {
        return read(step, connection -> {
            try {
                return read.run(connection);
            } catch (SQLException e) {
                throw Failures.of(step, name, e);
            }
        });
    }

    /** How far an attempt came. */
    private static final class Progress {
        private boolean connected;
        private boolean committing;
    }

    private <T> T attempt(String step, Read<T> work, boolean reading) {
        for (int attempt = 1; ; attempt++) {
            requireOpen();
            Progress progress = new Progress();
            try (Connection connection = pool.getConnection()) {
                progress.connected = true;
                return transact(connection, work, reading, progress);
            } catch (SQLException e) {
                boolean again = Failures.isLost(e)
                        || (Failures.isConnection(e) && progress.connected && (reading || !progress.committing));
                if (!again || attempt == ATTEMPTS) {
                    throw Failures.isWithoutPartition(e)
                            ? new NoPartitionException(step, e)
                            : Failures.of(step, name, e);
                }
            }
        }
    }

    private static <T> T transact(Connection connection, Read<T> work, boolean reading, Progress progress)
            throws SQLException {
        boolean done = false;
        try {
            if (reading) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(ONE_POINT);
                }
            }
            T result = work.run(connection);
            progress.committing = true;
            connection.commit();
            done = true;
            return result;
        } finally {
            if (!done && !connection.isClosed()) {
                connection.rollback();
            }
        }
    }

    /** The rows of one query. */
    public <T> List<T> list(String step, String sql, Values values, RowMapper<T> mapper) {
        return read(step, connection -> list(connection, sql, values, mapper));
    }

    /** The rows of one query in a transaction. */
    public static <T> List<T> list(Connection connection, String sql, Values values, RowMapper<T> mapper)
            throws SQLException {
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
     * @param sql a statement with two values, a time in ms and the largest number of rows to delete
     * @return how many rows were deleted
     */
    public int pruneInSteps(String step, String sql, long before) {
        int total = 0;
        int deleted;
        do {
            deleted = write(
                    step,
                    tx -> tx.bind(sql).number(before).number(PRUNED_PER_STEP).update());
            total += deleted;
        } while (deleted == PRUNED_PER_STEP);
        return total;
    }

    /** Writes a row as it is, and commits: a server that cannot be reached or written to fails this. */
    public void ping() {
        write("ping", tx -> tx.statement(PING).executeUpdate());
    }

    public void requireOpen() {
        if (closed) {
            throw new StoreException("the store on " + name + " is closed");
        }
    }

    @Override
    public void close() {
        closed = true;
        pool.close();
    }
}
