package io.minerops.core.cgminer;

/**
 * A family of devices that is not among ours. Given to {@link CgminerClient.Builder#family}, it is tried before ours and
 * reads its devices with all that the client has: deadlines, limits, repairs and memory.
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
public non-sealed interface DeviceFamily extends Family {}
