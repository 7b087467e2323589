package io.minerops.core.device.internal.vendor;

import io.minerops.api.miner.BoardReading;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.internal.normalise.DeviceValues;
import io.minerops.core.device.internal.normalise.HashBoards;
import io.minerops.core.device.internal.normalise.Hashrate;
import io.minerops.core.device.internal.normalise.Pools;
import io.minerops.core.device.internal.table.Item;
import io.minerops.core.device.internal.table.Make;
import io.minerops.core.device.internal.table.Row;
import io.minerops.core.device.internal.table.TableFamily;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Block's Proto Rig: a web server that answers a path for each of its parts. */
final class ProtoFamily extends TableFamily {
    ProtoFamily() {
        super(
                List.of(Command.PROTO_SYSTEM),
                Row.gigahashes(Item.EXPECTED_RATE, Command.PROTO_MINING, "ideal_hashrate_ghs"),
                Row.gigahashes(Item.AVERAGE_RATE, Command.PROTO_MINING, "average_hashrate_ghs"),
                Row.gigahashes(Item.RATE, Command.PROTO_MINING, "hashrate_ghs"),
                Row.of(Item.POWER, Command.PROTO_MINING, "power_usage_watts"),
                Row.of(Item.FANS_IN_USE, Command.PROTO_COOLING, "fans/rpm"),
                Row.of(Item.BOARDS, Command.PROTO_MINING, "hashboards_mining"),
                Row.of(Item.EXPECTED_BOARDS, Command.PROTO_MINING, "hashboards_installed"),
                // a board is listed with the chips that it should have; working ones are not reported
                Row.sum(Item.EXPECTED_CHIPS, Command.PROTO_HARDWARE, "hashboards-info/mining_asic_count"),
                Row.of(Item.ELAPSED, Command.PROTO_MINING, "mining_uptime_s", "reboot_uptime_s"),
                Row.sum(Item.ACCEPTED, Command.PROTO_POOLS, "accepted"),
                Row.sum(Item.REJECTED, Command.PROTO_POOLS, "rejected"),
                Row.of(Item.HW_ERRORS, Command.PROTO_MINING, "hw_errors"),
                Row.of(Item.POWER_LIMIT_W, Command.PROTO_MINING, "power_target_watts"),
                Row.of(Item.STATE, Command.PROTO_MINING, "status"),
                Row.of(Item.FIRMWARE, Command.PROTO_SYSTEM, "os/version"),
                Row.of(Item.MAC, Command.PROTO_NETWORK, "mac"),
                Row.of(Item.HOSTNAME, Command.PROTO_NETWORK, "hostname"),
                Row.of(Item.SERIAL, Command.PROTO_SYSTEM, "cb_sn"),
                Row.of(Item.SERIAL, Command.PROTO_HARDWARE, "cb-info/serial_number"));
    }

    @Override
    public boolean recognises(DeviceReplies replies) {
        Fields system = replies.section(Command.PROTO_SYSTEM);
        return lower(system.rawText("manufacturer")).startsWith("proto")
                || lower(system.rawText("product_name")).startsWith("proto")
                || replies.section(Command.PROTO_MINING).has("hashrate_ghs");
    }

    @Override
    protected Make make(DeviceReplies replies) {
        Fields system = replies.section(Command.PROTO_SYSTEM);
        String product = system.text("product_name");
        return Make.of("Proto", product == null ? system.text("model") : product);
    }

    @Override
    protected void setMore(DeviceValues device, DeviceReplies replies, Hashrate rate, Instant readAt) {
        List<Fields> pools = replies.section(Command.PROTO_POOLS).each();
        boolean reported = replies.answered().contains(Command.PROTO_POOLS);
        device.set(Reading.AVG_TEMP_C, temperature(replies.section(Command.PROTO_MINING)))
                .pools(reported ? pools.stream().filter(ProtoFamily::answers).count() : Double.NaN, pool(pools))
                .set(hashBoards(replies.section(Command.PROTO_HARDWARE).child("hashboards-info")));
    }

    private static HashBoards hashBoards(Fields rows) {
        HashBoards boards = new HashBoards();
        for (Fields row : rows.each()) {
            boards.at(row.number("slot"))
                    .serial(row.rawText("hb_sn"))
                    .set(BoardReading.CHIPS_EXPECTED, row.number("mining_asic_count"));
        }
        return boards;
    }

    /** It reports only the mean of its chips, so that there is no hottest. 0 means none. */
    private static double temperature(Fields mining) {
        double chips = mining.number("average_asic_temp_c");
        double mean = chips != 0 && !Double.isNaN(chips) ? chips : mining.number("average_hb_temp_c");
        return mean == 0 ? Double.NaN : mean;
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

    private static @Nullable Pool pool(List<Fields> pools) {
        return pools.stream()
                .filter(pool -> pool.text("url") != null && inUse(pool))
                .min(Comparator.comparingDouble(pool -> pool.number("priority")))
                .map(pool -> Pools.pool(pool.text("url"), pool.text("user")))
                .orElse(null);
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
