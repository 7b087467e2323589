package io.minerops.core.alert.type;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.internal.Check;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A number that rules of a type may set, as data: its name, what a form shows for it, which values it accepts, and what
 * applies where a rule leaves it out. Validation, the JSON Schema of rule files, the OpenAPI document, the rule editor
 * and the documentation all read it from here.
 *
 * <pre>{@code
 * static final Threshold TEMP_C = Threshold.builder("temp_c")
 *         .label("Average above")
 *         .unit("°C")
 *         .range(1, 200)
 *         .defaultValue(80)
 *         .help("Raises above.")
 *         .build();
 *
 * double limit = TEMP_C.of(rule); // checked, with its default
 * }</pre>
 *
 * @param name the key in a rule's thresholds: 1 to 64 characters, lower-case letters, digits and underscores by
 *     convention
 * @param label what a form shows, a few words that start with a capital
 * @param unit the unit, such as {@code °C}
 * @param min the smallest value accepted
 * @param max the largest value accepted
 * @param belowMax whether {@code max} itself is refused
 * @param whole whether only whole numbers are accepted
 * @param nonZero whether 0 is refused, for a sign says in which direction to look
 * @param defaultValue what applies where a rule leaves it out; null where that is no fixed number
 * @param otherwise the default as text, such as {@code no limit}; the default value where there is one
 * @param help one sentence
 * @param example a value that makes sense, for documentation
 */
public record Threshold(
        String name,
        String label,
        String unit,
        double min,
        double max,
        boolean belowMax,
        boolean whole,
        boolean nonZero,
        @Nullable Double defaultValue,
        String otherwise,
        String help,
        double example) {
    public Threshold {
        Check.text("name", name, 64);
        Check.text("label", label, 120);
        Check.text("help", help, 400);
        if (!(min <= max)) {
            throw new InvalidArgumentException(
                    "min", "min of " + name + " must be at most max " + max + ", not " + min);
        }
    }

    /** Starts a threshold of that name. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /**
     * The rule's value, else the default, else NaN.
     *
     * @throws InvalidArgumentException if the rule's value is not accepted, naming {@code thresholds.NAME}
     */
    public double of(AlertRule rule) {
        double absent = defaultValue == null ? Double.NaN : defaultValue;
        return isSetBy(rule) ? checked(rule.thresholds().get(name, absent)) : absent;
    }

    /** Whether the rule sets it. */
    public boolean isSetBy(AlertRule rule) {
        return rule.thresholds().get(name).isPresent();
    }

    private double checked(double value) {
        String path = "thresholds." + name;
        Check.between(path, value, min, max);
        Limits.require(!belowMax || value < max, name, "must be below " + Limits.number(max));
        Limits.require(!whole || value == Math.rint(value), name, "must be a whole number, not " + value);
        Limits.require(!nonZero || value != 0, name, "must be above 0 for a rise or below 0 for a fall, not 0");
        return value;
    }

    /** Builds a threshold; label, unit, range and help are required. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private String label = "";
        private String unit = "";
        private double min = Double.NaN;
        private double max = Double.NaN;
        private boolean belowMax;
        private boolean whole;
        private boolean nonZero;
        private @Nullable Double defaultValue;
        private @Nullable String otherwise;
        private String help = "";
        private @Nullable Double example;

        private Builder(String name) {
            this.name = name;
        }

        /** What a form shows, a few words that start with a capital. */
        public Builder label(String text) {
            label = text;
            return this;
        }

        /** The unit, such as {@code °C}. */
        public Builder unit(String text) {
            unit = text;
            return this;
        }

        /** The values accepted, both ends included. */
        public Builder range(double smallest, double largest) {
            min = smallest;
            max = largest;
            return this;
        }

        /** Refuses the upper end of the range itself. */
        public Builder belowMax() {
            belowMax = true;
            return this;
        }

        /** Accepts whole numbers only. */
        public Builder whole() {
            whole = true;
            return this;
        }

        /** Refuses 0: above 0 is a rise, below 0 a fall. */
        public Builder nonZero() {
            nonZero = true;
            return this;
        }

        /** What applies where a rule leaves it out. */
        public Builder defaultValue(double value) {
            defaultValue = value;
            return this;
        }

        /** The default as text: where that is no fixed number, or 0 means never. */
        public Builder otherwise(String text) {
            otherwise = text;
            return this;
        }

        /** One sentence on what it does. */
        public Builder help(String text) {
            help = text;
            return this;
        }

        /** A value that makes sense, for documentation; the default value where there is one. */
        public Builder example(double value) {
            example = value;
            return this;
        }

        /**
         * The threshold.
         *
         * @throws InvalidArgumentException if label, range or help is missing
         */
        public Threshold build() {
            Double shown = defaultValue;
            String absent = otherwise != null ? otherwise : shown != null ? Limits.number(shown) : "none";
            double sample = Objects.requireNonNullElse(example, Objects.requireNonNullElse(shown, max));
            return new Threshold(name, label, unit, min, max, belowMax, whole, nonZero, shown, absent, help, sample);
        }
    }
}
