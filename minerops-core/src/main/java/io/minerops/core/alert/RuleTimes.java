package io.minerops.core.alert;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.Severity;
import io.minerops.api.alert.Thresholds;
import java.util.Set;

/**
 * How long a rule's alerts wait, stay and rest, ms; 0 where the rule does not ask for it.
 *
 * @param pending how long the condition must hold before an alert is raised
 * @param keepFiring how long the condition must be clear before the alert ends
 * @param cooldown how long after an alert no new one is raised, and how often an open one is reminded of
 * @param flapCount how many alerts in the flapping window are taken one by one; the next is one flapping alert
 * @param flapWindow the flapping window; a flapping alert ends when the condition was clear for as long
 * @param escalateAfter how long an alert may be left alone before each step of its escalation
 * @param severity how grave its alerts begin
 */
record RuleTimes(
        long pending,
        long keepFiring,
        long cooldown,
        int flapCount,
        long flapWindow,
        long escalateAfter,
        Severity severity) {
    /** How long the condition must hold before an alert is raised, minutes. */
    static final String FOR_MINUTES = "for_minutes";

    static final String KEEP_FIRING_MINUTES = "keep_firing_minutes";
    static final String FLAP_COUNT = "flap_count";
    static final String FLAP_WINDOW_MINUTES = "flap_window_minutes";
    static final String ESCALATE_AFTER_MINUTES = "escalate_after_minutes";

    /** The thresholds that a rule of any type may have. */
    static final Set<String> NAMES =
            Set.of(FOR_MINUTES, KEEP_FIRING_MINUTES, FLAP_COUNT, FLAP_WINDOW_MINUTES, ESCALATE_AFTER_MINUTES);

    private static final double MAX_MINUTES = 7 * 24 * 60;
    private static final double MILLIS_PER_MINUTE = 60_000;
    private static final double DEFAULT_FLAP_WINDOW_MINUTES = 60;
    private static final int MAX_FLAP_COUNT = 100;

    static RuleTimes of(AlertRule rule) {
        Thresholds thresholds = rule.thresholds();
        double flapCount = Limits.get(thresholds, FLAP_COUNT, 0, 0, MAX_FLAP_COUNT);
        Limits.require(flapCount == Math.rint(flapCount), FLAP_COUNT, "must be a whole number, not " + flapCount);
        Limits.require(
                flapCount > 0 || thresholds.get(FLAP_WINDOW_MINUTES).isEmpty(),
                FLAP_WINDOW_MINUTES,
                "means nothing without flap_count; give both or neither");
        return new RuleTimes(
                minutes(thresholds, FOR_MINUTES, 0),
                minutes(thresholds, KEEP_FIRING_MINUTES, 0),
                rule.cooldown().toMillis(),
                (int) flapCount,
                minutes(thresholds, FLAP_WINDOW_MINUTES, DEFAULT_FLAP_WINDOW_MINUTES),
                minutes(thresholds, ESCALATE_AFTER_MINUTES, 0),
                rule.severity());
    }

    private static long minutes(Thresholds thresholds, String name, double otherwise) {
        return Math.round(Limits.get(thresholds, name, otherwise, 0, MAX_MINUTES) * MILLIS_PER_MINUTE);
    }

    /** How many steps an escalation has: one for each graver severity, and one where there is none. */
    int escalationSteps() {
        return severity == Severity.INFO ? 2 : 1;
    }

    /** How grave an alert is after so many steps. */
    Severity severityAfter(int steps) {
        Severity grade = severity;
        for (int step = 0; step < steps; step++) {
            grade = grade.graver();
        }
        return grade;
    }
}
