package io.minerops.rules;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.StoreException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.internal.Check;
import io.minerops.core.service.RuleService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What would have to be done for a store to have the rules of a file. Rules are the same where their names are. A stored
 * rule that the file does not have is left alone, unless the plan is made to prune.
 *
 * @param creations rules to be created
 * @param changes rules to be changed
 * @param unchanged rules that are stored as the file has them
 * @param deletions stored rules to be deleted
 * @param leftAlone stored rules that the file does not have and that stay
 */
public record RulePlan(
        List<AlertRule> creations,
        List<Change> changes,
        List<AlertRule> unchanged,
        List<AlertRule> deletions,
        List<AlertRule> leftAlone) {
    public RulePlan {
        creations = List.copyOf(creations);
        changes = List.copyOf(changes);
        unchanged = List.copyOf(unchanged);
        deletions = List.copyOf(deletions);
        leftAlone = List.copyOf(leftAlone);
    }

    /**
     * A rule that becomes another.
     *
     * @param before the rule as it is stored
     * @param after the rule as the file has it, with the number and the time of its creation that it is stored with
     * @param fields what differs, in the order in which a file writes it; at least one
     */
    public record Change(AlertRule before, AlertRule after, List<FieldChange> fields) {
        public Change {
            fields = List.copyOf(fields);
        }
    }

    /**
     * A key whose value changes.
     *
     * @param name the key, such as {@code severity} or {@code thresholds.temp_c}
     * @param before the value as it is; null where there is none; of a webhook's address only what may be shown
     * @param after the value as it will be, likewise
     */
    public record FieldChange(
            String name, @Nullable String before, @Nullable String after) {
        @Override
        public String toString() {
            boolean hidden = before != null && before.equals(after);
            return name + ": " + Objects.requireNonNullElse(before, "(none)") + " → "
                    + Objects.requireNonNullElse(after, "(none)") + (hidden ? " (another address)" : "");
        }
    }

    /**
     * Compares the rules of a file with those of a store.
     *
     * @param wanted the rules of the file, each with a name of its own
     * @param stored every rule of the store
     * @param prune whether stored rules that the file does not have are deleted
     * @throws InvalidArgumentException if two stored rules have a name that the file names too, so that it is not said
     *     which one is meant
     */
    public static RulePlan between(List<AlertRule> wanted, List<AlertRule> stored, boolean prune) {
        Map<String, AlertRule> byName = byName(wanted, stored);
        List<AlertRule> creations = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        List<AlertRule> unchanged = new ArrayList<>();
        Set<Long> named = new HashSet<>();
        for (AlertRule rule : wanted) {
            AlertRule before = byName.get(rule.name());
            if (before == null) {
                creations.add(rule);
                continue;
            }
            named.add(before.id());
            AlertRule after = rule.toBuilder()
                    .id(before.id())
                    .createdAt(before.createdAt())
                    .updatedAt(before.updatedAt())
                    .build();
            List<FieldChange> fields = differences(before, after);
            if (fields.isEmpty()) {
                unchanged.add(before);
            } else {
                changes.add(new Change(before, after, fields));
            }
        }
        List<AlertRule> others =
                stored.stream().filter(rule -> !named.contains(rule.id())).toList();
        return new RulePlan(creations, changes, unchanged, prune ? others : List.of(), prune ? List.of() : others);
    }

    private static Map<String, AlertRule> byName(List<AlertRule> wanted, List<AlertRule> stored) {
        Set<String> names = new HashSet<>();
        wanted.forEach(rule -> names.add(rule.name()));
        Map<String, AlertRule> byName = new HashMap<>();
        for (AlertRule rule : stored) {
            AlertRule other = byName.putIfAbsent(rule.name(), rule);
            if (other != null && names.contains(rule.name())) {
                throw new InvalidArgumentException(
                        "name",
                        "the stored rules " + other.id() + " and " + rule.id() + " are both named "
                                + Check.quote(rule.name()) + "; rename or delete one of them first");
            }
        }
        return byName;
    }

    private static List<FieldChange> differences(AlertRule before, AlertRule after) {
        Map<String, Object> old = values(before);
        Map<String, Object> young = values(after);
        List<FieldChange> fields = new ArrayList<>();
        for (String key : RuleValues.keys(old, young)) {
            Object from = old.get(key);
            Object to = young.get(key);
            if (!Objects.equals(from, to)) {
                fields.add(new FieldChange(key, shown(from), shown(to)));
            }
        }
        return fields;
    }

    private static Map<String, Object> values(AlertRule rule) {
        return RuleValues.flat(RuleValues.of(rule));
    }

    private static @Nullable String shown(@Nullable Object value) {
        return value == null ? null : RuleValues.shown(value);
    }

    /** Whether the store has everything as the plan wants it. */
    public boolean isEmpty() {
        return creations.isEmpty() && changes.isEmpty() && deletions.isEmpty();
    }

    /**
     * Does what is planned, in one transaction: all of it, or nothing.
     *
     * @throws InvalidArgumentException if a rule cannot be evaluated
     * @throws StoreException if the store fails, or a rule that was to be changed is not there any more
     */
    public void apply(RuleService rules) {
        boolean done = isEmpty()
                || rules.change(
                        creations,
                        changes.stream().map(Change::after).toList(),
                        deletions.stream().map(AlertRule::id).toList());
        if (!done) {
            throw new StoreException("a rule to be changed was deleted by another user meanwhile, and nothing"
                    + " was changed; apply the file again");
        }
    }

    /** The plan for people: a line beginning with {@code +}, {@code ~} or {@code -} per rule, and what differs below. */
    public String toText() {
        StringBuilder text = new StringBuilder();
        for (AlertRule rule : creations) {
            text.append("+ ").append(named(rule)).append('\n');
            RuleValues.flat(RuleValues.said(rule)).forEach((key, value) -> {
                if (!key.equals("name") && !key.equals("rule_type")) {
                    text.append("    ")
                            .append(key)
                            .append(": ")
                            .append(RuleValues.shown(value))
                            .append('\n');
                }
            });
        }
        for (Change change : changes) {
            text.append("~ ").append(named(change.before())).append('\n');
            change.fields().forEach(field -> text.append("    ").append(field).append('\n'));
        }
        deletions.forEach(rule -> text.append("- ").append(named(rule)).append('\n'));
        return text.append(summary()).append('\n').toString();
    }

    /** The plan in one line. */
    public String summary() {
        String line = creations.size() + " to create, " + changes.size() + " to change, " + deletions.size()
                + " to delete, " + unchanged.size() + " unchanged";
        return leftAlone.isEmpty()
                ? line
                : line + "; left alone, because the file does not have them: "
                        + String.join(
                                ", ",
                                leftAlone.stream()
                                        .map(rule -> Check.quote(rule.name()))
                                        .toList());
    }

    private static String named(AlertRule rule) {
        return rule.name().replaceAll("\\p{Cntrl}", "?") + " (" + rule.type() + ")";
    }
}
