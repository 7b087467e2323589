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
    long nanos;

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
        nanos = 0;
    }

    RuleStatistics statistics() {
        return new RuleStatistics(
                rule.id(), rule.name(), covered, violated, pending, open, coolingDown, inhibited, suspended, nanos);
    }
}
