package io.minerops.core.device.internal.vendor;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.core.device.family.DeviceFamily;
import io.minerops.core.device.family.Normalised;
import io.minerops.core.device.internal.normalise.DeviceValues;
import io.minerops.core.device.internal.normalise.Fans;
import io.minerops.core.device.internal.normalise.MacAddress;
import io.minerops.core.device.internal.normalise.Temperatures;
import io.minerops.core.device.internal.wire.DeviceText;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Iceriver where it speaks CGMiner: none of its machines computes SHA-256, so that it has no rate that counts. */
final class IceriverFamily implements DeviceFamily {
    private static final String NAME = "iceriver";
    private static final List<Command> COMMANDS =
            List.of(Command.VERSION, Command.SUMMARY, Command.STATS, Command.POOLS, Command.DEVS);

    @Override
    public boolean recognises(DeviceReplies replies) {
        return replies.section(Command.VERSION).keyed(NAME) != null
                || names(replies.description())
                || names(replies.type());
    }

    @Override
    public List<Command> commands() {
        return COMMANDS;
    }

    @Override
    public Normalised normalise(DeviceReplies replies, MinerAddress miner, Instant readAt) {
        Fields stats = replies.section(Command.STATS);
        return DeviceValues.of(replies, miner, readAt)
                .set(Temperatures.ofAntminer(stats)
                        .or(() -> Temperatures.of(replies.section(Command.DEVS).numbers("Temperature"))))
                .set(Fans.ofAntminer(stats, true))
                .build(
                        new MinerIdentity(
                                "Iceriver",
                                model(replies.type()),
                                DeviceText.clean(replies.description()),
                                MacAddress.parse(stats.rawText("mac")),
                                null,
                                null),
                        Normalised::new);
    }

    private static boolean names(@Nullable String words) {
        return words != null && words.toLowerCase(Locale.ROOT).contains(NAME);
    }

    private static @Nullable String model(@Nullable String type) {
        return type == null ? null : DeviceText.clean(type.replaceFirst("(?i)" + NAME + "\\s*", ""));
    }
}
