package io.minerops.core.device.internal.vendor.antminer;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.family.Normalised;
import io.minerops.core.device.internal.model.AntminerModel;
import io.minerops.core.device.internal.model.Makers;
import io.minerops.core.device.internal.normalise.Coolant;
import io.minerops.core.device.internal.normalise.DeviceValues;
import io.minerops.core.device.internal.normalise.ExpectedRate;
import io.minerops.core.device.internal.normalise.Fans;
import io.minerops.core.device.internal.normalise.Hashrate;
import io.minerops.core.device.internal.normalise.Temperatures;
import io.minerops.core.device.internal.wire.Spelling;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.time.Instant;
import java.util.List;

/** Braiins OS through its web server up to version 22: the answer to one query. */
final class BraiinsGraphql {
    private BraiinsGraphql() {}

    /** Whether the reply is one of Braiins OS. */
    static boolean recognises(DeviceReplies replies) {
        return !replies.section(Command.BRAIINS_GRAPHQL).isEmpty();
    }

    /** What it says; its power is calculated by the firmware from voltage and frequency. */
    static Normalised normalise(DeviceReplies replies, MinerAddress miner, Instant readAt) {
        Fields bos = replies.whole(Command.BRAIINS_GRAPHQL).child("data").child("bos");
        Fields info = replies.section(Command.BRAIINS_GRAPHQL).child("info");
        Fields rates = info.child("workSolver").child("realHashrate");
        Fields boards = info.child("workSolver").child("childSolvers");
        String reported = info.text("modelName");
        AntminerModel model = BraiinsFamily.antminer(reported);
        Hashrate hashrate = Hashrate.checked(
                ExpectedRate.of(info.child("workSolver").number("nominalMhs") / 1e6)
                        .ofModel(model),
                rates.number("mhsAv") / 1e6,
                rates.number("mhs5S") / 1e6);
        Fields pools = info.child("poolGroups").child("pools");
        return DeviceValues.empty(miner, readAt)
                .set(hashrate)
                .set(BraiinsFamily.power(
                        info.child("summary").child("power").number("approxConsumptionW"), hashrate, model))
                .set(temperatures(boards))
                .set(coolant(boards))
                .set(Fans.ofSlots(info.child("fans").numbers("rpm")))
                .boards(boards.child("hwDetails").numbers("chips"), model == null ? Double.NaN : model.boards())
                .set(Reading.ELAPSED_S, bos.child("uptime").number("durationS"))
                .set(Reading.ACCEPTED, pools.child("shares").sum("acceptedSolutions"))
                .set(Reading.REJECTED, pools.child("shares").sum("rejectedSolutions"))
                .pools(
                        info.child("poolGroups").isEmpty()
                                ? Double.NaN
                                : BraiinsFamily.alive(pools, BraiinsGraphql::answers),
                        BraiinsFamily.inUse(pools))
                .faults(BraiinsFaults.byGraphql(replies, readAt))
                .build(
                        new MinerIdentity(
                                BraiinsFamily.maker(reported),
                                Makers.modelName(reported),
                                BraiinsFamily.release(
                                        bos.child("info").child("version").text("full")),
                                null,
                                bos.text("hostname"),
                                null),
                        Normalised::new);
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
