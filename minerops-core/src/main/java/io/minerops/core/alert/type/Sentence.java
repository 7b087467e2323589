package io.minerops.core.alert.type;

import io.minerops.api.alert.AlertRule;
import java.util.ArrayList;
import java.util.List;

/** The condition of a rule as text, put together from parts of which each alone raises. Not thread-safe. */
public final class Sentence {
    private final AlertRule rule;
    private final List<String> parts = new ArrayList<>();

    public Sentence(AlertRule rule) {
        this.rule = rule;
    }

    /** Adds text with the threshold's value and unit after it. */
    public Sentence with(String text, Threshold threshold) {
        return with(text, threshold, "");
    }

    /** Adds text with the threshold's value and unit and more text after it. */
    public Sentence with(String text, Threshold threshold, String after) {
        parts.add(text + " " + valueOf(threshold) + after);
        return this;
    }

    /** The same where the rule sets the threshold. */
    public Sentence ifSet(String text, Threshold threshold) {
        return threshold.isSetBy(rule) ? with(text, threshold) : this;
    }

    /** Adds text that needs no value. */
    public Sentence with(String text) {
        parts.add(text);
        return this;
    }

    /** Adds the texts of an option where the rule sets it. */
    public Sentence ifSet(String text, RuleOption option) {
        List<String> words = rule.option(option.name());
        return words.isEmpty() ? this : with(text + " " + String.join(", ", words));
    }

    /** The threshold's value with its unit. */
    public String valueOf(Threshold threshold) {
        return Limits.number(threshold.of(rule)) + (threshold.unit().isEmpty() ? "" : " " + threshold.unit());
    }

    @Override
    public String toString() {
        return String.join(" or ", parts);
    }
}
