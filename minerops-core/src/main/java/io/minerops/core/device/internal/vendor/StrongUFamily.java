package io.minerops.core.device.internal.vendor;

import io.minerops.core.device.internal.normalise.Boards;
import io.minerops.core.device.internal.normalise.DeviceValues;
import io.minerops.core.device.internal.normalise.ExpectedRate;
import io.minerops.core.device.internal.normalise.Fans;
import io.minerops.core.device.internal.normalise.Hashrate;
import io.minerops.core.device.internal.normalise.Sha256;
import io.minerops.core.device.internal.table.Item;
import io.minerops.core.device.internal.table.Make;
import io.minerops.core.device.internal.table.Row;
import io.minerops.core.device.internal.table.TableFamily;
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
final class StrongUFamily extends TableFamily {
    private static final int MAX_FANS = 8;

    /** The driver's name: {@code u2000} is the STU-U2, {@code u6} the STU-U6. */
    private static final Pattern DRIVER = Pattern.compile("^([uh])(\\d)0*(\\+{0,2})$", Pattern.CASE_INSENSITIVE);

    /** Nominal efficiency at the wall, J/TH, as StrongU's product sheets state it. */
    private static final Map<String, Double> JOULES_PER_TH = Map.of("Hornbill H8", 45.0);

    StrongUFamily() {
        super(
                List.of(Command.VERSION, Command.SUMMARY, Command.POOLS),
                Row.of(Item.TEMPERATURES, Command.DEVS, "Temperature"));
    }

    @Override
    public boolean recognises(DeviceReplies replies) {
        Fields summary = replies.section(Command.SUMMARY);
        return summary.has("Miner type") && summary.has("Fan Num");
    }

    @Override
    protected Make make(DeviceReplies replies) {
        String model = model(replies.section(Command.DEVS).text("Name"));
        return Make.of("StrongU", model).needing(model == null ? null : JOULES_PER_TH.get(model));
    }

    @Override
    protected Hashrate rate(DeviceReplies replies, Make make) {
        return bitcoin(replies.section(Command.SUMMARY))
                ? Hashrate.of(replies, ExpectedRate.UNKNOWN.ofModel(make.joulesPerTh(), false))
                : Hashrate.ABSENT;
    }

    @Override
    protected void setMore(DeviceValues device, DeviceReplies replies, Hashrate rate, Instant readAt) {
        device.set(fans(replies.section(Command.SUMMARY)).unlessAllStand(rate.atRest()))
                .set(boards(replies.section(Command.DEVS)));
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
