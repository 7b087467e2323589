package io.minerops.testkit.memory;

import io.minerops.api.miner.MinerAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Two addresses that exchange what is kept under them. */
record Exchange(MinerAddress from, MinerAddress to) {
    /** Where what was kept under an address is kept after the exchange. */
    MinerAddress of(MinerAddress address) {
        return address.equals(from) ? to : address.equals(to) ? from : address;
    }

    /** The same for what may belong to no single miner. */
    @Nullable
    MinerAddress ofNullable(@Nullable MinerAddress address) {
        return address == null ? null : of(address);
    }

    boolean touches(@Nullable MinerAddress address) {
        return from.equals(address) || to.equals(address);
    }

    /** Exchanges two entries of a map, be one of them missing. */
    <V> void in(Map<MinerAddress, V> byAddress, BiFunction<V, MinerAddress, V> moved) {
        Map<MinerAddress, V> both = new HashMap<>();
        for (MinerAddress address : new MinerAddress[] {from, to}) {
            V value = byAddress.remove(address);
            if (value != null) {
                both.put(of(address), moved.apply(value, of(address)));
            }
        }
        byAddress.putAll(both);
    }
}
