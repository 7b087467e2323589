package io.minerops.core.alert;

import io.minerops.api.miner.MinerAddress;
import java.time.Instant;

/** An implausible time: nothing was concluded from it, and it should be reported once. */
public sealed interface ClockAnomaly {
    /**
     * The check's time lies before the last check's.
     *
     * @param last the time of the last check
     * @param now the time of this one
     */
    record SteppedBack(Instant last, Instant now) implements ClockAnomaly {}

    /**
     * A sample's time lies after the check's.
     *
     * @param miner the miner whose sample it is
     * @param sampledAt the sample's time
     */
    record FutureSample(MinerAddress miner, Instant sampledAt) implements ClockAnomaly {}
}
