package io.minerops.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Severity;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.miner.MinerAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads one rule, or the changes of one: of a file of rules, or of a JSON document such as the body of a request. Both
 * are checked by the same rules and refused with the same sentences.
 */
public final class RuleReader {
    /** The keys that a rule may have, in the order in which they are written. */
    static final List<String> NAMES = List.of(
            "name",
            "description",
            "rule_type",
            "enabled",
            "thresholds",
            "options",
            "severity",
            "cooldown_minutes",
            "notify_email",
            "notify_webhook",
            "webhook_url",
            "webhook_format",
            "channels",
            "miner_ip",
            "model_filter",
            "tags_filter");

    public static final Map<String, Severity> SEVERITIES = byKey(List.of(Severity.values()), Severity::key);
    static final double MILLIS_PER_MINUTE = 60_000;

    private static final String A_RULE = "a rule";
    private static final String THRESHOLDS = "thresholds.";
    private static final String OPTIONS = "options.";

    private final RuleContext context;
    private final DocumentFields fields;
    private final Problems problems;

    private RuleReader(RuleContext context, DocumentFields fields, Problems problems) {
        this.context = context;
        this.fields = fields;
        this.problems = problems;
    }

    /**
     * The rule that a JSON document describes; what it leaves out has its default, and so has what is {@code null} or,
     * where a text is optional, blank.
     *
     * @throws RuleFileException with everything that is wrong with it, each problem with its {@link FileProblem#field()}
     */
    public static AlertRule create(JsonNode rule, RuleContext context) {
        Problems problems = new Problems(A_RULE);
        return whole(read(JsonDocument.of(rule, problems), context, problems), problems);
    }

    /**
     * A rule with the changes that a JSON document describes. A {@code webhook_url} that is the rule's own, masked,
     * changes nothing.
     *
     * @throws RuleFileException with everything that is wrong with it, each problem with its {@link FileProblem#field()}
     */
    public static AlertRule change(AlertRule rule, JsonNode changes, RuleContext context) {
        Problems problems = new Problems(A_RULE);
        return whole(change(rule, JsonDocument.of(changes, problems), context, problems), problems);
    }

    private static AlertRule whole(@Nullable AlertRule rule, Problems problems) {
        problems.throwIfAny();
        return Objects.requireNonNull(rule, "a rule without problems");
    }

    /** The rule of a node; null, with the problems noted, where it is not one that can be watched. */
    static @Nullable AlertRule read(DocumentNode node, RuleContext context, Problems problems) {
        DocumentFields fields = DocumentFields.of(node, A_RULE, NAMES, problems);
        boolean complete = node instanceof DocumentNode.Fields && fields.require(A_RULE, "name", "rule_type");
        return new RuleReader(context, fields, problems).read(null, complete);
    }

    /** A rule with the changes of a node; null, with the problems noted, where that is not one that can be watched. */
    public static @Nullable AlertRule change(
            AlertRule rule, DocumentNode node, RuleContext context, Problems problems) {
        DocumentFields fields = DocumentFields.of(node, A_RULE, NAMES, problems);
        return new RuleReader(context, fields, problems).read(rule, true);
    }

    private @Nullable AlertRule read(@Nullable AlertRule before, boolean complete) {
        int known = problems.count();
        RuleType type = before == null ? null : before.type();
        if (fields.has("rule_type")) {
            type = fields.textAs("rule_type", this::type);
        }
        // the type of a rule that is not built in the end makes no difference
        RuleType orAny = Objects.requireNonNullElse(type, RuleType.TEMP);
        AlertRule.Builder rule = before == null
                ? AlertRule.builder("", orAny)
                : before.toBuilder().type(orAny);
        fields.text("name", value -> set(rule, builder -> builder.name(value)));
        fields.optionalText("description", value -> set(rule, builder -> builder.description(value)));
        fields.flag("enabled", rule::enabled);
        fields.numbers("thresholds", values -> rule.thresholds(Thresholds.of(values)));
        fields.textLists("options", values -> set(rule, builder -> builder.options(values)));
        fields.choice("severity", SEVERITIES, rule::severity);
        fields.number("cooldown_minutes", minutes -> set(rule, builder -> builder.cooldown(duration(minutes))));
        fields.flag("notify_email", rule::notifyEmail);
        fields.flag("notify_webhook", rule::notifyWebhook);
        rule.webhook(WebhookReader.read(fields, context, before == null ? null : before.webhook()));
        fields.texts("channels", values -> set(rule, builder -> builder.channels(known(values))));
        fields.optionalText("miner_ip", value -> rule.miner(value == null ? null : miner(value)));
        fields.optionalText("model_filter", value -> set(rule, builder -> builder.modelFilter(value)));
        fields.texts("tags_filter", values -> set(rule, builder -> builder.tagsFilter(values)));
        if (!complete || type == null || (before == null && !nameWasTaken(rule))) {
            return null;
        }
        AlertRule built = rule.build();
        if (built.notifyWebhook() && built.webhook() == null && !fields.hasValue("webhook_url")) {
            fields.problem("notify_webhook", "webhook_url", "webhook_url must be given where notify_webhook is true");
        }
        validate(built);
        return problems.count() == known ? built : null;
    }

    private static boolean nameWasTaken(AlertRule.Builder rule) {
        try {
            rule.build();
            return true;
        } catch (InvalidArgumentException e) {
            // the name is the only field without a default; its own problem is noted already
            return false;
        }
    }

    /** Sets a field of the rule, unless its value is refused by itself. */
    private static void set(AlertRule.Builder rule, Consumer<AlertRule.Builder> field) {
        AlertRule.Builder alone = AlertRule.builder("any", RuleType.TEMP);
        field.accept(alone);
        alone.build();
        field.accept(rule);
    }

    private RuleType type(String text) {
        return context.types().known().stream()
                .filter(known -> known.key().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidArgumentException(
                        "rule_type",
                        DocumentFields.notOneOf(
                                "rule_type",
                                text,
                                context.types().known().stream()
                                        .map(RuleType::key)
                                        .toList())));
    }

    private List<String> known(List<String> channels) {
        Collection<String> known = context.channels();
        for (String channel : channels) {
            if (known != null && !known.contains(channel)) {
                throw new InvalidArgumentException("channels", DocumentFields.notOneOf("channels", channel, known));
            }
        }
        return channels;
    }

    private MinerAddress miner(String text) {
        return MinerAddress.parse(text, context.defaultPort());
    }

    private static Duration duration(double minutes) {
        return Duration.ofMillis(Math.round(minutes * MILLIS_PER_MINUTE));
    }

    /** Notes every threshold and every option that the rule's type refuses, not only the first. */
    private void validate(AlertRule rule) {
        String type = " of a rule of type " + rule.type();
        AlertRule left = rule;
        for (String name : unknown(rule.thresholds().names(), context.types().thresholdNames(rule.type()))) {
            fields.problem(
                    THRESHOLDS + name,
                    DocumentFields.unknown(
                            name, "the thresholds" + type, context.types().thresholdNames(rule.type())));
            left = without(left, THRESHOLDS + name);
        }
        for (String name : unknown(rule.options().keySet(), context.types().optionNames(rule.type()))) {
            fields.problem(
                    OPTIONS + name,
                    DocumentFields.unknown(
                            name, "the options" + type, context.types().optionNames(rule.type())));
            left = without(left, OPTIONS + name);
        }
        boolean whole = left.equals(rule);
        for (AlertRule next = left; next != null; whole = false) {
            next = validated(next, whole);
        }
    }

    /**
     * Notes the first threshold or option that the rule's type refuses.
     *
     * @param whole whether the rule is as the file has it: what is missing in another is no fault of the file
     * @return the rule without what was refused; null where there is nothing more to say
     */
    private @Nullable AlertRule validated(AlertRule rule, boolean whole) {
        try {
            context.types().validate(rule);
            return null;
        } catch (InvalidArgumentException e) {
            AlertRule without = without(rule, e.argument());
            if (whole || !without.equals(rule)) {
                fields.problem(e.argument(), String.valueOf(e.getMessage()));
            }
            return without.equals(rule) ? null : without;
        }
    }

    private static List<String> unknown(Collection<String> given, Collection<String> known) {
        return given.stream().filter(name -> !known.contains(name)).toList();
    }

    /** The rule without the threshold or the option of that name; the same where it has none. */
    private static AlertRule without(AlertRule rule, String path) {
        Map<String, Double> thresholds = new LinkedHashMap<>(rule.thresholds().asMap());
        thresholds.keySet().removeIf(name -> path.equals(THRESHOLDS + name));
        Map<String, List<String>> options = new LinkedHashMap<>(rule.options());
        options.keySet().removeIf(name -> path.equals(OPTIONS + name));
        return rule.toBuilder()
                .thresholds(Thresholds.of(thresholds))
                .options(options)
                .build();
    }

    static <T> Map<String, T> byKey(List<T> values, Function<T, String> key) {
        Map<String, T> map = new LinkedHashMap<>();
        values.forEach(value -> map.put(key.apply(value), value));
        return map;
    }
}
