package io.minerops.core.internal.job;

import io.minerops.api.profit.MarketException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Logs the failures of something that is tried again and again: once when they begin, once when another failure takes
 * their place, and once when they are over. Repetitions are logged at DEBUG. An expected failure, such as a market source
 * that cannot be reached, is logged at WARN without a stack trace. Not thread-safe.
 */
final class FailureLog {
    /** What changes from one failure to the next of the same kind: seconds, ports, counts. */
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final Logger log;
    private final String what;
    private @Nullable String ongoing;

    /**
     * A log of no failure yet.
     *
     * @param what the subject of each line, such as {@code job poll-metrics}
     */
    FailureLog(Logger log, String what) {
        this.log = log;
        this.what = what;
    }

    /**
     * Logs a failure; says whether it is the first of its kind in a row.
     *
     * @param expected whether its message says all
     */
    boolean failed(Throwable failure, boolean expected) {
        String kind = kind(failure);
        if (kind.equals(ongoing)) {
            log.debug("{} still fails", what, failure);
            return false;
        }
        ongoing = kind;
        if (expected) {
            log.warn("{} failed, and is tried again: {}", what, failure.getMessage());
        } else {
            log.error("{} failed, and is tried again", what, failure);
        }
        return true;
    }

    /** Logs the end of failures, where there were any. */
    void worked() {
        if (ongoing != null) {
            ongoing = null;
            log.info("{} works again", what);
        }
    }

    /** The sources fail in turn and in different ways; it is one condition all the same: there is no market data. */
    private static String kind(Throwable failure) {
        String name = failure.getClass().getName();
        return failure instanceof MarketException
                ? name
                : name + NUMBER.matcher(String.valueOf(failure.getMessage())).replaceAll("#");
    }
}
