package io.minerops.core.device.internal.reading;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.minerops.api.miner.MinerAddress;
import java.time.Duration;

/**
 * What is remembered of devices from one reading to the next. It only saves round trips; what is forgotten is learned
 * again.
 */
public final class DeviceProfiles {
    private final Cache<MinerAddress, DeviceProfile> byMiner;

    public DeviceProfiles(int devices, Duration lifetime) {
        byMiner = Caffeine.newBuilder()
                .maximumSize(devices)
                .expireAfterWrite(lifetime)
                .executor(Runnable::run)
                .build();
    }

    /** What is known of a device. */
    public DeviceProfile of(MinerAddress miner) {
        DeviceProfile known = byMiner.getIfPresent(miner);
        return known == null ? DeviceProfile.UNKNOWN : known;
    }

    /** Remembers what a device takes, unless that is known already: what is known is learned again when it expires. */
    public void learn(MinerAddress miner, DeviceProfile capability) {
        if (!capability.equals(byMiner.getIfPresent(miner))) {
            byMiner.put(miner, capability);
        }
    }
}
