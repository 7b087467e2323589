package io.minerops.core.market;

import static java.util.Objects.requireNonNull;

import io.minerops.api.profit.ChainSource;
import io.minerops.api.profit.ChainState;
import io.minerops.api.profit.Epoch;
import io.minerops.api.profit.MarketException;
import io.minerops.core.network.EpochTable;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chain by several sources, and the table of epochs that they extend. A source whose chain or epochs contradict the
 * table is refused, and the next one is queried. Thread-safe.
 */
final class ChainFeed {
    private static final Logger log = LoggerFactory.getLogger(ChainFeed.class);

    /** How far the height may be from the one that the table and the time give: by this share of the blocks since then. */
    private static final double MAX_DEVIATION = 0.25;

    private final Failover<ChainSource, ChainState> sources;
    private final AtomicReference<EpochTable> table;
    private final Consumer<String> refusals;
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    /**
     * A feed of these sources.
     *
     * @param sources one or more
     * @param refusals gets a message for each source that is refused, once until it is accepted again
     */
    ChainFeed(
            List<ChainSource> sources,
            AtomicReference<EpochTable> table,
            InstantSource clock,
            Consumer<String> refusals) {
        this.sources = new Failover<>("chain", sources, ChainSource::name, clock);
        this.table = table;
        this.refusals = refusals;
    }

    String names() {
        return sources.names();
    }

    /** The chain by the first source that answers and does not contradict the table. */
    CompletionStage<ChainState> query() {
        return sources.call(this::query);
    }

    private CompletableFuture<ChainState> query(ChainSource source) {
        return Answers.to(source::chain)
                .thenCompose(state -> extended(source, checked(source, state)))
                .thenApply(state -> {
                    refused.remove(source.name());
                    return state;
                });
    }

    /** Extends the table where it lacks epochs up to the height; a source without them leaves it as it is. */
    private CompletableFuture<ChainState> extended(ChainSource source, ChainState state) {
        int missing = firstMissing(state);
        if (missing > state.height() / Epoch.BLOCKS) {
            return CompletableFuture.completedFuture(state);
        }
        return Answers.to(() -> source.epochsFrom(missing)).handle((epochs, failure) -> {
            if (failure == null) {
                epochs.stream()
                        .filter(epoch -> epoch.firstHeight() <= state.height())
                        .forEach(epoch -> table.updateAndGet(before -> with(before, epoch, source)));
            } else {
                log.debug("no epochs: {}", Answers.account(source.name(), Answers.cause(failure)));
            }
            return state;
        });
    }

    private EpochTable with(EpochTable before, Epoch epoch, ChainSource source) {
        try {
            return before.with(epoch, source.name());
        } catch (MarketException contradiction) {
            refuse(source, String.valueOf(contradiction.getMessage()));
            throw contradiction;
        }
    }

    /** The first epoch that is not in the table or has only a calculated time. */
    private int firstMissing(ChainState state) {
        EpochTable known = requireNonNull(table.get());
        int last = (int) (state.height() / Epoch.BLOCKS);
        List<Epoch> exact =
                known.epochs().stream().filter(epoch -> !epoch.timeEstimated()).toList();
        for (int index = 0; index < exact.size(); index++) {
            if (exact.get(index).number() != index) {
                return index;
            }
        }
        return Math.min(exact.size(), last + 1);
    }

    private ChainState checked(ChainSource source, ChainState state) {
        EpochTable known = requireNonNull(table.get());
        Epoch last = known.epochs().get(known.epochs().size() - 1);
        long expected = known.heightAt(state.fetchedAt());
        double allowed = Epoch.BLOCKS + MAX_DEVIATION * (expected - last.firstHeight());
        if (Math.abs(state.height() - expected) > allowed) {
            String refusal = source.name() + ": refused, height " + state.height() + " is not possible at "
                    + state.fetchedAt() + ", when it is about " + expected + " by the epoch table";
            refuse(source, refusal);
            throw new MarketException(refusal);
        }
        return state;
    }

    /** A source that is queried every few minutes would fill log and events with the same refusal. */
    private void refuse(ChainSource source, String refusal) {
        if (refused.add(source.name())) {
            log.warn("{}", refusal);
            try {
                refusals.accept(refusal);
            } catch (RuntimeException e) {
                log.warn("the refusal of {} could not be announced", source.name(), e);
            }
        }
    }
}
