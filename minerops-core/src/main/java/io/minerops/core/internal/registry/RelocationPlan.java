package io.minerops.core.internal.registry;

import io.minerops.api.miner.DeviceKey;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.core.discovery.Registration.Relocation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which known devices answered at other addresses than the registry has, and how the registry is set right.
 *
 * <p>A device is recognised by its MAC, and where it or the registry has none, by its serial number. What is in doubt
 * stays as it is: a key that two entries of the registry or two devices that answered have in common, and a device whose
 * old address may still be its own, because it was not queried or the host there does not identify itself.
 *
 * @param relocations which devices moved, ordered by where they answered
 * @param exchanges the same as pairs of addresses that exchange what is kept under them, one after the other; fewer
 *     where two devices exchanged addresses
 * @param doubtful the addresses whose key is that of another one too, ordered
 */
record RelocationPlan(List<Relocation> relocations, List<Exchange> exchanges, Set<MinerAddress> doubtful) {
    /** Two addresses that exchange what is kept under them. */
    record Exchange(MinerAddress from, MinerAddress to) {}

    /**
     * Plans.
     *
     * @param registry every registered miner
     * @param answered who answered where
     * @param mayBeHome whether a device that did not answer at an address may be there all the same
     */
    static RelocationPlan of(
            Collection<Miner> registry, Map<MinerAddress, MinerIdentity> answered, Predicate<MinerAddress> mayBeHome) {
        Map<DeviceKey, List<MinerAddress>> homes = new HashMap<>();
        Map<MinerAddress, List<DeviceKey>> registeredKeys = new HashMap<>();
        for (Miner miner : registry) {
            List<DeviceKey> keys = DeviceKey.of(miner);
            registeredKeys.put(miner.address(), keys);
            keys.forEach(
                    key -> homes.computeIfAbsent(key, one -> new ArrayList<>(1)).add(miner.address()));
        }
        Map<DeviceKey, List<MinerAddress>> seen = new HashMap<>();
        Map<MinerAddress, List<DeviceKey>> saidKeys = new TreeMap<>();
        answered.forEach((address, identity) -> {
            List<DeviceKey> keys = DeviceKey.of(identity);
            saidKeys.put(address, keys);
            keys.forEach(
                    key -> seen.computeIfAbsent(key, one -> new ArrayList<>(1)).add(address));
        });
        return new Planner(homes, registeredKeys, seen, saidKeys, mayBeHome).plan();
    }

    private record Planner(
            Map<DeviceKey, List<MinerAddress>> homes,
            Map<MinerAddress, List<DeviceKey>> registeredKeys,
            Map<DeviceKey, List<MinerAddress>> seen,
            Map<MinerAddress, List<DeviceKey>> saidKeys,
            Predicate<MinerAddress> mayBeHome) {

        RelocationPlan plan() {
            Map<MinerAddress, Relocation> byTarget = new TreeMap<>();
            Set<MinerAddress> taken = new HashSet<>();
            Set<MinerAddress> doubtful = new TreeSet<>();
            // those with a MAC first: it is the better key where both lead to one entry
            for (DeviceKey.Kind kind : DeviceKey.Kind.values()) {
                saidKeys.forEach((to, keys) -> {
                    Optional<DeviceKey> key = recognisedBy(keys);
                    if (key.isEmpty() || key.get().kind() != kind) {
                        return;
                    }
                    if (isShared(key.get())) {
                        doubtful.add(to);
                        return;
                    }
                    MinerAddress from = homes.getOrDefault(key.get(), List.of()).get(0);
                    if (!from.equals(to) && hasLeft(from, key.get()) && taken.add(from)) {
                        byTarget.put(to, new Relocation(from, to, kind));
                    }
                });
            }
            List<Relocation> relocations = List.copyOf(byTarget.values());
            return new RelocationPlan(relocations, exchanges(relocations), doubtful);
        }

        /** The key that leads to an entry of the registry; by the serial only where there are no two MACs to differ. */
        private Optional<DeviceKey> recognisedBy(List<DeviceKey> keys) {
            boolean saysMac = keys.stream().anyMatch(key -> key.kind() == DeviceKey.Kind.MAC);
            return keys.stream()
                    .filter(key -> homes.containsKey(key))
                    .filter(key -> key.kind() == DeviceKey.Kind.MAC
                            || !saysMac
                            || homes.getOrDefault(key, List.of()).stream().noneMatch(this::hasMac))
                    .findFirst();
        }

        private boolean hasMac(MinerAddress registered) {
            return registeredKeys.getOrDefault(registered, List.of()).stream()
                    .anyMatch(key -> key.kind() == DeviceKey.Kind.MAC);
        }

        private boolean isShared(DeviceKey key) {
            return homes.getOrDefault(key, List.of()).size() > 1
                    || seen.getOrDefault(key, List.of()).size() > 1;
        }

        /** Whether the device has certainly left: no host responds, or another device does. */
        private boolean hasLeft(MinerAddress from, DeviceKey key) {
            List<DeviceKey> there = saidKeys.get(from);
            return there == null
                    ? !mayBeHome.test(from)
                    : there.stream().anyMatch(other -> other.kind() == key.kind() && !other.equals(key));
        }
    }

    /** Follows each entry through the exchanges before its own, which may have moved it already. */
    private static List<Exchange> exchanges(List<Relocation> relocations) {
        Map<MinerAddress, MinerAddress> entryAt = new LinkedHashMap<>();
        Map<MinerAddress, MinerAddress> placeOf = new HashMap<>();
        List<Exchange> exchanges = new ArrayList<>();
        for (Relocation move : relocations) {
            MinerAddress now = placeOf.getOrDefault(move.from(), move.from());
            if (now.equals(move.to())) {
                continue;
            }
            exchanges.add(new Exchange(now, move.to()));
            MinerAddress displaced = entryAt.getOrDefault(move.to(), move.to());
            entryAt.put(move.to(), move.from());
            placeOf.put(move.from(), move.to());
            entryAt.put(now, displaced);
            placeOf.put(displaced, now);
        }
        return List.copyOf(exchanges);
    }
}
