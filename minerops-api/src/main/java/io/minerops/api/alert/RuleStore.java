package io.minerops.api.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps rules. Every change moves {@link #version()}, so that rules are compiled once per change and not per check.
 * Implementations are thread-safe and throw {@link io.minerops.api.StoreException} when the store fails.
 */
public interface RuleStore {
    /** A number that grows with each change of any rule, whoever makes it. */
    long version();

    /** Every rule, ordered by id. */
    List<AlertRule> all();

    /** The rule of that id; empty where there is none. */
    Optional<AlertRule> find(long id);

    /** Stores a new rule, whatever its id says, and gives it back with its id and times. */
    AlertRule create(AlertRule rule, Instant at);

    /** Stores the rules if there is no rule at all, in one transaction; gives back those it stored. */
    List<AlertRule> createIfNone(List<AlertRule> rules, Instant at);

    /** Replaces the rule of the same id; empty where there is none. */
    Optional<AlertRule> update(AlertRule rule, Instant at);

    /** Deletes a rule; its alerts stay, and the next check resolves those that are open. Says whether there was one. */
    boolean delete(long id);
}
