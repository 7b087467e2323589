package io.minerops.server.miner;

import io.minerops.core.device.internal.redact.ReplyOutline;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a miner says on the left, and what is read of it on the right. */
final class SideBySide {
    /** The columns of the left side; longer lines go on in the next. */
    static final int LEFT = 66;

    private static final int RIGHT = 52;
    private static final String BETWEEN = " | ";

    private SideBySide() {}

    static List<String> of(MinerReport report) {
        List<String> left = wrapped(says(report), LEFT);
        List<String> right = wrapped(read(report), RIGHT);
        List<String> lines = new ArrayList<>();
        lines.add(report.outcome());
        lines.add("");
        lines.add(line("WHAT IT SAYS", "WHAT IS READ OF IT"));
        lines.add("-".repeat(LEFT + 1) + "+" + "-".repeat(RIGHT + 1));
        for (int row = 0; row < Math.max(left.size(), right.size()); row++) {
            lines.add(line(at(left, row), at(right, row)));
        }
        return lines;
    }

    private static List<String> says(MinerReport report) {
        List<String> lines = new ArrayList<>();
        for (MinerReport.RawReply reply : report.replies()) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.add(reply.queried() + " (port " + reply.port() + ", " + reply.bytes().length + " bytes)");
            ReplyOutline.of(reply.commands(), reply.bytes(), report.mask()).forEach(line -> lines.add("  " + line));
        }
        if (lines.isEmpty()) {
            lines.add("nothing");
        }
        return lines;
    }

    /** The lines of the right side; the report that leaves the house has them too. */
    static List<String> read(MinerReport report) {
        List<String> lines = new ArrayList<>();
        report.identity().forEach((key, value) -> lines.add(pair(key, value == null ? "-" : value)));
        report.readings()
                .forEach((key, value) -> lines.add(pair(
                        key,
                        Double.isNaN(value)
                                ? "-"
                                : number(value)
                                        + (key.equals("power_w") && report.powerEstimated() ? " (estimated)" : ""))));
        lines.addAll(faults(report));
        lines.add(pair("repairs", Integer.toString(report.repairs())));
        lines.add(pair("cannot be", report.implausible().isEmpty() ? "-" : ""));
        report.implausible().forEach(each -> lines.add("  " + each));
        lines.add(pair("not answered", report.missing().isEmpty() ? "-" : String.join(", ", report.missing())));
        return lines;
    }

    private static List<String> faults(MinerReport report) {
        List<MinerReport.ShownFault> faults = report.faults();
        List<String> lines = new ArrayList<>();
        lines.add(pair("faults", faults == null ? "-" : faults.isEmpty() ? "none" : ""));
        for (MinerReport.ShownFault fault : faults == null ? List.<MinerReport.ShownFault>of() : faults) {
            lines.add("  " + fault.code()
                    + (fault.message().isEmpty() ? "" : ": " + fault.message())
                    + (fault.since() == null ? "" : " (since " + fault.since() + ")"));
        }
        return lines;
    }

    private static String pair(String key, String value) {
        return String.format(Locale.ROOT, "%-17s %s", key, value).stripTrailing();
    }

    /** As it is, without an exponent and without a fraction where it has none. */
    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static String line(String left, String right) {
        return (left + " ".repeat(Math.max(0, LEFT - left.length())) + BETWEEN + right).stripTrailing();
    }

    private static String at(List<String> lines, int row) {
        return row < lines.size() ? lines.get(row) : "";
    }

    private static List<String> wrapped(List<String> lines, int width) {
        List<String> wrapped = new ArrayList<>();
        for (String line : lines) {
            String rest = line;
            while (rest.length() > width) {
                int end = Character.isHighSurrogate(rest.charAt(width - 1)) ? width - 1 : width;
                wrapped.add(rest.substring(0, end));
                rest = "    " + rest.substring(end);
            }
            wrapped.add(rest);
        }
        return wrapped;
    }
}
