package io.minerops.core.internal.job;

import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIndex;
import io.minerops.api.store.MetricStore;
import io.minerops.api.store.PollQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * The age of stored data by the polls themselves instead of the clock: an interval without polls counts for no more than
 * a limit. So a clock that jumps ahead, or a server that was off, makes nothing old at once.
 *
 * @param newest the newest poll that is not in the future, ms since the epoch
 * @param uncounted what the intervals after the cutoff have beyond the limit, ms; 0 where there was no long one
 */
record CoveredTime(long newest, long uncounted) {
    /** No miner has it: of each poll only the time is wanted. */
    private static final MinerIndex NO_MINER = MinerIndex.of(
            List.of(Miner.builder(MinerAddress.of("0.0.0.0"), Instant.EPOCH).build()));

    /**
     * The state of a store.
     *
     * @param retention how long polls are kept
     * @param maxInterval what an interval between two polls counts at most
     * @return nothing where there is no poll, and so no measure of age
     */
    static Optional<CoveredTime> of(MetricStore metrics, Instant now, Duration retention, Duration maxInterval) {
        Sum all = new Sum(maxInterval.toMillis());
        read(metrics, now, all::add);
        if (all.last.isEmpty()) {
            return Optional.empty();
        }
        Sum beforeCutoff = new Sum(maxInterval.toMillis());
        read(metrics, now, at -> {
            if (all.counted - beforeCutoff.countedUntil(at) > retention.toMillis()) {
                return beforeCutoff.add(at);
            }
            return false;
        });
        return Optional.of(new CoveredTime(all.last.getAsLong(), all.uncounted - beforeCutoff.uncounted));
    }

    /** The time before which data is older than that. */
    Instant before(Duration retention) {
        return Instant.ofEpochMilli(newest).minus(retention).minusMillis(uncounted);
    }

    private static void read(MetricStore metrics, Instant now, LongPredicate consumer) {
        metrics.polls(
                new PollQuery(NO_MINER, Instant.EPOCH, now.plusMillis(1), Set.of()),
                poll -> consumer.test(poll.epochMillis()));
    }

    /** Sums intervals up, ascending. */
    private static final class Sum {
        private final long max;
        private OptionalLong last = OptionalLong.empty();
        private long counted;
        private long uncounted;

        Sum(long max) {
            this.max = max;
        }

        long countedUntil(long at) {
            return counted + (last.isPresent() ? Math.min(max, at - last.getAsLong()) : 0);
        }

        boolean add(long at) {
            if (last.isPresent()) {
                long interval = at - last.getAsLong();
                counted += Math.min(max, interval);
                uncounted += Math.max(0, interval - max);
            }
            last = OptionalLong.of(at);
            return true;
        }
    }
}
