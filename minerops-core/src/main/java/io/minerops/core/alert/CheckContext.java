package io.minerops.core.alert;

import io.minerops.api.miner.FleetSnapshot;
import java.time.Instant;

/**
 * What conditions may look at in one check. Valid during the call that it is handed to: the next check moves it on.
 */
public final class CheckContext {
    private final HashrateBaselines baselines = new HashrateBaselines();
    private FleetSnapshot snapshot = FleetSnapshot.builder(Instant.EPOCH, 0).build();
    private RosterIndex roster = new RosterIndex(snapshot.roster());
    private long nowMillis;
    private long observedSinceMillis;

    CheckContext() {}

    void moveTo(FleetSnapshot latest, RosterIndex index, long now, long observedSince) {
        snapshot = latest;
        roster = index;
        nowMillis = now;
        observedSinceMillis = observedSince;
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

    /** What each miner's hash rate should be. */
    public HashrateBaselines baselines() {
        return baselines;
    }

    /** What is known of the miners themselves, as columns. */
    RosterIndex roster() {
        return roster;
    }
}
