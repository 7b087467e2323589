package io.minerops.server.miner;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All responses of a miner as received, and the readings, for developers who can fix a fault. */
final class FaultReport {
    private FaultReport() {}

    static List<String> of(MinerReport report, String version) {
        List<String> lines = new ArrayList<>();
        lines.add("Report of a miner by " + version);
        lines.add(
                "Accounts, passwords, tokens, serial numbers, network names and halves of hardware addresses are masked.");
        lines.add("Look it over before you pass it on.");
        lines.add("");
        lines.add("== outcome");
        lines.add(report.outcome());
        lines.add("");
        lines.add("== what is read of it");
        lines.addAll(SideBySide.read(report));
        for (MinerReport.RawReply reply : report.replies()) {
            lines.add("");
            lines.add("== reply to " + reply.queried() + ", port " + reply.port() + ", " + reply.bytes().length
                    + " bytes");
            lines.add(visible(report.mask().mask(reply.bytes())));
        }
        return lines;
    }

    /** What steers a terminal is written out, so that it is seen and does nothing. */
    private static String visible(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean steers = (Character.isISOControl(point) && point != '\n')
                    || Character.getType(point) == Character.FORMAT
                    || Character.getType(point) == Character.SURROGATE;
            if (steers) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.toString();
    }
}
