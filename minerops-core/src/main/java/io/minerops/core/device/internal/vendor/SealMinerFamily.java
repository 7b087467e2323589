package io.minerops.core.device.internal.vendor;

import io.minerops.api.miner.BoardReading;
import io.minerops.core.device.internal.normalise.DeviceValues;
import io.minerops.core.device.internal.normalise.Faults;
import io.minerops.core.device.internal.normalise.HashBoards;
import io.minerops.core.device.internal.normalise.Hashrate;
import io.minerops.core.device.internal.table.Item;
import io.minerops.core.device.internal.table.Make;
import io.minerops.core.device.internal.table.Row;
import io.minerops.core.device.internal.table.TableFamily;
import io.minerops.core.device.internal.wire.DeviceText;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Bitdeer's SealMiner: its statistics number boards, sensors and fans at the start of a field's name. */
final class SealMinerFamily extends TableFamily {
    private static final String NAME = "BDMiner";
    /** The A series computes SHA-256, the DL series scrypt. */
    private static final Pattern SHA256 = Pattern.compile("\\bA\\d", Pattern.CASE_INSENSITIVE);

    private static final int MAX_BOARDS = 16;
    private static final int MAX_SENSORS = 8;

    /** Nominal efficiency at the wall, J/TH, as Bitdeer's product sheets state it. */
    private static final Map<String, Double> JOULES_PER_TH = Map.of(
            "a2", 16.5,
            "a2 pro", 14.9,
            "a3", 14.0,
            "a3 pro", 12.5);

    SealMinerFamily() {
        super(
                Command.BASIC,
                Row.megahashes(Item.EXPECTED_RATE, Command.STATS, "MHS(Ideal)"),
                Row.megahashes(Item.AVERAGE_RATE, Command.SUMMARY, "MHS av"),
                // the window of five seconds is off by as much as the rate itself
                Row.megahashes(Item.RATE, Command.SUMMARY, "MHS 1m", "MHS 5m"),
                Row.of(Item.POWER, Command.STATS, "PSU Input Power"),
                Row.of(Item.TEMPERATURES, Command.STATS, "{0-15} Temp {0-7}"),
                Row.of(Item.FANS, Command.STATS, "{0-15} Speed"),
                Row.of(Item.PSU_TEMP_C, Command.STATS, "PSU Temp AMB"),
                Row.of(Item.POWER_LIMIT_W, Command.STATS, "Power Limit"),
                Row.of(Item.STATE, Command.STATS, "PM State"),
                Row.of(Item.FIRMWARE, Command.STATS, "Firmware"),
                Row.of(Item.MAC, Command.STATS, "MAC"),
                Row.of(Item.CERTAIN_SERIAL, Command.STATS, "Ctrl Board SN"));
    }

    @Override
    public boolean recognises(DeviceReplies replies) {
        return replies.isNamed(NAME);
    }

    @Override
    protected Make make(DeviceReplies replies) {
        Fields stats = replies.section(Command.STATS);
        String model = stats.text("Model");
        return new Make(
                "Bitdeer",
                model == null ? null : DeviceText.clean("SEALMINER " + model),
                model == null ? Double.NaN : JOULES_PER_TH.getOrDefault(model.toLowerCase(Locale.ROOT), Double.NaN),
                stats.number("Board Count"),
                Boolean.parseBoolean(stats.rawText("Liquid Cooling")));
    }

    @Override
    protected Hashrate rate(DeviceReplies replies, Make make) {
        boolean sha256 = make.model() == null || SHA256.matcher(make.model()).find();
        return sha256 ? rate(replies, expected(replies)) : Hashrate.ABSENT;
    }

    @Override
    protected @Nullable String program(DeviceReplies replies) {
        return replies.software(NAME);
    }

    @Override
    protected void setMore(DeviceValues device, DeviceReplies replies, Hashrate rate, Instant readAt) {
        Fields stats = replies.section(Command.STATS);
        Faults faults = new Faults(readAt).addField(stats, "PSU Error");
        String code = stats.text("Error Code");
        if (Faults.isFault(code)) {
            faults.add(code, stats.text("Error Chip"));
        }
        double[] chips = IntStream.range(0, MAX_BOARDS)
                .mapToDouble(board -> chips(stats, board))
                .toArray();
        device.faults(faults.list()).boards(chips, stats.number("Board Count")).set(hashBoards(stats));
    }

    private static HashBoards hashBoards(Fields stats) {
        HashBoards boards = new HashBoards();
        for (int board = 0; board < MAX_BOARDS; board++) {
            if (stats.has(board + " Chip Count")) {
                String name = board + " ";
                boards.at(board)
                        .serial(stats.rawText(name + "SN"))
                        .set(BoardReading.CHIPS_ALIVE, chips(stats, board))
                        .set(BoardReading.CHIPS_EXPECTED, stats.number(name + "Chip Count"))
                        .set(BoardReading.RATE_THS, stats.number(name + "MHS(Sample)") / 1e6)
                        .positive(BoardReading.EXPECTED_THS, stats.number(name + "MHS(Ideal)") / 1e6)
                        .hottest(
                                BoardReading.BOARD_TEMP_C,
                                IntStream.range(0, MAX_SENSORS)
                                        .mapToDouble(sensor -> stats.number(name + "Temp " + sensor))
                                        .toArray())
                        .positive(BoardReading.FREQUENCY_MHZ, stats.number(name + "Freq"))
                        .positive(BoardReading.VOLTAGE_V, stats.number("Chip Voltage") / 1e3);
            }
        }
        return boards;
    }

    private static double chips(Fields stats, int board) {
        double bad = stats.number(board + " Bad Chip Count");
        boolean online = !"false".equalsIgnoreCase(stats.rawText(board + " Online"));
        return online ? stats.number(board + " Chip Count") - (bad > 0 ? bad : 0) : 0;
    }
}
