package io.minerops.core.alert;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.Severity;
import io.minerops.api.internal.NumbersByName;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A change that a check found for one rule on one miner. */
public sealed interface AlertTransition {
    /** The rule and the miner. */
    ConditionKey key();

    /** The time of the check that found it. */
    Instant at();

    /**
     * An alert begins.
     *
     * @param rule the rule as it was at the check
     * @param message one sentence for people
     * @param details the numbers behind it, each key with its unit
     * @param destinations recipients of its messages, reminders and end included
     * @param silenced whether a silence covers it: messages are sent only when that has ended
     */
    record Raised(
            ConditionKey key,
            Instant at,
            AlertRule rule,
            String message,
            Map<String, Double> details,
            List<Destination> destinations,
            boolean silenced)
            implements AlertTransition {
        public Raised {
            details = NumbersByName.copyOf(details);
            destinations = List.copyOf(destinations);
        }

        /** The same with these destinations. */
        public Raised to(List<Destination> reported) {
            return new Raised(key, at, rule, message, details, reported, silenced);
        }

        /** The same beginning, covered by a silence. */
        public Raised inSilence() {
            return new Raised(key, at, rule, message, details, destinations, true);
        }
    }

    /** A silence covers the open alert from now on. */
    record Silenced(ConditionKey key, Instant at, long alertId) implements AlertTransition {}

    /** No silence covers the open alert any more: its first message is sent now if it was suppressed. */
    record Unsilenced(ConditionKey key, Instant at, long alertId) implements AlertTransition {}

    /** The alert is still open after another cooldown, and unacknowledged. */
    record Reminded(ConditionKey key, Instant at, long alertId) implements AlertTransition {}

    /**
     * The alert was unacknowledged for as long as its rule allows, so its severity rises and others are notified.
     *
     * @param step which step of the escalation this is, from 1
     * @param rule the rule as it was at the check
     * @param severity the new severity of the alert
     * @param destinations recipients of this step, and of the alert's end if they were not notified before
     */
    record Escalated(
            ConditionKey key,
            Instant at,
            long alertId,
            int step,
            AlertRule rule,
            Severity severity,
            List<Destination> destinations)
            implements AlertTransition {
        public Escalated {
            destinations = List.copyOf(destinations);
        }

        /** The same step with these destinations. */
        public Escalated to(List<Destination> reported) {
            return new Escalated(key, at, alertId, step, rule, severity, reported);
        }
    }

    /**
     * The condition cleared; the alert ends by itself.
     *
     * @param note one sentence with the value that cleared it
     */
    record Cleared(ConditionKey key, Instant at, long alertId, String note) implements AlertTransition {}

    /**
     * The rule no longer watches this miner; the alert ends without the condition having cleared.
     *
     * @param note why, such as {@code rule disabled}
     */
    record Withdrawn(ConditionKey key, Instant at, long alertId, String note) implements AlertTransition {}

    /**
     * How many transitions a check found, by kind.
     *
     * @param raised alerts that began
     * @param reminded alerts that were reminded of
     * @param escalated unacknowledged alerts whose severity rose
     * @param cleared alerts that ended because their condition was clear
     * @param withdrawn alerts that ended because no rule watches them any more
     * @param silenced open alerts that a silence began to cover
     * @param unsilenced open alerts that no silence covers any more
     */
    record Counts(int raised, int reminded, int escalated, int cleared, int withdrawn, int silenced, int unsilenced) {
        /** A check that changed nothing. */
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

        /** Counts transitions. */
        public static Counts of(Collection<AlertTransition> transitions) {
            TransitionTally tally = new TransitionTally();
            transitions.forEach(tally::add);
            return tally.counts();
        }

        /** The same by name, in the order of the components, those of which there were none included. */
        public Map<String, Integer> byKind() {
            Map<String, Integer> counts = new LinkedHashMap<>();
            counts.put("raised", raised);
            counts.put("reminded", reminded);
            counts.put("escalated", escalated);
            counts.put("cleared", cleared);
            counts.put("withdrawn", withdrawn);
            counts.put("silenced", silenced);
            counts.put("unsilenced", unsilenced);
            return counts;
        }
    }
}
