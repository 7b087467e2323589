package io.minerops.core.alert.type;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.miner.Miner;
import io.minerops.core.alert.RuleTypes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A type of rule, which describes itself: what people call it, which thresholds and options its rules have, how they
 * depend on each other, how a rule reads as a sentence, and how it judges. Everything that shows or checks rules is fed
 * from here, the rule editor, the JSON Schema, the OpenAPI document and the documentation included. One class per type,
 * registered in {@link RuleTypes}.
 */
public interface RuleTypeDefinition {
    /** The type that this defines. */
    RuleType type();

    /** What people call it, in lower case, such as {@code temperature}. */
    String label();

    /** What rules of this type raise at, as half a sentence, such as {@code mean temperature above a limit}. */
    String summary();

    /** The thresholds that a rule of this type may have, in the order in which a form shows them, besides those that
     * every rule may have, such as {@code for_minutes}. */
    List<Threshold> thresholds();

    /** How the thresholds depend on each other; checked before {@link #compile}. */
    default List<ThresholdConstraint> constraints() {
        return List.of();
    }

    /** The {@linkplain AlertRule#options() options} that a rule of this type may have; none by default. */
    default List<RuleOption> options() {
        return List.of();
    }

    /**
     * The condition of a rule as text, such as {@code mean temperature above 80 °C}. By default the thresholds that the
     * rule sets, each with its label.
     */
    default String sentence(AlertRule rule) {
        Sentence sentence = new Sentence(rule);
        thresholds().forEach(threshold -> sentence.ifSet(threshold.label().toLowerCase(Locale.ROOT), threshold));
        String set = sentence.toString();
        return set.isEmpty() ? summary() : set;
    }

    /**
     * Whether a rule judges by what a miner itself has shown while it was healthy, so that the engine learns that
     * baseline and holds it while the alert is open; false by default.
     */
    default boolean learnsBaseline(AlertRule rule) {
        return false;
    }

    /**
     * Makes a rule ready to judge.
     *
     * @param rule a rule whose thresholds are in their ranges and hold the {@link #constraints}
     * @throws io.minerops.api.InvalidArgumentException if a threshold or an option cannot be used, naming it as
     *     {@code thresholds.NAME} or {@code options.NAME}
     */
    Condition compile(AlertRule rule);

    /**
     * What of a rule can hardly be meant although it can be watched, such as a limit that no reading passes. Only what is
     * certain; called for rules that {@link #compile} takes.
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

    /**
     * Whether an alert of this type is resolved when a user acknowledges it, because it reports what happened and not what
     * goes on; false by default. Then what it reports is accepted and raises no other alert.
     */
    default boolean endsWithAcknowledgement() {
        return false;
    }

    /**
     * Whether rules of this type leave out miners that were stopped on purpose
     * ({@link io.minerops.api.miner.WorkState#isStopped()}): they raise nothing on them, and an open alert stays as it is,
     * without a reminder, until the miner works again. A rule may set its option {@code when} to {@code any} to include
     * them. False by default.
     */
    default boolean exceptStopped() {
        return false;
    }

    /** Whether an open alert of this type makes everything else that is known of the miner meaningless. */
    default boolean inhibitsOthers() {
        return false;
    }

    /**
     * Which threshold of a rule makes it raise more or fewer alerts, and between which values it is worth looking.
     *
     * @param threshold its name
     * @param mildest the value that raises the fewest
     * @param strictest the value that raises the most
     */
    record Tuning(String threshold, double mildest, double strictest) {}
}
