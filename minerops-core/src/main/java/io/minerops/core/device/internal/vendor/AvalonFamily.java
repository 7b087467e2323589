package io.minerops.core.device.internal.vendor;

import io.minerops.api.miner.BoardReading;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.core.device.family.DeviceFamily;
import io.minerops.core.device.family.Normalised;
import io.minerops.core.device.internal.model.AvalonModel;
import io.minerops.core.device.internal.normalise.Boards;
import io.minerops.core.device.internal.normalise.Coolant;
import io.minerops.core.device.internal.normalise.DeviceValues;
import io.minerops.core.device.internal.normalise.ExpectedRate;
import io.minerops.core.device.internal.normalise.Fans;
import io.minerops.core.device.internal.normalise.HashBoards;
import io.minerops.core.device.internal.normalise.Hashrate;
import io.minerops.core.device.internal.normalise.MacAddress;
import io.minerops.core.device.internal.normalise.Plausible;
import io.minerops.core.device.internal.normalise.Power;
import io.minerops.core.device.internal.normalise.SerialNumber;
import io.minerops.core.device.internal.wire.DeviceText;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Canaan's Avalons, which pack what they measure into one text for each of their modules. Sensors at 0, -1 and -273 °C
 * are none, and the average in the summary stays high while a device rests.
 */
public final class AvalonFamily implements DeviceFamily {
    private static final String MODULE = "MM ID";
    private static final List<Command> STATISTICS = List.of(Command.STATS, Command.ESTATS, Command.LITESTATS);
    private static final List<Command> COMMANDS =
            List.of(Command.VERSION, Command.SUMMARY, Command.STATS, Command.POOLS, Command.ESTATS, Command.LITESTATS);

    /** More than one that stands on a desk draws, W. */
    private static final double MAX_W_OF_NANO = 500;
    /** How much more than it delivers a power supply may draw if both figures are to be believed. */
    private static final double WORST_SUPPLY = 1.25;

    /** Where the power supply's fields hold watts. */
    private static final int DELIVERED = 4;

    private static final int DRAWN_BY_NANO_3 = 5;
    private static final int DRAWN = 6;

    @Override
    public boolean recognises(DeviceReplies replies) {
        Fields version = replies.section(Command.VERSION);
        return lower(version.rawText("PROD")).startsWith("ava")
                || replies.section(Command.STATS).keyed("MM Count") != null
                || !texts(replies, MODULE).isEmpty()
                || STATISTICS.stream()
                        .map(replies::section)
                        .anyMatch(stats -> lower(stats.rawText("ID")).startsWith("ava"));
    }

    @Override
    public List<Command> commands() {
        return COMMANDS;
    }

    /** The longer and the shorter statistics are requested only if the usual ones have no modules. */
    @Override
    public List<Command> commands(DeviceReplies replies) {
        List<Command> commands = new ArrayList<>(Command.BASIC);
        for (Command more : List.of(Command.ESTATS, Command.LITESTATS)) {
            if (replies.answered().contains(more) || texts(replies, MODULE).isEmpty()) {
                commands.add(more);
            }
        }
        return commands;
    }

    @Override
    public Normalised normalise(DeviceReplies replies, MinerAddress miner, Instant readAt) {
        List<BracketedText> modules = modules(replies);
        Fields version = replies.section(Command.VERSION);
        AvalonModel model = AvalonModel.parse(version.text("PROD"), version.text("MODEL"), firmware(modules));
        Hashrate hashrate = hashrate(replies, modules);
        DeviceValues device = DeviceValues.of(replies, miner, readAt)
                .set(hashrate)
                .set(power(modules, model, hashrate))
                .set(Reading.AVG_TEMP_C, temperature(modules, "TAvg", "MTavg", false))
                .set(Reading.MAX_TEMP_C, temperature(modules, "TMax", "MTmax", true))
                .set(coolant(modules))
                .set(fans(modules, hashrate))
                .set(boards(replies, modules));
        setUnlessAbsent(device, Reading.ELAPSED_S, max(modules, "Elapsed"));
        setUnlessAbsent(device, Reading.HW_ERRORS, sum(modules, module -> module.number("HW")));
        device.set(hashBoards(modules))
                .state(state(modules))
                .expected(sum(modules, module -> module.number("GHSmm")) / 1e3)
                .extra(Reading.POWER_LIMIT_W, positive(sum(modules, module -> module.number("MPO"))))
                .extra(Reading.FREQUENCY_MHZ, positive(max(modules, "Freq")));
        return device.faults(AvalonFaults.of(modules, model != null && model.isNano(), readAt))
                .build(identity(version, modules, model), Normalised::new);
    }

    private static List<BracketedText> modules(DeviceReplies replies) {
        return read(replies, MODULE).toList();
    }

    private static Stream<BracketedText> read(DeviceReplies replies, String prefix) {
        return texts(replies, prefix).stream().map(text -> BracketedText.of(text, replies.unreadable()));
    }

    /** Those of the first statistics that have any. */
    private static List<String> texts(DeviceReplies replies, String prefix) {
        return STATISTICS.stream()
                .map(command -> replies.section(command).rawTexts(prefix))
                .filter(texts -> !texts.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static Hashrate hashrate(DeviceReplies replies, List<BracketedText> modules) {
        Fields summary = replies.section(Command.SUMMARY);
        double now = sum(modules, module -> module.number("GHSspd")) / 1e3;
        double average = sum(modules, module -> module.number("GHSavg")) / 1e3;
        double expected = sum(modules, module -> module.number("GHSmm")) / 1e3;
        return Hashrate.checked(
                ExpectedRate.of(expected),
                Double.isNaN(average) ? summary.number("MHS av") / 1e6 : average,
                Double.isNaN(now) ? summary.number("MHS 1m", "MHS 5s") / 1e6 : now);
    }

    private static Power power(List<BracketedText> modules, @Nullable AvalonModel model, Hashrate hashrate) {
        double watts = sum(modules, module -> watts(module, model));
        return model != null && model.isNano()
                ? Power.measured(watts, MAX_W_OF_NANO)
                : Power.given(watts, false, hashrate.now())
                        .or(Power.nominal(model == null ? Double.NaN : model.joulesPerTh(), hashrate.now()));
    }

    /**
     * What is drawn from the wall. The fields of the power supply are fault, V and A and W of its output, set voltage and,
     * in the seventh, W of its input; only a supply that delivers something is believed. A Nano's are others.
     */
    private static double watts(BracketedText module, @Nullable AvalonModel model) {
        double wall = module.number("WALLPOWER");
        if (wall > 0) {
            return wall;
        }
        double[] supply = module.numbers("PS");
        if (model != null && model.isNano()) {
            return at(supply, model.key().equals("nano3") ? DRAWN_BY_NANO_3 : DRAWN);
        }
        double delivered = at(supply, DELIVERED);
        double drawn = at(supply, DRAWN);
        return drawn >= delivered && drawn <= delivered * WORST_SUPPLY ? drawn : delivered;
    }

    /** That of the device, and where it is none the mean or the hottest of its boards. */
    private static double temperature(List<BracketedText> modules, String key, String boardKey, boolean hottest) {
        double[] sensors = modules.stream()
                .mapToDouble(module -> sensor(module.number(key)))
                .filter(value -> !Double.isNaN(value))
                .toArray();
        double[] known = sensors.length > 0
                ? sensors
                : modules.stream()
                        .flatMapToDouble(module -> Arrays.stream(module.numbers(boardKey)))
                        .map(AvalonFamily::sensor)
                        .filter(value -> !Double.isNaN(value))
                        .toArray();
        return (hottest ? Arrays.stream(known).max() : Arrays.stream(known).average()).orElse(Double.NaN);
    }

    /** The air that enters is {@code ITemp}, on older firmwares {@code Temp}. */
    private static Coolant coolant(List<BracketedText> modules) {
        return Coolant.of(
                modules.stream()
                        .mapToDouble(module -> module.number(module.text("ITemp") == null ? "Temp" : "ITemp"))
                        .map(AvalonFamily::sensor)
                        .toArray(),
                modules.stream()
                        .mapToDouble(module -> sensor(module.number("OTemp")))
                        .toArray());
    }

    private static double sensor(double celsius) {
        return celsius == 0 || celsius == -1 || celsius == -273 ? Double.NaN : celsius;
    }

    /** Older firmwares have one fan and give it no number. Fans that all stand while nothing is hashed rest as they may. */
    private static Fans fans(List<BracketedText> modules, Hashrate hashrate) {
        double[] rpm = modules.stream()
                .flatMapToDouble(module -> DoubleStream.concat(
                        DoubleStream.of(module.number("Fan")),
                        module.numbered("Fan").stream().mapToDouble(speed -> at(speed, 0))))
                .toArray();
        return hashrate.atRest() ? Fans.ofSlots(rpm) : Fans.of(rpm);
    }

    /** A chip works whose sensor says something; a board is listed with its chips even where none works. */
    private static Boards boards(DeviceReplies replies, List<BracketedText> modules) {
        Stream<BracketedText> more = read(replies, "HBinfo");
        double[] chips = Stream.concat(modules.stream(), more)
                .flatMap(text -> text.numbered("PVT_T").stream())
                .mapToDouble(AvalonFamily::working)
                .toArray();
        double boards = sum(modules, module -> {
            int count = Math.max(module.numbers("MGHS").length, module.numbers("ECHU").length);
            return count == 0 ? Double.NaN : count;
        });
        Boards of = chips.length > 0 ? Boards.of(chips, boards) : byWork(modules, boards);
        double chipsOfModel = sum(modules, module -> module.number("TA"));
        return !(chipsOfModel < of.chipsAlive())
                ? new Boards(of.alive(), of.expected(), of.chipsAlive(), chipsOfModel)
                : of;
    }

    /** Of older firmwares, which say nothing of single chips but count the work of each board. */
    private static Boards byWork(List<BracketedText> modules, double boards) {
        double[] works = modules.stream()
                .flatMapToDouble(module -> Arrays.stream(module.numbers("MW")))
                .filter(work -> !Double.isNaN(work))
                .toArray();
        double alive = Arrays.stream(works).filter(work -> work > 0).count();
        return alive > 0
                ? new Boards(alive, boards >= works.length ? boards : works.length, Double.NaN, Double.NaN)
                : Boards.of(works, boards);
    }

    /** Boards are numbered over all modules. */
    private static HashBoards hashBoards(List<BracketedText> modules) {
        HashBoards boards = new HashBoards();
        int slot = 0;
        for (BracketedText module : modules) {
            double[] rates = module.numbers("MGHS");
            double[] hottest = module.numbers("MTmax");
            List<double[]> chips = module.numbered("PVT_T");
            for (int board = 0; board < rates.length; board++) {
                HashBoards.Slot here = boards.at(slot++)
                        .set(BoardReading.RATE_THS, rates[board] / 1e3)
                        .hottest(BoardReading.CHIP_TEMP_C, sensor(at(hottest, board)));
                if (chips.size() == rates.length) {
                    here.set(BoardReading.CHIPS_ALIVE, working(chips.get(board)));
                }
            }
        }
        return boards;
    }

    /** One that was switched off is in standby; one that has no work says so. */
    private static WorkState state(List<BracketedText> modules) {
        boolean off = modules.stream().anyMatch(module -> module.number("SoftOFF") > 0);
        boolean idle = !modules.isEmpty()
                && modules.stream()
                        .allMatch(module ->
                                String.valueOf(module.text("SYSTEMSTATU")).contains("In Idle"));
        return idle ? (off ? WorkState.ASLEEP : WorkState.IDLE) : WorkState.UNKNOWN;
    }

    private static double positive(double value) {
        return value > 0 ? value : Double.NaN;
    }

    private static double working(double[] chips) {
        return Arrays.stream(chips)
                .filter(celsius -> celsius > Plausible.LOWEST_C
                        && celsius <= Plausible.HIGHEST_C
                        && !Double.isNaN(sensor(celsius)))
                .count();
    }

    private static MinerIdentity identity(Fields version, List<BracketedText> modules, @Nullable AvalonModel model) {
        String loaded = version.text("LVERSION");
        String firmware = firmware(modules);
        return new MinerIdentity(
                "Canaan",
                model == null ? null : model.name(),
                firmware != null ? firmware : loaded != null ? loaded : version.text("VERSION"),
                MacAddress.parse(version.rawText("MAC")),
                null,
                Stream.concat(
                                Stream.ofNullable(version.rawText("DNA")),
                                modules.stream()
                                        .flatMap(module -> Stream.of("DNA", "HDNA")
                                                .flatMap(key -> Stream.ofNullable(module.text(key)))))
                        .flatMap(text -> Stream.ofNullable(SerialNumber.parse(text)))
                        .findFirst()
                        .orElse(null));
    }

    private static @Nullable String firmware(List<BracketedText> modules) {
        return modules.isEmpty() ? null : DeviceText.clean(modules.get(0).text("Ver"));
    }

    private static void setUnlessAbsent(DeviceValues device, Reading reading, double value) {
        if (!Double.isNaN(value)) {
            device.set(reading, value);
        }
    }

    private static double at(double[] values, int index) {
        return index < values.length ? values[index] : Double.NaN;
    }

    private static double max(List<BracketedText> modules, String key) {
        return modules.stream()
                .mapToDouble(module -> module.number(key))
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(Double.NaN);
    }

    private static double sum(List<BracketedText> modules, ToDoubleFunction<BracketedText> figure) {
        double[] figures = modules.stream()
                .mapToDouble(figure)
                .filter(value -> !Double.isNaN(value))
                .toArray();
        return figures.length == 0 ? Double.NaN : Arrays.stream(figures).sum();
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
