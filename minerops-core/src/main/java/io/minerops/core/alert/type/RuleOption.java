package io.minerops.core.alert.type;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.internal.Check;
import java.util.List;

/**
 * A list of texts that rules of a type may set among their {@linkplain io.minerops.api.alert.AlertRule#options()
 * options}, as data.
 *
 * @param name the key in a rule's options: 1 to 64 characters
 * @param label what a form shows
 * @param otherwise the default as text, such as {@code any pool}
 * @param help one sentence
 * @param example a value that makes sense, for documentation
 * @param choices the texts that are accepted; empty where any text is
 * @param maxTexts how many texts it has at most, 1 to {@value AlertRule#MAX_OPTION_TEXTS}
 */
public record RuleOption(
        String name,
        String label,
        String otherwise,
        String help,
        List<String> example,
        List<String> choices,
        int maxTexts) {
    public RuleOption {
        Check.text("name", name, 64);
        Check.text("label", label, 120);
        Check.text("help", help, 400);
        Check.between("max_texts", maxTexts, 1, AlertRule.MAX_OPTION_TEXTS);
        example = List.copyOf(example);
        choices = List.copyOf(choices);
    }

    /** An option of any texts. */
    public RuleOption(String name, String label, String otherwise, String help, List<String> example) {
        this(name, label, otherwise, help, example, List.of(), AlertRule.MAX_OPTION_TEXTS);
    }

    /** The same option of these texts only, and of so many at most. */
    public RuleOption limitedTo(List<String> accepted, int most) {
        return new RuleOption(name, label, otherwise, help, example, accepted, most);
    }

    /**
     * The texts of a rule; empty where it sets none.
     *
     * @throws InvalidArgumentException if they are not accepted, naming {@code options.NAME}
     */
    public List<String> of(AlertRule rule) {
        List<String> given = rule.option(name);
        if (given.size() > maxTexts) {
            throw refused(String.join(", ", given));
        }
        for (String text : given) {
            if (!choices.isEmpty() && !choices.contains(text)) {
                throw refused(text);
            }
        }
        return given;
    }

    private InvalidArgumentException refused(String given) {
        String accepted = maxTexts > 1 ? "of " + String.join(", ", choices) : String.join(" or ", choices);
        String argument = "options." + name;
        return new InvalidArgumentException(
                argument,
                argument + " must be " + (choices.isEmpty() ? "at most " + maxTexts + " texts" : accepted) + ", not "
                        + Check.quote(given));
    }
}
