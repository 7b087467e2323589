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
 * @param shares those of the instances that share the fleet, this one among them; of none where it is alone
 * @param fence the membership that the poll is stored under; null where this instance is alone
 */
public record Turn(Instant at, String self, Shares shares, Lease.@Nullable Fence fence) {
    static Turn alone(Instant at) {
        return new Turn(at, "", Shares.among(List.of()), null);
    }

    /** Whether this instance polls that miner. */
    public boolean includes(MinerAddress miner) {
        return fence == null || shares.owner(miner).equals(self);
    }
}
