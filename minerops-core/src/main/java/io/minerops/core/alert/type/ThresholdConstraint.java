package io.minerops.core.alert.type;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertRule;
import java.util.List;
import java.util.Map;

/**
 * How thresholds of one rule depend on each other, as data: checked for every rule, and written into the OpenAPI
 * document.
 */
public sealed interface ThresholdConstraint {
    /**
     * Checks a rule.
     *
     * @param thresholds the thresholds of its type by name
     * @throws InvalidArgumentException if it does not hold, naming {@code thresholds.NAME}
     */
    void check(AlertRule rule, Map<String, Threshold> thresholds);

    /** {@code name}, where set, is at most {@code other}. */
    record AtMost(String name, String other) implements ThresholdConstraint {
        @Override
        public void check(AlertRule rule, Map<String, Threshold> thresholds) {
            double value = set(rule, thresholds, name);
            double limit = value(rule, thresholds, other);
            Limits.require(!(value > limit), name, "must be at most " + other + " (" + limit + "), not " + value);
        }
    }

    /** {@code name}, where set, is at least {@code other}. */
    record AtLeast(String name, String other) implements ThresholdConstraint {
        @Override
        public void check(AlertRule rule, Map<String, Threshold> thresholds) {
            double value = set(rule, thresholds, name);
            double limit = value(rule, thresholds, other);
            Limits.require(!(value < limit), name, "must be at least " + other + " (" + limit + "), not " + value);
        }
    }

    /** {@code name}, where set, is below {@code other}. */
    record Below(String name, String other) implements ThresholdConstraint {
        @Override
        public void check(AlertRule rule, Map<String, Threshold> thresholds) {
            double value = set(rule, thresholds, name);
            double limit = value(rule, thresholds, other);
            Limits.require(!(value >= limit), name, "must be below " + other + " (" + limit + "), not " + value);
        }
    }

    /** {@code name}, an upper limit, where set leaves room above {@code other}, a lower limit, for both to clear. */
    record RoomAbove(String name, String other) implements ThresholdConstraint {
        @Override
        public void check(AlertRule rule, Map<String, Threshold> thresholds) {
            double value = set(rule, thresholds, name);
            double limit = value(rule, thresholds, other);
            Limits.require(
                    !(Limits.above(limit) > Limits.below(value)),
                    name,
                    "must leave room above " + other + " (" + limit + ") for both to clear, not " + value);
        }
    }

    /** {@code name} may be set only where {@code other} is set to at least {@code minOther}. */
    record Requires(String name, String other, double minOther) implements ThresholdConstraint {
        @Override
        public void check(AlertRule rule, Map<String, Threshold> thresholds) {
            Limits.require(
                    !isSet(rule, name) || rule.thresholds().get(other, Double.NEGATIVE_INFINITY) >= minOther,
                    name,
                    "means nothing without " + other + "; give both or none");
        }
    }

    /** {@code name} and {@code other} may not both be set. */
    record Excludes(String name, String other) implements ThresholdConstraint {
        @Override
        public void check(AlertRule rule, Map<String, Threshold> thresholds) {
            Limits.require(
                    !(isSet(rule, name) && isSet(rule, other)),
                    name,
                    "means nothing beside " + other + "; give one of them");
        }
    }

    /** At least one of them is set. */
    record AnyOf(List<String> names) implements ThresholdConstraint {
        public AnyOf {
            names = List.copyOf(names);
        }

        @Override
        public void check(AlertRule rule, Map<String, Threshold> thresholds) {
            Limits.require(
                    names.stream().anyMatch(name -> isSet(rule, name)),
                    names.get(0),
                    "is required, or one of " + String.join(", ", names.subList(1, names.size()))
                            + ": the rule has no limit otherwise");
        }
    }

    /** Exactly one of these readings is set. */
    record OneReading(List<String> names) implements ThresholdConstraint {
        public OneReading {
            names = List.copyOf(names);
        }

        @Override
        public void check(AlertRule rule, Map<String, Threshold> thresholds) {
            long set = names.stream().filter(name -> isSet(rule, name)).count();
            if (set != 1) {
                throw new InvalidArgumentException(
                        "thresholds",
                        "thresholds of a rule of type " + rule.type()
                                + " must name exactly one reading, such as avg_temp_c, not " + set);
            }
        }
    }

    private static boolean isSet(AlertRule rule, String name) {
        return rule.thresholds().get(name).isPresent();
    }

    /** What the rule sets; NaN where it leaves it out, for a default is the type's own affair. */
    private static double set(AlertRule rule, Map<String, Threshold> thresholds, String name) {
        return isSet(rule, name) ? value(rule, thresholds, name) : Double.NaN;
    }

    private static double value(AlertRule rule, Map<String, Threshold> thresholds, String name) {
        Threshold threshold = thresholds.get(name);
        return threshold == null ? Double.NaN : threshold.of(rule);
    }
}
