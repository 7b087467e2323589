package io.minerops.core.device.internal.reading;

import io.minerops.api.miner.MinerReading;
import org.jspecify.annotations.Nullable;

/** What went wrong in a reading, as it is reported if the replies make no reading. */
final class ReportedFailure {
    private @Nullable MinerReading failure;

    /** Null where nothing went wrong. */
    @Nullable
    MinerReading get() {
        return failure;
    }

    /**
     * The first failure is reported, but a denial says more than a closed port or a garbled reply.
     *
     * @param elsewhere whether the device is queried at other ports than the CGMiner port, where a shut one says little
     */
    void note(MinerReading reading, boolean elsewhere) {
        boolean garbled = failure instanceof MinerReading.Malformed
                && !(reading instanceof MinerReading.Malformed)
                && !(elsewhere && reading instanceof MinerReading.Refused);
        boolean closed = failure instanceof MinerReading.Refused && reading instanceof MinerReading.AccessDenied;
        if (failure == null || garbled || closed) {
            failure = reading;
        }
    }

    void noteIfFirst(MinerReading reading) {
        failure = failure == null ? reading : failure;
    }

    /** A port that is shut says less than what comes after it. */
    void forgetShutPort() {
        failure = failure instanceof MinerReading.Refused ? null : failure;
    }
}
