package io.minerops.api.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

    /**
     * The leases that are held on this store at one consistent point; empty where one process has the store to itself,
     * which is the default.
     *
     * @throws io.minerops.api.StoreException if the store fails
     */
    default Optional<Table> table() {
        return Optional.empty();
    }

    /**
     * Runs work under a lease. Each transaction in which it writes to this store, on the thread that calls this, checks
     * the lease too, so that an instance that was suspended for longer than its lease writes nothing afterwards. A store
     * may refuse reads as well. Where one process has the store to itself, the default, the work is run and nothing is
     * checked.
     *
     * @param fence the lease and the token under which it was granted
     * @throws io.minerops.api.StaleFenceException from the work's write, if the lease ran out or went to another instance
     */
    default void fenced(Fence fence, Runnable work) {
        work.run();
    }

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

    /**
     * The lease that a piece of work runs under.
     *
     * @param job the job of the lease, as given to {@link #acquire}
     * @param token the token under which it was granted
     */
    record Fence(String job, long token) {}

    /**
     * The leases that instances hold at one moment.
     *
     * @param now the moment, by the clock of the store
     * @param self the instance that reads them
     * @param held those that have not run out, by job
     */
    record Table(Instant now, String self, List<Held> held) {
        public Table {
            held = List.copyOf(held);
        }
    }

    /**
     * A lease that an instance holds.
     *
     * @param job the job that it grants
     * @param holder the instance
     * @param token the token under which it is held
     * @param since when that token was first granted, by the clock of the store
     * @param until when it runs out unless it is renewed, by the clock of the store
     */
    record Held(String job, String holder, long token, Instant since, Instant until) {}
}
