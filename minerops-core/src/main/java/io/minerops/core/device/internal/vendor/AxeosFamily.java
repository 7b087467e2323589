package io.minerops.core.device.internal.vendor;

import io.minerops.api.miner.BoardReading;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.core.device.internal.model.Makers;
import io.minerops.core.device.internal.normalise.Boards;
import io.minerops.core.device.internal.normalise.DeviceValues;
import io.minerops.core.device.internal.normalise.ExpectedRate;
import io.minerops.core.device.internal.normalise.Fans;
import io.minerops.core.device.internal.normalise.HashBoards;
import io.minerops.core.device.internal.normalise.Hashrate;
import io.minerops.core.device.internal.normalise.Pools;
import io.minerops.core.device.internal.normalise.Power;
import io.minerops.core.device.internal.normalise.Shares;
import io.minerops.core.device.internal.normalise.Temperatures;
import io.minerops.core.device.internal.table.Item;
import io.minerops.core.device.internal.table.Make;
import io.minerops.core.device.internal.table.Row;
import io.minerops.core.device.internal.table.TableFamily;
import io.minerops.core.device.internal.wire.DeviceText;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * AxeOS and what descends from it: Bitaxe, NerdAxe and relatives, all of which report everything in one response of their web
 * server, and support one request at a time. Its averages are over an hour or a day and not since the start, so
 * that there is none here.
 */
final class AxeosFamily extends TableFamily {
    private static final String[] RPM = {"rpm"};
    private static final String[] DUTY = {"speed", "duty", "percent"};
    /** Bitmain's chips for SHA-256; those for other algorithms are called BM14.. and BM17.. */
    private static final Pattern CHIPS = Pattern.compile("^\\s*BM13\\d\\d", Pattern.CASE_INSENSITIVE);

    private static final int MAX_FANS = 8;

    /** More than any of their chips does, however it is cooled, TH/s. */
    private static final double MAX_THS_PER_CHIP = 4;
    /** Makers of devices with this firmware or one that descends from it. */
    private static final List<String> AXEOS_MAKERS = List.of("NerdAxe", "LuckyMiner", "Bitaxe");

    /** More than any of them draws, W. */
    private static final double MAX_W = 1_000;

    AxeosFamily() {
        super(
                List.of(),
                Row.of(Item.ELAPSED, Command.AXEOS_INFO, "uptimeSeconds"),
                Row.of(Item.ACCEPTED, Command.AXEOS_INFO, "sharesAccepted"),
                Row.of(Item.REJECTED, Command.AXEOS_INFO, "sharesRejected"),
                Row.sum(Item.HW_ERRORS, Command.AXEOS_INFO, "hashrateMonitor/asics/errorCount"),
                // newer versions have these fields only while there is a fault
                Row.of(Item.FAULTS, Command.AXEOS_INFO, "power_fault", "hardware_fault", "overheat_mode"),
                Row.of(Item.FIRMWARE, Command.AXEOS_INFO, "version"),
                Row.of(Item.MAC, Command.AXEOS_INFO, "macAddr"),
                Row.of(Item.HOSTNAME, Command.AXEOS_INFO, "hostname"));
    }

    @Override
    public boolean recognises(DeviceReplies replies) {
        Fields info = replies.section(Command.AXEOS_INFO);
        return info.has("ASICModel") && info.has("hashRate");
    }

    @Override
    protected Make make(DeviceReplies replies) {
        Fields info = replies.section(Command.AXEOS_INFO);
        String named = info.text("deviceModel");
        String device = named == null ? info.text("minerModel") : named;
        String chip = info.text("ASICModel");
        String board = info.text("boardVersion");
        return Make.of(
                maker(device, board, info.text("version"), info.text("hostname")),
                device != null ? device : board == null ? chip : DeviceText.clean(chip + " board " + board));
    }

    @Override
    protected Hashrate rate(DeviceReplies replies, Make make) {
        Fields info = replies.section(Command.AXEOS_INFO);
        return sha256(info) ? hashrate(info) : Hashrate.ABSENT;
    }

    @Override
    protected void setMore(DeviceValues device, DeviceReplies replies, Hashrate rate, Instant readAt) {
        Fields info = replies.section(Command.AXEOS_INFO);
        if (!sha256(info)) {
            device.unknownAlgorithm(hashrate(info));
        }
        device.set(Power.measured(info.number("power"), MAX_W))
                .set(temperatures(info))
                .set(fans(info))
                .set(boards(info))
                .pools(poolsAlive(info), pool(info))
                .set(hashBoard(info))
                .expected(sha256(info) ? expected(info).ths() : Double.NaN)
                .extra(Reading.BEST_SHARE_DIFFICULTY, best(info))
                .state(info.flag("miningPaused") ? WorkState.PAUSED : WorkState.UNKNOWN);
    }

    private static HashBoards hashBoard(Fields info) {
        HashBoards boards = new HashBoards();
        Boards chips = boards(info);
        boards.at(0)
                .set(BoardReading.CHIPS_ALIVE, chips.chipsAlive())
                .set(BoardReading.CHIPS_EXPECTED, chips.chipsExpected())
                .set(BoardReading.RATE_THS, sha256(info) ? hashrate(info).now() : Double.NaN)
                .positive(
                        BoardReading.EXPECTED_THS, sha256(info) ? expected(info).ths() : Double.NaN)
                .set(BoardReading.CHIP_TEMP_C, temperatures(info).max())
                .positive(BoardReading.FREQUENCY_MHZ, info.number("actualFrequency", "frequency"))
                .positive(BoardReading.VOLTAGE_V, info.number("coreVoltageActual", "coreVoltage") / 1e3);
        return boards;
    }

    /** That since the start, else that of all time. */
    private static double best(Fields info) {
        double session = Shares.difficulty(info.rawText("bestSessionDiff"));
        return Double.isNaN(session) ? Shares.difficulty(info.rawText("bestDiff")) : session;
    }

    private static boolean sha256(Fields info) {
        return CHIPS.matcher(String.valueOf(info.rawText("ASICModel"))).find();
    }

    private static Hashrate hashrate(Fields info) {
        return Hashrate.checked(expected(info), Double.NaN, info.number("hashRate") / 1e3);
    }

    /** Those of the chips; that of the voltage regulator is none of them. -1 is a sensor that is not fitted. */
    private static Temperatures temperatures(Fields info) {
        double[] each = info.list("asicTemps");
        DoubleStream sensors = Arrays.stream(each).anyMatch(celsius -> celsius > 0)
                ? Arrays.stream(each)
                : DoubleStream.of(info.number("temp"), info.number("temp2"));
        return Temperatures.of(sensors.filter(celsius -> celsius != -1).toArray());
    }

    /** A first fan that should turn but does not is stopped; a second one at 0 is not fitted. */
    private static Fans fans(Fields info) {
        double[] listed = info.child("fans").each().stream()
                .mapToDouble(fan -> fitted(fan.number(RPM), fan.number(DUTY)))
                .toArray();
        double[] plain = listed.length > 0 ? listed : info.list("fans");
        if (plain.length > 0) {
            return Fans.of(plain);
        }
        double count = info.number("fanCount");
        return Fans.of(IntStream.rangeClosed(1, MAX_FANS)
                .mapToDouble(fan -> {
                    double rpm = info.number(numbered(fan, RPM));
                    boolean certain = fan == 1 || fan <= count;
                    return certain ? fitted(rpm, info.number(numbered(fan, DUTY))) : rpm == 0 ? Double.NaN : rpm;
                })
                .toArray());
    }

    /** A stopped fan that should not turn is no reading. */
    private static double fitted(double rpm, double duty) {
        return rpm == 0 && !(duty > 0) ? Double.NaN : rpm;
    }

    /** Such as {@code fanrpm}; of the second {@code fan2rpm} or {@code fanrpm2}. */
    private static String[] numbered(int fan, String... names) {
        return Arrays.stream(names)
                .flatMap(name -> fan == 1
                        ? Stream.of("fan" + name, "fan1" + name, "fan" + name + 1)
                        : Stream.of("fan" + fan + name, "fan" + name + fan))
                .toArray(String[]::new);
    }

    /** What the firmware expects; where it does not say, what its chips do at their frequency. */
    private static ExpectedRate expected(Fields info) {
        double chips = info.number("asicCount");
        double stated = info.number("expectedHashrate") / 1e3;
        double atFrequency = info.number("frequency") * info.number("smallCoreCount") * chips / 1e6;
        double ths = stated > 0 ? stated : atFrequency;
        return ths > 0 ? ExpectedRate.of(ths) : ExpectedRate.UNKNOWN.upTo(chips * MAX_THS_PER_CHIP);
    }

    /** One board, whose chips only newer versions report one by one. */
    private static Boards boards(Fields info) {
        double[] rates = info.child("hashrateMonitor").child("asics").numbers("total");
        double working = Arrays.stream(rates).filter(rate -> rate > 0).count();
        double alive = working > 0 || hashrate(info).now() > 0 ? 1 : Double.NaN;
        return new Boards(alive, 1, working > 0 ? working : Double.NaN, info.number("asicCount"));
    }

    /** The pools that a device reports as connected, if it reports that. */
    private static double poolsAlive(Fields info) {
        List<Fields> pools = info.child("stratum").child("pools").each();
        if (pools.stream().anyMatch(pool -> pool.has("connected"))) {
            return pools.stream().filter(pool -> pool.flag("connected")).count();
        }
        return info.has("isStratumConnected") ? (info.flag("isStratumConnected") ? 1 : 0) : Double.NaN;
    }

    private static @Nullable Pool pool(Fields info) {
        boolean fallback = info.flag("isUsingFallbackStratum")
                || info.flag("usingFallback")
                || info.child("stratum").flag("usingFallback")
                || info.child("stratum").flag("isUsingFallbackStratum");
        String prefix = fallback ? "fallbackStratum" : "stratum";
        return Pools.pool(
                info.text(prefix + "URL"),
                info.number(prefix + "Port"),
                info.flag(prefix + "TLS") ? "stratum+ssl" : "stratum+tcp",
                info.text(prefix + "User"));
    }

    /** The first that a text of the device names; a Bitaxe names its own models, such as Gamma, and no maker. */
    private static String maker(@Nullable String... texts) {
        return Arrays.stream(texts)
                .map(Makers::of)
                .filter(maker -> maker != null && AXEOS_MAKERS.contains(maker))
                .findFirst()
                .orElse("Bitaxe");
    }
}
