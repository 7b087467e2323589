package io.minerops.api.store;

import io.minerops.api.alert.AlertRule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps rules. Every change moves {@link #version()}, so that rules are compiled once per change and not per check.
 * Implementations are thread-safe and throw {@link io.minerops.api.StoreException} when the store fails.
 */
public interface RuleStore {
    /** A number that grows with each change of any rule; 0 before the first. */
    long version();

    /** Every rule, ordered by id. */
    List<AlertRule> all();

    /** The rule of that id; empty where there is none. */
    Optional<AlertRule> find(long id);

    /** Stores a new rule, whatever its id, and returns it with its id and with {@code at} as its times. */
    AlertRule create(AlertRule rule, Instant at);

    /**
     * Stores the rules if there is no rule at all, in one transaction.
     *
     * @return the rules as stored; empty where there are rules already
     */
    List<AlertRule> createIfNone(List<AlertRule> rules, Instant at);

    /** Replaces the rule of the same id and returns it as stored; empty, with nothing stored, where there is none. */
    Optional<AlertRule> update(AlertRule rule, Instant at);

    /**
     * Deletes a rule; its alerts stay, and the next check resolves those that are open.
     *
     * @return whether there was one
     */
    boolean delete(long id);

    /**
     * Stores new rules, replaces others and deletes some, in one transaction.
     *
     * @param created new rules, stored as {@link #create} does
     * @param replaced rules that replace those of the same id
     * @param deleted the ids of rules to delete; those that are not there are passed over
     * @return whether it was done; false where a rule that was to be replaced is not there, and then nothing is changed
     */
    boolean change(List<AlertRule> created, List<AlertRule> replaced, List<Long> deleted, Instant at);
}
