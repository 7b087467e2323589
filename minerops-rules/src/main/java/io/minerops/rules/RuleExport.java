package io.minerops.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.MinerAddress;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes rules as a file that reads back to the same rules. */
public final class RuleExport {
    private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

    private final boolean withSecrets;
    private final int defaultPort;

    private RuleExport(boolean withSecrets, int defaultPort) {
        this.withSecrets = withSecrets;
        this.defaultPort = defaultPort;
    }

    /** Writes, instead of the URL of a webhook, the name of a variable that must hold it when the file is read. */
    public static RuleExport masked() {
        return new RuleExport(false, MinerAddress.DEFAULT_PORT);
    }

    /** Writes the addresses of webhooks too, which are secrets. */
    public static RuleExport withSecrets() {
        return new RuleExport(true, MinerAddress.DEFAULT_PORT);
    }

    /** The same for a file that is read with another default port. */
    public RuleExport withDefaultPort(int port) {
        return new RuleExport(withSecrets, port);
    }

    /**
     * The rules as YAML. Keys that say what holds without them are left out.
     *
     * @throws InvalidArgumentException if two rules have the same name, which a file cannot say
     */
    public String toYaml(List<AlertRule> rules) {
        requireDistinctNames(rules);
        Map<Webhook, String> variables = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder("version: " + RuleFile.VERSION + "\nrules:");
        text.append(rules.isEmpty() ? " []\n" : "\n");
        for (AlertRule rule : rules) {
            String indent = "  - ";
            for (Map.Entry<String, Object> value :
                    RuleValues.said(rule, defaultPort).entrySet()) {
                text.append(indent).append(value.getKey()).append(':');
                append(text, value.getValue(), variables);
                indent = "    ";
            }
        }
        return text.toString();
    }

    /**
     * The rules as JSON, which reads back as the YAML does. Keys that say what holds without them are left out.
     *
     * @throws InvalidArgumentException if two rules have the same name, which a file cannot say
     */
    public String toJson(List<AlertRule> rules) {
        requireDistinctNames(rules);
        Map<Webhook, String> variables = new LinkedHashMap<>();
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("version", RuleFile.VERSION);
        file.put(
                "rules",
                rules.stream()
                        .map(rule -> json(RuleValues.said(rule, defaultPort), variables))
                        .toList());
        try {
            return JSON.writeValueAsString(file) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can be written", e);
        }
    }

    private Object json(Object value, Map<Webhook, String> variables) {
        if (value instanceof Map<?, ?> byName) {
            Map<String, Object> object = new LinkedHashMap<>();
            byName.forEach((name, single) -> object.put(String.valueOf(name), json(single, variables)));
            return object;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(item -> json(item, variables)).toList();
        }
        if (value instanceof Webhook webhook) {
            return withSecrets ? webhook.url().reveal() : "${" + variable(webhook, variables) + "}";
        }
        return value instanceof Double number ? new BigDecimal(YamlText.number(number)) : value;
    }

    private void append(StringBuilder text, Object value, Map<Webhook, String> variables) {
        if (value instanceof Map<?, ?> byName) {
            text.append('\n');
            byName.forEach((name, single) -> text.append("      ")
                    .append(YamlText.text(String.valueOf(name)))
                    .append(": ")
                    .append(
                            single instanceof List<?> list
                                    ? "[" + RuleValues.shown(list) + "]"
                                    : RuleValues.shown(single))
                    .append('\n'));
        } else if (value instanceof List<?> list) {
            text.append('\n');
            list.forEach(item -> text.append("      - ")
                    .append(YamlText.text(String.valueOf(item)))
                    .append('\n'));
        } else if (value instanceof Webhook webhook) {
            text.append(' ')
                    .append(
                            withSecrets
                                    ? YamlText.text(webhook.url().reveal())
                                    : "\"${" + variable(webhook, variables) + "}\" # the address at " + webhook.masked()
                                            + ", which is a secret: set the variable")
                    .append('\n');
        } else {
            text.append(' ').append(RuleValues.shown(value)).append('\n');
        }
    }

    /** A name made of the address's host; the same for the same address. */
    private static String variable(Webhook webhook, Map<Webhook, String> names) {
        Webhook address = Webhook.of(webhook.url().reveal(), WebhookFormat.GENERIC);
        String known = names.get(address);
        if (known != null) {
            return known;
        }
        String host = webhook.uri().getHost().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
        String name = "WEBHOOK_" + host;
        for (int next = 2; names.containsValue(name); next++) {
            name = "WEBHOOK_" + host + "_" + next;
        }
        names.put(address, name);
        return name;
    }

    private static void requireDistinctNames(List<AlertRule> rules) {
        Set<String> names = new HashSet<>();
        for (AlertRule rule : rules) {
            if (!names.add(rule.name())) {
                throw new InvalidArgumentException(
                        "name",
                        "rules must have different names, but two are named " + Check.quote(rule.name())
                                + "; rename or delete one of them first");
            }
        }
    }
}
