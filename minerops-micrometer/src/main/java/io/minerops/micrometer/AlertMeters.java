package io.minerops.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
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
    private final Meters meters;
    private final Timer checks;
    private final Counter stale;
    private final Counter enqueued;
    private final Map<Long, RuleMeters> rules = new HashMap<>();
    private boolean closed;

    AlertMeters(Meters meters) {
        this.meters = meters;
        checks = meters.timer(
                "minerops.alert.check.duration",
                "Duration of alert checks, from reading the store to the end of storing");
        stale = meters.counter(
                "minerops.alert.check.retries", "Checks repeated because alert state changed meanwhile", Tags.empty());
        enqueued = meters.counter(
                "minerops.alert.messages.enqueued", "Messages that checks added to the outbox", Tags.empty());
    }

    @Override
    public synchronized void checked(AlertReport report) {
        if (closed) {
            return;
        }
        checks.record(report.took());
        stale.increment(report.stale());
        enqueued.increment(report.enqueued());
        report.transitions()
                .byKind()
                .forEach((kind, count) -> meters.counter(
                                "minerops.alert.transitions",
                                "Transitions of alerts, including those of removed rules",
                                Tags.of("transition", kind))
                        .increment(count));
        Set<Long> gone = new HashSet<>(rules.keySet());
        for (RuleStatistics rule : report.rules()) {
            gone.remove(rule.ruleId());
            metersOf(rule).take(rule);
        }
        gone.forEach(this::forget);
    }

    /** Removes every meter that was registered with these. */
    synchronized void close() {
        closed = true;
        rules.values().forEach(RuleMeters::remove);
        rules.clear();
        meters.remove();
    }

    private RuleMeters metersOf(RuleStatistics rule) {
        RuleMeters known = rules.get(rule.ruleId());
        if (known != null && known.isNamed(rule.ruleName())) {
            return known;
        }
        forget(rule.ruleId());
        RuleMeters added = new RuleMeters(rule, meters);
        rules.put(rule.ruleId(), added);
        return added;
    }

    private void forget(long ruleId) {
        RuleMeters known = rules.remove(ruleId);
        if (known != null) {
            known.remove();
        }
    }
}
