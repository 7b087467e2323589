package io.minerops.benchmarks;

import io.minerops.api.store.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The lease of a store whose times are virtual. Its tokens and its rows are the store's, so that the cost of each step
 * is real and writes are fenced; only from when until when a lease holds follows the virtual clock.
 *
 * @param real the lease of the store
 * @param clock the virtual time, the same for all
 * @param spans from when until when each lease holds, shared by all instances
 */
record VirtualLease(Lease real, InstantSource clock, Map<String, Span> spans) implements Lease {
    /** Longer than any simulation takes. */
    private static final Duration REAL = Duration.ofHours(6);

    /**
     * When a lease holds, in virtual time.
     *
     * @param since its beginning
     * @param until its end
     */
    record Span(Instant since, Instant until) {}

    @Override
    public OptionalLong acquire(String job, Duration ttl) {
        OptionalLong token = real.acquire(job, REAL);
        Instant now = clock.instant();
        if (token.isPresent()) {
            spans.merge(
                    job,
                    new Span(now, now.plus(ttl)),
                    (before, begun) -> before.until().isBefore(now) ? begun : new Span(before.since(), begun.until()));
        }
        return token;
    }

    @Override
    public void release(String job) {
        real.release(job);
        spans.remove(job);
    }

    @Override
    public Optional<Table> table() {
        Instant now = clock.instant();
        return real.table()
                .map(table -> new Table(
                        now,
                        table.self(),
                        table.held().stream()
                                .flatMap(held -> virtual(held, now))
                                .toList()));
    }

    private Stream<Held> virtual(Held held, Instant now) {
        Span span = spans.get(held.job());
        return span == null || !span.until().isAfter(now)
                ? Stream.empty()
                : Stream.of(new Held(held.job(), held.holder(), held.token(), span.since(), span.until()));
    }

    @Override
    public void fenced(Fence fence, Runnable work) {
        real.fenced(fence, work);
    }
}
