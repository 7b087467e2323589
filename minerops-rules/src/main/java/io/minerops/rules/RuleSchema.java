package io.minerops.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.core.alert.RuleTypes;
import java.util.Collection;

/**
 * The JSON Schema (2020-12) of a file of rules, for editors and other tools: keys, types of rules, and the thresholds and
 * options of each type.
 */
public final class RuleSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private RuleSchema() {}

    /** The schema of files whose rules are of these types; the same text for the same types. */
    public static String of(RuleTypes types) {
        ObjectNode schema = JSON.objectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "MinerOps rules");
        schema.put("type", "object");
        ObjectNode top = schema.putObject("properties");
        top.putObject("$schema").put("type", "string");
        top.putObject("version").put("const", RuleFile.VERSION);
        ObjectNode rules = top.putObject("rules");
        rules.put("type", "array").put("maxItems", RuleFile.MAX_RULES);
        rules.putObject("items").put("$ref", "#/$defs/rule");
        required(schema, "version", "rules");
        schema.put("additionalProperties", false);
        ObjectNode parts = schema.putObject("$defs");
        parts.set("rule", rule(types));
        return text(schema);
    }

    private static ObjectNode rule(RuleTypes types) {
        ObjectNode rule = JSON.objectNode();
        rule.put("type", "object");
        ObjectNode keys = rule.putObject("properties");
        text(keys, "name", 120, "what people call it; no other rule of the file has the same");
        text(keys, "description", 2_000, "free text");
        choice(keys, "rule_type", types.known().stream().map(RuleType::key).toList(), "what kind of condition it is");
        flag(keys, "enabled", true, "whether it is watched at all");
        keys.putObject("thresholds").put("type", "object").put("description", "the numbers that it judges by");
        keys.putObject("options").put("type", "object").put("description", "texts by option name");
        choice(keys, "severity", RuleReader.SEVERITIES.keySet(), "severity of its alerts; default: warning");
        keys.putObject("cooldown_minutes")
                .put("type", "number")
                .put("minimum", 0)
                .put("maximum", 366 * 24 * 60)
                .put("default", AlertRule.DEFAULT_COOLDOWN.toMinutes())
                .put(
                        "description",
                        "minutes until a new alert may be raised, and between two reminders of an open one");
        flag(keys, "notify_email", true, "whether its alerts are mailed");
        flag(keys, "notify_webhook", false, "whether its alerts are posted to the webhook");
        keys.putObject("webhook_url")
                .put("type", "string")
                .put("pattern", "^([Hh][Tt][Tt][Pp][Ss]?://.+|\\$\\{[A-Za-z_][A-Za-z0-9_]*\\})$")
                .put("description", "where they are posted, or ${NAME} for an address in the environment");
        choice(keys, "webhook_format", WebhookReader.WEBHOOK_FORMATS.keySet(), "the shape of what is posted");
        texts(keys, "channels", AlertRule.MAX_CHANNELS, 32, "channels beside e-mail and webhook; all where absent");
        text(keys, "miner_ip", 260, "the only miner it is watched on: host or host:port");
        text(keys, "model_filter", 120, "a part of the model's name, case ignored");
        texts(keys, "tags_filter", 32, 64, "miners with any of these tags");
        nullable(keys, "description", "miner_ip", "model_filter", "webhook_url");
        required(rule, "name", "rule_type");
        rule.put("additionalProperties", false);
        rule.set("allOf", new RuleTypeSchema(types, false).branches());
        return rule;
    }

    private static void text(ObjectNode keys, String name, int most, String meaning) {
        keys.putObject(name)
                .put("type", "string")
                .put("minLength", 1)
                .put("maxLength", most)
                .put("description", meaning);
    }

    private static void texts(ObjectNode keys, String name, int most, int longest, String meaning) {
        ObjectNode list = keys.putObject(name);
        list.put("type", "array").put("maxItems", most).put("description", meaning);
        list.putObject("items").put("type", "string").put("minLength", 1).put("maxLength", longest);
    }

    private static void flag(ObjectNode keys, String name, boolean standard, String meaning) {
        keys.putObject(name).put("type", "boolean").put("default", standard).put("description", meaning);
    }

    private static void choice(ObjectNode keys, String name, Collection<String> choices, String meaning) {
        ArrayNode accepted = keys.putObject(name).put("description", meaning).putArray("enum");
        choices.forEach(accepted::add);
    }

    private static void nullable(ObjectNode keys, String... names) {
        for (String name : names) {
            ((ObjectNode) keys.get(name)).putArray("type").add("string").add("null");
        }
    }

    private static void required(ObjectNode schema, String... names) {
        ArrayNode required = schema.putArray("required");
        for (String name : names) {
            required.add(name);
        }
    }

    private static String text(ObjectNode schema) {
        DefaultIndenter indent = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indent).withArrayIndenter(indent);
        try {
            return new ObjectMapper().writer(printer).writeValueAsString(schema) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON is always written", e);
        }
    }
}
