package io.minerops.postgres.internal.rows;

import io.minerops.api.StoreException;
import io.minerops.blocks.Millis;
import io.minerops.blocks.ReadingIds;
import io.minerops.postgres.internal.db.Database;
import io.minerops.postgres.internal.db.Partitions;
import io.minerops.postgres.internal.db.Transaction;
import io.minerops.postgres.internal.db.Version;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals hours that are over, one instance at a time, some miners in each transaction. Readers see the ticks of an hour until
 * all of its miners are sealed; a process that dies in between leaves the rest to the next, of whatever instance.
 */
final class Sealing implements AutoCloseable {
    private static final String TRY = "SELECT value FROM versions WHERE name = 'sealed' FOR UPDATE SKIP LOCKED";
    private static final String OLDEST = "SELECT COALESCE(MIN(at), " + Long.MAX_VALUE + ") FROM ticks";

    private static final Logger log = LoggerFactory.getLogger(Sealing.class);

    private final Database database;
    private final Partitions partitions;
    private final ReadingIds readings;

    /** What is requested after the close is left to the next start. */
    private final ExecutorService thread = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Sealing::thread, new DiscardPolicy());

    /** What a transaction did. */
    private enum Step {
        /** Another instance seals. */
        ELSEWHERE,
        /** Some miners are sealed, others are not yet. */
        MORE,
        /** The hour is sealed. */
        DONE
    }

    private volatile long requested = Long.MIN_VALUE;
    private volatile boolean closed;

    Sealing(Database database, Partitions partitions, ReadingIds readings) {
        this.database = database;
        this.partitions = partitions;
        this.readings = readings;
    }

    private static Thread thread(Runnable work) {
        Thread sealer = new Thread(work, "minerops-seal");
        sealer.setDaemon(true);
        return sealer;
    }

    /** Seals all hours before that of a poll, on a thread of its own, unless that was what was requested last. */
    void request(long pollAt) {
        long hour = Millis.hourOf(pollAt);
        if (hour != requested && !closed) {
            requested = hour;
            thread.execute(() -> {
                try {
                    sealBefore(hour);
                    // ahead of time, so that no poll waits for it at midnight
                    partitions.make(hour + Millis.DAY);
                } catch (StoreException e) {
                    if (!closed) {
                        log.warn("hours before {} are not sealed; their samples are kept as they are", hour, e);
                    }
                }
            });
        }
    }

    /** Seals all hours that end by a time, unless another instance does; returns how many this one sealed. */
    int sealBefore(long end) {
        int sealed = 0;
        long oldest = oldest();
        while (!closed && oldest < end && Millis.hourOf(oldest) + Millis.HOUR <= end) {
            long hour = Millis.hourOf(oldest);
            partitions.make(hour);
            if (!seal(new SealedHour(hour, readings))) {
                return sealed;
            }
            sealed++;
            oldest = oldest();
        }
        return sealed;
    }

    /** Whether the hour is sealed; false where another instance seals, or the store closes. */
    private boolean seal(SealedHour hour) {
        Step step;
        do {
            step = database.write("seal an hour", tx -> step(tx, hour));
        } while (step == Step.MORE && !closed);
        return step == Step.DONE;
    }

    private long oldest() {
        return database.list("find hours to seal", OLDEST, values -> {}, row -> row.number())
                .get(0);
    }

    private static Step step(Transaction tx, SealedHour hour) throws SQLException {
        try (var held = tx.statement(TRY).executeQuery()) {
            if (!held.next()) {
                return Step.ELSEWHERE;
            }
        }
        return hour.step(tx) ? Step.MORE : Step.DONE;
    }

    /** Waits for the miners that are being sealed; what is not sealed is sealed after the next start. */
    @Override
    public void close() {
        closed = true;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                log.warn("an hour of samples is still being sealed a minute after the store was to close");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A transaction that no sealing runs beside. */
    static void exclude(Transaction tx) throws SQLException {
        tx.lock(Version.SEALED);
    }
}
