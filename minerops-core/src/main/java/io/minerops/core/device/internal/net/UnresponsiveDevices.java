package io.minerops.core.device.internal.net;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.MinerReading.Phase;

/** Remembers which devices let their last deadline pass. */
public final class UnresponsiveDevices {
    private final Cache<MinerAddress, Boolean> miners;

    public UnresponsiveDevices(int devices) {
        miners = Caffeine.newBuilder()
                .maximumSize(devices)
                .executor(Runnable::run)
                .build();
    }

    /** Whether the device was unresponsive the last time. */
    boolean lately(MinerAddress miner) {
        return miners.getIfPresent(miner) != null;
    }

    /** Takes in how an attempt ended; that it never began says nothing of the device. */
    void note(MinerReading outcome) {
        if (outcome instanceof MinerReading.NotRead) {
            return;
        }
        if (!(outcome instanceof MinerReading.TimedOut timedOut)) {
            miners.invalidate(outcome.miner());
        } else if (timedOut.phase() != Phase.QUEUED) {
            miners.put(outcome.miner(), Boolean.TRUE);
        }
    }
}
