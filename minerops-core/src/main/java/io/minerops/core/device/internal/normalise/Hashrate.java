package io.minerops.core.device.internal.normalise;

import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 hashrate of one device, TH/s; NaN where absent. Every family states what the device should do, so that a
 * rate that contradicts it is left out and reported.
 *
 * @param now over the shortest window
 * @param average since the mining process started
 * @param implausible what the device reported and cannot do
 */
public record Hashrate(double now, double average, List<Double> implausible) {
    /** No rate, as of a device that computes something else. */
    public static final Hashrate ABSENT = new Hashrate(Double.NaN, Double.NaN, List.of());

    private static final List<Command> ROWS = List.of(Command.STATS, Command.DEVS, Command.EDEVS);

    public Hashrate {
        implausible = List.copyOf(implausible);
    }

    /**
     * Checks what a device reports.
     *
     * @param windows the best first, TH/s; the first that is possible counts
     */
    public static Hashrate checked(ExpectedRate expected, double average, double... windows) {
        List<Double> implausible = new ArrayList<>(0);
        double mean = checked(average, expected, implausible);
        ExpectedRate reference = expected.isKnown() ? expected : ExpectedRate.ofAverage(mean);
        double now = Double.NaN;
        for (int index = 0; index < windows.length && Double.isNaN(now); index++) {
            now = checked(windows[index], reference, implausible);
        }
        return new Hashrate(now, mean, implausible);
    }

    private static double checked(double ths, ExpectedRate expected, List<Double> implausible) {
        if (Double.isNaN(ths) || expected.allows(ths)) {
            return ths;
        }
        implausible.add(ths);
        return Double.NaN;
    }

    /**
     * Reads the fields that most firmwares have: the total of the whole device, in the statistics, else in the summary;
     * where no total is given, the sum of its boards.
     */
    public static Hashrate of(DeviceReplies replies, ExpectedRate expected) {
        Fields summary = replies.section(Command.SUMMARY);
        Fields stats = replies.section(Command.STATS);
        double now = firstOf(gigaTotal(stats, "5s"), total(summary, "5s"), total(summary, "1m"));
        double average = firstOf(gigaTotal(stats, "av"), total(summary, "av"));
        return checked(
                expected,
                Double.isNaN(average) ? ofRows(replies, ROWS, "av") : average,
                Double.isNaN(now) ? ofRows(replies, ROWS, "5s", "1m") : now);
    }

    /** The usual commands, and those for each board where the device has answered them without a total. */
    public static List<Command> commands(DeviceReplies replies) {
        List<Command> commands = new ArrayList<>(Command.BASIC);
        if (replies.answered().contains(Command.POOLS)
                && replies.section(Command.SUMMARY).isEmpty()) {
            commands.add(Command.DEVS);
            if (replies.section(Command.DEVS).isEmpty()) {
                commands.add(Command.EDEVS);
            }
        }
        return commands;
    }

    /** What the statistics expect of the device, TH/s; NaN where they do not say. */
    public static double expected(Fields stats) {
        return stats.number("total_rateideal", "rate_ideal") * thsPerUnit(stats.rawText("rate_unit"));
    }

    /** The sum over the rows of the first of the replies, and of the first of the windows in it, that has any. */
    public static double ofRows(DeviceReplies replies, List<Command> commands, String... windows) {
        return commands.stream()
                .map(replies::section)
                .flatMap(rows -> Stream.of(windows).map(window -> rows(rows, window)))
                .filter(rates -> rates.length > 0)
                .findFirst()
                .map(rates -> Arrays.stream(rates).sum())
                .orElse(Double.NaN);
    }

    /** Whether the device says that it hashes nothing. */
    public boolean atRest() {
        return now == 0;
    }

    /** Statistics with one rate in GH/s are those of a whole device; with more, or in MH/s, those of its boards. */
    private static double gigaTotal(Fields stats, String window) {
        return stats.has("GHS " + window) ? total(stats, window) : Double.NaN;
    }

    private static double total(Fields fields, String window) {
        double[] rates = rows(fields, window);
        return rates.length == 1 ? rates[0] : Double.NaN;
    }

    private static double[] rows(Fields fields, String window) {
        String unit = fields.rawText("rate_unit");
        return fields.each().stream()
                .mapToDouble(row -> window(row, window, unit))
                .filter(rate -> !Double.isNaN(rate))
                .toArray();
    }

    private static double window(Fields row, String window, @Nullable String unit) {
        double giga = row.number("GHS " + window);
        if (!Double.isNaN(giga)) {
            return giga * thsPerUnit(unit);
        }
        return row.number("MHS " + window, "MHS(" + window + ")") / 1e6;
    }

    /** TH/s of a unit; the fields are named GHS whatever they hold, and where the device names its unit, that is believed. */
    public static double thsPerUnit(@Nullable String unit) {
        if (unit == null || unit.isBlank() || unit.startsWith("G")) {
            return 1e-3;
        }
        return unit.startsWith("T") ? 1 : unit.startsWith("M") ? 1e-6 : Double.NaN;
    }

    private static double firstOf(double... values) {
        for (double value : values) {
            if (!Double.isNaN(value)) {
                return value;
            }
        }
        return Double.NaN;
    }
}
