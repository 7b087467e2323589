package io.minerops.core.device.internal.vendor.antminer;

import io.minerops.core.device.internal.normalise.Coolant;
import io.minerops.core.device.internal.normalise.DeviceValues;
import io.minerops.core.device.internal.normalise.Hashrate;
import io.minerops.core.device.internal.normalise.Temperatures;
import io.minerops.core.device.internal.table.Item;
import io.minerops.core.device.internal.table.Make;
import io.minerops.core.device.internal.table.Row;
import io.minerops.core.device.internal.table.TableFamily;
import io.minerops.core.device.internal.wire.Spelling;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Braiins OS through its web server up to version 22: the answer to one query. Its power is calculated by the firmware
 * from voltage and frequency.
 */
final class BraiinsGraphql extends TableFamily {
    BraiinsGraphql() {
        super(
                List.of(Command.BRAIINS_GRAPHQL, Command.BRAIINS_GRAPHQL_ERRORS),
                Row.megahashes(Item.EXPECTED_RATE, Command.BRAIINS_GRAPHQL, "info/workSolver/nominalMhs"),
                Row.megahashes(Item.AVERAGE_RATE, Command.BRAIINS_GRAPHQL, "info/workSolver/realHashrate/mhsAv"),
                Row.megahashes(Item.RATE, Command.BRAIINS_GRAPHQL, "info/workSolver/realHashrate/mhs5S"),
                Row.of(Item.ESTIMATED_POWER, Command.BRAIINS_GRAPHQL, "info/summary/power/approxConsumptionW"),
                Row.of(Item.FAN_SLOTS, Command.BRAIINS_GRAPHQL, "info/fans/rpm"),
                Row.of(Item.CHIPS, Command.BRAIINS_GRAPHQL, "info/workSolver/childSolvers/hwDetails/chips"),
                Row.of(Item.ELAPSED, Command.BRAIINS_GRAPHQL, "/data/bos/uptime/durationS"),
                Row.sum(Item.ACCEPTED, Command.BRAIINS_GRAPHQL, "info/poolGroups/pools/shares/acceptedSolutions"),
                Row.sum(Item.REJECTED, Command.BRAIINS_GRAPHQL, "info/poolGroups/pools/shares/rejectedSolutions"),
                Row.of(Item.HOSTNAME, Command.BRAIINS_GRAPHQL, "/data/bos/hostname"));
    }

    @Override
    public boolean recognises(DeviceReplies replies) {
        return !replies.section(Command.BRAIINS_GRAPHQL).isEmpty();
    }

    @Override
    protected Make make(DeviceReplies replies) {
        return BraiinsFamily.make(info(replies).text("modelName"));
    }

    @Override
    protected @Nullable String program(DeviceReplies replies) {
        Fields bos = replies.whole(Command.BRAIINS_GRAPHQL).child("data").child("bos");
        return BraiinsFamily.release(bos.child("info").child("version").text("full"));
    }

    @Override
    protected void setMore(DeviceValues device, DeviceReplies replies, Hashrate rate, Instant readAt) {
        Fields groups = info(replies).child("poolGroups");
        Fields pools = groups.child("pools");
        Fields boards = info(replies).child("workSolver").child("childSolvers");
        device.set(temperatures(boards))
                .set(coolant(boards))
                .pools(
                        groups.isEmpty() ? Double.NaN : BraiinsFamily.alive(pools, BraiinsGraphql::answers),
                        BraiinsFamily.inUse(pools))
                .faults(BraiinsFaults.byGraphql(replies, readAt));
    }

    private static Fields info(DeviceReplies replies) {
        return replies.section(Command.BRAIINS_GRAPHQL).child("info");
    }

    private static Temperatures temperatures(Fields boards) {
        List<Fields> sensors = boards.child("temperatures").each();
        return Temperatures.of(named(sensors, "Chip")).or(() -> Temperatures.of(named(sensors, "Board")));
    }

    private static Coolant coolant(Fields boards) {
        List<Fields> sensors = boards.child("temperatures").each();
        return Coolant.of(sensed(sensors, "INLET"), sensed(sensors, "OUTLET"));
    }

    /** Those of the water where the device has them: its boards' own sensors are warmer. Each release spells its own way. */
    private static double[] sensed(List<Fields> sensors, String name) {
        double[] water = spelt(sensors, "WATER_" + name);
        return water.length > 0 ? water : spelt(sensors, name);
    }

    private static double[] spelt(List<Fields> sensors, String name) {
        return sensors.stream()
                .filter(sensor -> Spelling.ofKey(name).equals(Spelling.of(String.valueOf(sensor.rawText("name")))))
                .mapToDouble(sensor -> sensor.number("degreesC"))
                .toArray();
    }

    /** Those of a chip or of a board, or the hottest of them: {@code Chip}, {@code Max Chip} or {@code MAX_CHIP}. */
    private static double[] named(List<Fields> sensors, String part) {
        String name = Spelling.ofKey(part);
        return sensors.stream()
                .filter(sensor -> {
                    String spelt = Spelling.of(String.valueOf(sensor.rawText("name")));
                    return spelt.contains(name) && !spelt.contains("min");
                })
                .mapToDouble(sensor -> sensor.number("degreesC"))
                .toArray();
    }

    private static boolean answers(Fields pool) {
        String status = pool.rawText("status");
        return pool.flag("active") || "ALIVE".equalsIgnoreCase(status) || "RUNNING".equalsIgnoreCase(status);
    }
}
