package io.minerops.core.internal.fact;

import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.DeviceKey;
import io.minerops.api.miner.Fact;
import io.minerops.api.miner.FactKind;
import io.minerops.api.miner.HashBoard;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Pool;
import io.minerops.api.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares what devices report of themselves with what is stored, and stores what changed: once a poll, after its samples.
 * What holds of the miners of the last poll stays in the heap, so that a sample without a change costs comparisons only. A
 * fact that a device does not report in a poll holds on; one that could not be stored is found again by the next poll. Not
 * thread-safe.
 */
public final class FactWatch {
    /** How many facts are stored in one transaction. */
    private static final int MAX_PER_STEP = 5_000;

    private final Store store;
    private final FactEvents events;
    private final ChangeLimit limit = new ChangeLimit();
    private final List<Fact> changed = new ArrayList<>();
    private Map<MinerAddress, HeldFacts> held = new HashMap<>();
    private Map<MinerAddress, Miner> registry = Map.of();
    private Instant at = Instant.EPOCH;
    private Announcements announcements;

    /**
     * A watch that has seen nothing.
     *
     * @param source the source of its events
     */
    public FactWatch(Store store, String source) {
        this.store = store;
        events = new FactEvents(source);
        announcements = new Announcements(store, at);
    }

    /** Begins a poll: reads what holds of the miners that answered and were not in the last poll. */
    public void begin(Instant pollAt, List<MinerReading> readings, Map<MinerAddress, Miner> registered) {
        at = pollAt;
        registry = registered;
        announcements = new Announcements(store, pollAt);
        changed.clear();
        events.clear();
        limit.moveTo(pollAt).forEach(left -> events.left(pollAt, left));
        Map<MinerAddress, HeldFacts> now = new HashMap<>();
        List<MinerAddress> unknown = new ArrayList<>();
        for (MinerReading reading : readings) {
            if (reading instanceof MinerReading.Ok) {
                HeldFacts known = held.get(reading.miner());
                now.put(reading.miner(), known == null ? new HeldFacts() : known);
                if (known == null) {
                    unknown.add(reading.miner());
                }
            }
        }
        if (!unknown.isEmpty()) {
            store.facts().holding(unknown).forEach(fact -> heldBy(now, fact).take(fact));
        }
        held = now;
    }

    private static HeldFacts heldBy(Map<MinerAddress, HeldFacts> all, Fact fact) {
        return all.computeIfAbsent(fact.miner(), miner -> new HeldFacts());
    }

    /** Forgets what holds, as where miners answer at other addresses: it is read from the store again. */
    public void forget() {
        held = new HashMap<>();
    }

    /** Compares one miner; returns the sample with the beginning of its faults where the device gives none. */
    public MetricSample take(MetricSample sample, MinerIdentity identity) {
        HeldFacts facts = heldOf(sample.miner());
        if (!facts.isEmpty() && isNew(sample.miner(), facts)) {
            // removed from the registry since: a miner like a new one
            endAll(facts, null);
            facts = new HeldFacts();
        }
        Fact mac = facts.find(FactKind.MAC, null, "");
        if (mac != null && isOther(mac.value(), identity.mac())) {
            if (!allowed(mac.subject())) {
                return sample;
            }
            endAll(facts, mac);
            facts = new HeldFacts();
            change(mac, String.valueOf(identity.mac()));
        } else if (mac == null && DeviceKey.ofMac(identity.mac()).isPresent()) {
            take(facts, sample.miner(), FactKind.MAC, null, identity.mac());
        }
        takeIdentity(facts, sample.miner(), identity);
        takeSample(facts, sample);
        return takeFaults(facts, sample);
    }

    /** Whether the miner is not registered, or was registered again since these facts were seen. */
    private boolean isNew(MinerAddress miner, HeldFacts facts) {
        Miner registered = registry.get(miner);
        return registered == null
                || (!registered.registeredAt().isAfter(at) && facts.isBefore(registered.registeredAt()));
    }

    private HeldFacts heldOf(MinerAddress miner) {
        HeldFacts facts = held.get(miner);
        return facts == null ? new HeldFacts() : facts;
    }

    /** Whether another device answers: the same MAC can be written in several ways, and some are that of no device. */
    private static boolean isOther(String before, @Nullable String now) {
        if (before.equals(now)) {
            return false;
        }
        Optional<DeviceKey> device = DeviceKey.ofMac(now);
        return device.isPresent() && !device.equals(DeviceKey.ofMac(before));
    }

    private void takeIdentity(HeldFacts facts, MinerAddress miner, MinerIdentity identity) {
        take(facts, miner, FactKind.FIRMWARE, null, identity.firmwareVersion());
        take(facts, miner, FactKind.MODEL, null, identity.model());
        take(facts, miner, FactKind.HOSTNAME, null, identity.hostname());
        take(facts, miner, FactKind.SERIAL, null, identity.serial());
    }

    private void takeSample(HeldFacts facts, MetricSample sample) {
        Pool pool = sample.pool();
        if (pool != null) {
            take(facts, sample.miner(), FactKind.POOL, null, pool.url());
            take(facts, sample.miner(), FactKind.WORKER, null, pool.worker());
        }
        List<HashBoard> boards = sample.boards();
        for (int i = 0; boards != null && i < boards.size(); i++) {
            HashBoard board = boards.get(i);
            take(facts, sample.miner(), FactKind.BOARD_SERIAL, board.slot(), board.serial());
        }
    }

    private void take(
            HeldFacts facts, MinerAddress miner, FactKind kind, @Nullable Integer slot, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return;
        }
        Fact before = facts.find(kind, slot, "");
        if (before == null) {
            Fact first = Fact.first(miner, kind, slot, value, at);
            if (allowed(first.subject())) {
                changed.add(first);
            }
        } else if (!before.value().equals(value) && allowed(before.subject())) {
            change(before, value);
        }
    }

    private void change(Fact before, String value) {
        Miner miner = registry.get(before.miner());
        boolean announced = miner != null && announcements.cover(miner, before.kind());
        Fact now = before.changedTo(value, at, announced);
        changed.add(now);
        events.changed(at, now);
    }

    private MetricSample takeFaults(HeldFacts facts, MetricSample sample) {
        List<DeviceFault> reported = sample.faults();
        if (reported == null || (reported.isEmpty() && facts.isEmpty())) {
            return sample;
        }
        List<DeviceFault> dated = new ArrayList<>(reported.size());
        List<DeviceFault> begun = new ArrayList<>();
        for (DeviceFault fault : reported) {
            Fact before = facts.find(FactKind.FAULT, fault.slot(), fault.code());
            Fact now = before == null ? Fact.of(sample.miner(), fault, at) : before;
            dated.add(fault.since() != null ? fault : fault.since(now.from()));
            if (before == null && allowed(now.subject())) {
                changed.add(now);
                begun.add(fault);
            }
        }
        events.begun(at, sample.miner(), begun);
        events.ended(at, sample.miner(), endOthers(facts, reported));
        return reported.isEmpty() ? sample : sample.toBuilder().faults(dated).build();
    }

    private List<Fact> endOthers(HeldFacts facts, List<DeviceFault> reported) {
        List<Fact> ended = new ArrayList<>();
        for (Fact fact : facts.all()) {
            boolean isOver = fact.kind() == FactKind.FAULT
                    && reported.stream()
                            .noneMatch(fault ->
                                    fault.code().equals(fact.value()) && Objects.equals(fault.slot(), fact.slot()));
            if (isOver) {
                ended.add(fact);
                changed.add(fact.ended(at));
            }
        }
        return ended;
    }

    private void endAll(HeldFacts facts, @Nullable Fact but) {
        for (Fact fact : facts.all()) {
            if (!fact.equals(but)) {
                changed.add(fact.ended(at));
            }
        }
    }

    private boolean allowed(Fact.Subject subject) {
        boolean allowed = limit.allows(subject);
        if (!allowed && limit.isFirstLeft(subject.miner())) {
            events.limited(at, subject);
        }
        return allowed;
    }

    /**
     * Stores what changed, after the samples of the poll, and then its events.
     *
     * @throws io.minerops.api.StoreException if the store fails; what was not stored is found again by the next poll
     */
    public void store() {
        for (int from = 0; from < changed.size(); from += MAX_PER_STEP) {
            List<Fact> step = changed.subList(from, Math.min(changed.size(), from + MAX_PER_STEP));
            store.facts().record(step);
            step.forEach(fact -> heldBy(held, fact).take(fact));
        }
        events.all(at).forEach(store.events()::record);
    }
}
