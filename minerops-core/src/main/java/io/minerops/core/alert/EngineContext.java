package io.minerops.core.alert;

import io.minerops.api.alert.Baseline;
import io.minerops.api.miner.Fact;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.type.CheckContext;
import io.minerops.core.alert.type.Economics;
import io.minerops.core.alert.type.EvaluationContext;
import io.minerops.core.alert.type.RecentReadings;
import io.minerops.core.alert.type.RecentWork;
import io.minerops.core.alert.type.Spread;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The context of one check after another over one roster; a check moves it on and allocates nothing for it. */
final class EngineContext implements CheckContext {
    private final RosterIndex roster;
    private final HashrateBaselines baselines;
    private final Peers peers;
    private FleetSnapshot snapshot = FleetSnapshot.builder(Instant.EPOCH, 0).build();
    private long nowMillis;
    private long observedSinceMillis;
    private Map<MinerAddress, Instant> notReadAt = Map.of();
    private @Nullable RecentReadings recent;
    private @Nullable RecentWork work;
    private @Nullable Economics economics;
    private @Nullable Map<MinerAddress, List<Fact>> facts;

    EngineContext(RosterIndex roster, HashrateBaselines baselines) {
        this.roster = roster;
        this.baselines = baselines;
        peers = new Peers(roster);
    }

    /** Moves on to another check. */
    void moveTo(
            FleetSnapshot latest, Instant now, EvaluationContext around, Map<MinerAddress, Baseline> learnedBaselines) {
        snapshot = latest;
        nowMillis = now.toEpochMilli();
        Instant since = around.observedSince();
        observedSinceMillis = since == null ? Long.MIN_VALUE : since.toEpochMilli();
        notReadAt = around.notReadAt();
        RecentReadings lately = around.recent();
        recent = lately != null && lately.roster() == latest.roster() ? lately : null;
        RecentWork proven = around.work();
        work = proven != null && proven.roster() == latest.roster() ? proven : null;
        economics = around.economics();
        facts = around.facts();
        peers.moveTo(latest);
        baselines.moveTo(latest, roster, learnedBaselines);
    }

    @Override
    public FleetSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public long nowMillis() {
        return nowMillis;
    }

    @Override
    public long observedSinceMillis(int row) {
        Instant notRead =
                notReadAt.isEmpty() ? null : notReadAt.get(snapshot.miner(row).address());
        return notRead == null ? observedSinceMillis : Math.max(observedSinceMillis, notRead.toEpochMilli());
    }

    @Override
    public double expectedThs(int row) {
        return baselines.expectedThs(row);
    }

    @Override
    public double[] expectedThs() {
        return baselines.expectedThs();
    }

    @Override
    public double @Nullable [] powerCapsW() {
        return roster.powerCapsW();
    }

    @Override
    public @Nullable RecentReadings recent() {
        return recent;
    }

    @Override
    public @Nullable RecentWork work() {
        return work;
    }

    @Override
    public @Nullable List<Fact> facts(int row) {
        Map<MinerAddress, List<Fact>> all = facts;
        if (all == null) {
            return null;
        }
        return all.isEmpty() ? List.of() : all.getOrDefault(snapshot.miner(row).address(), List.of());
    }

    @Override
    public @Nullable Economics economics() {
        return economics;
    }

    @Override
    public @Nullable Spread spreadOfModel(Reading reading, int row) {
        return peers.spread(reading, row);
    }
}
