package io.minerops.postgres.internal.rows;

import io.minerops.api.internal.Check;
import io.minerops.api.store.Lease;
import io.minerops.blocks.jdbc.Row;
import io.minerops.postgres.internal.db.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Who runs which job: a row for each, with a token that ascends with each new holder, until a time by the database's clock. */
public final class PostgresLease implements Lease {
    /** The clock of the statement, not that of the transaction's beginning: it may have waited for another one. */
    private static final String UNTIL = "clock_timestamp() + ?::double precision * interval '1 millisecond'";

    /** A first token above all that a row of this job had that was forgotten: none ascends once in a millisecond. */
    private static final String FIRST_TOKEN = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    private static final String ACQUIRE =
            "INSERT INTO leases AS l (job, token, holder, until) VALUES (?, " + FIRST_TOKEN + ", ?, " + UNTIL
                    + ") ON CONFLICT (job) DO UPDATE SET"
                    + " token = CASE WHEN l.holder = excluded.holder AND l.until >= clock_timestamp() THEN l.token"
                    + " ELSE l.token + 1 END,"
                    + " since = CASE WHEN l.holder = excluded.holder AND l.until >= clock_timestamp() THEN l.since"
                    + " ELSE clock_timestamp() END, holder = excluded.holder, until = excluded.until"
                    + " WHERE l.holder = excluded.holder OR l.until < clock_timestamp() RETURNING token";
    private static final String NOW = "SELECT (extract(epoch FROM statement_timestamp()) * 1000)::bigint";

    private static final String HELD = "SELECT job, holder, token, (extract(epoch FROM since) * 1000)::bigint AS since,"
            + " (extract(epoch FROM until) * 1000)::bigint AS until FROM leases"
            + " WHERE until > clock_timestamp() ORDER BY job";

    private static final String FORGET = "DELETE FROM leases WHERE until < clock_timestamp() - interval '1 day'";

    private static final String RELEASE = "UPDATE leases SET until = '-infinity' WHERE job = ? AND holder = ?";

    private final Database database;
    private final String holder;

    public PostgresLease(Database database, String holder) {
        this.database = database;
        this.holder = holder;
    }

    @Override
    public OptionalLong acquire(String job, Duration ttl) {
        Check.positive("ttl", ttl);
        return database.write("acquire a lease", tx -> {
            try (ResultSet results = tx.bind(ACQUIRE)
                    .text(job)
                    .text(holder)
                    .number(ttl.toMillis())
                    .query()) {
                return results.next() ? OptionalLong.of(results.getLong(1)) : OptionalLong.empty();
            }
        });
    }

    @Override
    public Optional<Lease.Table> table() {
        return Optional.of(database.read("list the leases", connection -> {
            // the present before the rows, so that no instance is listed that joined after it
            Instant now = Database.list(connection, NOW, query -> {}, Row::time).get(0);
            return new Lease.Table(now, holder, Database.list(connection, HELD, query -> {}, PostgresLease::held));
        }));
    }

    private static Lease.Held held(Row row) throws SQLException {
        return new Lease.Held(row.text(), row.text(), row.number(), row.time(), row.time());
    }

    /** Removes the leases that ended a day ago or earlier: each start of an instance leaves that of its membership. */
    public void forgetEnded() {
        database.write("forget ended leases", tx -> tx.bind(FORGET).update());
    }

    @Override
    public void fenced(Lease.Fence fence, Runnable work) {
        database.fenced(fence, work);
    }

    @Override
    public void release(String job) {
        database.write(
                "release a lease", tx -> tx.bind(RELEASE).text(job).text(holder).update());
    }
}
