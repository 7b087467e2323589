package io.minerops.core.alert;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.miner.Miner;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A type of rule: which thresholds it knows and how it judges. One class per type, registered in {@link RuleTypes}. */
public interface RuleTypeDefinition {
    /** The type that this defines. */
    RuleType type();

    /** The names of the thresholds that a rule of this type may have, besides those that every rule may have,
     * such as {@code for_minutes}. */
    Set<String> thresholds();

    /** The names of the {@linkplain AlertRule#options() options} that a rule of this type may have; none by default. */
    default Set<String> options() {
        return Set.of();
    }

    /**
     * Makes a rule ready to judge.
     *
     * @throws io.minerops.api.InvalidArgumentException if a threshold is out of its range, naming it as
     *     {@code thresholds.NAME}, or an option cannot be used, naming it as {@code options.NAME}
     */
    Condition compile(AlertRule rule);

    /**
     * What of a rule can hardly be meant although it can be watched, such as a limit that no reading passes. Only what is
     * certain; asked of rules that {@link #compile} takes.
     *
     * @param covered the miners that the rule covers now, at least one
     * @return one sentence each, for people
     */
    default List<String> warnings(AlertRule rule, List<Miner> covered) {
        return List.of();
    }

    /** Which threshold to turn where a rule raises too many alerts; empty where there is none. */
    default Optional<Tuning> tuning(AlertRule rule) {
        return Optional.empty();
    }

    /**
     * Why a backtest of this type says nothing, in one sentence: it judges by what no history holds. Empty by default, where it
     * judges by what the history has.
     */
    default Optional<String> notInHistory() {
        return Optional.empty();
    }

    /** Whether an open alert of this type makes everything else that is known of the miner meaningless. */
    default boolean inhibitsOthers() {
        return false;
    }
}
