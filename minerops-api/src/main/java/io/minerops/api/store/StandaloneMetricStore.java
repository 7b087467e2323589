package io.minerops.api.store;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;

/**
 * A metric store of its own, such as a time series database, beside a {@link Store} that keeps everything else.
 * {@link Store#withMetrics} puts the two together; {@code MinerOps.builder().store(store).metrics(metrics)} does the
 * same.
 *
 * <p>It knows samples and addresses, and no registry: miners are registered, and the latest samples of unregistered
 * miners left out, by the combined store. Implementations are thread-safe and throw
 * {@link io.minerops.api.StoreException} when the store fails. {@code StandaloneMetricStoreContract} in
 * {@code minerops-testkit} checks one.
 *
 * <p><b>Moves.</b> A miner that answers at another address keeps its history. The store beside this one writes each
 * move in its own transaction and numbers it ({@link MinerStore#moves}); this one applies it by {@link #move} and keeps
 * the number. Where the process dies between the two, or this store fails, the registry, the alerts and the rules have
 * moved and the samples have not: the combined store applies what is missing before it next reads or appends samples.
 * A move that is applied already changes nothing, so it can be repeated.
 */
public interface StandaloneMetricStore extends MetricStore, AutoCloseable {
    /**
     * Stores the samples of a poll, either all or none. Storing the same poll time again replaces the samples of the
     * miners it names. {@link Poll#identities()} are for the registry.
     */
    @Override
    void append(Poll poll);

    /**
     * The latest sample of each miner that has one and was not forgotten since, at one consistent point, in any order:
     * the sample of the poll appended last in which it answered. Pruning keeps it. Of the miners only the addresses are
     * read.
     */
    @Override
    FleetSnapshot latest();

    /**
     * Exchanges what is kept under the two addresses of a move, the samples of the past and the latest, and keeps the
     * number of the move, in one transaction. A move with a number of at most {@link #lastMove()} changes nothing.
     */
    void move(MinerStore.Move move);

    /** The number of the last move that was applied; 0 before the first. */
    long lastMove();

    /**
     * Forgets the latest sample of a miner that is removed from the registry; its history stays until it is pruned. It
     * is called before the miner is removed. Where the process dies between the two, the miner is still registered,
     * without a latest sample until it is polled next. Can be repeated.
     */
    void forget(MinerAddress miner);

    /** Releases files and connections; safe to call twice. */
    @Override
    void close();
}
