package io.minerops.core.alert;

import io.minerops.core.alert.AlertTransition.Counts;

/**
 * What the last check saw of one rule, in miners.
 *
 * @param ruleId the rule
 * @param ruleName its name
 * @param covered miners in its scope
 * @param violated miners past its raising limit, whether or not that raised anything
 * @param pending miners whose condition holds, but not yet for long enough
 * @param open miners with an open alert
 * @param coolingDown miners whose condition holds, kept back by the cooldown
 * @param inhibited miners past the limit, kept back because the miner has an open alert that inhibits this rule
 * @param suspended miners past the limit, kept back because their sample comes from the future
 * @param stopped miners past the limit, left out because they are paused or asleep
 * @param silenced miners with an open alert that a silence covers
 * @param transitions what the check changed
 * @param nanos how long the rule's evaluation took, ns; 0 where the evaluator was given no ticker
 */
public record RuleStatistics(
        long ruleId,
        String ruleName,
        int covered,
        int violated,
        int pending,
        int open,
        int coolingDown,
        int inhibited,
        int suspended,
        int stopped,
        int silenced,
        Counts transitions,
        long nanos) {}
