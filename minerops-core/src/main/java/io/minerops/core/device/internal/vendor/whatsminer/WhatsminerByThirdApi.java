package io.minerops.core.device.internal.vendor.whatsminer;

import io.minerops.api.miner.BoardReading;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.family.Normalised;
import io.minerops.core.device.internal.model.WhatsminerModel;
import io.minerops.core.device.internal.normalise.Boards;
import io.minerops.core.device.internal.normalise.DeviceValues;
import io.minerops.core.device.internal.normalise.Fans;
import io.minerops.core.device.internal.normalise.HashBoards;
import io.minerops.core.device.internal.normalise.Hashrate;
import io.minerops.core.device.internal.normalise.MacAddress;
import io.minerops.core.device.internal.normalise.Pools;
import io.minerops.core.device.internal.normalise.Power;
import io.minerops.core.device.internal.normalise.States;
import io.minerops.core.device.internal.normalise.Temperatures;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a Whatsminer says by its third API, in which rates are TH/s. */
final class WhatsminerByThirdApi {
    private static final String ALIVE = "alive";

    private WhatsminerByThirdApi() {}

    /** Whether the device has answered by this API, as no other does. */
    static boolean answers(DeviceReplies replies) {
        Fields info = replies.section(Command.WHATSMINER_INFO);
        return !info.child("miner").isEmpty()
                || !info.child("system").isEmpty()
                || replies.section(Command.WHATSMINER_SUMMARY).has("hash-realtime");
    }

    static Normalised normalise(DeviceReplies replies, MinerAddress miner, Instant readAt) {
        Fields summary = replies.section(Command.WHATSMINER_SUMMARY);
        Fields boards = replies.section(Command.WHATSMINER_BOARDS);
        Fields info = replies.section(Command.WHATSMINER_INFO).child("miner");
        WhatsminerModel model = WhatsminerModel.parse(info.rawText("type"));
        boolean off = "false".equalsIgnoreCase(info.text("working")) || WhatsminerByCgminer.off(replies);
        DeviceValues device = DeviceValues.empty(miner, readAt).set(Reading.ELAPSED_S, summary.number("elapsed"));
        Hashrate rate = WhatsminerFamily.set(device, rates(summary, model), off);
        if (replies.answered().contains(Command.WHATSMINER_POOLS)) {
            List<Fields> pools = alive(replies.section(Command.WHATSMINER_POOLS));
            device.pools(pools.size(), inUse(pools));
        }
        return device.set(Power.given(summary.number("power-realtime"), false, rate.now())
                        .or(Power.nominal(model == null ? Double.NaN : model.joulesPerTh(), rate.now())))
                .set(means(summary, boards), peaks(summary, boards))
                .set(Fans.of(summary.number("fan-speed-in"), summary.number("fan-speed-out"))
                        .unlessAllStand(rate.atRest() || (model != null && model.liquidCooled())))
                .set(boards(boards, info.number("board-num"), model, off))
                .set(hashBoards(boards, info, summary.list("board-temperature")))
                .state(States.asleepIf(off))
                .expected(summary.number("factory-hash"))
                .extra(Reading.AMBIENT_TEMP_C, WhatsminerByCgminer.positive(summary.number("environment-temperature")))
                .extra(Reading.POWER_LIMIT_W, WhatsminerByCgminer.positive(summary.number("power-limit")))
                .faults(WhatsminerFaults.byThirdApi(replies.section(Command.WHATSMINER_INFO), readAt))
                .build(identity(replies, model), Normalised::new);
    }

    private static Hashrate rates(Fields summary, @Nullable WhatsminerModel model) {
        return WhatsminerRates.of(
                summary.number("factory-hash"),
                summary.number("hash-average"),
                model,
                summary.number("hash-realtime"),
                summary.number("hash-1min"),
                summary.number("hash-15min"));
    }

    private static Temperatures means(Fields summary, Fields boards) {
        return Temperatures.of(summary.number("chip-temp-avg"))
                .or(() -> Temperatures.of(boards.numbers("chip-temp-avg")))
                .or(() -> Temperatures.of(summary.list("board-temperature")));
    }

    private static Temperatures peaks(Fields summary, Fields boards) {
        return Temperatures.of(summary.number("chip-temp-max"))
                .or(() -> Temperatures.of(boards.numbers("chip-temp-max")));
    }

    private static Boards boards(Fields boards, double slots, @Nullable WhatsminerModel model, boolean off) {
        double[] chips = alive(boards).stream()
                .mapToDouble(board -> board.number("effective-chips"))
                .toArray();
        double expected =
                WhatsminerByCgminer.larger(slots > 0 ? slots : Double.NaN, model == null ? Double.NaN : model.boards());
        boolean allFail = !off && !boards.isEmpty() && chips.length == 0;
        return Boards.of(chips, expected).orLost(allFail, expected);
    }

    private static HashBoards hashBoards(Fields rows, Fields info, double[] temperatures) {
        HashBoards boards = new HashBoards();
        List<Fields> each = rows.each();
        for (int index = 0; index < each.size(); index++) {
            Fields row = each.get(index);
            boolean alive = ALIVE.equalsIgnoreCase(row.text("status"));
            double id = row.number("id");
            double slot = Double.isNaN(id) ? index : id;
            boards.at(slot)
                    .serial(info.rawText("pcbsn" + (int) slot))
                    .set(BoardReading.CHIPS_ALIVE, alive ? row.number("effective-chips") : 0)
                    .set(BoardReading.RATE_THS, row.number("hash-realtime"))
                    .positive(BoardReading.EXPECTED_THS, row.number("factory-hash"))
                    .hottest(BoardReading.BOARD_TEMP_C, index < temperatures.length ? temperatures[index] : Double.NaN)
                    .hottest(BoardReading.CHIP_TEMP_C, row.number("chip-temp-max"))
                    .positive(BoardReading.FREQUENCY_MHZ, row.number("freq"));
        }
        return boards;
    }

    private static List<Fields> alive(Fields rows) {
        return rows.each().stream()
                .filter(row -> ALIVE.equalsIgnoreCase(row.text("status")))
                .toList();
    }

    /** The one with a stratum connection; they come in the order of their priority. */
    private static @Nullable Pool inUse(List<Fields> alive) {
        return alive.stream()
                .filter(pool -> Boolean.parseBoolean(pool.rawText("stratum-active")))
                .findFirst()
                .or(() -> alive.stream().findFirst())
                .map(pool -> Pools.pool(pool.text("url"), pool.text("account")))
                .orElse(null);
    }

    private static MinerIdentity identity(DeviceReplies replies, @Nullable WhatsminerModel model) {
        Fields info = replies.section(Command.WHATSMINER_INFO);
        Fields network = info.child("network");
        return new MinerIdentity(
                "MicroBT",
                model == null ? null : model.name(),
                info.child("system").text("fwversion"),
                MacAddress.parse(network.rawText("mac")),
                network.text("hostname"),
                info.child("miner").text("miner-sn"));
    }
}
