package io.minerops.core.device.family;

import io.minerops.api.miner.MinerAddress;
import io.minerops.core.device.CgminerClient;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import java.time.Instant;
import java.util.List;

/**
 * A family of devices: how to recognise one by its replies, what else to query, and what its fields mean. The built-in
 * families are listed in one registry. One of your own, given to {@link CgminerClient.Builder#family}, is tried before
 * these and reads its devices with the client's deadlines, limits, repairs and memory.
 *
 * <pre>{@code
 * final class ExampleFamily implements DeviceFamily {
 *     public boolean recognises(DeviceReplies replies) {
 *         return replies.description().startsWith("exampleminer");
 *     }
 *
 *     public List<Command> commands() {
 *         return List.of(Command.VERSION, Command.SUMMARY, Command.DEVS, Command.POOLS);
 *     }
 *
 *     public Normalised normalise(DeviceReplies replies, MinerAddress miner, Instant readAt) {
 *         return Normalised.builder(replies, miner, readAt)
 *                 .set(Reading.HASHRATE_THS, replies.section(Command.SUMMARY).number("KHS 5s") / 1e9)
 *                 .temperatures(replies.section(Command.DEVS).numbers("Temperature"))
 *                 .build(new MinerIdentity("Example", "One", null, null, null, null));
 *     }
 * }
 * }</pre>
 */
public interface DeviceFamily {
    /** Whether these replies, of which there is at least one, come from a device of this family. */
    boolean recognises(DeviceReplies replies);

    /** All commands to send to a device of this family, in this order. */
    List<Command> commands();

    /**
     * All commands to send to a device of this family that has answered these so far, in this order; called again after
     * each round until it names nothing new. Default: {@link #commands()}.
     */
    default List<Command> commands(DeviceReplies replies) {
        return commands();
    }

    /**
     * What the replies say, in the units of the API; what they do not say, or cannot mean, is absent. Must not fail
     * whatever the replies hold.
     *
     * @param readAt when the last of the replies came
     */
    Normalised normalise(DeviceReplies replies, MinerAddress miner, Instant readAt);
}
