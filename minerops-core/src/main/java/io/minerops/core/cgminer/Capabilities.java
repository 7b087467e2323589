package io.minerops.core.cgminer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.minerops.api.miner.MinerAddress;
import java.time.Duration;

/**
 * What is remembered of devices from one reading to the next. It only saves round trips; what is forgotten is learned
 * again.
 */
final class Capabilities {
    private final Cache<MinerAddress, Capability> byMiner;

    Capabilities(int devices, Duration lifetime) {
        byMiner = Caffeine.newBuilder()
                .maximumSize(devices)
                .expireAfterWrite(lifetime)
                .executor(Runnable::run)
                .build();
    }

    /** What is known of a device. */
    Capability of(MinerAddress miner) {
        Capability known = byMiner.getIfPresent(miner);
        return known == null ? Capability.UNKNOWN : known;
    }

    /** Remembers what a device takes, unless that is known already: what is known is learned again when it expires. */
    void learn(MinerAddress miner, Capability capability) {
        if (!capability.equals(byMiner.getIfPresent(miner))) {
            byMiner.put(miner, capability);
        }
    }
}
