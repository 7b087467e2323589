package io.minerops.core.alert;

import io.minerops.api.alert.AlertRule;
import java.util.ArrayList;
import java.util.List;

/** The condition of a rule in words, put together from parts of which each alone raises. Not thread-safe. */
final class Sentence {
    private final AlertRule rule;
    private final List<String> parts = new ArrayList<>();

    Sentence(AlertRule rule) {
        this.rule = rule;
    }

    /** Adds text with the threshold's value and unit after it. */
    Sentence with(String text, Threshold threshold) {
        return with(text, threshold, "");
    }

    /** Adds text with the threshold's value and unit and more text after it. */
    Sentence with(String text, Threshold threshold, String after) {
        parts.add(text + " " + valueOf(threshold) + after);
        return this;
    }

    /** The same where the rule sets the threshold. */
    Sentence ifSet(String text, Threshold threshold) {
        return threshold.isSetBy(rule) ? with(text, threshold) : this;
    }

    /** Adds text that needs no value. */
    Sentence with(String text) {
        parts.add(text);
        return this;
    }

    /** Adds the texts of an option where the rule sets it. */
    Sentence ifSet(String text, RuleOption option) {
        List<String> words = rule.option(option.name());
        return words.isEmpty() ? this : with(text + " " + String.join(", ", words));
    }

    /** The threshold's value with its unit. */
    String valueOf(Threshold threshold) {
        return Limits.number(threshold.of(rule)) + (threshold.unit().isEmpty() ? "" : " " + threshold.unit());
    }

    @Override
    public String toString() {
        return String.join(" or ", parts);
    }
}
