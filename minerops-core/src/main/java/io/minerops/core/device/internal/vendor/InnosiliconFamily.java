package io.minerops.core.device.internal.vendor;

import io.minerops.core.device.internal.normalise.DeviceValues;
import io.minerops.core.device.internal.normalise.ExpectedRate;
import io.minerops.core.device.internal.normalise.Hashrate;
import io.minerops.core.device.internal.normalise.Temperatures;
import io.minerops.core.device.internal.table.Item;
import io.minerops.core.device.internal.table.Make;
import io.minerops.core.device.internal.table.Row;
import io.minerops.core.device.internal.table.TableFamily;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Innosilicon: T1 to T3 for SHA-256, and others for other algorithms. Most report fans as a share of their full speed, which
 * is no speed. HonorKnight's machines have the same firmware.
 */
final class InnosiliconFamily extends TableFamily {
    private static final Pattern MODEL =
            Pattern.compile("innominer[\\s_-]+([a-z]\\d{1,2}[a-z]{0,3}\\+{0,2})", Pattern.CASE_INSENSITIVE);
    private static final Pattern SHA256 = Pattern.compile("T[1-3]\\D.*|T[1-3]");
    /** None of the maker's machines for other algorithms does half of this, TH/s, and every T1 to T3 more. */
    private static final double ONLY_SHA256_THS = 10;

    private static final List<Command> BOARDS = List.of(Command.DEVS, Command.EDEVS);

    /** The names that go with what the firmware calls the machine. */
    private static final Map<String, String> FULL_NAMES = Map.of("A9", "A9 ZMaster", "A8", "A8 CryptoMaster");

    /** Nominal efficiency at the wall, J/TH, as Innosilicon's product sheets state it. */
    private static final Map<String, Double> JOULES_PER_TH =
            Map.of("T2T", 82.0, "T2T+", 69.0, "T3", 49.0, "T3+", 58.0, "T3H+", 56.0);

    InnosiliconFamily() {
        super(
                Command.BASIC,
                Row.sum(Item.POWER, Command.STATS, "power"),
                Row.of(Item.CHIPS, Command.STATS, "Num active chips"));
    }

    @Override
    public boolean recognises(DeviceReplies replies) {
        Fields stats = replies.section(Command.STATS);
        return replies.description().toLowerCase(Locale.ROOT).startsWith("innominer")
                || (stats.has("Num active chips") && stats.has("Fan duty"));
    }

    /** A device without a total is queried for its boards. */
    @Override
    public List<Command> commands(DeviceReplies replies) {
        return Hashrate.commands(replies);
    }

    @Override
    protected Make make(DeviceReplies replies) {
        Fields stats = replies.section(Command.STATS);
        String model = model(replies);
        WellKnownFields.Device other = WellKnownFields.byChip(stats);
        return new Make(
                other == null ? "Innosilicon" : other.maker(),
                model == null ? null : FULL_NAMES.getOrDefault(model, model),
                model == null ? Double.NaN : JOULES_PER_TH.getOrDefault(model, Double.NaN),
                stats.numbers("Num chips").length,
                false);
    }

    @Override
    protected void setMore(DeviceValues device, DeviceReplies replies, Hashrate rate, Instant readAt) {
        Fields stats = replies.section(Command.STATS);
        device.set(Temperatures.of(stats.numbers("Temp")), Temperatures.of(stats.numbers("Temp max")))
                .set(WellKnownFields.fans(stats).unlessAllStand(rate.atRest()));
    }

    private static @Nullable String model(DeviceReplies replies) {
        Matcher matcher = MODEL.matcher(replies.description());
        return matcher.find() ? matcher.group(1).toUpperCase(Locale.ROOT) : null;
    }

    /** The statistics' rates are what each board could do, and not what it does. */
    @Override
    protected Hashrate rate(DeviceReplies replies, Make make) {
        String model = model(replies);
        Fields summary = replies.section(Command.SUMMARY);
        double average = summary.number("MHS av") / 1e6;
        double now = summary.number("MHS 1m", "MHS 5s", "MHS 5m") / 1e6;
        Hashrate rate = Hashrate.checked(
                expected(replies.section(Command.STATS), make),
                Double.isNaN(average) ? Hashrate.ofRows(replies, BOARDS, "av") : average,
                Double.isNaN(now) ? Hashrate.ofRows(replies, BOARDS, "1m", "5s", "5m") : now);
        boolean sha256 = model == null
                ? rate.average() >= ONLY_SHA256_THS
                : SHA256.matcher(model).matches();
        return sha256 ? rate : Hashrate.ABSENT;
    }

    /** Where every board states what it could do, the sum of that. */
    private static ExpectedRate expected(Fields stats, Make make) {
        List<Fields> boards =
                stats.each().stream().filter(board -> board.has("Num chips")).toList();
        double sum =
                boards.stream().mapToDouble(board -> board.number("MHS av")).sum();
        return ExpectedRate.of(sum / 1e6).ofModel(make.joulesPerTh(), false);
    }
}
