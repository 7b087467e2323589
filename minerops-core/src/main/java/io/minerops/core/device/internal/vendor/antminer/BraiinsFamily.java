package io.minerops.core.device.internal.vendor.antminer;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.family.DeviceFamily;
import io.minerops.core.device.family.Normalised;
import io.minerops.core.device.internal.model.AntminerModel;
import io.minerops.core.device.internal.model.Makers;
import io.minerops.core.device.internal.normalise.DeviceValues;
import io.minerops.core.device.internal.normalise.Fans;
import io.minerops.core.device.internal.normalise.Hashrate;
import io.minerops.core.device.internal.normalise.Pools;
import io.minerops.core.device.internal.normalise.Power;
import io.minerops.core.device.internal.normalise.Temperatures;
import io.minerops.core.device.internal.wire.DeviceText;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Braiins OS. At the CGMiner port temperatures, fans and power have commands of their own, and statistics are of no use;
 * if that port gives no summary, its web server is queried: newer versions by a path for each part, older ones
 * by one query.
 */
public final class BraiinsFamily implements DeviceFamily {
    private static final String NAME = "BOS";
    private static final List<Command> COMMANDS = List.of(
            Command.VERSION,
            Command.SUMMARY,
            Command.POOLS,
            Command.TEMPS,
            Command.FANS,
            Command.TUNERSTATUS,
            Command.DEVDETAILS);
    private static final List<Command> FROM_WEB_SERVER =
            List.of(Command.VERSION, Command.BRAIINS_DETAILS, Command.BRAIINS_GRAPHQL);

    /** The release in a build's name: the 22.08-plus of {@code 2022-09-13-0-0a0b0c0d-22.08-plus}. */
    private static final Pattern RELEASE = Pattern.compile("-(\\d{2}\\.\\d{2}(?:\\.\\d+)?)(-plus)?$");

    @Override
    public boolean recognises(DeviceReplies replies) {
        return replies.section(Command.VERSION).keyed(NAME) != null
                || replies.description().regionMatches(true, 0, NAME, 0, NAME.length())
                || BraiinsRest.recognises(replies)
                || BraiinsGraphql.recognises(replies);
    }

    @Override
    public List<Command> commands() {
        return COMMANDS;
    }

    @Override
    public List<Command> commands(DeviceReplies replies) {
        Set<Command> answered = replies.answered();
        if (!replies.section(Command.SUMMARY).isEmpty()) {
            return COMMANDS;
        } else if (BraiinsRest.recognises(replies)) {
            return BraiinsRest.COMMANDS;
        } else if (BraiinsGraphql.recognises(replies)) {
            return List.of(Command.BRAIINS_GRAPHQL, Command.BRAIINS_GRAPHQL_ERRORS);
        }
        return answered.contains(Command.VERSION) ? FROM_WEB_SERVER : COMMANDS;
    }

    @Override
    public Normalised normalise(DeviceReplies replies, MinerAddress miner, Instant readAt) {
        if (replies.section(Command.SUMMARY).isEmpty()) {
            return BraiinsGraphql.recognises(replies)
                    ? BraiinsGraphql.normalise(replies, miner, readAt)
                    : BraiinsRest.normalise(replies, miner, readAt);
        }
        String reported = replies.section(Command.DEVDETAILS).text("Model");
        AntminerModel model = antminer(reported);
        Hashrate hashrate = AntminerFamily.hashrate(replies, model);
        double[] chips = replies.section(Command.DEVDETAILS).numbers("Chips");
        double watts = replies.section(Command.TUNERSTATUS).number("ApproximateMinerPowerConsumption");
        return DeviceValues.of(replies, miner, readAt)
                .set(hashrate)
                .set(power(watts, hashrate, model))
                .set(Temperatures.ofBoards(replies.section(Command.TEMPS), "Chip", "Board"))
                .set(Fans.ofSlots(replies.section(Command.FANS).numbers("RPM")))
                .boards(chips, model == null ? Double.NaN : model.boards())
                .set(Reading.ELAPSED_S, replies.section(Command.SUMMARY).number("Elapsed"))
                .faults(BraiinsFaults.byTuner(replies, readAt))
                .build(
                        new MinerIdentity(
                                maker(reported), Makers.modelName(reported), firmware(replies), null, null, null),
                        Normalised::new);
    }

    /** The maker of a model: Braiins OS runs on its own makers' miners too. One that is not named is an Antminer. */
    static @Nullable String maker(@Nullable String reported) {
        return reported == null ? Makers.BITMAIN : Makers.of(reported);
    }

    /** The Antminer that the device is; null for another maker's. */
    static @Nullable AntminerModel antminer(@Nullable String reported) {
        return Makers.BITMAIN.equals(maker(reported)) ? AntminerModel.parse(reported) : null;
    }

    /** The tuner's figure is calculated by the firmware from voltage and frequency: an estimate. */
    static Power power(double watts, Hashrate hashrate, @Nullable AntminerModel model) {
        return Power.given(watts, true, hashrate.now())
                .or(Power.nominal(model == null ? Double.NaN : model.joulesPerTh(), hashrate.now()));
    }

    /** How many of the web server's pools answer. */
    static double alive(Fields pools, Predicate<Fields> answers) {
        return pools.each().stream()
                .filter(pool -> pool.text("url") != null && answers.test(pool))
                .count();
    }

    /** The one of the web server's pools that is worked for. */
    static @Nullable Pool inUse(Fields pools) {
        return pools.each().stream()
                .filter(pool -> pool.text("url") != null && pool.flag("active"))
                .findFirst()
                .map(pool -> Pools.pool(pool.text("url"), pool.text("user")))
                .orElse(null);
    }

    /** The name of a build as people know it, such as {@code Braiins OS+ 22.08}; the build's own where it has none. */
    static @Nullable String release(@Nullable String build) {
        Matcher release = RELEASE.matcher(build == null ? "" : build);
        return release.find() ? "Braiins OS" + (release.group(2) == null ? " " : "+ ") + release.group(1) : build;
    }

    private static @Nullable String firmware(DeviceReplies replies) {
        String version = replies.section(Command.VERSION).keyed(NAME);
        return version != null ? version : DeviceText.clean(replies.description());
    }
}
