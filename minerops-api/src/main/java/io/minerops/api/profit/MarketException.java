package io.minerops.api.profit;

/** No market source gave a value. The message names each queried source and its response. */
public class MarketException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure that an answer showed.
     *
     * @param message the sources and what they answered, without keys
     */
    public MarketException(String message) {
        super(message);
    }

    /**
     * A failure with its cause.
     *
     * @param message the source and the step, without keys
     * @param cause what the transport said
     */
    public MarketException(String message, Throwable cause) {
        super(message, cause);
    }
}
