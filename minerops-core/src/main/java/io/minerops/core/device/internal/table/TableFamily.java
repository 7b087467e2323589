package io.minerops.core.device.internal.table;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.core.device.family.DeviceFamily;
import io.minerops.core.device.family.Normalised;
import io.minerops.core.device.internal.normalise.Boards;
import io.minerops.core.device.internal.normalise.Coolant;
import io.minerops.core.device.internal.normalise.DeviceValues;
import io.minerops.core.device.internal.normalise.ExpectedRate;
import io.minerops.core.device.internal.normalise.Fans;
import io.minerops.core.device.internal.normalise.Faults;
import io.minerops.core.device.internal.normalise.Hashrate;
import io.minerops.core.device.internal.normalise.Power;
import io.minerops.core.device.internal.normalise.States;
import io.minerops.core.device.internal.normalise.Temperatures;
import io.minerops.core.device.internal.wire.DeviceText;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A family whose fields are a table. Of several rows for one item the first that has it counts; what no row can express is
 * a method of the family.
 */
public abstract class TableFamily implements DeviceFamily {
    private final List<Command> commands;
    private final Map<Item, List<Row>> table;

    /**
     * @param first commands that are sent before those of the table: to recognise a device, or of which no row is needed
     */
    protected TableFamily(List<Command> first, Row... table) {
        this.table = Stream.of(table).collect(Collectors.groupingBy(Row::item));
        this.commands = Stream.concat(first.stream(), Stream.of(table).map(Row::command))
                .distinct()
                .toList();
    }

    @Override
    public final List<Command> commands() {
        return commands;
    }

    @Override
    public Normalised normalise(DeviceReplies replies, MinerAddress miner, Instant readAt) {
        Make make = make(replies);
        Hashrate rate = rate(replies, make);
        boolean byCgminer = commands.contains(Command.SUMMARY);
        DeviceValues device = byCgminer ? DeviceValues.of(replies, miner, readAt) : DeviceValues.empty(miner, readAt);
        device.set(rate)
                .set(power(replies, rate, make))
                .set(temperatures(Item.TEMPERATURES, replies))
                .set(new Coolant(temperatures(Item.INLETS, replies), temperatures(Item.OUTLETS, replies)))
                .set(fans(replies, rate.atRest(), make.liquidCooled()))
                .set(boards(replies, rate.atRest(), make.boards()));
        for (Item counter : Item.COUNTERS) {
            if (!rows(counter).isEmpty()) {
                device.set(counter.reading(), number(counter, replies));
            }
        }
        for (Item extra : Item.EXTRAS) {
            double value = number(extra, replies);
            if (value > 0) {
                device.extra(extra.reading(), value);
            }
        }
        device.expected(
                        rate.equals(Hashrate.ABSENT)
                                ? Double.NaN
                                : expected(replies).ths())
                .state(States.ofWord(text(Item.STATE, replies)));
        if (!rows(Item.FAULTS).isEmpty()) {
            Faults faults = new Faults(readAt);
            rows(Item.FAULTS).forEach(row -> row.addTo(faults, replies));
            device.faults(faults.list());
        }
        setMore(device, replies, rate, readAt);
        return device.build(identity(replies, make), Normalised::new);
    }

    /** What the device is. */
    protected abstract Make make(DeviceReplies replies);

    /** The rate; absent where the device computes something other than SHA-256. Default: the table's, by the model. */
    protected Hashrate rate(DeviceReplies replies, Make make) {
        return rate(replies, expected(replies).ofModel(make.joulesPerTh(), make.liquidCooled()));
    }

    /** What runs on the device, where no row has its firmware. Default: what the status of its replies says. */
    protected @Nullable String program(DeviceReplies replies) {
        return DeviceText.clean(replies.description());
    }

    /** Sets what no row can express. Default: nothing. */
    protected void setMore(DeviceValues device, DeviceReplies replies, Hashrate rate, Instant readAt) {}

    /** The rate that the device says it should have; 0 or less is how firmwares say that they do not know. */
    protected final ExpectedRate expected(DeviceReplies replies) {
        return ExpectedRate.of(rows(Item.EXPECTED_RATE).stream()
                .mapToDouble(row -> row.number(replies))
                .filter(ths -> ths > 0)
                .findFirst()
                .orElse(Double.NaN));
    }

    /** The rate of the table, checked against what the device should do. */
    protected final Hashrate rate(DeviceReplies replies, ExpectedRate expected) {
        double[] windows =
                rows(Item.RATE).stream().mapToDouble(row -> row.number(replies)).toArray();
        return Hashrate.checked(expected, number(Item.AVERAGE_RATE, replies), windows);
    }

    private Power power(DeviceReplies replies, Hashrate rate, Make make) {
        return Stream.of(Item.POWER, Item.ESTIMATED_POWER)
                .flatMap(item -> rows(item).stream())
                .map(row -> Power.given(row.number(replies), row.item() == Item.ESTIMATED_POWER, rate.now()))
                .reduce(Power.ABSENT, Power::or)
                .or(Power.nominal(make.joulesPerTh(), rate.now()));
    }

    private Temperatures temperatures(Item item, DeviceReplies replies) {
        Temperatures known = Temperatures.of();
        for (Row row : rows(item)) {
            known = known.or(() -> Temperatures.of(row.numbers(replies).toArray()));
        }
        return known;
    }

    private Fans fans(DeviceReplies replies, boolean atRest, boolean liquidCooled) {
        double[] rpm = Stream.of(Item.FANS, Item.FANS_IN_USE, Item.FAN_SLOTS)
                .flatMapToDouble(item -> Arrays.stream(numbers(item, replies)))
                .toArray();
        boolean slots = !rows(Item.FAN_SLOTS).isEmpty()
                || (atRest && !rows(Item.FANS_IN_USE).isEmpty());
        return slots ? Fans.ofSlots(rpm) : Fans.of(rpm).unlessAllStand(atRest || liquidCooled);
    }

    private Boards boards(DeviceReplies replies, boolean atRest, double boardsOfModel) {
        if (!rows(Item.CHIPS).isEmpty()) {
            return Boards.of(numbers(Item.CHIPS, replies), boardsOfModel);
        }
        double alive = atRest ? Double.NaN : number(Item.BOARDS, replies);
        return new Boards(
                alive, number(Item.EXPECTED_BOARDS, replies), Double.NaN, number(Item.EXPECTED_CHIPS, replies));
    }

    private MinerIdentity identity(DeviceReplies replies, Make make) {
        String firmware = text(Item.FIRMWARE, replies);
        String serial = text(Item.SERIAL, replies);
        return new MinerIdentity(
                make.maker(),
                make.model(),
                firmware == null ? program(replies) : firmware,
                text(Item.MAC, replies),
                text(Item.HOSTNAME, replies),
                serial == null ? text(Item.CERTAIN_SERIAL, replies) : serial);
    }

    private double number(Item item, DeviceReplies replies) {
        return rows(item).stream()
                .mapToDouble(row -> row.number(replies))
                .filter(value -> !Double.isNaN(value))
                .findFirst()
                .orElse(Double.NaN);
    }

    private double[] numbers(Item item, DeviceReplies replies) {
        return rows(item).stream().flatMapToDouble(row -> row.numbers(replies)).toArray();
    }

    private @Nullable String text(Item item, DeviceReplies replies) {
        return rows(item).stream()
                .map(row -> row.text(replies))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private List<Row> rows(Item item) {
        return table.getOrDefault(item, List.of());
    }
}
