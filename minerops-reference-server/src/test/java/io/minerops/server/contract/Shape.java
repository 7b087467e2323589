package io.minerops.server.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One way to fulfil a schema: its references followed, its parts put together, of its alternatives one chosen, and of a
 * field that others depend on ({@code if} one constant, {@code then}) the value chosen.
 *
 * @param keywords what is left: a schema without references, parts, alternatives and conditions
 * @param demanded the fields that must be there whichever way is chosen
 */
record Shape(ObjectNode keywords, Set<String> demanded) {
    private static final List<String> COMPOSING = List.of("$ref", "allOf", "oneOf", "anyOf", "if", "then");

    /** A way chosen at random. */
    static Shape of(Description description, JsonNode schema, Random random) {
        Choosing choosing = new Choosing(description, random);
        choosing.add(schema);
        return choosing.shape();
    }

    Set<String> types() {
        return texts("type");
    }

    Set<String> required() {
        return texts("required");
    }

    Map<String, JsonNode> properties() {
        Map<String, JsonNode> properties = new LinkedHashMap<>();
        keywords.path("properties").properties().forEach(field -> properties.put(field.getKey(), field.getValue()));
        return properties;
    }

    /** A keyword of the schema. */
    JsonNode get(String keyword) {
        return keywords.path(keyword);
    }

    private Set<String> texts(String keyword) {
        JsonNode value = keywords.path(keyword);
        Set<String> texts = new LinkedHashSet<>();
        if (value.isTextual()) {
            texts.add(value.textValue());
        }
        value.forEach(text -> texts.add(text.textValue()));
        return texts;
    }

    /** Puts a shape together. */
    private static final class Choosing {
        private final Description description;
        private final Random random;
        private final ObjectNode whole = JsonNodeFactory.instance.objectNode();
        private final Set<String> demanded = new LinkedHashSet<>();
        private final Set<String> excluded = new LinkedHashSet<>();
        private final List<JsonNode> conditions = new ArrayList<>();

        Choosing(Description description, Random random) {
            this.description = description;
            this.random = random;
        }

        void add(JsonNode schema) {
            if (schema.has("$ref")) {
                add(description.target(schema));
            }
            schema.path("allOf").forEach(this::add);
            ObjectNode own = JsonNodeFactory.instance.objectNode();
            schema.properties().stream()
                    .filter(entry -> !COMPOSING.contains(entry.getKey()))
                    .forEach(entry -> own.set(entry.getKey(), entry.getValue()));
            merge(whole, own);
            own.path("required").forEach(name -> demanded.add(name.textValue()));
            if (schema.has("if")) {
                conditions.add(schema);
            }
            choose(schema.path("oneOf"), true);
            choose(schema.path("anyOf"), false);
        }

        private void choose(JsonNode alternatives, boolean exclusive) {
            if (alternatives.isEmpty()) {
                return;
            }
            JsonNode chosen = alternatives.get(random.nextInt(alternatives.size()));
            if (chosen.has("$ref")) {
                add(chosen);
            } else {
                Set<String> before = new LinkedHashSet<>(demanded);
                add(chosen);
                demanded.retainAll(before);
            }
            if (exclusive) {
                alternatives.forEach(other -> other.path("required").forEach(name -> excluded.add(name.textValue())));
                chosen.path("required").forEach(name -> excluded.remove(name.textValue()));
            }
        }

        Shape shape() {
            String name = discriminator();
            if (name != null) {
                List<JsonNode> branches = conditions.stream()
                        .filter(branch -> constant(branch, name) != null)
                        .toList();
                JsonNode chosen = branches.get(random.nextInt(branches.size()));
                conditions.clear();
                merge(whole, JsonNodeFactory.instance.objectNode().set("required", array(name)));
                ObjectNode value = JsonNodeFactory.instance.objectNode();
                value.set("const", constant(chosen, name));
                both(whole.withObjectProperty("properties"), name, value);
                add(chosen.path("then"));
            }
            excluded.forEach(whole.withObjectProperty("properties")::remove);
            if (!whole.has("type") && !whole.path("properties").isEmpty()) {
                whole.put("type", "object");
            }
            return new Shape(whole, demanded);
        }

        /** The field whose value most conditions require; null if none does. */
        private String discriminator() {
            return conditions.stream()
                    .flatMap(branch -> branch.at("/if/properties").propertyStream())
                    .filter(field -> field.getValue().path("const").isTextual())
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(null);
        }

        private static JsonNode constant(JsonNode branch, String name) {
            JsonNode value = branch.at("/if/properties/" + name + "/const");
            return value.isMissingNode() ? null : value;
        }

        private static ArrayNode array(String name) {
            return JsonNodeFactory.instance.arrayNode().add(name);
        }
    }

    private static void merge(ObjectNode whole, JsonNode more) {
        more.properties().forEach(entry -> {
            String keyword = entry.getKey();
            JsonNode value = entry.getValue();
            JsonNode before = whole.path(keyword);
            switch (keyword) {
                case "properties" -> {
                    ObjectNode properties = whole.withObjectProperty("properties");
                    value.properties().forEach(field -> both(properties, field.getKey(), field.getValue()));
                }
                case "required" ->
                    whole.set(
                            keyword, kept(kept(before, name -> true).addAll(kept(value, name -> true)), name -> true));
                case "type", "enum" -> whole.set(keyword, kept(value, one -> accepts(before, one)));
                case "pattern" -> {
                    if (before.isMissingNode()
                            || before.textValue().length() < value.textValue().length()) {
                        whole.set(keyword, value);
                    }
                }
                default -> whole.set(keyword, value);
            }
        });
    }

    /** A property that two parts speak of must be as both say. */
    private static void both(ObjectNode properties, String name, JsonNode schema) {
        if (properties.has(name)) {
            ArrayNode all = JsonNodeFactory.instance
                    .arrayNode()
                    .add(properties.get(name))
                    .add(schema);
            properties.set(name, JsonNodeFactory.instance.objectNode().set("allOf", all));
        } else {
            properties.set(name, schema);
        }
    }

    private static ArrayNode kept(JsonNode values, Predicate<JsonNode> wanted) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        items(values).filter(wanted).distinct().forEach(array::add);
        return array;
    }

    private static Stream<JsonNode> items(JsonNode value) {
        return value.isArray() ? value.valueStream() : value.isMissingNode() ? Stream.of() : Stream.of(value);
    }

    private static boolean accepts(JsonNode before, JsonNode value) {
        return before.isMissingNode()
                || items(before).anyMatch(value::equals)
                || (value.asText().equals("integer") && before.toString().contains("\"number\""));
    }
}
