package io.minerops.core.device.internal.vendor;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.family.DeviceFamily;
import io.minerops.core.device.family.Normalised;
import io.minerops.core.device.internal.normalise.Boards;
import io.minerops.core.device.internal.normalise.DeviceValues;
import io.minerops.core.device.internal.normalise.ExpectedRate;
import io.minerops.core.device.internal.normalise.Fans;
import io.minerops.core.device.internal.normalise.Hashrate;
import io.minerops.core.device.internal.normalise.MacAddress;
import io.minerops.core.device.internal.normalise.Pools;
import io.minerops.core.device.internal.normalise.Power;
import io.minerops.core.device.internal.normalise.SerialNumber;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Block's Proto Rig: a web server that answers a path for each of its parts. */
final class ProtoFamily implements DeviceFamily {
    private static final List<Command> COMMANDS = List.of(
            Command.PROTO_SYSTEM,
            Command.PROTO_MINING,
            Command.PROTO_COOLING,
            Command.PROTO_HARDWARE,
            Command.PROTO_POOLS,
            Command.PROTO_NETWORK);

    @Override
    public boolean recognises(DeviceReplies replies) {
        Fields system = replies.section(Command.PROTO_SYSTEM);
        return lower(system.rawText("manufacturer")).startsWith("proto")
                || lower(system.rawText("product_name")).startsWith("proto")
                || replies.section(Command.PROTO_MINING).has("hashrate_ghs");
    }

    @Override
    public List<Command> commands() {
        return COMMANDS;
    }

    @Override
    public Normalised normalise(DeviceReplies replies, MinerAddress miner, Instant readAt) {
        Fields mining = replies.section(Command.PROTO_MINING);
        Fields pools = replies.section(Command.PROTO_POOLS);
        Hashrate hashrate = Hashrate.checked(
                ExpectedRate.of(mining.number("ideal_hashrate_ghs") / 1e3),
                mining.number("average_hashrate_ghs") / 1e3,
                mining.number("hashrate_ghs") / 1e3);
        return DeviceValues.empty(miner, readAt)
                .set(hashrate)
                .set(Power.given(mining.number("power_usage_watts"), false, hashrate.now()))
                .set(Reading.AVG_TEMP_C, temperature(mining))
                .set(fans(replies.section(Command.PROTO_COOLING), hashrate))
                .set(boards(replies.section(Command.PROTO_HARDWARE), mining, hashrate))
                .set(Reading.ELAPSED_S, mining.number("mining_uptime_s", "reboot_uptime_s"))
                .set(Reading.ACCEPTED, pools.sum("accepted"))
                .set(Reading.REJECTED, pools.sum("rejected"))
                .set(Reading.HW_ERRORS, mining.number("hw_errors"))
                .pools(poolsAlive(replies, pools), pool(pools))
                .build(identity(replies), Normalised::new);
    }

    /** It reports only the mean of its chips, so that there is no hottest. 0 means none. */
    private static double temperature(Fields mining) {
        double chips = mining.number("average_asic_temp_c");
        double mean = chips != 0 && !Double.isNaN(chips) ? chips : mining.number("average_hb_temp_c");
        return mean == 0 ? Double.NaN : mean;
    }

    private static Fans fans(Fields cooling, Hashrate hashrate) {
        double[] rpm = cooling.child("fans").numbers("rpm");
        return hashrate.atRest() ? Fans.ofSlots(rpm) : Fans.of(rpm);
    }

    /** A board is listed with the chips that it should have; working ones are not reported. */
    private static Boards boards(Fields hardware, Fields mining, Hashrate hashrate) {
        double[] chips = hardware.child("hashboards-info").numbers("mining_asic_count");
        double chipsExpected =
                chips.length == 0 ? Double.NaN : Arrays.stream(chips).sum();
        double alive = hashrate.atRest() ? Double.NaN : mining.number("hashboards_mining");
        return new Boards(alive, mining.number("hashboards_installed"), Double.NaN, chipsExpected);
    }

    private static double poolsAlive(DeviceReplies replies, Fields pools) {
        return replies.answered().contains(Command.PROTO_POOLS)
                ? pools.each().stream().filter(ProtoFamily::answers).count()
                : Double.NaN;
    }

    /** One that waits its turn answers too, but is not in use. */
    private static boolean answers(Fields pool) {
        String status = lower(pool.rawText("status"));
        return pool.text("url") != null && (inUse(pool) || status.equals("idle") || status.equals("alive"));
    }

    private static boolean inUse(Fields pool) {
        return lower(pool.rawText("status")).equals("active")
                || lower(pool.rawText("connection_status")).equals("active");
    }

    private static @Nullable Pool pool(Fields pools) {
        return pools.each().stream()
                .filter(pool -> pool.text("url") != null && inUse(pool))
                .min(Comparator.comparingDouble(pool -> pool.number("priority")))
                .map(pool -> Pools.pool(pool.text("url"), pool.text("user")))
                .orElse(null);
    }

    private static MinerIdentity identity(DeviceReplies replies) {
        Fields system = replies.section(Command.PROTO_SYSTEM);
        Fields network = replies.section(Command.PROTO_NETWORK);
        String product = system.text("product_name");
        String serial = SerialNumber.parse(system.rawText("cb_sn"));
        return new MinerIdentity(
                "Proto",
                product != null ? product : system.text("model"),
                system.child("os").text("version"),
                MacAddress.parse(network.rawText("mac")),
                network.text("hostname"),
                serial != null
                        ? serial
                        : SerialNumber.parse(replies.section(Command.PROTO_HARDWARE)
                                .child("cb-info")
                                .rawText("serial_number")));
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
