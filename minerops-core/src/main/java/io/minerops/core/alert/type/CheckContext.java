package io.minerops.core.alert.type;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MinerAddress;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What conditions may look at in one check. Valid during the call that it is handed to: the next check moves it on.
 */
public final class CheckContext {
    private final HashrateBaselines baselines = new HashrateBaselines();
    private FleetSnapshot snapshot = FleetSnapshot.builder(Instant.EPOCH, 0).build();
    private RosterIndex roster = new RosterIndex(snapshot.roster());
    private long nowMillis;
    private long observedSinceMillis;
    private Map<MinerAddress, Instant> notReadAt = Map.of();
    private @Nullable RecentReadings recent;
    private @Nullable Economics economics;
    private final Peers peers = new Peers();

    public CheckContext() {}

    public void moveTo(FleetSnapshot latest, RosterIndex index, long now, EvaluationContext around) {
        snapshot = latest;
        roster = index;
        nowMillis = now;
        Instant since = around.observedSince();
        observedSinceMillis = since == null ? Long.MIN_VALUE : since.toEpochMilli();
        notReadAt = around.notReadAt();
        RecentReadings lately = around.recent();
        recent = lately != null && lately.roster() == latest.roster() ? lately : null;
        economics = around.economics();
        peers.moveTo(latest, index);
    }

    /** The latest readings. */
    public FleetSnapshot snapshot() {
        return snapshot;
    }

    /** The time of the check, ms since the epoch. */
    public long nowMillis() {
        return nowMillis;
    }

    /** The time of the check. */
    public Instant now() {
        return Instant.ofEpochMilli(nowMillis);
    }

    /**
     * Since when the fleet has been polled without a gap, ms since the epoch; absence before it says nothing.
     * {@link Long#MIN_VALUE} where it has always been.
     */
    public long observedSinceMillis() {
        return observedSinceMillis;
    }

    /**
     * Since when one miner has been read at every poll, ms since the epoch: no earlier than
     * {@link #observedSinceMillis()}, and later where this machine could not read it.
     */
    public long observedSinceMillis(int row) {
        Instant notRead =
                notReadAt.isEmpty() ? null : notReadAt.get(snapshot.miner(row).address());
        return notRead == null ? observedSinceMillis : Math.max(observedSinceMillis, notRead.toEpochMilli());
    }

    /** What each miner's hashrate should be. */
    public HashrateBaselines baselines() {
        return baselines;
    }

    /** What the miners said lately, over the rows of {@link #snapshot()}; null where that is not known. */
    public @Nullable RecentReadings recent() {
        return recent;
    }

    /** What hashrate earns and power costs; null where there is no price. */
    public @Nullable Economics economics() {
        return economics;
    }

    /** What miners of the same model say now. */
    public Peers peers() {
        return peers;
    }

    /** What is known of the miners themselves, as columns. */
    public RosterIndex roster() {
        return roster;
    }
}
