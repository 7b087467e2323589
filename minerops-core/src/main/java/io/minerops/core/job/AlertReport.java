package io.minerops.core.job;

import io.minerops.api.alert.Alert;
import io.minerops.core.alert.AlertTransition.Counts;
import io.minerops.core.alert.RuleStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The result of one check of the alerts. Immutable.
 *
 * @param at the time of the check
 * @param took how long it took, from the first read of the store to the end of storing, repetitions included
 * @param raised the alerts that began
 * @param resolved the alerts that ended
 * @param transitions how many transitions there were, those of rules that are not watched any more included
 * @param rules what the check saw of each rule, in the order of evaluation; empty where nothing was concluded, because
 *     the clock had stepped back
 * @param enqueued how many messages were put into the outbox; 0 or more
 * @param stale how often the check was repeated, because alert state changed meanwhile
 */
public record AlertReport(
        Instant at,
        Duration took,
        List<Alert> raised,
        List<Alert> resolved,
        Counts transitions,
        List<RuleStatistics> rules,
        int enqueued,
        int stale) {
    public AlertReport {
        raised = List.copyOf(raised);
        resolved = List.copyOf(resolved);
        rules = List.copyOf(rules);
    }
}
