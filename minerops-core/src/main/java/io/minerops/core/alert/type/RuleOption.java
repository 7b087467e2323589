package io.minerops.core.alert.type;

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
 */
public record RuleOption(String name, String label, String otherwise, String help, List<String> example) {
    public RuleOption {
        Check.text("name", name, 64);
        Check.text("label", label, 120);
        Check.text("help", help, 400);
        example = List.copyOf(example);
    }
}
