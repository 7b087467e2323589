package io.minerops.core.internal.share;

import io.minerops.api.store.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When this instance polls, and its share of the fleet. Where instances share a store, each is a member by a lease of two
 * intervals that it renews at each poll, and polls begin at multiples of the interval by the clock of the store, whatever
 * the clocks of the instances say. A process that is alone polls at once and everything.
 *
 * <p>An instance polls only with a membership that it had renewed before the time of the poll, and that lasts to the end of
 * the interval. So one that renews late leaves its share out once rather than poll it beside its successor. A membership is
 * not given back at a stop: another instance that polls later in the same interval would take the share once more. Not
 * thread-safe, except {@link #seen}, {@link #storeTime} and {@link #untilNext}.
 */
public final class PollTurns {
    private static final int INTERVALS_OF_LEASE = 2;

    private final Lease lease;
    private final Duration interval;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private @Nullable Instant lastPoll;
    private volatile @Nullable Seen seen;

    /**
     * What was seen last.
     *
     * @param table the leases
     * @param nanos when, by the clock of this process that never steps
     * @param at when, by the other clock of this process
     */
    public record Seen(Lease.Table table, long nanos, Instant at) {
        private Optional<Lease.Held> own() {
            return Members.of(table)
                    .filter(held -> held.holder().equals(table.self()))
                    .findFirst();
        }

        /** The instances that live, by name. */
        public List<Lease.Held> members() {
            return Members.of(table).toList();
        }
    }

    public PollTurns(Lease lease, Duration interval, InstantSource clock, LongSupplier nanos) {
        this.lease = lease;
        this.interval = interval;
        this.clock = clock;
        this.nanos = nanos;
    }

    /**
     * Renews the membership, and gives the poll that is to be made now; empty where this instance is not to poll now: it has
     * just joined, or has polled in this interval.
     *
     * @throws io.minerops.api.StoreException if the store fails
     */
    public Optional<Turn> next() {
        Optional<Lease.Table> others = lease.table();
        if (others.isEmpty()) {
            return Optional.of(Turn.alone(clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        }
        String self = others.get().self();
        Seen before = seen;
        if (lease.acquire(Members.lease(self), membership(interval)).isEmpty()) {
            throw new IllegalStateException("another instance is called " + self);
        }
        Seen now = new Seen(lease.table().orElseThrow(), nanos.getAsLong(), clock.instant());
        seen = now;
        return turn(before, now);
    }

    private Optional<Turn> turn(@Nullable Seen before, Seen now) {
        Instant poll = startOfInterval(now.table().now(), interval);
        Optional<Lease.Held> own = now.own();
        if (before == null || own.isEmpty() || poll.equals(lastPoll) || !heldBefore(before, own.get(), poll)) {
            return Optional.empty();
        }
        List<String> sharing = Members.sharing(now.table(), poll, interval);
        if (!sharing.contains(own.get().holder())) {
            return Optional.empty();
        }
        lastPoll = poll;
        Lease.Fence fence = new Lease.Fence(own.get().job(), own.get().token());
        return Optional.of(new Turn(poll, own.get().holder(), Shares.among(sharing), fence));
    }

    private boolean heldBefore(Seen before, Lease.Held own, Instant poll) {
        return before.table().now().isBefore(poll)
                && before.own()
                        .filter(held -> held.token() == own.token() && Members.stays(held, poll, interval))
                        .isPresent();
    }

    /** How long a membership lasts that is not renewed. */
    static Duration membership(Duration interval) {
        return interval.multipliedBy(INTERVALS_OF_LEASE);
    }

    static Instant startOfInterval(Instant time, Duration interval) {
        long length = interval.toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), length) * length);
    }

    /** The time until the next poll of all instances begins; empty where this process is alone, or has not seen the store. */
    public Optional<Duration> untilNext() {
        Seen last = seen;
        if (last == null) {
            return Optional.empty();
        }
        Instant now = last.table().now().plusNanos(nanos.getAsLong() - last.nanos());
        // a little later than the boundary: one that came early would find the interval before
        Duration left = Duration.between(now, startOfInterval(now, interval).plus(interval))
                .plusMillis(2);
        return Optional.of(left);
    }

    /**
     * The present by the clock of the store; empty where this process is alone, or has not seen the store. It follows the
     * clock of this process since, which goes on while the whole machine is suspended.
     */
    public Optional<Instant> storeTime() {
        Seen last = seen;
        return last == null
                ? Optional.empty()
                : Optional.of(last.table().now().plus(Duration.between(last.at(), clock.instant())));
    }

    /** The leases that were seen last; empty where this process is alone, or has not seen the store. */
    public Optional<Seen> seen() {
        return Optional.ofNullable(seen);
    }
}
