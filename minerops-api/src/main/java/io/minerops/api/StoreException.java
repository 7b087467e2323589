package io.minerops.api;

/** A store operation failed: the message names the step and the store; the cause gives the reason. */
public class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure with its cause.
     *
     * @param message the step that failed and the store it failed on
     * @param cause what the store's driver said
     */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * A failure that the store itself found.
     *
     * @param message the step that failed and the store it failed on
     */
    public StoreException(String message) {
        super(message);
    }
}
