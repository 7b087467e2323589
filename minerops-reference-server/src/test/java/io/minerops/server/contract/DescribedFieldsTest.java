package io.minerops.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.core.alert.RuleTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the description says of each field: its meaning, its unit, an example, and for rules what the engine knows. */
class DescribedFieldsTest {
    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("_ths", "TH/s"),
            Map.entry("_w", "W"),
            Map.entry("_c", "°C"),
            Map.entry("_rpm", "rpm"),
            Map.entry("_s", "s"),
            Map.entry("_usd", "USD"),
            Map.entry("_pct", "%"),
            Map.entry("_kwh", "kWh"),
            Map.entry("_minutes", "min"),
            Map.entry("_j_per_th", "J/TH"));

    private final Description description = Description.served();

    /** Every field of every schema, by where it stands. */
    private Map<String, JsonNode> fields() {
        Map<String, JsonNode> fields = new TreeMap<>();
        gather("", description.document(), fields);
        return fields;
    }

    private static void gather(String at, JsonNode node, Map<String, JsonNode> fields) {
        if (node.isObject()) {
            boolean condition = at.matches(".*/(if|then|not|(oneOf|anyOf)/\\d+)$") && !node.has("type");
            node.properties().forEach(entry -> {
                String here = at + "/" + escaped(entry.getKey());
                if (entry.getKey().equals("properties") && !condition) {
                    entry.getValue()
                            .properties()
                            .forEach(field -> fields.put(here + "/" + field.getKey(), field.getValue()));
                }
                if (!entry.getKey().equals("examples")
                        && !(condition && entry.getKey().equals("properties"))) {
                    gather(here, entry.getValue(), fields);
                }
            });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                gather(at + "/" + i, node.get(i), fields);
            }
        }
    }

    private static boolean isOverlay(JsonNode field) {
        return !field.has("type") && !field.has("$ref") && !field.has("oneOf");
    }

    @Test
    void each_says_what_it_is() {
        fields().forEach((at, field) -> {
            if (!isOverlay(field)) {
                assertThat(description.resolved(field).path("description").asText())
                        .as("description of %s", at)
                        .isNotBlank();
            }
        });
    }

    @Test
    void numbers_whose_name_has_a_unit_say_it() {
        fields().forEach((at, field) -> {
            JsonNode whole = description.resolved(field);
            String type = whole.path("type").toString();
            String name = at.substring(at.lastIndexOf('/') + 1);
            UNITS.forEach((suffix, unit) -> {
                if (name.endsWith(suffix)
                        && (type.contains("number") || type.contains("integer"))
                        && !at.contains("ReadingDeviations")
                        && UNITS.keySet().stream()
                                .noneMatch(longer -> longer.length() > suffix.length() && name.endsWith(longer))) {
                    assertThat(whole.path("x-unit").asText())
                            .as("x-unit of %s", at)
                            .contains(unit);
                }
            });
        });
    }

    @Test
    void each_that_is_no_container_has_an_example_that_is_valid() {
        List<String> without = new ArrayList<>();
        fields().forEach((at, field) -> {
            JsonNode whole = description.resolved(field);
            String type = whole.path("type").toString();
            boolean reported = whole.has("enum") || whole.has("const") || whole.has("properties") || isOverlay(field);
            boolean container = type.contains("array") || type.contains("object") || whole.has("oneOf");
            if (!reported && !container && !whole.has("examples")) {
                without.add(at);
            }
            for (JsonNode example : whole.path("examples")) {
                assertThat(description.schema(at).validate(example))
                        .as("example %s of %s", example, at)
                        .isEmpty();
            }
        });

        assertThat(without).as("fields without examples").isEmpty();
    }

    private static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    @Test
    void every_object_is_closed_or_says_what_else_it_may_hold() {
        // what others are put together from cannot be closed by itself
        Set<String> parts = new TreeSet<>();
        walk("", description.document(), (at, node) -> {
            if (at.matches(".*/allOf/\\d+")) {
                parts.add(node.path("$ref").asText("#").substring(1));
            }
        });
        List<String> open = new ArrayList<>();
        walk("", description.document(), (at, node) -> {
            boolean object = node.path("type").toString().contains("object") && node.has("properties");
            if (object
                    && !parts.contains(at)
                    && !node.has("additionalProperties")
                    && !node.has("unevaluatedProperties")) {
                open.add(at);
            }
        });

        assertThat(open).isEmpty();
    }

    private static void walk(String at, JsonNode node, java.util.function.BiConsumer<String, JsonNode> visitor) {
        visitor.accept(at, node);
        node.properties().forEach(entry -> walk(at + "/" + entry.getKey(), entry.getValue(), visitor));
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                walk(at + "/" + i, node.get(i), visitor);
            }
        }
    }

    @Test
    void every_type_of_rule_has_its_thresholds_and_options() {
        RuleTypes types = RuleTypes.installed();
        Map<String, JsonNode> described = new TreeMap<>();
        description
                .document()
                .at("/components/schemas/ThresholdsByType/allOf")
                .forEach(branch -> described.put(
                        branch.at("/if/properties/rule_type/const").asText(), branch.at("/then/properties")));

        assertThat(described.keySet())
                .isEqualTo(types.known().stream().map(RuleType::key).collect(Collectors.toCollection(TreeSet::new)));
        for (RuleType type : types.known()) {
            JsonNode then = described.get(type.key());
            assertThat(names(then.path("thresholds")))
                    .as("thresholds of %s", type)
                    .isEqualTo(types.thresholdNames(type));
            assertThat(names(then.path("options"))).as("options of %s", type).isEqualTo(types.optionNames(type));
        }
    }

    @Test
    void the_types_of_rules_are_those_of_the_engine() {
        assertThat(description
                        .document()
                        .at("/components/schemas/RuleFields/properties/rule_type/enum")
                        .valueStream()
                        .map(JsonNode::asText))
                .containsExactlyElementsOf(RuleTypes.installed().known().stream()
                        .map(RuleType::key)
                        .toList());
    }

    @Test
    void the_defaults_of_a_rule_are_those_of_the_library() {
        AlertRule rule = AlertRule.builder("any", RuleType.TEMP).build();
        JsonNode fields = description.document().at("/components/schemas/RuleFields/properties");

        assertThat(fields.at("/enabled/default").booleanValue()).isEqualTo(rule.enabled());
        assertThat(fields.at("/severity/default").textValue())
                .isEqualTo(rule.severity().key());
        assertThat(fields.at("/cooldown_minutes/default").intValue())
                .isEqualTo(rule.cooldown().toMinutes());
        assertThat(fields.at("/notify_email/default").booleanValue()).isEqualTo(rule.notifyEmail());
        assertThat(fields.at("/notify_webhook/default").booleanValue()).isEqualTo(rule.notifyWebhook());
    }

    private Set<String> names(JsonNode schema) {
        return description
                .parts(schema)
                .filter(part -> !part.has("required") || part.has("type"))
                .flatMap(part -> part.path("properties").propertyStream())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
