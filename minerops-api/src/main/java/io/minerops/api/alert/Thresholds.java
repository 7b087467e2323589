package io.minerops.api.alert;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * The numbers that a rule judges by, such as {@code temp_c}. Which names a rule may have, and what is taken where one
 * is missing, is said by its type. Immutable, ordered by name.
 */
public final class Thresholds {
    private static final Thresholds NONE = new Thresholds(Map.of());

    private final Map<String, Double> values;

    private Thresholds(Map<String, Double> values) {
        this.values = values;
    }

    /** No thresholds: a type's defaults hold. */
    public static Thresholds none() {
        return NONE;
    }

    /** One threshold. */
    public static Thresholds of(String name, double value) {
        return of(Map.of(name, value));
    }

    /**
     * Thresholds by name.
     *
     * @throws InvalidArgumentException if a value is not finite
     */
    public static Thresholds of(Map<String, Double> values) {
        Map<String, Double> copy = new TreeMap<>();
        values.forEach((name, value) -> {
            Check.text("thresholds", name, 64);
            if (!Double.isFinite(value)) {
                throw new InvalidArgumentException(
                        "thresholds." + name, "thresholds." + name + " must be a finite number, not " + value);
            }
            copy.put(name, value);
        });
        return copy.isEmpty() ? NONE : new Thresholds(copy);
    }

    /** The value of that name; empty where the rule does not say. */
    public OptionalDouble get(String name) {
        Double value = values.get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** The value of that name, or the default where the rule does not say. */
    public double get(String name, double otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /** The names that the rule says. */
    public Set<String> names() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /** The values by name, ordered by name. */
    public Map<String, Double> asMap() {
        return Collections.unmodifiableMap(values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Thresholds that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
