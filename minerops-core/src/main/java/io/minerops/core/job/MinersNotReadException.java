package io.minerops.core.job;

import org.jspecify.annotations.Nullable;

/**
 * A poll in which miners were not read because of this machine, as for want of memory or file descriptors. The others
 * were read, and their samples are stored. The message gives no figures, so that it stays the same while
 * the reason does.
 */
public final class MinersNotReadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A poll that did not read all miners.
     *
     * @param reason what this machine lacks, without figures
     * @param cause the first error; null where there is none
     */
    public MinersNotReadException(String reason, @Nullable Throwable cause) {
        super("miners were not read: " + reason, cause, false, false);
    }
}
