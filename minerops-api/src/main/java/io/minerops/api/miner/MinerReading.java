package io.minerops.api.miner;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What came of one attempt to read a miner. Only {@link Ok} holds data; every other outcome says why there is none, so
 * that "answers nothing" is never taken for "measures nothing".
 */
public sealed interface MinerReading {
    /** The miner. */
    MinerAddress miner();

    /**
     * The miner answered.
     *
     * @param sample what it measured
     * @param identity what it says it is
     * @param repairs number of JSON faults that were repaired, 0 or more
     * @param implausible what it said that cannot be, one sentence each, such as {@code power_w cannot be 65535}: those
     *     readings are absent from the sample
     * @param missing the commands that it did not answer, such as {@code stats}; empty where it answered all
     */
    record Ok(MetricSample sample, MinerIdentity identity, int repairs, List<String> implausible, Set<String> missing)
            implements MinerReading {
        public Ok {
            implausible = List.copyOf(implausible);
            missing = Set.copyOf(missing);
        }

        @Override
        public MinerAddress miner() {
            return sample.miner();
        }
    }

    /** The connection was refused. */
    record Refused(MinerAddress miner, String reason) implements MinerReading {}

    /** The connection broke before the reply was whole, as by a reset. */
    record Disconnected(MinerAddress miner, Phase phase, String reason) implements MinerReading {}

    /** The deadline passed. */
    record TimedOut(MinerAddress miner, Phase phase) implements MinerReading {}

    /** The device knows us and says no (CGMiner code 45). */
    record AccessDenied(MinerAddress miner, String command) implements MinerReading {}

    /**
     * The device says what it is and gives no reading.
     *
     * @param device what it calls itself, such as {@code SDMiner}; cut and free of control characters
     * @param reason what it lacks or wants, such as {@code needs a login}
     */
    record NoReadings(MinerAddress miner, String device, String reason) implements MinerReading {}

    /** The reply ended before its JSON value did; what came is not data. */
    record Partial(MinerAddress miner, int bytes) implements MinerReading {}

    /** The reply went past the size limit and was cut off. */
    record TooLarge(MinerAddress miner, int limitBytes) implements MinerReading {}

    /** Something else lives on that port, such as a web server. */
    record NotAMiner(MinerAddress miner, String reason) implements MinerReading {}

    /** The reply is not JSON even after repair. */
    record Malformed(MinerAddress miner, String reason) implements MinerReading {}

    /**
     * The miner was not read because of this machine: no memory, no file descriptor or no thread was left for it, or the
     * client failed. It says nothing of the miner, which keeps its last state.
     *
     * @param reason what was short or failed, for a log or an event
     */
    record NotRead(MinerAddress miner, String reason) implements MinerReading {}

    /** How far an exchange had come when its deadline passed. */
    enum Phase {
        /** Waiting for a free slot: the device was never contacted. */
        QUEUED,
        /** Waiting for the TCP connection. */
        CONNECT,
        /** Sending the request. */
        WRITE,
        /** Waiting for the first byte of the reply. */
        FIRST_BYTE,
        /** Waiting for the rest of the reply. */
        READ
    }

    /**
     * The step in which the attempt ended; {@link Phase#READ} where a reply was read, good or bad, and
     * {@link Phase#QUEUED} where the miner was not read.
     */
    default Phase step() {
        if (this instanceof Refused) {
            return Phase.CONNECT;
        } else if (this instanceof TimedOut timedOut) {
            return timedOut.phase();
        } else if (this instanceof NotRead) {
            return Phase.QUEUED;
        }
        return this instanceof Disconnected disconnected ? disconnected.phase() : Phase.READ;
    }

    /** One sentence for a log or an event; the device's own text in it is already cut and free of control characters. */
    default String describe() {
        String who = Objects.requireNonNull(miner()) + ": ";
        if (this instanceof Ok ok) {
            return who + describeOk(ok);
        }
        return this instanceof NoReadings named
                ? who + named.device() + ": " + named.reason()
                : who + getClass().getSimpleName() + detail();
    }

    private static String describeOk(Ok ok) {
        return ok.missing().isEmpty() ? "answered" : "answered without " + String.join(", ", ok.missing());
    }

    private String detail() {
        if (this instanceof Refused refused) {
            return " (" + refused.reason() + ")";
        } else if (this instanceof TimedOut timedOut) {
            return " in phase " + timedOut.phase();
        } else if (this instanceof Disconnected disconnected) {
            return " in phase " + disconnected.phase() + " (" + disconnected.reason() + ")";
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
        } else if (this instanceof NotRead notRead) {
            return " (" + notRead.reason() + ")";
        }
        return "";
    }
}
