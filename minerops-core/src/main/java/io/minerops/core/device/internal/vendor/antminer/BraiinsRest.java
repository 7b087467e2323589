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
import io.minerops.core.device.internal.normalise.MacAddress;
import io.minerops.core.device.internal.normalise.SerialNumber;
import io.minerops.core.device.internal.normalise.Temperatures;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Braiins OS through its web server since version 23: a path for each of its parts. */
final class BraiinsRest {
    /** Queries after the first of them was answered. */
    static final List<Command> COMMANDS = List.of(
            Command.BRAIINS_DETAILS,
            Command.BRAIINS_STATS,
            Command.BRAIINS_COOLING,
            Command.BRAIINS_BOARDS,
            Command.BRAIINS_POOLS,
            Command.BRAIINS_ERRORS);

    private BraiinsRest() {}

    /** Whether the replies are those of Braiins OS. */
    static boolean recognises(DeviceReplies replies) {
        Fields details = replies.section(Command.BRAIINS_DETAILS);
        return details.has("bos_version") || details.has("bosminer_uptime_s");
    }

    /** What it says; its power is calculated by the firmware from voltage and frequency. */
    static Normalised normalise(DeviceReplies replies, MinerAddress miner, Instant readAt) {
        Fields details = replies.section(Command.BRAIINS_DETAILS);
        Fields stats = replies.section(Command.BRAIINS_STATS);
        Fields boards = replies.section(Command.BRAIINS_BOARDS);
        Fields pools = replies.section(Command.BRAIINS_POOLS).child("pools");
        String reported = details.child("miner_identity").text("miner_model");
        AntminerModel model = BraiinsFamily.antminer(reported);
        Hashrate hashrate = hashrate(details, stats.child("miner_stats"), model);
        return DeviceValues.empty(miner, readAt)
                .set(hashrate)
                .set(BraiinsFamily.power(
                        stats.child("power_stats")
                                .child("approximated_consumption")
                                .number("watt"),
                        hashrate,
                        model))
                .set(temperatures(boards, replies.section(Command.BRAIINS_COOLING)))
                .set(Coolant.of(
                        boards.child("lowest_inlet_temp").numbers("degree_c"),
                        boards.child("highest_outlet_temp").numbers("degree_c")))
                .set(Fans.ofSlots(
                        replies.section(Command.BRAIINS_COOLING).child("fans").numbers("rpm")))
                .boards(chips(boards), model == null ? Double.NaN : model.boards())
                .set(Reading.ELAPSED_S, details.number("bosminer_uptime_s"))
                .set(Reading.ACCEPTED, stats.child("pool_stats").number("accepted_shares"))
                .set(Reading.REJECTED, stats.child("pool_stats").number("rejected_shares"))
                .pools(
                        replies.answered().contains(Command.BRAIINS_POOLS)
                                ? BraiinsFamily.alive(pools, pool -> pool.flag("alive"))
                                : Double.NaN,
                        BraiinsFamily.inUse(pools))
                .faults(BraiinsFaults.byRest(replies, readAt))
                .build(identity(details, reported), Normalised::new);
    }

    /** What it expects at its settings, else what is on the sticker. */
    private static Hashrate hashrate(Fields details, Fields stats, @Nullable AntminerModel model) {
        Fields rates = stats.child("real_hashrate");
        double nominal = ths(stats.child("nominal_hashrate"));
        double expected = nominal > 0 ? nominal : ths(details.child("sticker_hashrate"));
        return Hashrate.checked(
                ExpectedRate.of(expected).ofModel(model),
                ths(rates.child("since_restart")),
                ths(rates.child("last_5s")));
    }

    private static double ths(Fields rate) {
        return rate.number("gigahash_per_second") / 1e3;
    }

    /** The hottest chip of each board, as at the CGMiner port; that of the whole device if no board reports one. */
    private static Temperatures temperatures(Fields boards, Fields cooling) {
        return Temperatures.of(
                        boards.child("highest_chip_temp").child("temperature").numbers("degree_c"))
                .or(() -> Temperatures.of(boards.child("board_temp").numbers("degree_c")))
                .or(() -> Temperatures.of(cooling.child("highest_temperature")
                        .child("temperature")
                        .numbers("degree_c")));
    }

    /** A board that is switched off has no chip that works. */
    private static double[] chips(Fields boards) {
        return boards.each().stream()
                .mapToDouble(board -> board.has("enabled") && !board.flag("enabled") ? 0 : board.number("chips_count"))
                .toArray();
    }

    private static MinerIdentity identity(Fields details, @Nullable String reported) {
        return new MinerIdentity(
                BraiinsFamily.maker(reported),
                Makers.modelName(reported),
                BraiinsFamily.release(details.child("bos_version").text("current")),
                MacAddress.parse(details.rawText("mac_address")),
                details.text("hostname"),
                SerialNumber.parse(details.rawText("serial_number")));
    }
}
