package io.minerops.core.device.internal.reading;

import io.minerops.api.miner.MinerReading.Phase;
import io.minerops.core.device.internal.wire.Reply;

/** How one exchange ended; a deadline that passes is not here, for it belongs to the whole reading. */
public sealed interface Outcome {
    /** Bytes came: a whole reply, or what there was when the device closed the connection. */
    record Replied(Reply reply) implements Outcome {}

    /** No connection came about. */
    record Unconnected(String reason) implements Outcome {}

    /** The connection broke after it had come about. */
    record Broken(Phase phase, String reason) implements Outcome {}

    /** The reply went past the limit. */
    record TooLarge(int limitBytes) implements Outcome {}
}
