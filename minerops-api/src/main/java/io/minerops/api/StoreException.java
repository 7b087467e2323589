package io.minerops.api;

/** A store operation failed: the message names the step and the store; the cause gives the reason. */
public class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why an operation failed, for programs; the message says it to people. */
    public enum Reason {
        /** Its disk is full. */
        DISK_FULL,
        /** It may be read only. */
        READ_ONLY,
        /** Another program holds a lock on it. */
        LOCKED,
        /** What it holds cannot be read as what was written. */
        DAMAGED,
        /** A newer version of this program wrote it. */
        NEWER_SCHEMA,
        /** Its file or its write-ahead log was deleted or replaced while it was open. */
        FILE_GONE,
        /** Anything else. */
        OTHER
    }

    private final Reason reason;

    /**
     * A failure with its cause.
     *
     * @param message the step that failed and the store it failed on
     * @param cause what the store's driver said
     */
    public StoreException(String message, Throwable cause) {
        this(message, cause, cause instanceof StoreException known ? known.reason : Reason.OTHER);
    }

    /**
     * A failure with its cause, for a reason.
     *
     * @param message the step that failed and the store it failed on
     * @param cause what the store's driver said
     */
    public StoreException(String message, Throwable cause, Reason reason) {
        super(message, cause);
        this.reason = reason;
    }

    /**
     * A failure that the store itself found.
     *
     * @param message the step that failed and the store it failed on
     */
    public StoreException(String message) {
        this(message, Reason.OTHER);
    }

    /**
     * A failure that the store itself found, for a reason.
     *
     * @param message the step that failed and the store it failed on
     */
    public StoreException(String message, Reason reason) {
        super(message);
        this.reason = reason;
    }

    /** Why it failed. */
    public Reason reason() {
        return reason;
    }
}
