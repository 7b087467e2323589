package io.minerops.core.alert;

import io.minerops.api.alert.AlertRule;
import java.time.Duration;

/** A rule made ready to judge the fleet. */
record CompiledRule(
        AlertRule rule, Condition condition, RuleScope scope, Duration pendingTime, boolean inhibitsOthers) {
    long id() {
        return rule.id();
    }
}
