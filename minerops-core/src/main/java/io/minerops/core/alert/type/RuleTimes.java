package io.minerops.core.alert.type;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.Severity;
import java.util.List;

/**
 * How long a rule's alerts wait, stay and rest, ms; 0 if the rule does not set it.
 *
 * @param pending how long the condition must hold before an alert is raised
 * @param keepFiring how long the condition must be clear before the alert ends
 * @param cooldown how long after an alert no new one is raised, and how often an open one is reminded of
 * @param flapCount how many alerts in the flapping window are taken one by one; the next is one flapping alert
 * @param flapWindow the flapping window; a flapping alert ends when the condition was clear for as long
 * @param escalateAfter how long an alert may be left alone before each step of its escalation
 * @param severity the first severity of its alerts
 */
public record RuleTimes(
        long pending,
        long keepFiring,
        long cooldown,
        int flapCount,
        long flapWindow,
        long escalateAfter,
        Severity severity) {
    private static final double MAX_MINUTES = 7 * 24 * 60;

    /** How long the condition must hold before an alert is raised, minutes. */
    public static final Threshold FOR_MINUTES = minutes("for_minutes")
            .label("Only after")
            .defaultValue(0)
            .help("How long the condition must hold.")
            .example(2)
            .build();

    private static final Threshold KEEP_FIRING_MINUTES = minutes("keep_firing_minutes")
            .label("Stays until clear for")
            .defaultValue(0)
            .help("How long it must be clear before the alert ends.")
            .example(5)
            .build();
    private static final Threshold FLAP_COUNT = Threshold.builder("flap_count")
            .label("One flapping alert after")
            .unit("alerts")
            .range(0, 100)
            .whole()
            .defaultValue(0)
            .otherwise("never")
            .help("More alerts than this within the window become one flapping alert; 0 for none.")
            .example(3)
            .build();
    private static final Threshold FLAP_WINDOW_MINUTES = minutes("flap_window_minutes")
            .label("Within")
            .defaultValue(60)
            .help("The window for flap_count.")
            .build();
    private static final Threshold ESCALATE_AFTER_MINUTES = minutes("escalate_after_minutes")
            .label("Escalate if unacknowledged for")
            .defaultValue(0)
            .otherwise("never")
            .help("How long an alert may stay unacknowledged before its severity rises; 0 for ever.")
            .example(30)
            .build();

    /** The thresholds that a rule of any type may have, in the order in which a form shows them. */
    public static final List<Threshold> THRESHOLDS =
            List.of(FOR_MINUTES, KEEP_FIRING_MINUTES, FLAP_COUNT, FLAP_WINDOW_MINUTES, ESCALATE_AFTER_MINUTES);

    /** How they depend on each other: a window is meant for a count. */
    public static final List<ThresholdConstraint> CONSTRAINTS =
            List.of(new ThresholdConstraint.Requires(FLAP_WINDOW_MINUTES.name(), FLAP_COUNT.name(), 1));

    private static final double MILLIS_PER_MINUTE = 60_000;

    public static RuleTimes of(AlertRule rule) {
        return new RuleTimes(
                millis(rule, FOR_MINUTES),
                millis(rule, KEEP_FIRING_MINUTES),
                rule.cooldown().toMillis(),
                (int) FLAP_COUNT.of(rule),
                millis(rule, FLAP_WINDOW_MINUTES),
                millis(rule, ESCALATE_AFTER_MINUTES),
                rule.severity());
    }

    private static Threshold.Builder minutes(String name) {
        return Threshold.builder(name).unit("min").range(0, MAX_MINUTES);
    }

    private static long millis(AlertRule rule, Threshold minutes) {
        return Math.round(minutes.of(rule) * MILLIS_PER_MINUTE);
    }

    /** How many steps an escalation has: one for each higher severity, and one where there is none. */
    public int escalationSteps() {
        return severity == Severity.INFO ? 2 : 1;
    }

    /** The severity of an alert after so many steps. */
    public Severity severityAfter(int steps) {
        Severity grade = severity;
        for (int step = 0; step < steps; step++) {
            grade = grade.moreSevere();
        }
        return grade;
    }
}
