package io.minerops.server.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a command that takes long end gently when the user ends it, such as by Ctrl-C. */
public final class Interrupts {
    private static final Logger log = LoggerFactory.getLogger(Interrupts.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private Interrupts() {}

    /**
     * Does the work; if the process is ended meanwhile, it ends only when the work is done, or after a few seconds.
     *
     * @param end makes the work end soon; called on another thread
     * @param work returns soon after {@code end}
     */
    public static <T> T during(Runnable end, Supplier<T> work) {
        CountDownLatch done = new CountDownLatch(1);
        Thread hook = new Thread(() -> endGently(end, done), "interrupted");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.get();
        } finally {
            done.countDown();
            removeHook(hook);
        }
    }

    private static void endGently(Runnable end, CountDownLatch done) {
        end.run();
        try {
            if (!done.await(LAST_WORDS.toSeconds(), TimeUnit.SECONDS)) {
                log.debug("the command did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            log.debug("the process is ending already");
        }
    }
}
