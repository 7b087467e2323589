package io.minerops.api.store;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Poll;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Keeps what miners measured. This is the part of a {@link Store}, which shares its registry; a
 * {@link StandaloneMetricStore} can take its place. Implementations are thread-safe and throw {@link io.minerops.api.StoreException} when the
 * store fails.
 */
public interface MetricStore {
    /**
     * Stores a poll in one transaction: samples, latest readings, identities, and the registration of miners not yet
     * known. Either all of it is stored or nothing. Storing the same poll time again replaces the samples of the
     * miners it names.
     */
    void append(Poll poll);

    /**
     * The latest sample of every registered miner at one consistent point: the sample of the poll appended last in
     * which it answered, or no sample where it never did. Rows keep their order while the registry does not change.
     */
    FleetSnapshot latest();

    /**
     * Gives stored samples to the consumer one after another, ascending by poll time, then by address; stops after
     * {@link HistoryQuery#limit()}.
     *
     * @param consumer takes the time of the poll, or the start of the bucket if a step was requested, and the sample; in
     *     a bucket each reading is the mean of the samples that had it, and pool and state of work are the last that
     *     were reported; where the step is whole hours, a store may take means that it keeps longer than the samples
     */
    void history(HistoryQuery query, BiConsumer<Instant, MetricSample> consumer);

    /**
     * Gives stored polls to the consumer one after another, ascending by time, with only the requested readings,
     * until the consumer wants no more. A poll in which none of the roster's miners answered is given without samples:
     * polls ran. The samples of a poll come in any order. Unlike {@link #history} it makes no object for each
     * sample, and it need not be one consistent point: a poll that is stored meanwhile may be among them.
     *
     * <p>By default it goes through the whole of {@link #history}; a store that holds a long one is worth a reader of
     * its own.
     *
     * @param consumer takes the requested readings of a poll, valid during the call only because they are filled again for
     *     the next, and returns whether it wants more polls
     */
    default void polls(PollQuery query, Predicate<PollColumns> consumer) {
        new PollsOfHistory(query, consumer).read(this);
    }

    /**
     * The coarsest that {@link #history} reads for a query: samples, or roll-ups where the store has them and the step is
     * whole hours or whole UTC days. What is not rolled up yet, such as the present hour, is always made of samples.
     * Default: {@link HistorySource#RAW}.
     */
    default HistorySource source(HistoryQuery query) {
        return HistorySource.RAW;
    }

    /**
     * Gives what each miner's samples of each hour or UTC day came to, ascending by time, then by address, until the
     * consumer wants no more. Hours and days that are not over are made of the samples so far. Roll-ups may go back further than
     * {@link #history}.
     *
     * <p>By default they are made of the whole of {@link #history}; a store that keeps roll-ups has a reader of its own.
     *
     * @param consumer takes a roll-up and returns whether it wants more
     */
    default void rollups(RollupQuery query, Predicate<MetricRollup> consumer) {
        new RollupsOfHistory(query, consumer).read(this);
    }

    /**
     * Gives the same in columns, hour by hour or day by day, ascending by time; the roll-ups of one hour or day may come in
     * several parts. Unlike {@link #rollups} it need not make an object for each, so that years of a fleet can be added up.
     *
     * <p>By default it goes through {@link #rollups}.
     *
     * @param consumer takes roll-ups and returns whether it wants more
     */
    default void rollupColumns(RollupQuery query, Predicate<MetricRollup.Columns> consumer) {
        List<MetricRollup> same = new ArrayList<>();
        boolean[] wanted = {true};
        rollups(query, rollup -> {
            if (!same.isEmpty() && !same.get(0).start().equals(rollup.start())) {
                wanted[0] = consumer.test(MetricRollup.Columns.of(same));
                same.clear();
            }
            same.add(rollup);
            return wanted[0];
        });
        if (wanted[0] && !same.isEmpty()) {
            boolean unused = consumer.test(MetricRollup.Columns.of(same));
        }
    }

    /**
     * Deletes samples of polls before the time given, in steps short enough that appending is not held up. Means over
     * whole hours that a store keeps beside them may stay.
     *
     * @return how many polls were deleted
     */
    int prune(Instant before);

    /**
     * Deletes means of hours before the time given, in such steps too, where a store keeps them longer than the samples
     * that they are of; those of whole days stay.
     *
     * @return how many hours were deleted; 0 for a store that keeps none, which is the default
     */
    default int pruneHourly(Instant before) {
        return 0;
    }

    /**
     * Deletes what is kept of whole UTC days before the time given, in such steps too.
     *
     * @return how many days were deleted; 0 for a store that keeps none, which is the default
     */
    default int pruneDaily(Instant before) {
        return 0;
    }
}
