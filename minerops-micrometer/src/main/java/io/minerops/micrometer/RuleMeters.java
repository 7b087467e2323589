package io.minerops.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.minerops.core.alert.RuleStatistics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The meters of one rule under one name. */
final class RuleMeters {
    private final Meters meters;
    private final String name;
    private final Timer evaluation;
    private final Map<String, Counter> transitions = new HashMap<>();
    private volatile RuleStatistics latest;

    RuleMeters(RuleStatistics rule, Meters all) {
        name = rule.ruleName();
        latest = rule;
        meters = all.others(Tags.of("rule_id", Long.toString(rule.ruleId()), "rule", name));
        evaluation = meters.timer("minerops.alert.rule.evaluation", "Duration of the evaluation of a rule");
        for (String kind : rule.transitions().byKind().keySet()) {
            transitions.put(
                    kind,
                    meters.counter(
                            "minerops.alert.rule.transitions",
                            "Transitions of a rule's alerts",
                            Tags.of("transition", kind)));
        }
        gauge("covered", "Miners in a rule's scope", RuleStatistics::covered);
        gauge("violated", "Miners in violation of a rule", RuleStatistics::violated);
        gauge("pending", "Miners in violation, but not yet for long enough", RuleStatistics::pending);
        gauge("open", "Miners with an open alert of a rule", RuleStatistics::open);
        suppressed("inhibited", RuleStatistics::inhibited);
        suppressed("silenced", RuleStatistics::silenced);
        suppressed("cooldown", RuleStatistics::coolingDown);
        suppressed("future_sample", RuleStatistics::suspended);
        suppressed("stopped", RuleStatistics::stopped);
    }

    boolean isNamed(String other) {
        return name.equals(other);
    }

    /** Takes in what a check saw and did. */
    void take(RuleStatistics rule) {
        latest = rule;
        evaluation.record(Duration.ofNanos(rule.nanos()));
        Map<String, Integer> counts = rule.transitions().byKind();
        transitions.forEach((kind, counter) -> counter.increment(counts.getOrDefault(kind, 0)));
    }

    /** Takes the meters out of the registry. */
    void remove() {
        meters.remove();
    }

    private void gauge(String what, String description, ToDoubleFunction<RuleStatistics> value) {
        meters.gauge(
                "minerops.alert.rule." + what,
                null,
                description,
                Tags.empty(),
                this,
                rule -> value.applyAsDouble(rule.latest));
    }

    private void suppressed(String reason, ToDoubleFunction<RuleStatistics> value) {
        meters.gauge(
                "minerops.alert.rule.suppressed",
                null,
                "Miners in violation whose alert is suppressed, by reason",
                Tags.of("reason", reason),
                this,
                rule -> value.applyAsDouble(rule.latest));
    }
}
