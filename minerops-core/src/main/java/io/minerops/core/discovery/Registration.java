package io.minerops.core.discovery;

import io.minerops.api.miner.DeviceKey;
import io.minerops.api.miner.MinerAddress;
import java.util.List;

/**
 * What a discovery changed in the registry.
 *
 * @param added how many miners are new
 * @param moved the known ones that answered at another address than before
 */
public record Registration(int added, List<Relocation> moved) {
    public Registration {
        moved = List.copyOf(moved);
    }

    /**
     * A known device that answered at another address than the registry has.
     *
     * @param from where the registry had it
     * @param to where it answered
     * @param key what it was recognised by
     */
    public record Relocation(MinerAddress from, MinerAddress to, DeviceKey.Kind key) {}
}
