package io.minerops.core.device.internal.vendor.antminer;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.core.device.family.DeviceFamily;
import io.minerops.core.device.family.Normalised;
import io.minerops.core.device.internal.model.AntminerFirmware;
import io.minerops.core.device.internal.model.AntminerModel;
import io.minerops.core.device.internal.model.Makers;
import io.minerops.core.device.internal.normalise.Boards;
import io.minerops.core.device.internal.normalise.DeviceValues;
import io.minerops.core.device.internal.normalise.ExpectedRate;
import io.minerops.core.device.internal.normalise.Fans;
import io.minerops.core.device.internal.normalise.Hashrate;
import io.minerops.core.device.internal.normalise.Power;
import io.minerops.core.device.internal.normalise.Slots;
import io.minerops.core.device.internal.normalise.States;
import io.minerops.core.device.internal.wire.DeviceText;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Bitmain's own firmware and those that keep its fields: VNish, Hiveon, MSKMiner and asicseer. */
public final class AntminerFamily implements DeviceFamily {
    private static final Slots ERRORS = Slots.named("chain_hw");
    private static final Slots WATTS = Slots.named("chain_consumption");
    private static final Pattern VNISH = Pattern.compile("vnish\\s+([0-9A-Za-z.-]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern ASICSEER = Pattern.compile("asicseer-([0-9.]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern MSK_VERSION =
            Pattern.compile("\\bv\\.?\\s*([0-9]+(?:\\.[0-9]+)*)", Pattern.CASE_INSENSITIVE);
    private static final int FIRST_YEAR_OF_NEWER_FORM = 2022;
    /** The sleep mode of firmware since then. */
    private static final double NEWER_ASLEEP = 1;

    private static final Pattern YEAR = Pattern.compile("\\b(20\\d{2})\\b");
    private static final Pattern RATE_WINDOWS = Pattern.compile("[GM]HS[ (](5s|av).*");
    private static final Pattern RATES = Pattern.compile("chain_rate\\d+");
    /** What stands in a control board's chip; some firmwares have a short name of their own there, or zeros. */
    private static final Pattern CHIP_NUMBER = Pattern.compile("(?!0+$)[0-9a-fA-F]{16,32}");

    @Override
    public boolean recognises(DeviceReplies replies) {
        String type = lower(replies.type());
        String software = lower(replies.software("BMMiner")) + lower(replies.software("CGMiner"));
        return type.contains("antminer")
                || type.contains("vnish")
                || type.contains("hiveon")
                || software.startsWith("bmminer")
                || software.contains("rwglr");
    }

    @Override
    public List<Command> commands() {
        return Command.BASIC;
    }

    /** Newer firmwares report more with another query; VNish reports on its web server why it does not work. */
    @Override
    public List<Command> commands(DeviceReplies replies) {
        List<Command> commands = new ArrayList<>(Command.BASIC);
        if (mayKnowNewerForm(replies)) {
            commands.add(Command.SUMMARY_NEW);
            commands.add(Command.STATS_NEW);
        }
        if (lower(replies.type()).contains("vnish")) {
            commands.add(Command.VNISH_STATUS);
        }
        return commands;
    }

    /**
     * Whether a device that has answered its older statistics may know the newer form: its firmware was built in a year in
     * which Bitmain's had it, or it leaves out of the older form what it hashes.
     */
    private static boolean mayKnowNewerForm(DeviceReplies replies) {
        Fields stats = replies.section(Command.STATS);
        if (stats.isEmpty()) {
            return false;
        }
        String built = replies.section(Command.VERSION).rawText("CompileTime");
        Matcher year = YEAR.matcher(built == null ? String.valueOf(stats.rawText("CompileTime")) : built);
        boolean recent = year.find() && Integer.parseInt(year.group(1)) >= FIRST_YEAR_OF_NEWER_FORM;
        return recent || !(stats.hasKey(RATE_WINDOWS) || stats.hasKey(RATES));
    }

    @Override
    public Normalised normalise(DeviceReplies replies, MinerAddress miner, Instant readAt) {
        AntminerModel model = Makers.antminer(replies.type());
        Hashrate hashrate = hashrate(replies, model);
        AntminerSensors sensors = AntminerSensors.of(replies.section(Command.STATS), model);
        return builder(replies, miner, readAt, model)
                .set(sensors.temperatures())
                .set(sensors.coolant())
                .set(power(replies, hashrate, model))
                .faults(AntminerFaults.of(replies, readAt))
                .build(
                        new MinerIdentity(
                                Makers.byFirmwareOfAntminers(replies.type()),
                                Makers.nameByFirmwareOfAntminers(replies.type(), model),
                                firmware(replies),
                                null,
                                null,
                                serial(replies.section(Command.STATS))),
                        Normalised::new);
    }

    private static @Nullable String serial(Fields stats) {
        String number = stats.text("miner_id");
        return number != null && CHIP_NUMBER.matcher(number).matches() ? number : null;
    }

    /**
     * What a device with Antminer fields says, whatever its firmware is called, but for its power and its temperatures.
     */
    static DeviceValues builder(
            DeviceReplies replies, MinerAddress miner, Instant readAt, @Nullable AntminerModel model) {
        Fields stats = replies.section(Command.STATS);
        Hashrate hashrate = rate(replies, model);
        boolean fansMayStand = hashrate.atRest() || (model != null && model.liquidCooled());
        DeviceValues device = DeviceValues.of(replies, miner, readAt)
                .set(hashrate(replies, model))
                .set(Fans.ofAntminer(stats, fansMayStand))
                .set(Boards.ofAntminer(stats, model == null ? Double.NaN : model.boards(), hashrate.atRest()))
                .set(AntminerHashBoards.of(stats, model))
                .expected(model == null || model.sha256() ? Hashrate.expected(stats) : Double.NaN)
                .extra(Reading.FREQUENCY_MHZ, positive(stats.number("total_freqavg", "frequency")))
                .state(state(replies, stats));
        if (!replies.section(Command.SUMMARY).has("Hardware Errors") && !stats.has("Hardware Errors")) {
            device.set(Reading.HW_ERRORS, sum(stats, ERRORS));
        }
        return device;
    }

    /** Its mode, in the newer statistics under another name and number; VNish and relatives have a word for it. */
    private static WorkState state(DeviceReplies replies, Fields stats) {
        boolean asleep = stats.number("Mode") == Boards.ASLEEP
                || replies.section(Command.STATS_NEW).number("miner-mode") == NEWER_ASLEEP;
        String word = replies.section(Command.VNISH_STATUS).text("miner_state");
        return asleep ? WorkState.ASLEEP : States.ofWord(word == null ? stats.text("state") : word);
    }

    private static double positive(double value) {
        return value > 0 ? value : Double.NaN;
    }

    /** The rate, absent where the model computes something other than SHA-256. */
    static Hashrate hashrate(DeviceReplies replies, @Nullable AntminerModel model) {
        return model == null || model.sha256() ? rate(replies, model) : Hashrate.ABSENT;
    }

    private static Hashrate rate(DeviceReplies replies, @Nullable AntminerModel model) {
        return Hashrate.of(
                replies,
                ExpectedRate.of(Hashrate.expected(replies.section(Command.STATS)))
                        .ofModel(model));
    }

    /** What the statistics say of the power, else what the model needs. */
    static Power power(DeviceReplies replies, Hashrate hashrate, @Nullable AntminerModel model) {
        Fields stats = replies.section(Command.STATS);
        double total = stats.number("total_power", "chain_power");
        double watts = !Double.isNaN(total) ? total : sum(stats, WATTS);
        return (model == null || model.sha256() ? Power.given(watts, false, hashrate.now()) : Power.ABSENT)
                .or(Power.nominal(model == null ? Double.NaN : model.joulesPerTh(), hashrate.now()));
    }

    private static double sum(Fields stats, Slots chains) {
        double sum = Double.NaN;
        for (double value : chains.numbers(stats)) {
            if (value >= 0) {
                sum = Double.isNaN(sum) ? value : sum + value;
            }
        }
        return sum;
    }

    private static @Nullable String firmware(DeviceReplies replies) {
        String type = replies.type() == null ? "" : replies.type();
        String software = replies.software("BMMiner");
        String program = software == null ? replies.software("CGMiner") : software;
        Matcher vnish = VNISH.matcher(type);
        if (vnish.find()) {
            return DeviceText.clean("VNish " + vnish.group(1));
        } else if (lower(type).contains("hiveon")) {
            return DeviceText.clean("Hiveon (" + program + ")");
        } else if (lower(program).contains("rwglr")) {
            Matcher version = MSK_VERSION.matcher(type);
            return DeviceText.clean("MSKMiner " + (version.find() ? version.group(1) : program));
        }
        Matcher asicseer = ASICSEER.matcher(lower(program));
        if (asicseer.find()) {
            return DeviceText.clean("asicseer " + asicseer.group(1));
        }
        String ofType = AntminerFirmware.find(type);
        if (ofType != null) {
            return ofType;
        }
        String ofVersion = replies.section(Command.VERSION).text("Miner");
        String ofStats = replies.section(Command.STATS).text("Miner");
        return ofStats != null ? ofStats : ofVersion != null ? ofVersion : program;
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
