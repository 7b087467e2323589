package io.minerops.core.cgminer;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.Reading;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Braiins OS: temperatures, fans and power have commands of their own, and statistics are of no use. */
final class BraiinsFamily implements Family {
    private static final String NAME = "BOS";
    private static final List<Command> COMMANDS = List.of(
            Command.VERSION,
            Command.SUMMARY,
            Command.POOLS,
            Command.TEMPS,
            Command.FANS,
            Command.TUNERSTATUS,
            Command.DEVDETAILS);

    @Override
    public boolean recognises(DeviceReplies replies) {
        return replies.section(Command.VERSION).keyed(NAME) != null
                || replies.description().regionMatches(true, 0, NAME, 0, NAME.length());
    }

    @Override
    public List<Command> commands() {
        return COMMANDS;
    }

    @Override
    public Normalised normalise(DeviceReplies replies, MinerAddress miner, Instant readAt) {
        String told = replies.section(Command.DEVDETAILS).text("Model");
        AntminerModel model = AntminerModel.parse(told);
        Hashrate hashrate = AntminerFamily.hashrate(replies, model);
        double[] chips = replies.section(Command.DEVDETAILS).numbers("Chips");
        return Normalised.builder(replies, miner, readAt)
                .set(hashrate)
                .set(power(replies, hashrate, model))
                .set(Temperatures.ofBoards(replies.section(Command.TEMPS), "Chip", "Board"))
                .set(Fans.ofSlots(replies.section(Command.FANS).numbers("RPM")))
                .boards(chips, model == null ? Double.NaN : model.boards())
                .set(Reading.ELAPSED_S, replies.section(Command.SUMMARY).number("Elapsed"))
                .build(new MinerIdentity(
                        "Bitmain", model == null ? told : model.name(), firmware(replies), null, null, null));
    }

    /** The tuner's figure is reckoned by the firmware from voltage and frequency: an estimate. */
    private static Power power(DeviceReplies replies, Hashrate hashrate, @Nullable AntminerModel model) {
        double watts = replies.section(Command.TUNERSTATUS).number("ApproximateMinerPowerConsumption");
        return Power.given(watts, true, hashrate.now())
                .or(Power.nominal(model == null ? Double.NaN : model.joulesPerTh(), hashrate.now()));
    }

    private static @Nullable String firmware(DeviceReplies replies) {
        String version = replies.section(Command.VERSION).keyed(NAME);
        return version != null ? version : DeviceText.clean(replies.description());
    }
}
