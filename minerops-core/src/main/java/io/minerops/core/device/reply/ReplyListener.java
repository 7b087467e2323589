package io.minerops.core.device.reply;

import io.minerops.api.miner.MinerAddress;
import java.util.List;

/**
 * Hears what devices reply, byte for byte, before anything is made of it; for reports of faults and for recordings.
 * Replies contain secrets, such as the names of pool accounts: never log or publish them as they are.
 *
 * <p>A reading's responses are reported in the order received, on a thread of the client, before the stage of the
 * reading is completed: a listener must not block. One that fails is logged, and the reading goes on.
 */
@FunctionalInterface
public interface ReplyListener {
    /**
     * One request was replied to, wholly or in part.
     *
     * @param miner the miner that is read
     * @param port the queried port, which is not always that of the miner's address
     * @param commands the commands of the request; at least one
     * @param reply what came, at least one byte, framing and all: a reply that was cut off by the device, by a deadline
     *     or by the limit of bytes is here as far as it came. The listener's to keep.
     */
    void replied(MinerAddress miner, int port, List<Command> commands, byte[] reply);
}
