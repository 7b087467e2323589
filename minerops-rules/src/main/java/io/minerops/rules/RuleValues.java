package io.minerops.rules;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.Webhook;
import io.minerops.api.miner.MinerAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * The values of a rule by the keys that a file has for them, in the order in which they are written. A value is a text,
 * a number, a flag, a list of texts, numbers or lists by name, or a {@link Webhook} for its address; a key without one is left
 * out.
 */
final class RuleValues {
    private RuleValues() {}

    static Map<String, Object> of(AlertRule rule) {
        return of(rule, MinerAddress.DEFAULT_PORT);
    }

    static Map<String, Object> of(AlertRule rule, int defaultPort) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", rule.name());
        if (rule.description() != null) {
            values.put("description", rule.description());
        }
        values.put("rule_type", rule.type().key());
        values.put("enabled", rule.enabled());
        if (!rule.thresholds().names().isEmpty()) {
            values.put("thresholds", rule.thresholds().asMap());
        }
        if (!rule.options().isEmpty()) {
            values.put("options", rule.options());
        }
        values.put("severity", rule.severity().key());
        values.put("cooldown_minutes", rule.cooldown().toMillis() / RuleReader.MILLIS_PER_MINUTE);
        values.put("notify_email", rule.notifyEmail());
        values.put("notify_webhook", rule.notifyWebhook());
        Webhook webhook = rule.webhook();
        if (webhook != null) {
            values.put("webhook_url", webhook);
            values.put("webhook_format", webhook.format().key());
        }
        if (!rule.channels().isEmpty()) {
            values.put("channels", rule.channels());
        }
        if (rule.miner() != null) {
            values.put("miner_ip", rule.miner().toString(defaultPort));
        }
        if (rule.modelFilter() != null) {
            values.put("model_filter", rule.modelFilter());
        }
        if (!rule.tagsFilter().isEmpty()) {
            values.put("tags_filter", rule.tagsFilter());
        }
        return values;
    }

    static Map<String, Object> said(AlertRule rule) {
        return said(rule, MinerAddress.DEFAULT_PORT);
    }

    /** Those that a rule with the same name and type would not have without saying so. */
    static Map<String, Object> said(AlertRule rule, int defaultPort) {
        Map<String, Object> unsaid =
                of(AlertRule.builder(rule.name(), rule.type()).build(), defaultPort);
        unsaid.remove("name");
        unsaid.remove("rule_type");
        Map<String, Object> said = of(rule, defaultPort);
        said.entrySet().removeIf(value -> value.getValue().equals(unsaid.get(value.getKey())));
        return said;
    }

    /** The values with the names within one made keys of their own, such as {@code thresholds.temp_c}. */
    static Map<String, Object> flat(Map<String, Object> values) {
        Map<String, Object> flat = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (value instanceof Map<?, ?> inner) {
                inner.forEach((name, single) -> flat.put(key + "." + name, Objects.requireNonNull(single)));
            } else {
                flat.put(key, value);
            }
        });
        return flat;
    }

    /** Every key that one of them has, in the order in which they are written. */
    static List<String> keys(Map<String, Object> one, Map<String, Object> other) {
        TreeSet<String> keys = new TreeSet<>((a, b) -> {
            int byPlace = Integer.compare(place(a), place(b));
            return byPlace != 0 ? byPlace : a.compareTo(b);
        });
        keys.addAll(one.keySet());
        keys.addAll(other.keySet());
        return List.copyOf(keys);
    }

    private static int place(String key) {
        return RuleReader.NAMES.indexOf(key.replaceFirst("\\..*", ""));
    }

    /** A value on one line, for people; of a webhook only what may be shown. */
    static String shown(Object value) {
        if (value instanceof Webhook webhook) {
            return webhook.masked();
        } else if (value instanceof Double number) {
            return YamlText.number(number);
        } else if (value instanceof List<?> list) {
            return String.join(
                    ", ",
                    list.stream()
                            .map(item -> YamlText.text(String.valueOf(item)))
                            .toList());
        }
        return value instanceof String text ? YamlText.text(text) : String.valueOf(value);
    }
}
