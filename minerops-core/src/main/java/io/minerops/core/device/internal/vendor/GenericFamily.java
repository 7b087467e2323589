package io.minerops.core.device.internal.vendor;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.core.device.family.DeviceFamily;
import io.minerops.core.device.family.Normalised;
import io.minerops.core.device.internal.model.AntminerModel;
import io.minerops.core.device.internal.model.Makers;
import io.minerops.core.device.internal.normalise.DeviceValues;
import io.minerops.core.device.internal.normalise.ExpectedRate;
import io.minerops.core.device.internal.normalise.Hashrate;
import io.minerops.core.device.internal.normalise.Power;
import io.minerops.core.device.internal.normalise.Sha256;
import io.minerops.core.device.internal.wire.DeviceText;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whatever speaks CGMiner and is not known: what its summary says, and the fields of its statistics that mean the same
 * everywhere.
 */
final class GenericFamily implements DeviceFamily {
    private static final List<String> NAMES =
            List.of("Model", "Miner Model", "Product", "PROD", "Miner", "Name", "ID", "Chip", "Algorithm", "Algo");

    @Override
    public boolean recognises(DeviceReplies replies) {
        return true;
    }

    @Override
    public List<Command> commands() {
        return Command.BASIC;
    }

    /** A device without a total is queried for its boards. */
    @Override
    public List<Command> commands(DeviceReplies replies) {
        return Hashrate.commands(replies);
    }

    @Override
    public Normalised normalise(DeviceReplies replies, MinerAddress miner, Instant readAt) {
        DeviceValues normalised = DeviceValues.of(replies, miner, readAt);
        Hashrate rate = setRate(normalised, replies);
        Fields stats = replies.section(Command.STATS);
        WellKnownFields.Device device = WellKnownFields.device(replies);
        AntminerModel antminer = Makers.BITMAIN.equals(device.maker()) ? AntminerModel.parse(device.model()) : null;
        return normalised
                .set(Power.given(WellKnownFields.watts(stats), false, rate.now())
                        .or(Power.nominal(antminer == null ? Double.NaN : antminer.joulesPerTh(), rate.now())))
                .set(WellKnownFields.means(stats), WellKnownFields.peaks(stats))
                .set(WellKnownFields.fans(stats).unlessAllStand(rate.atRest()))
                .set(WellKnownFields.boards(stats, antminer == null ? Double.NaN : antminer.boards()))
                .build(
                        new MinerIdentity(
                                device.maker(),
                                device.model(),
                                firmware(replies),
                                WellKnownFields.mac(replies),
                                null,
                                null),
                        Normalised::new);
    }

    /** Sets and returns the rate. It counts where the device names itself as one for SHA-256, or the coin that it mines. */
    private static Hashrate setRate(DeviceValues device, DeviceReplies replies) {
        Hashrate rate = Hashrate.of(replies, ExpectedRate.of(Hashrate.expected(replies.section(Command.STATS))));
        String coin = replies.section(Command.SUMMARY).text("Miner type");
        String[] names = names(replies);
        if (coin == null ? Sha256.isNamed(names) : Sha256.mines(coin) && !Sha256.isRefused(names)) {
            device.set(rate);
            return rate;
        } else if (coin == null && !Sha256.isRefused(names)) {
            device.unknownAlgorithm(rate);
        }
        return Hashrate.ABSENT;
    }

    /** What the device calls itself, its chips and its algorithm. */
    private static String[] names(DeviceReplies replies) {
        return Stream.concat(
                        Stream.of(replies.description(), replies.type()),
                        Stream.of(Command.VERSION, Command.SUMMARY, Command.STATS, Command.DEVS, Command.EDEVS)
                                .map(replies::section)
                                .flatMap(fields -> NAMES.stream().map(fields::rawText)))
                .filter(Objects::nonNull)
                .toArray(String[]::new);
    }

    private static @Nullable String firmware(DeviceReplies replies) {
        String version = replies.section(Command.VERSION).text("CGMiner");
        String program = version != null ? version : DeviceText.clean(replies.description());
        String named = replies.section(Command.VERSION).text("Firmware");
        return named == null || program == null ? program : DeviceText.clean(named + " (" + program + ")");
    }
}
