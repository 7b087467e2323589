package io.minerops.core.device.internal.vendor.whatsminer;

import io.minerops.api.miner.BoardReading;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.family.Normalised;
import io.minerops.core.device.internal.model.WhatsminerModel;
import io.minerops.core.device.internal.normalise.Boards;
import io.minerops.core.device.internal.normalise.DeviceValues;
import io.minerops.core.device.internal.normalise.Fans;
import io.minerops.core.device.internal.normalise.HashBoards;
import io.minerops.core.device.internal.normalise.Hashrate;
import io.minerops.core.device.internal.normalise.MacAddress;
import io.minerops.core.device.internal.normalise.Power;
import io.minerops.core.device.internal.normalise.States;
import io.minerops.core.device.internal.normalise.Temperatures;
import io.minerops.core.device.internal.wire.DeviceText;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a Whatsminer says on the CGMiner port, by its first or second API, or by none of them on the oldest firmwares. */
public final class WhatsminerByCgminer {
    private static final List<String> OFF = List.of("mineroff", "btmineroff");

    private WhatsminerByCgminer() {}

    /** Whether the device speaks of being switched off or on, as no other does. */
    static boolean saysWhetherOff(DeviceReplies replies) {
        return OFF.stream().anyMatch(replies.section(Command.STATUS)::has);
    }

    static Normalised normalise(DeviceReplies replies, MinerAddress miner, Instant readAt) {
        Fields summary = replies.section(Command.SUMMARY);
        Fields boards = boards(replies);
        WhatsminerModel model =
                WhatsminerModel.parse(replies.section(Command.DEVDETAILS).text("Model"));
        boolean liquid =
                Boolean.parseBoolean(summary.rawText("Liquid Cooling")) || (model != null && model.liquidCooled());
        DeviceValues device = DeviceValues.of(replies, miner, readAt).set(Reading.ELAPSED_S, summary.number("Elapsed"));
        Hashrate rate = WhatsminerFamily.set(device, rates(summary, model), off(replies));
        return device.set(Power.given(summary.number("Power"), false, rate.now())
                        .or(Power.given(summary.number("Power_RT"), false, rate.now()))
                        .or(Power.nominal(model == null ? Double.NaN : model.joulesPerTh(), rate.now())))
                .set(means(summary, boards, replies.section(Command.STATS)), peaks(summary, boards))
                .set(Fans.of(summary.number("Fan Speed In"), summary.number("Fan Speed Out"))
                        .unlessAllStand(liquid || rate.atRest()))
                .set(boards(replies, boards, model == null ? Double.NaN : model.boards()))
                .set(hashBoards(boards))
                .state(States.asleepIf(off(replies)))
                .expected(summary.number("Factory GHS") / 1e3)
                .extra(Reading.AMBIENT_TEMP_C, positive(summary.number("Env Temp")))
                .extra(Reading.POWER_LIMIT_W, positive(powerLimit(replies)))
                .extra(Reading.FREQUENCY_MHZ, positive(summary.number("freq_avg")))
                .faults(WhatsminerFaults.byCgminer(replies, readAt))
                .build(identity(replies, model), Normalised::new);
    }

    /** Whether the device says that it is switched off. */
    static boolean off(DeviceReplies replies) {
        Fields status = replies.section(Command.STATUS);
        return OFF.stream().anyMatch(key -> Boolean.parseBoolean(status.rawText(key)));
    }

    /** The window of five seconds is off by a fifth either way, and is not used. */
    private static Hashrate rates(Fields summary, @Nullable WhatsminerModel model) {
        return WhatsminerRates.of(
                summary.number("Factory GHS") / 1e3,
                summary.number("MHS av") / 1e6,
                model,
                summary.number("HS RT") / 1e6,
                summary.number("MHS 1m") / 1e6,
                summary.number("MHS 5m") / 1e6,
                summary.number("MHS 15m") / 1e6);
    }

    private static Fields boards(DeviceReplies replies) {
        Fields boards = replies.section(Command.DEVS);
        return boards.isEmpty() ? replies.section(Command.EDEVS) : boards;
    }

    private static Temperatures means(Fields summary, Fields boards, Fields stats) {
        return Temperatures.of(boards.numbers("Chip Temp Avg"))
                .or(() -> Temperatures.of(summary.number("Chip Temp Avg")))
                .or(() -> Temperatures.of(boards.numbers("Temperature")))
                .or(() -> Temperatures.of(stats.numbers("temp_1")))
                .or(() -> Temperatures.of(summary.number("Temperature")));
    }

    private static Temperatures peaks(Fields summary, Fields boards) {
        return Temperatures.of(boards.numbers("Chip Temp Max"))
                .or(() -> Temperatures.of(summary.number("Chip Temp Max")));
    }

    private static Boards boards(DeviceReplies replies, Fields boards, double boardsOfModel) {
        if (!boards.isEmpty()) {
            double[] chips = boards.each().stream()
                    .mapToDouble(WhatsminerByCgminer::chips)
                    .toArray();
            double expected = larger(chips.length, boardsOfModel);
            boolean awake = replies.answered().contains(Command.STATUS) && !off(replies);
            boolean allFail = awake && boards.each().stream().noneMatch(WhatsminerByCgminer::alive);
            return Boards.of(chips, expected).orLost(allFail, expected);
        }
        return boardsByStats(replies.section(Command.STATS), boardsOfModel);
    }

    /** Of the first firmwares, which count the chips that work or say no more than that a board was started. */
    private static Boards boardsByStats(Fields stats, double boardsOfModel) {
        double slots = Arrays.stream(stats.numbers("chain_num")).max().orElse(Double.NaN);
        double expected = larger(slots, boardsOfModel);
        double[] chips = stats.numbers("ok_chips");
        double started = stats.each().stream()
                .filter(board -> Boolean.parseBoolean(board.rawText("initialized")))
                .count();
        return chips.length > 0 || started == 0
                ? Boards.of(chips, expected)
                : new Boards(started, Math.max(started, expected), Double.NaN, Double.NaN);
    }

    private static HashBoards hashBoards(Fields rows) {
        HashBoards boards = new HashBoards();
        List<Fields> each = rows.each();
        for (int index = 0; index < each.size(); index++) {
            Fields row = each.get(index);
            double slot = row.number("Slot", "ASC");
            boards.at(Double.isNaN(slot) ? index : slot)
                    .serial(row.rawText("PCB SN"))
                    .set(BoardReading.CHIPS_ALIVE, chips(row))
                    .set(BoardReading.RATE_THS, row.number("MHS 1m", "MHS 5m", "HS RT", "MHS av") / 1e6)
                    .positive(BoardReading.EXPECTED_THS, row.number("Factory GHS") / 1e3)
                    .hottest(BoardReading.BOARD_TEMP_C, row.number("Temperature"))
                    .hottest(BoardReading.CHIP_TEMP_C, row.number("Chip Temp Max", "Chip Temp Avg"))
                    .positive(BoardReading.FREQUENCY_MHZ, row.number("Chip Frequency", "Frequency"))
                    .set(BoardReading.HW_ERRORS, row.number("Hardware Errors"));
        }
        return boards;
    }

    private static double powerLimit(DeviceReplies replies) {
        double limit = replies.section(Command.SUMMARY).number("Power Limit");
        return Double.isNaN(limit) ? replies.section(Command.STATUS).number("power_limit_set") : limit;
    }

    static double positive(double value) {
        return value > 0 ? value : Double.NaN;
    }

    private static double chips(Fields board) {
        return alive(board) ? board.number("Effective Chips") : 0;
    }

    private static boolean alive(Fields board) {
        String status = board.text("Status");
        return status == null || status.equalsIgnoreCase("Alive");
    }

    /** How many boards a device should have: what it counts itself, unless its model has more. */
    public static double larger(double counted, double ofModel) {
        return counted >= ofModel || Double.isNaN(ofModel) ? counted : ofModel;
    }

    private static MinerIdentity identity(DeviceReplies replies, @Nullable WhatsminerModel model) {
        Fields info = replies.section(Command.GET_MINER_INFO);
        String mac = MacAddress.parse(info.rawText("mac"));
        return new MinerIdentity(
                "MicroBT",
                model == null ? null : model.name(),
                firmware(replies),
                mac == null ? MacAddress.parse(replies.section(Command.SUMMARY).rawText("MAC")) : mac,
                info.text("hostname"),
                info.text("minersn"));
    }

    private static @Nullable String firmware(DeviceReplies replies) {
        Fields status = replies.section(Command.STATUS);
        String version = replies.section(Command.GET_VERSION).text("fw_ver");
        for (String other : new String[] {
            status.text("FirmwareVersion"),
            status.text("Firmware Version"),
            replies.section(Command.SUMMARY).text("Firmware Version")
        }) {
            version = version == null ? other : version;
        }
        // some firmwares quote it within the quotes
        return version == null ? null : DeviceText.clean(version.replace("'", ""));
    }
}
