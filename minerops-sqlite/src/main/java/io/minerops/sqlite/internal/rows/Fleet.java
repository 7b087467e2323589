package io.minerops.sqlite.internal.rows;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.MinerIndex;
import io.minerops.blocks.TickCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The registry and each miner's latest sample in the heap, where reading them costs microseconds. Changed
 * after the commit and before the writer's next step, so it never shows what the file does not hold.
 */
public final class Fleet {
    private final Map<MinerAddress, Entry> byAddress = new HashMap<>();
    private final List<Entry> ordered = new ArrayList<>();
    /** By the number of the address; null where it was not looked up yet. */
    private @Nullable Entry[] byNumber = new Entry[1_024];

    private @Nullable FleetSnapshot unchanged;
    private @Nullable MinerIndex roster;

    private static final class Entry {
        private Miner miner;
        private @Nullable Instant pollAt;
        private @Nullable MetricSample sample;
        /** Whether the sample is as it was appended, and not as it was read from the file. */
        private boolean appended;

        Entry(Miner miner) {
            this.miner = miner;
        }

        MinerAddress address() {
            return miner.address();
        }
    }

    synchronized @Nullable Miner find(MinerAddress address) {
        Entry entry = byAddress.get(address);
        return entry == null ? null : entry.miner;
    }

    /** A miner's latest sample and the time of its poll. */
    record Latest(Instant pollAt, MetricSample sample) {}

    /** The entry of a miner by the number of its address, found by the address only once; null where it is not registered. */
    private @Nullable Entry entry(int number, MinerAddress address) {
        if (number >= byNumber.length) {
            byNumber = Arrays.copyOf(byNumber, Math.max(number + 1, byNumber.length * 2));
        }
        Entry known = byNumber[number];
        if (known == null) {
            known = byAddress.get(address);
            byNumber[number] = known;
        }
        return known;
    }

    /** The miners of samples that are not registered. */
    synchronized List<MinerAddress> unregistered(int[] numbers, List<MetricSample> samples) {
        List<MinerAddress> found = new ArrayList<>();
        for (int i = 0; i < numbers.length; i++) {
            MinerAddress miner = samples.get(i).miner();
            if (entry(numbers[i], miner) == null) {
                found.add(miner);
            }
        }
        return found;
    }

    /** The latest sample of a miner; null where it has none. */
    synchronized @Nullable Latest latest(MinerAddress address) {
        Entry entry = byAddress.get(address);
        Instant pollAt = entry == null ? null : entry.pollAt;
        MetricSample sample = entry == null ? null : entry.sample;
        return pollAt == null || sample == null ? null : new Latest(pollAt, sample);
    }

    /** Forgets the latest sample of a miner. */
    synchronized void forgetLatest(MinerAddress address) {
        Entry entry = byAddress.get(address);
        if (entry != null) {
            unchanged = null;
            entry.pollAt = null;
            entry.sample = null;
        }
    }

    synchronized List<Miner> all() {
        return ordered.stream().map(entry -> entry.miner).toList();
    }

    /** Takes new miners in, and what is newly known of others. */
    synchronized void put(Collection<Miner> miners) {
        if (miners.isEmpty()) {
            return;
        }
        unchanged = null;
        roster = null;
        int before = ordered.size();
        for (Miner miner : miners) {
            Entry entry = byAddress.get(miner.address());
            if (entry != null) {
                entry.miner = miner;
            } else {
                Entry added = new Entry(miner);
                byAddress.put(miner.address(), added);
                ordered.add(added);
            }
        }
        if (ordered.size() > before) {
            ordered.sort(Comparator.comparing(Entry::address));
        }
    }

    /** What these identities change: the miners that they make known, and those of which they say something new. */
    synchronized List<Miner> changedBy(Map<MinerAddress, MinerIdentity> identities, Instant at) {
        List<Miner> changed = new ArrayList<>();
        identities.forEach((address, identity) -> {
            Miner known = find(address);
            Miner merged = (known == null ? Miner.builder(address, at).build() : known).with(identity);
            if (!merged.equals(known)) {
                changed.add(merged);
            }
        });
        return changed;
    }

    /** Gives each of two addresses what the other has, be it nothing. */
    synchronized void exchange(MinerAddress from, MinerAddress to) {
        Arrays.fill(byNumber, null);
        unchanged = null;
        roster = null;
        Entry first = byAddress.remove(from);
        Entry second = byAddress.remove(to);
        move(first, to);
        move(second, from);
        ordered.sort(Comparator.comparing(Entry::address));
    }

    private void move(@Nullable Entry entry, MinerAddress to) {
        if (entry != null) {
            entry.miner = entry.miner.toBuilder(to, entry.miner.registeredAt()).build();
            entry.sample = entry.sample == null ? null : entry.sample.at(to);
            byAddress.put(to, entry);
        }
    }

    synchronized void remove(MinerAddress address) {
        Arrays.fill(byNumber, null);
        unchanged = null;
        roster = null;
        Entry entry = byAddress.remove(address);
        if (entry != null) {
            ordered.remove(entry);
        }
    }

    /** Takes in a poll together with the miners that it registered or changed. */
    synchronized void put(Collection<Miner> miners, Instant pollAt, List<MetricSample> samples, int[] numbers) {
        unchanged = null;
        put(miners);
        for (int i = 0; i < numbers.length; i++) {
            MetricSample sample = samples.get(i);
            Entry entry = entry(numbers[i], sample.miner());
            if (entry != null) {
                entry.pollAt = pollAt;
                entry.sample = sample;
                entry.appended = true;
            }
        }
    }

    /** Takes in the latest sample of a registered miner. */
    synchronized void put(Instant pollAt, MetricSample sample) {
        unchanged = null;
        Entry entry = byAddress.get(sample.miner());
        if (entry != null) {
            entry.pollAt = pollAt;
            entry.sample = sample;
            entry.appended = false;
        }
    }

    /** The fleet as it is; the same snapshot until something changes. */
    synchronized FleetSnapshot snapshot(Instant takenAt) {
        FleetSnapshot last = unchanged;
        if (last == null) {
            last = build(takenAt);
            unchanged = last;
        }
        return last;
    }

    private FleetSnapshot build(Instant takenAt) {
        MinerIndex known = roster;
        if (known == null) {
            known = MinerIndex.of(all());
            roster = known;
        }
        FleetSnapshot.Builder snapshot = FleetSnapshot.builder(takenAt, known);
        for (Entry entry : ordered) {
            snapshot.row();
            Instant pollAt = entry.pollAt;
            MetricSample sample = entry.sample;
            if (pollAt != null && sample != null) {
                if (entry.appended) {
                    TickCodec.show(snapshot, pollAt, sample);
                } else {
                    snapshot.sample(pollAt, sample);
                }
            }
        }
        return snapshot.build();
    }
}
