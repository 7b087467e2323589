package io.minerops.testkit.memory;

import io.minerops.api.StaleFenceException;
import io.minerops.api.store.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The leases of instances that share a store in memory. */
final class MemoryLeases {
    private final InstantSource clock;
    private final Map<String, Lease.Held> rows = new TreeMap<>();

    @SuppressWarnings("ThreadLocalUsage") // a store of its own for each test, and removed after each use
    private final ThreadLocal<Lease.@Nullable Fence> fence = new ThreadLocal<>();

    MemoryLeases(InstantSource clock) {
        this.clock = clock;
    }

    Lease of(String instance) {
        return new OfInstance(instance);
    }

    /** Refuses what this thread does under a lease that does not hold. */
    synchronized void check() {
        Lease.Fence needed = fence.get();
        if (needed != null) {
            Lease.Held row = rows.get(needed.job());
            if (row == null || row.token() != needed.token() || !isHeld(row)) {
                throw new StaleFenceException(needed.job(), needed.token());
            }
        }
    }

    private boolean isHeld(Lease.Held row) {
        return row.until().isAfter(clock.instant());
    }

    private synchronized OptionalLong acquire(String job, String instance, Duration ttl) {
        Instant now = clock.instant();
        Lease.@Nullable Held last = rows.get(job);
        Lease.@Nullable Held held = last != null && isHeld(last) ? last : null;
        if (held != null && !held.holder().equals(instance)) {
            return OptionalLong.empty();
        }
        long next = last == null ? 1 : last.token() + 1;
        long token = held == null ? next : held.token();
        Instant since = held == null ? now : held.since();
        rows.put(job, new Lease.Held(job, instance, token, since, now.plus(ttl)));
        return OptionalLong.of(token);
    }

    private synchronized void release(String job, String instance) {
        rows.computeIfPresent(
                job,
                (name, last) -> last.holder().equals(instance)
                        ? new Lease.Held(job, instance, last.token(), last.since(), clock.instant())
                        : last);
    }

    private synchronized Lease.Table table(String instance) {
        return new Lease.Table(
                clock.instant(),
                instance,
                rows.values().stream().filter(this::isHeld).toList());
    }

    private final class OfInstance implements Lease {
        private final String instance;

        private OfInstance(String instance) {
            this.instance = instance;
        }

        @Override
        public OptionalLong acquire(String job, Duration ttl) {
            return MemoryLeases.this.acquire(job, instance, ttl);
        }

        @Override
        public void release(String job) {
            MemoryLeases.this.release(job, instance);
        }

        @Override
        public Optional<Lease.Table> table() {
            return Optional.of(MemoryLeases.this.table(instance));
        }

        @Override
        public void fenced(Lease.Fence needed, Runnable work) {
            Lease.Fence outer = fence.get();
            fence.set(needed);
            try {
                work.run();
            } finally {
                if (outer == null) {
                    fence.remove();
                } else {
                    fence.set(outer);
                }
            }
        }
    }
}
