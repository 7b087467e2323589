package io.minerops.api.miner;

import java.util.Objects;
import java.util.Set;

/**
 * What came of one attempt to read a miner. Only {@link Ok} holds data; every other outcome says why there is none, so
 * that "answers nothing" is never taken for "measures nothing".
 */
public sealed interface MinerReading {
    /** The miner that was asked. */
    MinerAddress miner();

    /**
     * The miner answered.
     *
     * @param sample what it measured
     * @param identity what it says it is
     * @param repairs how many faults of its JSON were mended to read it, 0 or more
     * @param missing the commands that it did not answer, such as {@code stats}; empty where it answered all
     */
    record Ok(MetricSample sample, MinerIdentity identity, int repairs, Set<String> missing) implements MinerReading {
        public Ok {
            missing = Set.copyOf(missing);
        }

        @Override
        public MinerAddress miner() {
            return sample.miner();
        }
    }

    /** Nobody listens there, or the connection was reset. */
    record Refused(MinerAddress miner, String reason) implements MinerReading {}

    /** The deadline passed. */
    record TimedOut(MinerAddress miner, Phase phase) implements MinerReading {}

    /** The device knows us and says no (CGMiner code 45). */
    record AccessDenied(MinerAddress miner, String command) implements MinerReading {}

    /** The reply ended before its JSON value did; what came is not data. */
    record Partial(MinerAddress miner, int bytes) implements MinerReading {}

    /** The reply went past the size limit and was cut off. */
    record TooLarge(MinerAddress miner, int limitBytes) implements MinerReading {}

    /** Something else lives on that port, such as a web server. */
    record NotAMiner(MinerAddress miner, String reason) implements MinerReading {}

    /** The reply is not JSON even after repair. */
    record Malformed(MinerAddress miner, String reason) implements MinerReading {}

    /** How far an exchange had come when its deadline passed. */
    enum Phase {
        /** Waiting for a free slot: the device was never asked. */
        QUEUED,
        /** Waiting for the TCP connection. */
        CONNECT,
        /** Sending the request. */
        WRITE,
        /** Waiting for the reply or its rest. */
        READ
    }

    /** One sentence for a log or an event; the device's own text in it is already cut and free of control characters. */
    default String describe() {
        return Objects.requireNonNull(miner()) + ": "
                + (this instanceof Ok ok ? describeOk(ok) : getClass().getSimpleName() + detail());
    }

    private static String describeOk(Ok ok) {
        return ok.missing().isEmpty() ? "answered" : "answered without " + String.join(", ", ok.missing());
    }

    private String detail() {
        if (this instanceof Refused refused) {
            return " (" + refused.reason() + ")";
        } else if (this instanceof TimedOut timedOut) {
            return " in phase " + timedOut.phase();
        } else if (this instanceof AccessDenied denied) {
            return " to command " + denied.command();
        } else if (this instanceof Partial partial) {
            return " reply of " + partial.bytes() + " bytes";
        } else if (this instanceof TooLarge large) {
            return ", more than " + large.limitBytes() + " bytes";
        } else if (this instanceof NotAMiner other) {
            return " (" + other.reason() + ")";
        } else if (this instanceof Malformed malformed) {
            return " (" + malformed.reason() + ")";
        }
        return "";
    }
}
