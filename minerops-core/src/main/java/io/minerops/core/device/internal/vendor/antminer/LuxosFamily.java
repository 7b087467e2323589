package io.minerops.core.device.internal.vendor.antminer;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.WorkState;
import io.minerops.core.device.family.DeviceFamily;
import io.minerops.core.device.family.Normalised;
import io.minerops.core.device.internal.model.AntminerModel;
import io.minerops.core.device.internal.model.Makers;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** LuxOS: Antminer fields, and a command that gives the power, measured where the power supply can measure it. */
public final class LuxosFamily implements DeviceFamily {
    private static final String NAME = "LUXminer";
    private static final List<Command> COMMANDS =
            List.of(Command.VERSION, Command.SUMMARY, Command.STATS, Command.POOLS, Command.POWER, Command.CONFIG);

    @Override
    public boolean recognises(DeviceReplies replies) {
        return replies.isNamed(NAME);
    }

    @Override
    public List<Command> commands() {
        return COMMANDS;
    }

    @Override
    public Normalised normalise(DeviceReplies replies, MinerAddress miner, Instant readAt) {
        AntminerModel model = Makers.antminer(replies.type());
        Hashrate hashrate = AntminerFamily.hashrate(replies, model);
        Fields power = replies.section(Command.POWER);
        Fields config = replies.section(Command.CONFIG);
        boolean measured = Boolean.parseBoolean(power.rawText("PSU"));
        return AntminerFamily.builder(replies, miner, readAt, model)
                .set(Temperatures.ofAntminer(replies.section(Command.STATS)))
                .set(Power.given(power.number("Watts"), !measured, hashrate.now())
                        .or(AntminerFamily.power(replies, hashrate, model)))
                .state(state(config))
                .build(
                        new MinerIdentity(
                                Makers.byFirmwareOfAntminers(replies.type()),
                                Makers.nameByFirmwareOfAntminers(replies.type(), model),
                                firmware(replies),
                                MacAddress.parse(config.rawText("MACAddr")),
                                config.text("Hostname"),
                                config.text("SerialNumber")),
                        Normalised::new);
    }

    /** It is curtailed until it is woken up again. */
    private static WorkState state(Fields config) {
        String curtailed = config.text("CurtailMode");
        return States.asleepIf(curtailed != null && !curtailed.equalsIgnoreCase("None"));
    }

    private static @Nullable String firmware(DeviceReplies replies) {
        String version = replies.software(NAME);
        return version != null ? version : DeviceText.clean(replies.description());
    }
}
