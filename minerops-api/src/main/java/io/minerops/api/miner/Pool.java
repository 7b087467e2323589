package io.minerops.api.miner;

import io.minerops.api.internal.Check;
import org.jspecify.annotations.Nullable;

/**
 * The pool that a miner works for, as the device reports it; may be hostile.
 *
 * @param url where it is, such as {@code stratum+tcp://pool.example:3333}, 1 to 256 characters
 * @param worker as whom the miner works there, at most 256 characters; null where unknown, an empty text too
 */
public record Pool(String url, @Nullable String worker) {
    public Pool {
        Check.text("pool_url", url, 256);
        worker = worker == null || worker.isBlank() ? null : worker;
        Check.absentOrLimited("worker", worker, 256);
    }
}
