package io.minerops.server.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes values that schemas of the description take. Numbers are often those at the ends of their range; a field that
 * depends on another, as its {@code x-} keywords say, is made to go with it or is left out.
 */
final class Values {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final double OFTEN = 0.4;
    private static final double SELDOM = 0.12;
    private static final double FAR = 1e6;

    private final Description description;
    private final Random random;
    private final Map<String, Supplier<JsonNode>> byName;
    private final IdentityHashMap<ObjectNode, Shape> shapes = new IdentityHashMap<>();

    /** @param byName makes the values of the fields and the formats of those names, in place of what any would do */
    Values(Description description, Random random, Map<String, Supplier<JsonNode>> byName) {
        this.description = description;
        this.random = random;
        this.byName = byName;
    }

    /** A value of a field that has this schema. */
    JsonNode of(String name, JsonNode schema) {
        return of(name, Shape.of(description, schema, random));
    }

    /** A value of that shape. */
    JsonNode of(String name, Shape shape) {
        if (shape.keywords().has("const")) {
            return shape.get("const");
        } else if (byName.containsKey(name)) {
            return byName.get(name).get();
        } else if (shape.types().contains("null") && random.nextDouble() < SELDOM) {
            return JSON.nullNode();
        } else if (shape.keywords().has("enum")) {
            return any(shape.get("enum"));
        }
        String type = shape.types().stream()
                .filter(one -> !one.equals("null"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " has no type: " + shape.keywords()));
        return switch (type) {
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "integer" -> JSON.numberNode(Math.round(number(shape, true)));
            case "number" -> JSON.numberNode(number(shape, false));
            case "string" -> text(shape);
            case "array" -> array(name, shape);
            default -> object(shape);
        };
    }

    /** How the objects were made that this made. */
    IdentityHashMap<ObjectNode, Shape> shapes() {
        return shapes;
    }

    private JsonNode any(JsonNode values) {
        return values.get(random.nextInt(values.size()));
    }

    private double number(Shape shape, boolean whole) {
        double least =
                shape.get("minimum").asDouble(shape.get("exclusiveMinimum").asDouble(-FAR));
        double most =
                shape.get("maximum").asDouble(shape.get("exclusiveMaximum").asDouble(Math.max(FAR, least)));
        double within = least + random.nextDouble() * (most - least);
        if (random.nextDouble() < OFTEN) {
            boolean high = random.nextBoolean();
            if (shape.keywords().has(high ? "maximum" : "minimum")) {
                return high ? most : least;
            }
        }
        return whole ? Math.floor(within) : within == least ? (least + most) / 2 : within;
    }

    private JsonNode text(Shape shape) {
        String format = shape.get("format").asText();
        if (byName.containsKey(format)) {
            return byName.get(format).get();
        } else if (format.equals("date-time")) {
            // what comes after another time lies in the future, and all others in the past
            long base = shape.keywords().has("x-after") ? 1_900_000_000L : 1_600_000_000L;
            return JSON.textNode(
                    Instant.ofEpochSecond(base + random.nextInt(100_000_000)).toString());
        } else if (shape.keywords().has("pattern")
                && !shape.get("pattern").asText().contains("u0000")) {
            return any(shape.get("examples"));
        }
        int most = Math.min(shape.get("maxLength").asInt(40), random.nextDouble() < SELDOM ? 4_000 : 24);
        int length = random.nextDouble() < SELDOM ? most : 1 + random.nextInt(most);
        String alphabet = "abcXYZ019 _-.,:;/\\\"'<>&%*{}[]#\u00e9\u00df\u6f22\u2028\t";
        StringBuilder text = new StringBuilder("x");
        while (text.length() < length) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return JSON.textNode(text.toString());
    }

    private JsonNode array(String name, Shape shape) {
        int least = shape.get("minItems").asInt(0);
        int most = Math.max(least, Math.min(shape.get("maxItems").asInt(4), random.nextDouble() < SELDOM ? 64 : 3));
        ArrayNode array = JSON.arrayNode();
        for (int i = least + random.nextInt(most - least + 1); i > 0; i--) {
            array.add(of(name + "[]", shape.get("items")));
        }
        return array;
    }

    /** An object with the fields that it must have, some of the others, and none that is only read. */
    ObjectNode object(Shape shape) {
        Set<String> names = new LinkedHashSet<>(shape.required());
        shape.properties().forEach((name, schema) -> {
            if (!description.resolved(schema).path("readOnly").asBoolean() && random.nextDouble() < OFTEN) {
                names.add(name);
            }
        });
        ObjectNode object = JSON.objectNode();
        shapes.put(object, shape);
        names.forEach(name -> object.set(name, of(name, shape.properties().get(name))));
        new Dependencies(description, shape, random).settle(object);
        return object;
    }
}
