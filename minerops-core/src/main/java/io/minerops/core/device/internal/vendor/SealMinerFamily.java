package io.minerops.core.device.internal.vendor;

import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.core.device.family.DeviceFamily;
import io.minerops.core.device.family.Normalised;
import io.minerops.core.device.internal.normalise.DeviceValues;
import io.minerops.core.device.internal.normalise.ExpectedRate;
import io.minerops.core.device.internal.normalise.Fans;
import io.minerops.core.device.internal.normalise.Faults;
import io.minerops.core.device.internal.normalise.Hashrate;
import io.minerops.core.device.internal.normalise.MacAddress;
import io.minerops.core.device.internal.normalise.Power;
import io.minerops.core.device.internal.wire.DeviceText;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Bitdeer's SealMiner: its statistics number boards, sensors and fans at the start of a field's name. */
final class SealMinerFamily implements DeviceFamily {
    private static List<DeviceFault> faults(Fields stats, Instant readAt) {
        Faults faults = new Faults(readAt).addField(stats, "PSU Error");
        String code = stats.text("Error Code");
        if (Faults.isFault(code)) {
            faults.add(code, stats.text("Error Chip"));
        }
        return faults.list();
    }

    private static final String NAME = "BDMiner";
    /** The A series computes SHA-256, the DL series scrypt. */
    private static final Pattern SHA256 = Pattern.compile("\\bA\\d", Pattern.CASE_INSENSITIVE);

    private static final int MAX_SLOTS = 16;
    private static final int MAX_SENSORS = 8;

    /** Nominal efficiency at the wall, J/TH, as Bitdeer's product sheets state it. */
    private static final Map<String, Double> JOULES_PER_TH = Map.of(
            "a2", 16.5,
            "a2 pro", 14.9,
            "a3", 14.0,
            "a3 pro", 12.5);

    @Override
    public boolean recognises(DeviceReplies replies) {
        return replies.section(Command.VERSION).keyed(NAME) != null
                || replies.description().regionMatches(true, 0, NAME, 0, NAME.length());
    }

    @Override
    public List<Command> commands() {
        return Command.BASIC;
    }

    @Override
    public Normalised normalise(DeviceReplies replies, MinerAddress miner, Instant readAt) {
        Fields stats = replies.section(Command.STATS);
        Hashrate rate = rate(replies.section(Command.SUMMARY), stats);
        String model = stats.text("Model");
        boolean liquid = Boolean.parseBoolean(stats.rawText("Liquid Cooling"));
        return DeviceValues.of(replies, miner, readAt)
                .set(rate)
                .set(Power.given(stats.number("PSU Input Power"), false, rate.now())
                        .or(Power.nominal(joulesPerTh(model), rate.now())))
                .temperatures(temperatures(stats))
                .set(Fans.of(numbered(stats, " Speed")).unlessAllStand(liquid || rate.atRest()))
                .boards(chips(stats), stats.number("Board Count"))
                .faults(faults(replies.section(Command.STATS), readAt))
                .build(
                        new MinerIdentity(
                                "Bitdeer",
                                model == null ? null : DeviceText.clean("SEALMINER " + model),
                                firmware(replies),
                                MacAddress.parse(stats.rawText("MAC")),
                                null,
                                stats.text("Ctrl Board SN")),
                        Normalised::new);
    }

    /** The window of five seconds is off by as much as the rate itself, and is not used. */
    private static Hashrate rate(Fields summary, Fields stats) {
        String model = stats.text("Model");
        if (model != null && !SHA256.matcher(model).find()) {
            return Hashrate.ABSENT;
        }
        return Hashrate.checked(
                ExpectedRate.of(stats.number("MHS(Ideal)") / 1e6),
                summary.number("MHS av") / 1e6,
                summary.number("MHS 1m", "MHS 5m") / 1e6);
    }

    private static double joulesPerTh(@Nullable String model) {
        return model == null ? Double.NaN : JOULES_PER_TH.getOrDefault(model.toLowerCase(Locale.ROOT), Double.NaN);
    }

    private static double[] temperatures(Fields stats) {
        return IntStream.range(0, MAX_SLOTS)
                .boxed()
                .flatMapToDouble(board ->
                        IntStream.range(0, MAX_SENSORS).mapToDouble(sensor -> stats.number(board + " Temp " + sensor)))
                .toArray();
    }

    private static double[] numbered(Fields stats, String suffix) {
        return IntStream.range(0, MAX_SLOTS)
                .mapToDouble(slot -> stats.number(slot + suffix))
                .toArray();
    }

    private static double[] chips(Fields stats) {
        double[] fitted = numbered(stats, " Chip Count");
        double[] bad = numbered(stats, " Bad Chip Count");
        Arrays.setAll(fitted, board -> {
            boolean online = !"false".equalsIgnoreCase(stats.rawText(board + " Online"));
            return online ? fitted[board] - (bad[board] > 0 ? bad[board] : 0) : 0;
        });
        return fitted;
    }

    private static @Nullable String firmware(DeviceReplies replies) {
        String firmware = replies.section(Command.STATS).text("Firmware");
        return firmware == null ? replies.software(NAME) : firmware;
    }
}
