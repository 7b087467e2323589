package io.minerops.core.service;

import io.minerops.core.discovery.DiscoveredMiner;
import io.minerops.core.discovery.DiscoveryOutcome;
import io.minerops.core.discovery.DiscoveryProgress;
import io.minerops.core.discovery.DiscoveryRun;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One discovery with its result and progress. Thread-safe. */
public final class DiscoveryJob {
    /** The states of a discovery, from {@link #RUNNING} on. */
    public enum State {
        /** Addresses are being queried. */
        RUNNING,
        /** All were queried; known miners that moved are being looked for at their old addresses, and the registry changed. */
        REGISTERING,
        /** It is over. */
        DONE,
        /** It was ended before its time; nothing was registered. */
        CANCELLED,
        /** A fault ended it. */
        FAILED
    }

    private final long id;
    private final Instant startedAt;
    private final DiscoveryRun run;
    private final CompletableFuture<DiscoveryOutcome> outcome;

    DiscoveryJob(long id, Instant startedAt, DiscoveryRun run, CompletableFuture<DiscoveryOutcome> outcome) {
        this.id = id;
        this.startedAt = startedAt;
        this.run = run;
        this.outcome = outcome;
    }

    /** Its number, from 1, never given twice by one {@link DiscoveryService}. */
    public long id() {
        return id;
    }

    /** When it was started. */
    public Instant startedAt() {
        return startedAt;
    }

    /** The progress as it is now; final once it is over. */
    public DiscoveryProgress progress() {
        return run.progress();
    }

    /** The miners found so far, in the order of their answers. */
    public List<DiscoveredMiner> found() {
        return run.found();
    }

    /** Its present state. */
    public State state() {
        DiscoveryOutcome result = result();
        if (result != null) {
            return result.report().cancelled() ? State.CANCELLED : State.DONE;
        } else if (outcome.isCompletedExceptionally()) {
            return State.FAILED;
        }
        return run.isOver() ? State.REGISTERING : State.RUNNING;
    }

    /** What it came to; null while it runs and where it failed. */
    public @Nullable DiscoveryOutcome result() {
        return outcome.isDone() && !outcome.isCompletedExceptionally() ? outcome.join() : null;
    }

    /** What fault ended it, one sentence; null where none did. */
    public @Nullable String failure() {
        if (!outcome.isCompletedExceptionally()) {
            return null;
        }
        try {
            outcome.join();
            return null;
        } catch (CancellationException | CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String message = cause.getMessage();
            return message == null ? cause.getClass().getSimpleName() : message;
        }
    }

    /**
     * Completes with the result, of a cancelled discovery too; fails where a fault ends it, such as a store that cannot
     * be written. Cancelling the stage does not cancel the discovery.
     */
    public CompletionStage<DiscoveryOutcome> outcome() {
        return outcome.copy();
    }

    /** Cancels the queries, after which nothing is registered; does nothing if all were queried. */
    public void cancel() {
        run.cancel();
    }

    boolean isOver() {
        return outcome.isDone();
    }
}
