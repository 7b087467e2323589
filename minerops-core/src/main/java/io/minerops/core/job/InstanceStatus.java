package io.minerops.core.job;

import io.minerops.api.store.Lease;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the instances that share a store. Immutable.
 *
 * @param name its name, unique among them
 * @param self whether it is this one
 * @param since since when it shares the fleet, by the clock of the store; null where it no longer does, but still holds a
 *     lease
 * @param lastSeenAt when it last began a poll, by the clock of the store; null where {@code since} is
 * @param miners how many registered miners it polls, 0 or more
 * @param leases the jobs that it holds, by name
 */
public record InstanceStatus(
        String name,
        boolean self,
        @Nullable Instant since,
        @Nullable Instant lastSeenAt,
        int miners,
        List<Lease.Held> leases) {
    /** Copies the list. */
    public InstanceStatus {
        leases = List.copyOf(leases);
    }
}
