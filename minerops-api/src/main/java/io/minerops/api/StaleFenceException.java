package io.minerops.api;

/** A write was refused because its lease ran out or went to another instance; nothing of it was stored. */
public final class StaleFenceException extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * A refused write.
     *
     * @param job the job of the lease
     * @param token the token under which it was granted
     */
    public StaleFenceException(String job, long token) {
        super("nothing was written: the lease of " + job + " with token " + token
                + " ran out or went to another instance");
    }
}
