package io.minerops.api.store;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Page;
import io.minerops.api.miner.Fact;
import io.minerops.api.miner.FactKind;
import io.minerops.api.miner.MinerAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Keeps what devices reported of themselves, each value with the time for which it held. Of each
 * {@linkplain Fact#subject() subject} at most one fact holds. Times are kept to the millisecond. A miner that is
 * readdressed keeps its facts; one that is removed does too, until they are pruned. Implementations are thread-safe and
 * throw {@link io.minerops.api.StoreException} when the store fails.
 */
public interface FactStore {
    /**
     * Stores facts in their order, in one transaction. What was stored before changes nothing when it is stored again,
     * whatever was stored since:
     *
     * <ul>
     *   <li>A fact that holds, {@link Fact#until()} being null, is added, and the one that its subject had ends at
     *       {@link Fact#from()}, or at its own beginning where that is later. Nothing changes where the subject has this
     *       value already, or a fact of this subject, value and beginning is stored.
     *   <li>A fact that has ended: where its subject has this value since {@link Fact#from()} or before, the stored fact
     *       ends. Else nothing changes.
     * </ul>
     *
     * <p>The miners need not be registered.
     */
    void record(List<Fact> facts);

    /** The facts of these miners that hold, in any order. */
    List<Fact> holding(Collection<MinerAddress> miners);

    /**
     * What changed lately, over all miners: every {@linkplain Fact#isChange() change} that began at the time given or
     * later, and every fault that began or held then or later; ascending by number.
     */
    List<Fact> changedSince(Instant since);

    /**
     * Marks changes of a miner as announced.
     *
     * @param kinds of these kinds
     * @param upTo those that began at this time or before
     * @return how many were marked
     */
    int accept(MinerAddress miner, Set<FactKind> kinds, Instant upTo);

    /**
     * Lists facts, those stored last first.
     *
     * @throws InvalidArgumentException ({@code cursor}) if the cursor is not one that this store gave
     */
    Page<Fact> find(FactQuery query);

    /** Deletes facts that ended before the time given; returns how many. Those that hold stay. */
    int prune(Instant before);
}
