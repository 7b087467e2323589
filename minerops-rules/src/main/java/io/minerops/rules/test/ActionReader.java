package io.minerops.rules.test;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.Silence;
import io.minerops.api.miner.MinerAddress;
import io.minerops.rules.DocumentFields;
import io.minerops.rules.DocumentNode;
import io.minerops.rules.Problems;
import io.minerops.rules.RuleContext;
import io.minerops.rules.RuleReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what people do in a test: a time and exactly one action. */
final class ActionReader {
    private static final String AN_ACTION = "an action";
    private static final List<String> ACTIONS =
            List.of("acknowledge", "resolve", "change", "disable", "delete", "silence", "restart");

    private final RuleContext context;
    private final Problems problems;
    private final Map<String, AlertRule> rules;

    ActionReader(RuleContext context, Problems problems, Map<String, AlertRule> rules) {
        this.context = context;
        this.problems = problems;
        this.rules = rules;
    }

    /** The action of a node; null, with the problems noted, where it is none. */
    @Nullable
    TestAction read(DocumentNode node) {
        DocumentFields fields = DocumentFields.of(
                node,
                AN_ACTION,
                Stream.concat(Stream.of("at"), ACTIONS.stream()).toList(),
                problems);
        Duration at = fields.textAs("at", text -> Durations.parse("at", text));
        List<String> given = ACTIONS.stream().filter(fields::has).toList();
        if (!fields.require(AN_ACTION, "at") || at == null) {
            return null;
        } else if (given.size() != 1) {
            problems.add(
                    node, "an action must have exactly one of " + String.join(", ", ACTIONS) + ", not " + given.size());
            return null;
        }
        DocumentNode value = Objects.requireNonNull(fields.value(given.get(0)));
        return switch (given.get(0)) {
            case "acknowledge" -> onAlert(value, (rule, miner) -> new TestAction.Acknowledge(at, rule, miner));
            case "resolve" -> onAlert(value, (rule, miner) -> new TestAction.Resolve(at, rule, miner));
            case "change" -> change(at, value);
            case "disable" -> disable(at, value);
            case "delete" -> {
                AlertRule rule = rule(value);
                yield rule == null ? null : new TestAction.Delete(at, rule.name());
            }
            case "silence" -> silence(at, value);
            default -> restart(at, fields);
        };
    }

    private interface OnAlert {
        TestAction of(String rule, @Nullable MinerAddress miner);
    }

    private @Nullable TestAction onAlert(DocumentNode node, OnAlert action) {
        DocumentFields fields = DocumentFields.of(node, "an alert", List.of("rule", "miner"), problems);
        fields.require("an alert", "rule");
        String rule = RuleTestReader.rule(fields, rules);
        MinerAddress miner = fields.textAs("miner", this::address);
        return rule == null ? null : action.of(rule, miner);
    }

    private @Nullable TestAction change(Duration at, DocumentNode node) {
        if (!(node instanceof DocumentNode.Fields given)) {
            problems.add(node, "change must have the name of a rule and what changes of it, not be " + node.shown());
            return null;
        }
        DocumentNode named = given.fields().stream()
                .filter(field -> field.name().equals("name"))
                .map(DocumentNode.Field::value)
                .findFirst()
                .orElse(null);
        if (named == null) {
            problems.add(node, "change must have name, the rule's");
            return null;
        }
        AlertRule before = rule(named);
        AlertRule after = before == null ? null : RuleReader.change(before, node, context, problems);
        return after == null ? null : new TestAction.Change(at, after);
    }

    private @Nullable TestAction disable(Duration at, DocumentNode node) {
        AlertRule rule = rule(node);
        return rule == null
                ? null
                : new TestAction.Change(at, rule.toBuilder().enabled(false).build());
    }

    private @Nullable AlertRule rule(DocumentNode node) {
        if (node instanceof DocumentNode.Scalar scalar && rules.containsKey(scalar.text())) {
            return rules.get(scalar.text());
        }
        problems.add(
                node,
                node instanceof DocumentNode.Scalar scalar
                        ? DocumentFields.notOneOf("rule", scalar.text(), rules.keySet())
                        : "rule must be the name of a rule, not " + node.shown());
        return null;
    }

    private @Nullable TestAction silence(Duration at, DocumentNode node) {
        DocumentFields fields = DocumentFields.of(
                node, "a silence", List.of("until", "miner", "tag", "model_filter", "rule"), problems);
        Duration until = fields.textAs("until", text -> Durations.parse("until", text));
        MinerAddress miner = fields.textAs("miner", this::address);
        String tag = fields.textAs("tag", text -> text);
        String model = fields.textAs("model_filter", text -> text);
        String rule = RuleTestReader.rule(fields, rules);
        if (!fields.require("a silence", "until") || until == null) {
            return null;
        }
        try {
            return new TestAction.BeginSilence(
                    at,
                    Silence.builder(RuleTest.START.plus(at), RuleTest.START.plus(until))
                            .miner(miner)
                            .tag(tag)
                            .modelFilter(model)
                            .ruleId(
                                    rule == null
                                            ? null
                                            : List.copyOf(rules.keySet()).indexOf(rule) + 1L)
                            .build());
        } catch (InvalidArgumentException e) {
            problems.add(node, e);
            return null;
        }
    }

    private @Nullable TestAction restart(Duration at, DocumentFields fields) {
        boolean[] wanted = new boolean[1];
        fields.flag("restart", value -> wanted[0] = value);
        if (!wanted[0]) {
            fields.problem("restart", "restart must be true");
            return null;
        }
        return new TestAction.Restart(at);
    }

    private MinerAddress address(String text) {
        return MinerAddress.parse(text, context.defaultPort());
    }
}
