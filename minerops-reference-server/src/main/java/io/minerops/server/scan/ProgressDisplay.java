package io.minerops.server.scan;

import io.minerops.core.discovery.DiscoveryOutcome;
import io.minerops.core.discovery.DiscoveryProgress;
import io.minerops.server.cli.Terminal;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows the progress of a scan: a bar that is redrawn on a terminal, a line every few seconds elsewhere, or nothing. */
final class ProgressDisplay {
    private static final int BAR_WIDTH = 30;
    private static final double PERCENT = 100;
    private static final Duration LINE_EVERY = Duration.ofSeconds(5);

    /** How the progress is shown. */
    enum Style {
        BAR,
        LINES,
        NOTHING
    }

    private final PrintWriter err;
    private final Style style;
    private @Nullable Duration lastLine;

    ProgressDisplay(PrintWriter err, Style style) {
        this.err = err;
        this.style = style;
    }

    /** A display for the standard error. */
    static ProgressDisplay on(PrintWriter err, boolean quiet) {
        return new ProgressDisplay(err, quiet ? Style.NOTHING : Terminal.isStandardError() ? Style.BAR : Style.LINES);
    }

    /**
     * Shows the progress until the outcome is there, and gives it back.
     *
     * @throws RuntimeException what the search failed with
     */
    DiscoveryOutcome until(
            CompletableFuture<DiscoveryOutcome> outcome, Supplier<DiscoveryProgress> progress, Duration redraw) {
        while (true) {
            try {
                DiscoveryOutcome result = outcome.get(redraw.toMillis(), TimeUnit.MILLISECONDS);
                show(progress.get(), true);
                return result;
            } catch (TimeoutException e) {
                show(progress.get(), false);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException known ? known : new CompletionException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("the search was interrupted", e);
            }
        }
    }

    void show(DiscoveryProgress progress, boolean last) {
        if (style == Style.BAR) {
            // to the beginning of the line, and what is left of a longer one is erased
            err.print("\r" + bar(progress) + "\u001b[K" + (last ? System.lineSeparator() : ""));
        } else if (style == Style.LINES && (last || isLineDue(progress.elapsed()))) {
            lastLine = progress.elapsed();
            err.println(words(progress));
        }
        err.flush();
    }

    private boolean isLineDue(Duration elapsed) {
        return lastLine == null || elapsed.minus(lastLine).compareTo(LINE_EVERY) >= 0;
    }

    private static String bar(DiscoveryProgress progress) {
        int done = (int) (progress.fraction() * BAR_WIDTH);
        return "[" + "#".repeat(done) + "-".repeat(BAR_WIDTH - done) + "] " + words(progress);
    }

    private static String words(DiscoveryProgress progress) {
        Duration eta = progress.eta();
        String left = eta == null || eta.isZero() ? "" : ", " + clock(eta) + " left";
        return String.format(
                Locale.ROOT,
                "%3d %%  %d of %d queried, %d found, %s%s",
                // never 100 before the end
                (int) (progress.fraction() * PERCENT),
                progress.queried(),
                progress.total(),
                progress.found(),
                clock(progress.elapsed()),
                left);
    }

    private static String clock(Duration duration) {
        return String.format(Locale.ROOT, "%d:%02d", duration.toMinutes(), duration.toSecondsPart());
    }
}
