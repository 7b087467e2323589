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
import io.minerops.core.device.internal.normalise.Power;
import io.minerops.core.device.internal.normalise.Sha256;
import io.minerops.core.device.internal.wire.DeviceText;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** StrongU: Hornbill H8 for SHA-256, and the STU-U machines for other coins, one of which its summary names. */
final class StrongUFamily implements DeviceFamily {
    private static final List<Command> COMMANDS =
            List.of(Command.VERSION, Command.SUMMARY, Command.POOLS, Command.DEVS);
    private static final int MAX_FANS = 8;

    /** The driver's name: {@code u2000} is the STU-U2, {@code u6} the STU-U6. */
    private static final Pattern DRIVER = Pattern.compile("^([uh])(\\d)0*(\\+{0,2})$", Pattern.CASE_INSENSITIVE);

    /** Nominal efficiency at the wall, J/TH, as StrongU's product sheets state it. */
    private static final Map<String, Double> JOULES_PER_TH = Map.of("Hornbill H8", 45.0);

    @Override
    public boolean recognises(DeviceReplies replies) {
        Fields summary = replies.section(Command.SUMMARY);
        return summary.has("Miner type") && summary.has("Fan Num");
    }

    @Override
    public List<Command> commands() {
        return COMMANDS;
    }

    @Override
    public Normalised normalise(DeviceReplies replies, MinerAddress miner, Instant readAt) {
        Fields summary = replies.section(Command.SUMMARY);
        Fields boards = replies.section(Command.DEVS);
        String model = model(boards.text("Name"));
        double joulesPerTh = model == null ? Double.NaN : JOULES_PER_TH.getOrDefault(model, Double.NaN);
        Hashrate rate = bitcoin(summary)
                ? Hashrate.of(replies, ExpectedRate.UNKNOWN.ofModel(joulesPerTh, false))
                : Hashrate.ABSENT;
        return DeviceValues.of(replies, miner, readAt)
                .set(rate)
                .set(Power.nominal(joulesPerTh, rate.now()))
                .temperatures(boards.numbers("Temperature"))
                .set(fans(summary).unlessAllStand(rate.atRest()))
                .set(boards(boards))
                .build(
                        new MinerIdentity("StrongU", model, DeviceText.clean(replies.description()), null, null, null),
                        Normalised::new);
    }

    private static boolean bitcoin(Fields summary) {
        String coin = summary.text("Miner type");
        return coin != null && Sha256.mines(coin);
    }

    private static @Nullable String model(@Nullable String driver) {
        Matcher matcher = DRIVER.matcher(driver == null ? "" : driver);
        if (!matcher.matches()) {
            return driver;
        }
        String number = matcher.group(2) + matcher.group(3);
        return matcher.group(1).equalsIgnoreCase("h") ? "Hornbill H" + number : "STU-U" + number;
    }

    private static Fans fans(Fields summary) {
        double count = summary.number("Fan Num");
        return Fans.of(IntStream.rangeClosed(1, MAX_FANS)
                .filter(fan -> !(fan > count))
                .mapToDouble(fan -> summary.number("Fan" + fan))
                .toArray());
    }

    /** Only the later firmwares say how many chips there are. */
    private static Boards boards(Fields boards) {
        List<Fields> rows = boards.each();
        List<Fields> alive = rows.stream()
                .filter(row -> "Alive".equalsIgnoreCase(row.text("Status")))
                .toList();
        if (rows.isEmpty() || boards.has("ChipNum")) {
            return Boards.of(
                    alive.stream().mapToDouble(row -> row.number("ChipNum")).toArray(), rows.size());
        }
        return new Boards(alive.size(), rows.size(), Double.NaN, Double.NaN);
    }
}
