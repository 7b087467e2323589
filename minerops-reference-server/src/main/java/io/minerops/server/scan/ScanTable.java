package io.minerops.server.scan;

import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.Reading;
import io.minerops.core.discovery.DiscoveredMiner;
import io.minerops.core.discovery.DiscoveryOutcome;
import io.minerops.core.discovery.DiscoveryReport;
import io.minerops.core.discovery.DiscoveryReport.UnidentifiedHost;
import io.minerops.core.discovery.Registration;
import io.minerops.server.cli.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a search came to, as text: a table of the miners, what else is open, and the counts. */
final class ScanTable {
    private static final List<String> HEADS =
            List.of("ADDRESS", "VENDOR", "MODEL", "FIRMWARE", "TH/S", "MAC", "SERIAL", "HOSTNAME");
    private static final int HASHRATE = HEADS.indexOf("TH/S");
    private static final int WIDEST = 40;
    private static final double MILLIS_PER_SECOND = 1_000;

    private ScanTable() {}

    static String of(DiscoveryOutcome outcome, int port) {
        DiscoveryReport report = outcome.report();
        StringBuilder text = new StringBuilder();
        if (!report.found().isEmpty()) {
            TextTable table = new TextTable(HEADS, Set.of(HASHRATE));
            report.found().forEach(miner -> table.row(row(miner, port)));
            text.append(table);
            text.append(System.lineSeparator());
        }
        if (!report.unidentified().isEmpty()) {
            line(text, "Open, but not known as a miner:");
            for (UnidentifiedHost host : report.unidentified()) {
                line(text, "  " + host.address().toString(port) + "  " + host.reason());
            }
            text.append(System.lineSeparator());
        }
        counts(report, text);
        Registration registration = outcome.registration();
        if (registration != null) {
            line(
                    text,
                    registration.added() + " added to the registry, "
                            + registration.moved().size() + " moved");
            registration
                    .moved()
                    .forEach(move -> line(
                            text,
                            "  " + move.from().toString(port) + " -> "
                                    + move.to().toString(port)));
        }
        return text.toString();
    }

    private static void counts(DiscoveryReport report, StringBuilder text) {
        line(
                text,
                String.format(
                        Locale.ROOT,
                        "%d found of %d addresses in %.1f s: %d open but not identified, %d refused, %d unresponsive%s%s",
                        report.found().size(),
                        report.total(),
                        report.elapsed().toMillis() / MILLIS_PER_SECOND,
                        report.unidentified().size(),
                        report.refused(),
                        report.silent(),
                        report.notQueried() == 0 ? "" : ", " + report.notQueried() + " not queried",
                        report.cancelled() ? " (interrupted)" : ""));
    }

    private static List<String> row(DiscoveredMiner miner, int port) {
        MinerIdentity identity = miner.identity();
        double hashrate = miner.sample().value(Reading.HASHRATE_THS);
        return List.of(
                miner.address().toString(port),
                shown(identity.vendor()),
                shown(identity.model()),
                shown(identity.firmwareVersion()),
                Double.isNaN(hashrate) ? "-" : String.format(Locale.ROOT, "%.2f", hashrate),
                shown(identity.mac()),
                shown(identity.serial()),
                shown(identity.hostname()));
    }

    private static String shown(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return "-";
        }
        return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…";
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append(System.lineSeparator());
    }
}
