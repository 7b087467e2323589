package io.minerops.api.store;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * The right to run a job, so that many instances on one database share the work and none does it twice. In a single
 * process {@link #always()} is enough.
 */
public interface Lease {
    /**
     * Requests the right to run {@code job} until {@code ttl} has passed.
     *
     * @param job the job's name
     * @param ttl how long the right lasts unless it is renewed; above 0
     * @return a fencing token that grows with each new holder; empty while another instance holds the right
     * @throws io.minerops.api.StoreException if the store fails; the right is not granted then
     */
    OptionalLong acquire(String job, Duration ttl);

    /** Gives the right back early; does nothing where it is not held. */
    void release(String job);

    /** The lease of a process that is alone: always granted, token 1. */
    static Lease always() {
        return new Lease() {
            @Override
            public OptionalLong acquire(String job, Duration ttl) {
                return OptionalLong.of(1);
            }

            @Override
            public void release(String job) {}
        };
    }
}
