package io.minerops.api.miner;

import java.util.Locale;

/** What came of one attempt to have a miner do something. */
public sealed interface ControlResult {
    /** The miner. */
    MinerAddress miner();

    /**
     * The device said that it does it. Whether it did is seen in its next readings.
     *
     * @param effect what happens now, in our wording, such as {@code the mining process restarts}
     */
    record Done(MinerAddress miner, String effect) implements ControlResult {}

    /**
     * Devices of this family do not offer it, or not without a password of their own; nothing was changed.
     *
     * @param reason one sentence
     */
    record Unsupported(MinerAddress miner, String reason) implements ControlResult {}

    /**
     * The device offers it, but not to us (CGMiner code 45): its {@code api-allow} lists our address without {@code W:}.
     *
     * @param command what was refused, such as {@code restart}
     */
    record Denied(MinerAddress miner, String command) implements ControlResult {}

    /**
     * It is not known to have been done.
     *
     * @param step the step that failed; after {@link Step#COMMAND} the device may have done it nevertheless
     * @param reason what went wrong; the device's own text in it is cut and free of control characters
     */
    record Failed(MinerAddress miner, Step step, String reason) implements ControlResult {}

    /** The steps of an attempt, in their order. */
    enum Step {
        /** Waiting in the queue: the device was not contacted. */
        QUEUED,
        /** Identifying the device. */
        IDENTIFY,
        /** Opening a session, where the family needs one. */
        LOGON,
        /** Sending the command itself. */
        COMMAND
    }

    /** One sentence for a log or an event. */
    default String describe() {
        if (this instanceof Done done) {
            return "done: " + done.effect();
        } else if (this instanceof Unsupported unsupported) {
            return "not supported: " + unsupported.reason();
        } else if (this instanceof Denied denied) {
            return "denied: the device lets us send no " + denied.command()
                    + "; its api-allow must list this machine with W:";
        }
        Failed failed = (Failed) this;
        return "failed in step " + failed.step().name().toLowerCase(Locale.ROOT) + ": " + failed.reason();
    }
}
