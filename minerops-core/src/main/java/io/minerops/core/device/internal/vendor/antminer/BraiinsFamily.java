package io.minerops.core.device.internal.vendor.antminer;

import io.minerops.api.miner.BoardReading;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.WorkState;
import io.minerops.core.device.family.Normalised;
import io.minerops.core.device.internal.model.AntminerModel;
import io.minerops.core.device.internal.model.Makers;
import io.minerops.core.device.internal.normalise.DeviceValues;
import io.minerops.core.device.internal.normalise.HashBoards;
import io.minerops.core.device.internal.normalise.Hashrate;
import io.minerops.core.device.internal.normalise.Pools;
import io.minerops.core.device.internal.table.Item;
import io.minerops.core.device.internal.table.Make;
import io.minerops.core.device.internal.table.Row;
import io.minerops.core.device.internal.table.TableFamily;
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
public final class BraiinsFamily extends TableFamily {
    private static final String NAME = "BOS";
    private static final BraiinsRest REST = new BraiinsRest();
    private static final BraiinsGraphql GRAPHQL = new BraiinsGraphql();
    private static final List<Command> FROM_WEB_SERVER =
            List.of(Command.VERSION, Command.BRAIINS_DETAILS, Command.BRAIINS_GRAPHQL);

    /** The release in a build's name: the 22.08-plus of {@code 2022-09-13-0-0a0b0c0d-22.08-plus}. */
    private static final Pattern RELEASE = Pattern.compile("-(\\d{2}\\.\\d{2}(?:\\.\\d+)?)(-plus)?$");

    public BraiinsFamily() {
        super(
                List.of(Command.VERSION, Command.SUMMARY, Command.POOLS),
                Row.of(Item.ESTIMATED_POWER, Command.TUNERSTATUS, "ApproximateMinerPowerConsumption"),
                Row.of(Item.TEMPERATURES, Command.TEMPS, "Chip"),
                Row.of(Item.TEMPERATURES, Command.TEMPS, "Board"),
                Row.of(Item.FAN_SLOTS, Command.FANS, "RPM"),
                Row.of(Item.CHIPS, Command.DEVDETAILS, "Chips"),
                Row.of(Item.POWER_LIMIT_W, Command.TUNERSTATUS, "PowerLimit"),
                Row.of(Item.ELAPSED, Command.SUMMARY, "Elapsed"));
    }

    @Override
    public boolean recognises(DeviceReplies replies) {
        return replies.isNamed(NAME) || REST.recognises(replies) || GRAPHQL.recognises(replies);
    }

    @Override
    public List<Command> commands(DeviceReplies replies) {
        Set<Command> answered = replies.answered();
        if (!replies.section(Command.SUMMARY).isEmpty()) {
            return commands();
        } else if (REST.recognises(replies)) {
            return REST.commands();
        } else if (GRAPHQL.recognises(replies)) {
            return GRAPHQL.commands();
        }
        return answered.contains(Command.VERSION) ? FROM_WEB_SERVER : commands();
    }

    @Override
    public Normalised normalise(DeviceReplies replies, MinerAddress miner, Instant readAt) {
        if (!replies.section(Command.SUMMARY).isEmpty()) {
            return super.normalise(replies, miner, readAt);
        }
        return (GRAPHQL.recognises(replies) ? GRAPHQL : REST).normalise(replies, miner, readAt);
    }

    @Override
    protected Make make(DeviceReplies replies) {
        return make(replies.section(Command.DEVDETAILS).text("Model"));
    }

    @Override
    protected Hashrate rate(DeviceReplies replies, Make make) {
        return AntminerFamily.hashrate(
                replies, antminer(replies.section(Command.DEVDETAILS).text("Model")));
    }

    @Override
    protected void setMore(DeviceValues device, DeviceReplies replies, Hashrate rate, Instant readAt) {
        device.faults(BraiinsFaults.byTuner(replies, readAt)).set(boards(replies));
        if (BraiinsFaults.isTuning(replies)) {
            device.state(WorkState.TUNING);
        }
    }

    private static HashBoards boards(DeviceReplies replies) {
        HashBoards boards = new HashBoards();
        for (Fields row : replies.section(Command.TEMPS).each()) {
            boards.at(row.number("ID"))
                    .hottest(BoardReading.BOARD_TEMP_C, row.number("Board"))
                    .hottest(BoardReading.CHIP_TEMP_C, row.number("Chip"));
        }
        for (Fields row : replies.section(Command.DEVDETAILS).each()) {
            boards.at(row.number("ID")).set(BoardReading.CHIPS_ALIVE, row.number("Chips"));
        }
        return boards;
    }

    /** What the device is. Braiins OS runs on its own makers' miners too; one that is not named is an Antminer. */
    static Make make(@Nullable String reported) {
        return Make.of(maker(reported), Makers.modelName(reported)).as(antminer(reported));
    }

    private static @Nullable String maker(@Nullable String reported) {
        return reported == null ? Makers.BITMAIN : Makers.of(reported);
    }

    /** The Antminer that the device is; null for another maker's. */
    private static @Nullable AntminerModel antminer(@Nullable String reported) {
        return Makers.BITMAIN.equals(maker(reported)) ? AntminerModel.parse(reported) : null;
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

    @Override
    protected @Nullable String program(DeviceReplies replies) {
        String version = replies.section(Command.VERSION).keyed(NAME);
        return version != null ? version : DeviceText.clean(replies.description());
    }
}
