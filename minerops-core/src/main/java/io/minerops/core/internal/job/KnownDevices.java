package io.minerops.core.internal.job;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.MinerReading.Phase;
import io.minerops.api.store.Store;
import io.minerops.core.discovery.Registration.Relocation;
import io.minerops.core.internal.registry.Registrar;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which device answered at which address, as last stored; follows devices that answer at another. Not thread-safe. */
final class KnownDevices {
    private final Registrar registrar;
    private final Map<MinerAddress, MinerIdentity> identities = new HashMap<>();

    KnownDevices(Store store) {
        registrar = new Registrar(store);
    }

    /**
     * Moves the entries of devices that answered at other addresses, before their samples are stored.
     *
     * @return whether any was moved
     */
    boolean follow(Instant at, List<MinerReading> readings, Collection<MinerAddress> registered) {
        Map<MinerAddress, MinerIdentity> answered = new HashMap<>();
        Set<MinerAddress> vacant = new HashSet<>();
        boolean news = false;
        for (MinerReading reading : readings) {
            if (reading instanceof MinerReading.Ok ok) {
                answered.put(ok.miner(), ok.identity());
                news |= isNew(ok, registered);
            } else if (reading.step() == Phase.CONNECT) {
                vacant.add(reading.miner());
            }
        }
        if (!news) {
            return false;
        }
        List<Relocation> moved = registrar.follow(answered, address -> !vacant.contains(address), at);
        moved.forEach(move -> identities.remove(move.from()));
        return !moved.isEmpty();
    }

    /** Whether the reading names a device that is not registered so. */
    boolean isNew(MinerReading.Ok ok, Collection<MinerAddress> registered) {
        return !ok.identity().equals(identities.get(ok.miner())) || !registered.contains(ok.miner());
    }

    /** Takes in identities that have been stored. */
    void stored(Map<MinerAddress, MinerIdentity> changed) {
        identities.putAll(changed);
    }
}
