package io.minerops.core.device.internal.vendor;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.core.device.family.DeviceFamily;
import io.minerops.core.device.family.Normalised;
import io.minerops.core.device.internal.normalise.Boards;
import io.minerops.core.device.internal.normalise.DeviceValues;
import io.minerops.core.device.internal.normalise.ExpectedRate;
import io.minerops.core.device.internal.normalise.Fans;
import io.minerops.core.device.internal.normalise.Hashrate;
import io.minerops.core.device.internal.normalise.Sha256;
import io.minerops.core.device.internal.normalise.Temperatures;
import io.minerops.core.device.internal.wire.DeviceText;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Goldshell and whatever else runs BFGMiner. Goldshell's machines, known by their sensors, compute anything but SHA-256;
 * what another BFGMiner does counts where the device is named as one for SHA-256.
 */
final class GoldshellFamily implements DeviceFamily {
    private static final List<String> OWN_NAMES = List.of("kdaminer", "intminer", "intchains", "goldshell");
    private static final List<Command> COMMANDS =
            List.of(Command.VERSION, Command.SUMMARY, Command.POOLS, Command.DEVS);
    private static final int MAX_FANS = 8;

    @Override
    public boolean recognises(DeviceReplies replies) {
        return named(replies) || replies.description().toLowerCase(Locale.ROOT).startsWith("bfgminer");
    }

    @Override
    public List<Command> commands() {
        return COMMANDS;
    }

    @Override
    public Normalised normalise(DeviceReplies replies, MinerAddress miner, Instant readAt) {
        Fields boards = replies.section(Command.DEVS);
        boolean goldshell = named(replies) || boards.has("tstemp-0") || boards.has("tstemp-2");
        DeviceValues device = DeviceValues.of(replies, miner, readAt);
        if (!goldshell && Sha256.isNamed(replies.type(), boards.rawText("Name"), replies.description())) {
            device.set(rate(replies));
        } else if (!goldshell) {
            device.unknownAlgorithm(rate(replies));
        }
        if (goldshell) {
            device.set(temperatures(boards))
                    .set(Fans.of(fans(boards)))
                    .set(new Boards(alive(boards), count(boards), Double.NaN, Double.NaN));
        }
        return device.build(
                new MinerIdentity(
                        goldshell ? "Goldshell" : null,
                        DeviceText.clean(replies.type()),
                        firmware(replies),
                        null,
                        null,
                        null),
                Normalised::new);
    }

    private static boolean named(DeviceReplies replies) {
        String description = replies.description().toLowerCase(Locale.ROOT);
        String type = replies.type() == null ? "" : replies.type().toLowerCase(Locale.ROOT);
        return OWN_NAMES.stream().anyMatch(name -> description.contains(name) || type.contains(name));
    }

    /** BFGMiner's shortest window is of twenty seconds. */
    private static Hashrate rate(DeviceReplies replies) {
        Fields summary = replies.section(Command.SUMMARY);
        return Hashrate.checked(
                ExpectedRate.UNKNOWN, summary.number("MHS av") / 1e6, summary.number("MHS 20s", "MHS 5s") / 1e6);
    }

    private static Temperatures temperatures(Fields boards) {
        return Temperatures.of(DoubleStream.concat(
                                Arrays.stream(boards.numbers("tstemp-0")), Arrays.stream(boards.numbers("tstemp-1")))
                        .toArray())
                .or(() -> Temperatures.of(boards.numbers("tstemp-2")));
    }

    /** Each board repeats the fans of the whole. */
    private static double[] fans(Fields boards) {
        return IntStream.range(0, MAX_FANS)
                .mapToDouble(fan -> boards.number("fan" + fan))
                .toArray();
    }

    private static double alive(Fields boards) {
        return boards.isEmpty()
                ? Double.NaN
                : boards.each().stream()
                        .filter(board -> "Alive".equalsIgnoreCase(board.text("Status")))
                        .count();
    }

    private static double count(Fields boards) {
        return boards.isEmpty() ? Double.NaN : boards.each().size();
    }

    private static @Nullable String firmware(DeviceReplies replies) {
        String version = replies.section(Command.VERSION).text("Miner");
        return version == null ? DeviceText.clean(replies.description()) : version;
    }
}
