package io.minerops.core.device;

import io.minerops.api.internal.DaemonThreads;
import io.minerops.api.miner.MinerReading;
import io.minerops.core.device.internal.net.PendingReading;
import io.minerops.core.device.internal.net.ReceivedReplies;
import io.minerops.core.device.reply.ReplyListener;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Completes readings on a thread of its own, so that what depends on them never holds up the loop. Thread-safe. */
final class ReadingResults implements AutoCloseable {
    private final ExecutorService executor;
    private final @Nullable ReplyListener listener;

    /**
     * Starts no thread yet.
     *
     * @param maxWaiting how many completions may wait
     * @param listener receives the raw replies of a reading before its completion; null for none
     */
    ReadingResults(int maxWaiting, @Nullable ReplyListener listener) {
        this.listener = listener;
        executor = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(maxWaiting),
                DaemonThreads.named("cgminer-results"));
    }

    /** Completes a reading soon. */
    void conclude(PendingReading reading, MinerReading outcome) {
        try {
            executor.execute(() -> complete(reading, outcome));
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // without a thread for it the reading ends all the same
            complete(reading, outcome);
        }
    }

    private void complete(PendingReading reading, MinerReading outcome) {
        ReceivedReplies heard = reading.heard;
        try {
            if (listener != null && heard != null) {
                heard.announce(reading.miner, listener);
                heard.release();
            }
        } finally {
            reading.result.complete(outcome);
        }
    }

    /** Completes what waits, and takes no more. */
    @Override
    public void close() {
        executor.shutdown();
    }
}
