package io.minerops.core.cgminer;

import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * AxeOS and what descends from it: Bitaxe, NerdAxe and their kin, all of which tell everything in one reply of their web
 * server, and bear no more than one request at a time. Its averages are over an hour or a day and not since the start, so
 * that there is none here.
 */
final class AxeosFamily implements Family {
    private static final List<Command> COMMANDS = List.of(Command.AXEOS_INFO);

    /** Fields for a fault: a flag, or a text that newer versions have only while there is a fault. */
    private static final List<String> FAULTS = List.of("power_fault", "hardware_fault", "overheat_mode");

    /** More than any of them draws, W. */
    private static final double MOST_W = 1_000;

    @Override
    public boolean recognises(DeviceReplies replies) {
        Fields info = replies.section(Command.AXEOS_INFO);
        return info.has("ASICModel") && info.has("hashRate");
    }

    @Override
    public List<Command> commands() {
        return COMMANDS;
    }

    @Override
    public Normalised normalise(DeviceReplies replies, MinerAddress miner, Instant readAt) {
        Fields info = replies.section(Command.AXEOS_INFO);
        Hashrate hashrate = new Hashrate(info.number("hashRate") / 1e3, Double.NaN);
        return Normalised.empty(miner, readAt)
                .set(hashrate)
                .set(Power.measured(info.number("power"), MOST_W))
                .set(temperatures(info))
                .set(fans(info))
                .set(boards(info, hashrate))
                .set(Reading.ELAPSED_S, info.number("uptimeSeconds"))
                .set(Reading.ACCEPTED, info.number("sharesAccepted"))
                .set(Reading.REJECTED, info.number("sharesRejected"))
                .set(
                        Reading.HW_ERRORS,
                        info.child("hashrateMonitor").child("asics").sum("errorCount"))
                .pools(poolsAlive(info), pool(info))
                .faults(faults(info, readAt))
                .build(identity(info));
    }

    /** Those of the chips; that of the voltage regulator is none of them. -1 is a sensor that is not fitted. */
    private static Temperatures temperatures(Fields info) {
        double[] each = info.list("asicTemps");
        DoubleStream sensors = Arrays.stream(each).anyMatch(celsius -> celsius > 0)
                ? Arrays.stream(each)
                : DoubleStream.of(info.number("temp"), info.number("temp2"));
        return Temperatures.of(sensors.filter(celsius -> celsius != -1).toArray());
    }

    /** A first fan that is told to turn and does not stands still; a second one at 0 is not fitted. */
    private static Fans fans(Fields info) {
        double first = info.number("fanrpm");
        boolean toldToTurn = info.number("fanspeed") > 0;
        double second = info.number("fan2rpm");
        return Fans.of(first == 0 && !toldToTurn ? Double.NaN : first, second == 0 ? Double.NaN : second);
    }

    /** One board, whose chips are told one by one by newer versions only. */
    private static Boards boards(Fields info, Hashrate hashrate) {
        double[] rates = info.child("hashrateMonitor").child("asics").numbers("total");
        double working = Arrays.stream(rates).filter(rate -> rate > 0).count();
        double alive = working > 0 || hashrate.now() > 0 ? 1 : Double.NaN;
        return new Boards(alive, 1, working > 0 ? working : Double.NaN, info.number("asicCount"));
    }

    /** A device that reports none leaves out the fields of some, so it always says. */
    private static List<DeviceFault> faults(Fields info, Instant readAt) {
        Faults faults = new Faults(readAt);
        FAULTS.forEach(key -> faults.addField(info, key));
        return faults.list();
    }

    /** Where a device tells which of its pools it is connected to, those; none does of the others. */
    private static double poolsAlive(Fields info) {
        List<Fields> pools = info.child("stratum").child("pools").each();
        if (pools.stream().anyMatch(pool -> pool.has("connected"))) {
            return pools.stream().filter(pool -> pool.flag("connected")).count();
        }
        return info.has("isStratumConnected") ? (info.flag("isStratumConnected") ? 1 : 0) : Double.NaN;
    }

    private static @Nullable Pool pool(Fields info) {
        boolean fallback = info.flag("isUsingFallbackStratum");
        String prefix = fallback ? "fallbackStratum" : "stratum";
        return Pools.pool(
                info.text(prefix + "URL"),
                info.number(prefix + "Port"),
                info.flag(prefix + "TLS") ? "stratum+ssl" : "stratum+tcp",
                info.text(prefix + "User"));
    }

    private static MinerIdentity identity(Fields info) {
        String device = info.text("deviceModel");
        boolean nerd = device != null && device.toLowerCase(Locale.ROOT).contains("nerd");
        String chip = info.text("ASICModel");
        String board = info.text("boardVersion");
        String model = device != null ? device : board == null ? chip : DeviceText.clean(chip + " board " + board);
        return new MinerIdentity(
                nerd ? "NerdAxe" : "Bitaxe",
                model,
                info.text("version"),
                MacAddress.parse(info.rawText("macAddr")),
                info.text("hostname"),
                null);
    }
}
