package io.minerops.core.internal.job;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import io.minerops.core.job.MinersNotReadException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which miners were not read because of this machine, and why. Only {@link #at} is for any thread. */
final class NotReadMiners {
    private final Map<MinerAddress, Instant> since = new HashMap<>();
    private final Map<String, Integer> reasons = new TreeMap<>();
    private @Nullable Throwable firstFault;
    private volatile Map<MinerAddress, Instant> at = Map.of();

    /** The last time that each miner was not read, of those that have not answered since. */
    Map<MinerAddress, Instant> at() {
        return at;
    }

    /** The outcome where the client failed; the first of a poll is the cause of the job's failure. */
    MinerReading fault(MinerAddress miner, Throwable cause) {
        if (firstFault == null) {
            firstFault = cause;
        }
        return new MinerReading.NotRead(
                miner, "the client failed: " + cause.getClass().getSimpleName());
    }

    /** Takes in the outcomes of a poll. */
    void take(Instant poll, Collection<MinerReading> readings, Collection<MinerAddress> registered) {
        reasons.clear();
        for (MinerReading reading : readings) {
            if (reading instanceof MinerReading.NotRead notRead) {
                since.put(reading.miner(), poll);
                reasons.merge(notRead.reason(), 1, Integer::sum);
            } else if (reading instanceof MinerReading.Ok) {
                since.remove(reading.miner());
            }
        }
        since.keySet().retainAll(registered);
        at = Map.copyOf(since);
    }

    /**
     * Fails the poll where a miner was not read.
     *
     * @throws MinersNotReadException with the reason that most miners share
     */
    void failIfAny() {
        Throwable cause = firstFault;
        firstFault = null;
        reasons.entrySet().stream().max(Map.Entry.comparingByValue()).ifPresent(most -> {
            throw new MinersNotReadException(most.getKey(), cause);
        });
    }
}
