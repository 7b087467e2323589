package io.minerops.server.certify;

import io.minerops.core.certify.BurnIn;
import io.minerops.core.certify.Certificate;
import io.minerops.server.cli.Terminal;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Shows how far a watch has come: a line that is redrawn on a terminal, a line an hour elsewhere, or nothing. */
final class BurnInProgress {
    private static final Duration LINE_EVERY = Duration.ofHours(1);

    private final PrintWriter err;
    private final boolean quiet;
    private final boolean redraws;
    private long lines = -1;

    BurnInProgress(PrintWriter err, boolean quiet) {
        this(err, quiet, Terminal.isStandardError());
    }

    BurnInProgress(PrintWriter err, boolean quiet, boolean redraws) {
        this.err = err;
        this.quiet = quiet;
        this.redraws = redraws;
    }

    void show(BurnIn burnIn) {
        long due = burnIn.covered().dividedBy(LINE_EVERY);
        if (quiet || !burnIn.hasReadings() || (!redraws && due == lines)) {
            return;
        }
        lines = due;
        String text = text(burnIn.certificate(), burnIn.covered());
        err.print(redraws ? "\r" + text + "\u001b[K" : text + System.lineSeparator());
        err.flush();
    }

    /** The next line begins at its beginning. */
    void end() {
        if (!quiet && redraws && lines >= 0) {
            err.println();
            err.flush();
        }
    }

    private static String text(Certificate certificate, Duration covered) {
        Certificate.Work work = certificate.work();
        String proven = Double.isNaN(work.provenThs())
                ? "nothing proven yet"
                : String.format(
                        Locale.ROOT,
                        "proven %.1f TH/s (%.1f to %.1f)",
                        work.provenThs(),
                        work.lowerThs(),
                        work.upperThs());
        return String.format(
                Locale.ROOT,
                "%s of %s h covered, reported %.1f TH/s, %s, %d of %d polls answered",
                clock(covered),
                clock(certificate.criteria().span()),
                work.claimedThs(),
                proven,
                certificate.watch().answered(),
                certificate.watch().polls());
    }

    private static String clock(Duration duration) {
        return String.format(Locale.ROOT, "%d:%02d", duration.toHours(), duration.toMinutesPart());
    }
}
