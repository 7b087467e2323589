package io.minerops.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.minerops.core.alert.RuleStatistics;
import io.minerops.core.job.AlertListener;
import io.minerops.core.job.AlertReport;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The meters of the alert engine, fed by the reports of its checks. A rule that is not watched any more has none. */
final class AlertMeters implements AlertListener {
    private final MeterRegistry registry;
    private final Timer checks;
    private final Counter stale;
    private final Counter enqueued;
    private final Map<Long, RuleMeters> rules = new HashMap<>();

    AlertMeters(MeterRegistry registry) {
        this.registry = registry;
        checks = Timer.builder("minerops.alert.check.duration")
                .description("Duration of alert checks, from reading the store to the end of storing")
                .register(registry);
        stale = Counter.builder("minerops.alert.check.retries")
                .description("Checks repeated because alert state changed meanwhile")
                .register(registry);
        enqueued = Counter.builder("minerops.alert.messages.enqueued")
                .description("Messages that checks added to the outbox")
                .register(registry);
    }

    @Override
    public synchronized void checked(AlertReport report) {
        checks.record(report.took());
        stale.increment(report.stale());
        enqueued.increment(report.enqueued());
        report.transitions()
                .byKind()
                .forEach((kind, count) -> Counter.builder("minerops.alert.transitions")
                        .description("Transitions of alerts, including those of removed rules")
                        .tag("transition", kind)
                        .register(registry)
                        .increment(count));
        Set<Long> gone = new HashSet<>(rules.keySet());
        for (RuleStatistics rule : report.rules()) {
            gone.remove(rule.ruleId());
            metersOf(rule).take(rule);
        }
        gone.forEach(this::forget);
    }

    private RuleMeters metersOf(RuleStatistics rule) {
        RuleMeters meters = rules.get(rule.ruleId());
        if (meters != null && meters.isNamed(rule.ruleName())) {
            return meters;
        }
        forget(rule.ruleId());
        RuleMeters anew = new RuleMeters(rule, registry);
        rules.put(rule.ruleId(), anew);
        return anew;
    }

    private void forget(long ruleId) {
        RuleMeters meters = rules.remove(ruleId);
        if (meters != null) {
            meters.remove();
        }
    }
}
