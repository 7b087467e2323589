package io.minerops.rules;

import io.minerops.api.alert.AlertRule;
import io.minerops.core.alert.RuleLinter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of rules, YAML 1.2 or JSON: {@code version: 1} and a list {@code rules}, each with the keys that a rule has in
 * the REST interface. A rule is known by its name, which no other rule of the file has. A {@code webhook_url} of the form
 * <code>${NAME}</code> is taken from the environment, so that a secret need not stand in the file.
 *
 * @param name the file as it was named
 * @param entries its rules in their order
 */
public record RuleFile(String name, List<FileRule> entries) {
    /** The most rules of one file. */
    public static final int MAX_RULES = 1_000;

    static final int VERSION = 1;

    private static final List<String> KEYS = List.of("$schema", "version", "rules");

    public RuleFile {
        entries = List.copyOf(entries);
    }

    /**
     * Reads a file with {@link RuleContext#standard()}.
     *
     * @throws RuleFileException with everything that is wrong with it
     */
    public static RuleFile read(Path file) {
        return read(file, RuleContext.standard());
    }

    /**
     * Reads a file of at most 1 MiB.
     *
     * @throws RuleFileException with everything that is wrong with it
     */
    public static RuleFile read(Path file, RuleContext context) {
        Problems problems = new Problems(file.toString());
        String text = YamlReader.text(file, problems);
        problems.throwIfAny();
        return parse(file.toString(), text == null ? "" : text, context);
    }

    /**
     * Reads the text of a file with {@link RuleContext#standard()}.
     *
     * @param name how problems call it
     * @throws RuleFileException with everything that is wrong with it
     */
    public static RuleFile parse(String name, String text) {
        return parse(name, text, RuleContext.standard());
    }

    /**
     * Reads the text of a file.
     *
     * @param name how problems call it
     * @throws RuleFileException with everything that is wrong with it
     */
    public static RuleFile parse(String name, String text, RuleContext context) {
        Problems problems = new Problems(name);
        List<FileRule> rules = new ArrayList<>();
        DocumentNode document = YamlReader.read(text, problems);
        if (document != null) {
            DocumentFields top = DocumentFields.of(document, "a file of rules", KEYS, problems);
            if (document instanceof DocumentNode.Fields) {
                top.require("a file of rules", "version", "rules");
            }
            checkVersion(top);
            rules.addAll(rules(top.items("rules"), context, problems));
        }
        problems.throwIfAny();
        return new RuleFile(name, rules);
    }

    /** The keys that a rule may have, in the order in which they are written. */
    public static List<String> ruleKeys() {
        return RuleReader.NAMES;
    }

    /** The rules in their order. */
    public List<AlertRule> rules() {
        return entries.stream().map(FileRule::rule).toList();
    }

    /**
     * What of its rules can hardly be meant, each with the file, the line and the name of its rule.
     *
     * @param linter of the miners that the rules are for, such as {@code ops.rules().review()}
     */
    public List<String> warnings(RuleLinter linter) {
        return entries.stream()
                .flatMap(entry -> linter.warnings(entry.rule()).stream()
                        .map(warning ->
                                name + ":" + entry.line() + ": " + entry.rule().name() + ": " + warning))
                .toList();
    }

    public static void checkVersion(DocumentFields top) {
        top.number("version", version -> {
            if (version != VERSION) {
                top.problem(
                        "version",
                        "version must be " + VERSION + ", the only one there is, not " + YamlText.number(version));
            }
        });
    }

    /** The rules of a list that can be watched; the others are noted. */
    public static List<FileRule> rules(List<DocumentNode> nodes, RuleContext context, Problems problems) {
        List<FileRule> rules = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        if (nodes.size() > MAX_RULES) {
            problems.add(nodes.get(MAX_RULES), "rules must be at most " + MAX_RULES + ", not " + nodes.size());
            return rules;
        }
        for (DocumentNode node : nodes) {
            DocumentNode.@Nullable Scalar name = name(node);
            Integer first = name == null ? null : lines.putIfAbsent(name.text(), name.line());
            if (name != null && first != null) {
                problems.add(
                        name,
                        "name " + name.shown().substring("the text ".length()) + " is another rule's, in line " + first
                                + "; each rule needs a unique name");
            }
            AlertRule rule = RuleReader.read(node, context, problems);
            if (rule != null) {
                rules.add(new FileRule(rule, node.line()));
            }
        }
        return rules;
    }

    private static DocumentNode.@Nullable Scalar name(DocumentNode rule) {
        if (rule instanceof DocumentNode.Fields fields) {
            for (DocumentNode.Field field : fields.fields()) {
                if (field.name().equals("name")
                        && field.value() instanceof DocumentNode.Scalar name
                        && name.kind() == DocumentNode.Kind.TEXT) {
                    return name;
                }
            }
        }
        return null;
    }

    /**
     * A rule of a file.
     *
     * @param rule the rule, which no store has numbered
     * @param line the line in which it begins, from 1
     */
    public record FileRule(AlertRule rule, int line) {}
}
