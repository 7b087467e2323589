package io.minerops.core.internal.share;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.Lease;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A poll that this instance is to make.
 *
 * @param at the time of the poll
 * @param self this instance; empty where it is alone
 * @param instances those that share the fleet, this one among them; empty where it is alone
 * @param fence the membership that the poll is stored under; null where this instance is alone
 */
public record Turn(Instant at, String self, List<String> instances, Lease.@Nullable Fence fence) {
    public Turn {
        instances = List.copyOf(instances);
    }

    static Turn alone(Instant at) {
        return new Turn(at, "", List.of(), null);
    }

    /** Whether this instance polls that miner. */
    public boolean includes(MinerAddress miner) {
        return fence == null || Shares.owner(miner, instances).equals(self);
    }
}
