package io.minerops.core.alert;

import io.minerops.api.alert.AlertRule;
import io.minerops.core.alert.type.Condition;
import io.minerops.core.alert.type.RuleTimes;

/**
 * A rule made ready to judge the fleet.
 *
 * @param times how long its alerts wait, stay and rest
 * @param inhibitsOthers whether an open alert of it makes everything else known of the miner meaningless
 * @param learnsBaseline whether it judges by what a miner itself has shown
 * @param exceptStopped whether miners that were stopped on purpose are left out
 */
record CompiledRule(
        AlertRule rule,
        Condition condition,
        RuleScope scope,
        RuleTimes times,
        boolean inhibitsOthers,
        boolean learnsBaseline,
        boolean exceptStopped) {
    long id() {
        return rule.id();
    }
}
