package io.minerops.core.device.internal.vendor.antminer;

import io.minerops.api.miner.BoardReading;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.core.device.internal.normalise.DeviceValues;
import io.minerops.core.device.internal.normalise.HashBoards;
import io.minerops.core.device.internal.normalise.Hashrate;
import io.minerops.core.device.internal.normalise.States;
import io.minerops.core.device.internal.table.Item;
import io.minerops.core.device.internal.table.Make;
import io.minerops.core.device.internal.table.Row;
import io.minerops.core.device.internal.table.TableFamily;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Braiins OS through its web server since version 23: a path for each of its parts. Its power is calculated by the
 * firmware from voltage and frequency.
 */
final class BraiinsRest extends TableFamily {
    private static final double NOT_STARTED = 1;
    private static final double PAUSED = 3;
    private static final double SUSPENDED = 4;

    BraiinsRest() {
        super(
                List.of(Command.BRAIINS_DETAILS, Command.BRAIINS_POOLS, Command.BRAIINS_ERRORS),
                // what it expects at its settings, else what is on the sticker
                rate(Item.EXPECTED_RATE, Command.BRAIINS_STATS, "miner_stats/nominal_hashrate"),
                rate(Item.EXPECTED_RATE, Command.BRAIINS_DETAILS, "sticker_hashrate"),
                rate(Item.AVERAGE_RATE, Command.BRAIINS_STATS, "miner_stats/real_hashrate/since_restart"),
                rate(Item.RATE, Command.BRAIINS_STATS, "miner_stats/real_hashrate/last_5s"),
                Row.of(Item.ESTIMATED_POWER, Command.BRAIINS_STATS, "power_stats/approximated_consumption/watt"),
                // the hottest chip of each board, as at the CGMiner port; that of the device if no board reports one
                Row.of(Item.TEMPERATURES, Command.BRAIINS_BOARDS, "highest_chip_temp/temperature/degree_c"),
                Row.of(Item.TEMPERATURES, Command.BRAIINS_BOARDS, "board_temp/degree_c"),
                Row.of(Item.TEMPERATURES, Command.BRAIINS_COOLING, "highest_temperature/temperature/degree_c"),
                Row.of(Item.INLETS, Command.BRAIINS_BOARDS, "lowest_inlet_temp/degree_c"),
                Row.of(Item.OUTLETS, Command.BRAIINS_BOARDS, "highest_outlet_temp/degree_c"),
                Row.of(Item.FAN_SLOTS, Command.BRAIINS_COOLING, "fans/rpm"),
                Row.of(Item.ELAPSED, Command.BRAIINS_DETAILS, "bosminer_uptime_s"),
                Row.of(Item.ACCEPTED, Command.BRAIINS_STATS, "pool_stats/accepted_shares"),
                Row.of(Item.REJECTED, Command.BRAIINS_STATS, "pool_stats/rejected_shares"),
                Row.of(Item.BEST_SHARE_DIFFICULTY, Command.BRAIINS_STATS, "pool_stats/best_share"),
                Row.of(Item.LAST_SHARE_DIFFICULTY, Command.BRAIINS_STATS, "pool_stats/last_difficulty"),
                Row.of(Item.MAC, Command.BRAIINS_DETAILS, "mac_address"),
                Row.of(Item.HOSTNAME, Command.BRAIINS_DETAILS, "hostname"),
                Row.of(Item.SERIAL, Command.BRAIINS_DETAILS, "serial_number"));
    }

    private static Row rate(Item item, Command command, String path) {
        return Row.gigahashes(item, command, path + "/gigahash_per_second");
    }

    @Override
    public boolean recognises(DeviceReplies replies) {
        Fields details = replies.section(Command.BRAIINS_DETAILS);
        return details.has("bos_version") || details.has("bosminer_uptime_s");
    }

    @Override
    protected Make make(DeviceReplies replies) {
        Fields identity = replies.section(Command.BRAIINS_DETAILS).child("miner_identity");
        return BraiinsFamily.make(identity.text("miner_model"));
    }

    @Override
    protected @Nullable String program(DeviceReplies replies) {
        Fields version = replies.section(Command.BRAIINS_DETAILS).child("bos_version");
        return BraiinsFamily.release(version.text("current"));
    }

    @Override
    protected void setMore(DeviceValues device, DeviceReplies replies, Hashrate rate, Instant readAt) {
        Fields pools = replies.section(Command.BRAIINS_POOLS).child("pools");
        boolean reported = replies.answered().contains(Command.BRAIINS_POOLS);
        device.boards(
                        chips(replies.section(Command.BRAIINS_BOARDS)),
                        make(replies).boards())
                .pools(
                        reported ? BraiinsFamily.alive(pools, pool -> pool.flag("alive")) : Double.NaN,
                        BraiinsFamily.inUse(pools))
                .faults(BraiinsFaults.byRest(replies, readAt))
                .extra(Reading.LAST_SHARE_AGE_S, readAt.getEpochSecond() - lastShare(replies))
                .state(state(replies.section(Command.BRAIINS_DETAILS).number("status")))
                .set(boards(replies.section(Command.BRAIINS_BOARDS)));
    }

    private static double lastShare(DeviceReplies replies) {
        return replies.section(Command.BRAIINS_STATS)
                .child("pool_stats")
                .child("last_share_time")
                .number("seconds");
    }

    /** The numbers of {@code MinerStatus} in Braiins' public API; 2 is the usual one, 5 a restricted one. */
    private static WorkState state(double status) {
        if (status == NOT_STARTED) {
            return WorkState.IDLE;
        } else if (status == PAUSED) {
            return WorkState.PAUSED;
        }
        return States.asleepIf(status == SUSPENDED);
    }

    private static HashBoards boards(Fields rows) {
        HashBoards boards = new HashBoards();
        for (Fields row : rows.each()) {
            Fields stats = row.child("stats");
            boards.at(row.number("id"))
                    .serial(row.rawText("serial_number"))
                    .set(BoardReading.CHIPS_ALIVE, chips(row)[0])
                    .set(
                            BoardReading.RATE_THS,
                            terahashes(stats.child("real_hashrate").child("last_1m")))
                    .positive(BoardReading.EXPECTED_THS, terahashes(stats.child("nominal_hashrate")))
                    .hottest(BoardReading.BOARD_TEMP_C, row.child("board_temp").number("degree_c"))
                    .hottest(
                            BoardReading.CHIP_TEMP_C,
                            row.child("highest_chip_temp").child("temperature").number("degree_c"))
                    .positive(
                            BoardReading.FREQUENCY_MHZ,
                            row.child("current_frequency").number("hertz") / 1e6)
                    .positive(
                            BoardReading.VOLTAGE_V, row.child("current_voltage").number("volt"));
        }
        return boards;
    }

    private static double terahashes(Fields rate) {
        return rate.number("gigahash_per_second") / 1e3;
    }

    /** A board that is switched off has no chip that works. */
    private static double[] chips(Fields boards) {
        return boards.each().stream()
                .mapToDouble(board -> board.has("enabled") && !board.flag("enabled") ? 0 : board.number("chips_count"))
                .toArray();
    }
}
