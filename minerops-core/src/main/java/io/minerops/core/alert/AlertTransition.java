package io.minerops.core.alert;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.Severity;
import io.minerops.api.internal.NumbersByName;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A change that a check found for one rule on one miner. */
public sealed interface AlertTransition {
    /** The rule and the miner. */
    ConditionKey key();

    /** When the check found it. */
    Instant at();

    /**
     * An alert begins.
     *
     * @param rule the rule as it was at the check
     * @param message one sentence for people
     * @param details the numbers behind it, each key with its unit
     * @param destinations who is told of it, of its reminders and of its end
     * @param silenced whether a silence covers it: its destinations are told only when that is over
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

        /** The same beginning, told to these. */
        public Raised to(List<Destination> told) {
            return new Raised(key, at, rule, message, details, told, silenced);
        }

        /** The same beginning, covered by a silence. */
        public Raised inSilence() {
            return new Raised(key, at, rule, message, details, destinations, true);
        }
    }

    /** A silence covers the open alert from now on. */
    record Silenced(ConditionKey key, Instant at, long alertId) implements AlertTransition {}

    /** No silence covers the open alert any more: who was not told of its beginning is told now. */
    record Unsilenced(ConditionKey key, Instant at, long alertId) implements AlertTransition {}

    /** The alert is still open after another cooldown, and nobody has taken it. */
    record Reminded(ConditionKey key, Instant at, long alertId) implements AlertTransition {}

    /**
     * Nobody has taken the alert for as long as its rule allows, so it becomes graver and others are told.
     *
     * @param step which step of the escalation this is, from 1
     * @param rule the rule as it was at the check
     * @param severity how grave the alert is from now on
     * @param destinations who is told of this step, and of the alert's end if they were not told of its beginning
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

        /** The same step, told to these. */
        public Escalated to(List<Destination> told) {
            return new Escalated(key, at, alertId, step, rule, severity, told);
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
}
