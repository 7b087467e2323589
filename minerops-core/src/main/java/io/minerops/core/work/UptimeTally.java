package io.minerops.core.work;

import io.minerops.api.store.MetricRollup;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up how a miner spent its time, from polls in ascending order. Not thread-safe. */
final class UptimeTally {
    private static final double MS_PER_S = 1_000;

    private final long since;
    private final long until;
    private final long registered;
    private final long hold;
    private final long maxGap;
    private final Map<TimeUse, Long> sums = new EnumMap<>(TimeUse.class);
    /** Up to where time is counted. */
    private long counted = Long.MIN_VALUE;

    private long sampleAt = Long.MIN_VALUE;
    private TimeUse use = TimeUse.UNOBSERVED;

    /**
     * No polls yet.
     *
     * @param registered before it the absence of samples says nothing
     * @param hold for how long a sample holds without another one
     */
    UptimeTally(Instant since, Instant until, Instant registered, Duration hold) {
        this.since = since.toEpochMilli();
        this.until = until.toEpochMilli();
        this.registered = registered.toEpochMilli();
        this.hold = hold.toMillis();
        maxGap = Math.max(this.hold, MetricRollup.MAX_GAP.toMillis());
    }

    /** A poll ran; {@code sample} is what the miner's sample of it says, null where it has none. */
    void poll(long at, @Nullable TimeUse sample) {
        advance(at);
        if (sample != null) {
            sampleAt = at;
            use = sample;
        }
    }

    /** The sums of the span, which ends now. */
    Uptime finish() {
        advance(until);
        return new Uptime(
                seconds(TimeUse.MINING),
                seconds(TimeUse.STOPPED),
                seconds(TimeUse.DOWN),
                seconds(TimeUse.OFFLINE),
                seconds(TimeUse.UNKNOWN),
                seconds(TimeUse.UNOBSERVED),
                0);
    }

    private void advance(long to) {
        if (counted == Long.MIN_VALUE) {
            add(TimeUse.UNOBSERVED, since, to);
        } else {
            boolean polled = to - counted <= maxGap;
            boolean sampled = sampleAt != Long.MIN_VALUE;
            long held = sampled ? Math.max(counted, Math.min(to, sampleAt + hold)) : counted;
            long known = sampled ? held : Math.max(held, Math.min(to, registered));
            add(use, counted, held);
            add(TimeUse.UNOBSERVED, held, known);
            add(polled ? TimeUse.OFFLINE : TimeUse.UNOBSERVED, known, to);
        }
        counted = Math.max(counted, to);
    }

    private void add(TimeUse what, long from, long to) {
        long length = Math.min(to, until) - Math.max(from, since);
        if (length > 0) {
            sums.merge(what, length, Long::sum);
        }
    }

    private double seconds(TimeUse what) {
        return sums.getOrDefault(what, 0L) / MS_PER_S;
    }
}
