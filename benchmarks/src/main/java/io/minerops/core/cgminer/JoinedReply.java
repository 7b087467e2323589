package io.minerops.core.cgminer;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import java.time.Instant;

/** What a client that does its own input and output makes of a reply, with the same reading of it as ours. */
public final class JoinedReply {
    private JoinedReply() {}

    /** The request that asks a device of which nothing is known. */
    public static byte[] request() {
        return new Question(Command.BASIC, 0).bytes("");
    }

    /** Reads the reply to that request. */
    public static MinerReading read(byte[] reply, MinerAddress miner, Instant readAt) {
        ReadingPlan plan = new ReadingPlan(miner, Capability.UNKNOWN, Families.STANDARD);
        plan.next();
        plan.take(new Outcome.Replied(ReplyReader.read(reply)));
        return plan.conclude(readAt, null);
    }
}
