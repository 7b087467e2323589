package io.minerops.server.reload;

import io.minerops.api.internal.DaemonThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the contents of the settings' file and the rules' file, and reloads where one is another than at the last
 * look. A content that cannot be used is tried once, and again when it has changed.
 */
public final class ReloadWatch implements AutoCloseable {
    /** How often a server looks. */
    public static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final String GONE = "gone";
    private static final Logger log = LoggerFactory.getLogger(ReloadWatch.class);

    private final Reload reload;
    private final @Nullable Path settingsFile;
    private @Nullable ScheduledExecutorService looking;
    private List<String> seen;

    /**
     * A watch that checks only on request, and takes the present contents as known.
     *
     * @param settingsFile the file of {@code --config}; null where there is none
     */
    public ReloadWatch(Reload reload, @Nullable Path settingsFile) {
        this.reload = reload;
        this.settingsFile = settingsFile;
        seen = contents();
    }

    /** Looks again and again from now on. */
    public synchronized void start(Duration interval) {
        ScheduledExecutorService executor =
                Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("reload-watch"));
        looking = executor;
        // its failures are reported by the check itself; no thread waits for it
        ScheduledFuture<?> unused = executor.scheduleWithFixedDelay(
                this::lookSafely, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException | Error e) {
            // a task that throws would never be run again, and no change be seen
            log.error("the files could not be looked at; they are looked at again", e);
        }
    }

    /** Looks once; says whether a file had changed. Never throws. */
    public synchronized boolean look() {
        List<String> now = contents();
        if (now.equals(seen)) {
            return false;
        }
        // before reading: what is written meanwhile is then seen as another change
        seen = now;
        try {
            reload.now();
            // another file of rules may be named now
            seen = settingsFile == null ? now : contents();
        } catch (ReloadException e) {
            log.debug("reported by the reload itself", e);
        } catch (RuntimeException | Error e) {
            // whatever it is, the schedule must go on
            log.error("the changed files could not be reloaded", e);
            reload.failed(e);
        }
        return true;
    }

    private List<String> contents() {
        return Stream.of(settingsFile, reload.rulesFile())
                .filter(Objects::nonNull)
                .map(ReloadWatch::content)
                .toList();
    }

    private static String content(Path file) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return file + " " + HexFormat.of().formatHex(digest);
        } catch (IOException e) {
            return file + " " + GONE;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public synchronized void close() {
        if (looking != null) {
            looking.shutdownNow();
        }
    }
}
