package io.minerops.core.alert;

import io.minerops.api.alert.AlertRule;

/** Counts what one check did for one rule. */
final class RuleTally {
    private final AlertRule rule;
    private final int covered;
    int violated;
    int pending;
    int open;
    int coolingDown;
    int inhibited;
    int suspended;
    int stopped;
    /** Open alerts that were marked as silenced before the check. */
    int markedBefore;
    /** By how much the check changed their number. */
    private int markedSince;

    long nanos;
    private final TransitionTally transitions = new TransitionTally();

    RuleTally(AlertRule rule, int covered) {
        this.rule = rule;
        this.covered = covered;
    }

    void clear() {
        violated = 0;
        pending = 0;
        open = 0;
        coolingDown = 0;
        inhibited = 0;
        suspended = 0;
        stopped = 0;
        markedSince = 0;
        nanos = 0;
        transitions.clear();
    }

    void add(AlertTransition transition) {
        transitions.add(transition);
    }

    /** So many more open alerts are marked as silenced after the check. */
    void marked(int more) {
        markedSince += more;
    }

    RuleStatistics statistics() {
        return new RuleStatistics(
                rule.id(),
                rule.name(),
                covered,
                violated,
                pending,
                open,
                coolingDown,
                inhibited,
                suspended,
                stopped,
                markedBefore + markedSince,
                transitions.counts(),
                nanos);
    }
}
