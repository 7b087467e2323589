package io.minerops.core.internal.job;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerClient;
import io.minerops.api.miner.MinerReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The readings that were requested and have not ended; one for each miner at most. Not thread-safe. */
final class ReadingsUnderWay {
    private static final Logger log = LoggerFactory.getLogger(ReadingsUnderWay.class);
    private static final int LOST_AFTER_DEADLINES = 3;

    private final MinerClient client;
    private final Duration deadline;
    private final LongSupplier nanos;
    private final Map<MinerAddress, Pending> pending = new LinkedHashMap<>();

    /**
     * @param sinceNanos when it began
     */
    private record Pending(CompletableFuture<MinerReading> reading, long sinceNanos) {}

    ReadingsUnderWay(MinerClient client, Duration deadline, LongSupplier nanos) {
        this.client = client;
        this.deadline = deadline;
        this.nanos = nanos;
    }

    int size() {
        return pending.size();
    }

    /** Requests a reading of each miner that has none under way. */
    void begin(List<MinerAddress> addresses) {
        for (MinerAddress address : addresses) {
            pending.computeIfAbsent(address, miner -> new Pending(read(miner), nanos.getAsLong()));
        }
    }

    /** A client that throws rather than fail the stage costs no other miner its reading. */
    private CompletableFuture<MinerReading> read(MinerAddress miner) {
        try {
            return client.read(miner, deadline).toCompletableFuture();
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Waits until the readings of these miners have ended, or the time is up. */
    void await(List<MinerAddress> expected, Duration atMost) {
        CompletableFuture<Void> all = CompletableFuture.allOf(expected.stream()
                .map(pending::get)
                .filter(Objects::nonNull)
                .map(Pending::reading)
                .toArray(CompletableFuture[]::new));
        try {
            all.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            log.debug("some miners have not answered yet; their readings go into the next poll");
        } catch (ExecutionException e) {
            log.debug("a reading failed; it is reported when the readings are taken");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Takes out the readings that have ended.
     *
     * @param failed makes a reading of what a client failed with instead of giving one
     */
    List<MinerReading> takeEnded(BiFunction<MinerAddress, Throwable, MinerReading> failed) {
        List<MinerReading> readings = new ArrayList<>(pending.size());
        long now = nanos.getAsLong();
        for (Iterator<Map.Entry<MinerAddress, Pending>> all = pending.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<MinerAddress, Pending> entry = all.next();
            MinerReading reading = outcome(entry.getKey(), entry.getValue(), now, failed);
            if (reading != null) {
                all.remove();
                readings.add(reading);
            }
        }
        return readings;
    }

    /** Null where it is still under way. */
    private @Nullable MinerReading outcome(
            MinerAddress miner, Pending entry, long now, BiFunction<MinerAddress, Throwable, MinerReading> failed) {
        CompletableFuture<MinerReading> reading = entry.reading();
        if (reading.isDone()) {
            try {
                return reading.join();
            } catch (RuntimeException e) {
                return failed.apply(miner, e instanceof CompletionException && e.getCause() != null ? e.getCause() : e);
            }
        } else if (now - entry.sinceNanos()
                < deadline.multipliedBy(LOST_AFTER_DEADLINES).toNanos()) {
            return null;
        }
        // a client that lost it would keep this miner from ever being polled again
        reading.cancel(false);
        return new MinerReading.NotRead(miner, "the client gave no outcome long after its deadline");
    }
}
