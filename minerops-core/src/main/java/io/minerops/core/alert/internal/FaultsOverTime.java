package io.minerops.core.alert.internal;

import io.minerops.api.miner.Fact;
import io.minerops.api.miner.FactKind;
import io.minerops.core.alert.type.CheckContext;
import io.minerops.core.alert.type.Condition.Finding;
import io.minerops.core.alert.type.Limits;
import io.minerops.core.alert.type.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The faults of a window of time: how often they began, and for how long one held in total.
 *
 * @param codes which faults count
 * @param minTimes how many beginnings raise; 0 for any number
 * @param minTotalMinutes how long a fault must have held, minutes; 0 for any time
 * @param hours the window, hours
 */
record FaultsOverTime(FaultCodes codes, int minTimes, double minTotalMinutes, double hours) {
    private static final double MILLIS_PER_MINUTE = 60_000;
    private static final int MAX_NAMED = 5;

    /** Zero where the rule looks at no time but the present. */
    Duration window() {
        return minTimes == 0 && minTotalMinutes == 0 ? Duration.ZERO : Duration.ofMillis(Math.round(hours * 3_600_000));
    }

    Verdict judge(CheckContext check, int row) {
        if (window().isZero()) {
            return Verdict.CLEAR;
        }
        List<Fact> facts = check.facts(row);
        if (facts == null) {
            return Verdict.UNKNOWN;
        }
        return facts.isEmpty() || find(check, row).isEmpty() ? Verdict.CLEAR : Verdict.VIOLATED;
    }

    /** What raises; empty where nothing does. */
    Optional<Finding> find(CheckContext check, int row) {
        List<Fact> facts = check.facts(row);
        if (facts == null || window().isZero()) {
            return Optional.empty();
        }
        Instant now = check.now();
        Instant since = now.minus(window());
        List<Fact> faults = facts.stream()
                .filter(fact -> fact.kind() == FactKind.FAULT && codes.count(fact.value()))
                .toList();
        List<Fact> begun =
                faults.stream().filter(fact -> !fact.from().isBefore(since)).toList();
        double total = longestMinutes(faults, since, now);
        boolean often = minTimes > 0 && begun.size() >= minTimes;
        boolean longEnough = minTotalMinutes > 0 && total >= minTotalMinutes;
        if (!often && !longEnough) {
            return Optional.empty();
        }
        List<Fact> named = often ? begun : faults;
        String times = often ? begun.size() + (begun.size() == 1 ? " beginning" : " beginnings") : "";
        String length = longEnough ? Limits.number(total) + " min in total" : "";
        String message = "Faults within " + Limits.number(hours) + " h: " + times + (often && longEnough ? ", " : "")
                + length + ": " + names(named);
        return Optional.of(new Finding(
                message, Map.of("fault_times", (double) begun.size(), "fault_minutes", total, "window_hours", hours)));
    }

    /** The time of the fault that held longest, minutes. */
    private static double longestMinutes(List<Fact> faults, Instant since, Instant now) {
        return faults.stream()
                .collect(Collectors.groupingBy(
                        Fact::subject, Collectors.summingDouble(fact -> minutes(fact, since, now))))
                .values()
                .stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
    }

    private static double minutes(Fact fault, Instant since, Instant now) {
        Instant until = fault.until();
        Instant begin = fault.from().isBefore(since) ? since : fault.from();
        Instant end = until == null || until.isAfter(now) ? now : until;
        return Math.max(0, Duration.between(begin, end).toMillis()) / MILLIS_PER_MINUTE;
    }

    private static String names(List<Fact> faults) {
        Set<Fact.Subject> seen = new HashSet<>();
        List<String> names = new ArrayList<>();
        for (Fact fault : faults) {
            if (seen.add(fault.subject()) && names.size() < MAX_NAMED) {
                names.add(FaultCodes.named(fault.value(), fault.message(), fault.slot()));
            }
        }
        return String.join("; ", names) + (seen.size() > MAX_NAMED ? "; and others" : "");
    }
}
