package io.minerops.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.minerops.core.alert.RuleStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The meters of one rule under one name. */
final class RuleMeters {
    private final MeterRegistry registry;
    private final String name;
    private final Tags tags;
    private final Timer evaluation;
    private final Map<String, Counter> transitions = new HashMap<>();
    private final List<Meter> all = new ArrayList<>();
    private volatile RuleStatistics latest;

    RuleMeters(RuleStatistics rule, MeterRegistry registry) {
        this.registry = registry;
        name = rule.ruleName();
        latest = rule;
        tags = Tags.of("rule_id", Long.toString(rule.ruleId()), "rule", name);
        evaluation = kept(Timer.builder("minerops.alert.rule.evaluation")
                .description("Duration of the evaluation of a rule")
                .tags(tags)
                .register(registry));
        for (String kind : rule.transitions().byKind().keySet()) {
            transitions.put(
                    kind,
                    kept(Counter.builder("minerops.alert.rule.transitions")
                            .description("Transitions of a rule's alerts")
                            .tags(tags)
                            .tag("transition", kind)
                            .register(registry)));
        }
        gauge("covered", "Miners in a rule's scope", RuleStatistics::covered);
        gauge("violated", "Miners in violation of a rule", RuleStatistics::violated);
        gauge("pending", "Miners in violation, but not yet for long enough", RuleStatistics::pending);
        gauge("open", "Miners with an open alert of a rule", RuleStatistics::open);
        suppressed("inhibited", RuleStatistics::inhibited);
        suppressed("silenced", RuleStatistics::silenced);
        suppressed("cooldown", RuleStatistics::coolingDown);
        suppressed("future_sample", RuleStatistics::suspended);
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
        all.forEach(registry::remove);
    }

    private void gauge(String what, String description, ToDoubleFunction<RuleStatistics> value) {
        kept(Gauge.builder("minerops.alert.rule." + what, this, rule -> value.applyAsDouble(rule.latest))
                .description(description)
                .tags(tags)
                .register(registry));
    }

    private void suppressed(String reason, ToDoubleFunction<RuleStatistics> value) {
        kept(Gauge.builder("minerops.alert.rule.suppressed", this, rule -> value.applyAsDouble(rule.latest))
                .description("Miners in violation whose alert is suppressed, by reason")
                .tags(tags)
                .tag("reason", reason)
                .register(registry));
    }

    private <T extends Meter> T kept(T meter) {
        all.add(meter);
        return meter;
    }
}
