package io.minerops.core.device.internal.net;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.MinerReading.Phase;

/** Remembers which devices let their last deadline pass. */
public final class UnresponsiveDevices {
    private final Cache<MinerAddress, Boolean> silent;

    public UnresponsiveDevices(int devices) {
        silent = Caffeine.newBuilder()
                .maximumSize(devices)
                .executor(Runnable::run)
                .build();
    }

    /** Whether the device was unresponsive the last time. */
    boolean lately(MinerAddress miner) {
        return silent.getIfPresent(miner) != null;
    }

    /** Takes in how an attempt ended; that it never began says nothing of the device. */
    void note(MinerReading outcome) {
        if (outcome instanceof MinerReading.NotRead) {
            return;
        }
        if (!(outcome instanceof MinerReading.TimedOut timedOut)) {
            silent.invalidate(outcome.miner());
        } else if (timedOut.phase() != Phase.QUEUED) {
            silent.put(outcome.miner(), Boolean.TRUE);
        }
    }
}
