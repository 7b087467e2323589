package io.minerops.core.cgminer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.minerops.api.miner.MinerAddress;
import java.time.Duration;
import java.util.List;

/**
 * What is remembered of devices from one reading to the next: whether they take several commands in one request, and
 * which. It only saves round trips; what is forgotten is learned again.
 */
final class Capabilities {
    /**
     * What one device takes.
     *
     * @param joined whether several commands may go in one request
     * @param proven whether a joined request has been answered before
     * @param commands what is worth asking
     */
    record Capability(boolean joined, boolean proven, List<Command> commands) {
        /** What is assumed of a device that is not known. */
        static final Capability UNKNOWN = new Capability(true, false, Command.BASIC);

        Capability {
            commands = List.copyOf(commands);
        }
    }

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
