package io.minerops.server.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Values that a field cannot have, each for one reason. */
final class WrongValues {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Map<String, List<String>> BY_FORMAT = Map.of(
            "date-time",
            List.of(
                    "yesterday",
                    "2026-01-31",
                    "2026-01-31T12:00:00",
                    "+999999999-12-31T00:00:00Z",
                    "-100000-01-01T00:00:00Z"),
            "miner-address",
            List.of("not an address", "10.0.0.300", "10.0.0.1:99999", "[::1", "a..b/c"),
            "miner-range",
            List.of("10.0.0.0/33", "8.8.8.8", "10.0.0.9-1", ", ,"),
            "webhook-url",
            List.of("file:///etc/passwd", "https://user:secret@example.com/", "http://", "no address"),
            "cursor",
            List.of("x y", "o-1", "?"));

    private WrongValues() {}

    /** The values of a body's field, by what is wrong with them. */
    static Map<String, JsonNode> of(Shape shape) {
        Map<String, JsonNode> wrong = new LinkedHashMap<>();
        Set<String> types = shape.types();
        boolean number = types.contains("number") || types.contains("integer");
        put(wrong, !types.contains("string"), "a text", JSON.textNode("zzz"));
        put(wrong, !number, "a number", JSON.numberNode(7));
        put(wrong, number && !types.contains("number"), "half a number", JSON.numberNode(7.5));
        put(wrong, !types.contains("boolean"), "true", JSON.booleanNode(true));
        put(wrong, !types.contains("null"), "null", JSON.nullNode());
        put(wrong, !types.contains("array"), "a list", JSON.arrayNode());
        put(wrong, !types.contains("object"), "an object", JSON.objectNode());
        if (number) {
            outOfRange(shape).forEach((what, value) -> wrong.put(what, JSON.numberNode(value)));
        }
        if (types.contains("string")) {
            texts(shape).forEach((what, value) -> wrong.put(what, JSON.textNode(value)));
        }
        if (types.contains("array")) {
            lists(shape, wrong);
        }
        return wrong;
    }

    /** The values of a query's parameter, by what is wrong with them. */
    static Map<String, String> inQuery(Shape shape) {
        Map<String, String> wrong = new LinkedHashMap<>();
        Set<String> types = shape.types();
        wrong.put("nothing", "");
        wrong.put("a blank", " ");
        if (types.contains("number") || types.contains("integer")) {
            wrong.put("a text", "zzz");
            wrong.put("no finite number", "NaN");
            outOfRange(shape)
                    .forEach((what, value) ->
                            wrong.put(what, JSON.numberNode(value).asText()));
        }
        if (types.contains("integer")) {
            wrong.put("half a number", "2.5");
        }
        if (types.contains("boolean")) {
            wrong.put("neither true nor false", "maybe");
        }
        if (types.contains("array")) {
            wrong.put("none of the values", "nonsense");
            wrong.put(
                    "a gap in a list",
                    Request.text(shape.get("items").path("enum").path(0)) + ",");
        }
        if (types.contains("string")) {
            wrong.putAll(texts(shape));
        }
        return wrong;
    }

    private static Map<String, Double> outOfRange(Shape shape) {
        Map<String, Double> wrong = new LinkedHashMap<>();
        for (String bound : List.of("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum")) {
            JsonNode limit = shape.get(bound);
            if (limit.isNumber()) {
                boolean least = bound.toLowerCase(java.util.Locale.ROOT).endsWith("minimum");
                double step = Math.max(1, Math.ulp(limit.doubleValue()) * 2);
                wrong.put("beyond the " + bound, limit.doubleValue() + (least ? -step : step));
                if (bound.startsWith("exclusive")) {
                    wrong.put("the " + bound, limit.doubleValue());
                }
            }
        }
        if (shape.get("not").has("const")) {
            wrong.put("what it must not be", shape.get("not").path("const").doubleValue());
        }
        return wrong;
    }

    private static Map<String, String> texts(Shape shape) {
        Map<String, String> wrong = new LinkedHashMap<>();
        if (shape.keywords().has("enum") || shape.keywords().has("const")) {
            wrong.put("none of the values", "nonsense");
        }
        BY_FORMAT
                .getOrDefault(shape.get("format").asText(), List.of())
                .forEach(text -> wrong.put("no " + shape.get("format").asText() + " (" + text + ")", text));
        if (shape.get("maxLength").isInt()) {
            wrong.put("too long a text", "x".repeat(shape.get("maxLength").intValue() + 1));
        }
        String pattern = shape.get("pattern").asText();
        if (pattern.contains("u0000")) {
            wrong.put("a control character", "a\u0001b");
        }
        if (pattern.contains("\\S")) {
            wrong.put("a blank", "  ");
        }
        return wrong;
    }

    private static void lists(Shape shape, Map<String, JsonNode> wrong) {
        wrong.put("a list of numbers", JSON.arrayNode().add(7));
        JsonNode most = shape.get("maxItems");
        if (most.isInt()) {
            ArrayNode tooMany = JSON.arrayNode();
            for (int i = 0; i <= most.intValue(); i++) {
                tooMany.add("x" + i);
            }
            wrong.put("too many in a list", tooMany);
        }
        put(wrong, shape.get("minItems").asInt() > 0, "too few in a list", JSON.arrayNode());
        wrong.put("a blank in a list", JSON.arrayNode().add(" "));
        int longest = shape.get("items").path("maxLength").asInt();
        put(wrong, longest > 0, "too long a text in a list", JSON.arrayNode().add("x".repeat(longest + 1)));
    }

    private static void put(Map<String, JsonNode> wrong, boolean holds, String what, JsonNode value) {
        if (holds) {
            wrong.put(what, value);
        }
    }
}
