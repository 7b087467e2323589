package io.minerops.sqlite.internal.rows;

import io.minerops.api.StoreException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what earlier versions stored into the form of today, hour by hour, the newest first because it is read most. It
 * goes on after each start until nothing is left.
 */
final class MovingOldRows {
    private static final int REPORTS = 20;

    private static final Logger log = LoggerFactory.getLogger(MovingOldRows.class);

    private final OldRows rows;
    private final BooleanSupplier stop;
    private final LongPredicate seal;
    private volatile int total;
    private final AtomicInteger done = new AtomicInteger();
    private int failed;
    private long next = Long.MAX_VALUE;

    /**
     * Moves rows.
     *
     * @param stop whether to end after the poll that is being moved
     * @param seal seals the hour of a time where it is over; whether it did
     */
    MovingOldRows(OldRows rows, BooleanSupplier stop, LongPredicate seal) {
        this.rows = rows;
        this.stop = stop;
        this.seal = seal;
    }

    /** Looks how much there is to move; false for nothing. */
    boolean begin() {
        total = rows.hours();
        if (total > 0) {
            log.info("{}; reads and writes go on meanwhile", progress());
        }
        return total > 0;
    }

    /** Moves the next hour; false where there is none, or after a stop. */
    boolean step() {
        long hour = rows.newestHour(next);
        if (hour < 0 || stop.getAsBoolean()) {
            end(hour < 0);
            return false;
        }
        next = hour;
        try {
            move(hour);
            report(done.incrementAndGet());
        } catch (StoreException e) {
            failed++;
            log.warn("the samples of the hour from {} stay in the form of an earlier version", at(hour), e);
        }
        return true;
    }

    private void report(int moved) {
        if (moved % Math.max(1, total / REPORTS) == 0) {
            log.info("{}", progress());
        }
    }

    private void move(long hour) {
        int left = rows.move(hour, stop);
        if (seal.test(hour) && left > 0) {
            // the ticks of the same times are sealed now
            rows.move(hour, stop);
            boolean unused = seal.test(hour);
        }
    }

    private void end(boolean complete) {
        if (complete && failed > 0) {
            log.warn(
                    "{} of {} hours stay in the form of an earlier version; they are read all the same", failed, total);
        } else if (complete) {
            log.info("the samples of all {} hours are in the form of this version", total);
        }
        if (complete) {
            total = 0;
        }
    }

    private static Instant at(long hour) {
        return Instant.ofEpochMilli(hour);
    }

    private String progress() {
        return "moving samples of an earlier version: " + done + " of " + total + " hours";
    }

    /** The progress, one sentence; empty where nothing is being moved. */
    Optional<String> activity() {
        return total == 0 ? Optional.empty() : Optional.of(progress());
    }
}
