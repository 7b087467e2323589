package io.minerops.benchmarks.device;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import io.minerops.core.device.internal.reading.DeviceProfile;
import io.minerops.core.device.internal.reading.Outcome;
import io.minerops.core.device.internal.reading.ReadingPlan;
import io.minerops.core.device.internal.vendor.Families;
import io.minerops.core.device.internal.wire.ReplyReader;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceRequest;
import java.time.Instant;

/** What a client that does its own input and output makes of a reply, with the same reading of it as ours. */
public final class JoinedReply {
    private JoinedReply() {}

    /** The request to an unknown device. */
    public static byte[] request() {
        return new DeviceRequest(Command.BASIC, 0).bytes("");
    }

    /** Reads the reply to that request. */
    public static MinerReading read(byte[] reply, MinerAddress miner, Instant readAt) {
        ReadingPlan plan = new ReadingPlan(miner, DeviceProfile.UNKNOWN, Families.STANDARD);
        plan.next();
        plan.take(new Outcome.Replied(ReplyReader.read(reply)));
        return plan.conclude(readAt, null);
    }
}
