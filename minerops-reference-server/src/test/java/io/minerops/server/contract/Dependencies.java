package io.minerops.server.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** How the fields of an object depend on one another, which schemas cannot say and {@code x-} keywords do. */
record Dependencies(Description description, Shape shape, Random random) {
    /** More than what two limits must be apart for both to clear 5 % inside them. */
    private static final double APART = 1.2;

    private static final List<String> LIMITS = List.of("x-at-most", "x-at-least", "x-below", "x-above");

    /** Changes what does not go together, or takes it out. */
    void settle(ObjectNode object) {
        for (Map.Entry<String, JsonNode> property : shape.properties().entrySet()) {
            Shape field = Shape.of(description, property.getValue(), random);
            String name = property.getKey();
            for (JsonNode needed : field.get("x-needs")) {
                boolean plain = object.path(name).equals(field.get("default"));
                if (!object.hasNonNull(needed.textValue()) && !plain) {
                    object.remove(name);
                }
            }
            limit(object, name, field);
        }
        // what was taken out may have been needed
        for (Map.Entry<String, JsonNode> property : shape.properties().entrySet()) {
            JsonNode needs = Shape.of(description, property.getValue(), random).get("x-needs");
            List<String> missing = new ArrayList<>();
            needs.forEach(needed -> {
                if (!object.has(needed.textValue())) {
                    missing.add(needed.textValue());
                }
            });
            if (!missing.isEmpty() && !shape.required().contains(property.getKey())) {
                object.remove(property.getKey());
            }
        }
    }

    private void limit(ObjectNode object, String name, Shape field) {
        if (!object.path(name).isNumber() || LIMITS.stream().noneMatch(field.keywords()::has)) {
            return;
        }
        double value = object.path(name).doubleValue();
        double settled = value;
        double limit = limit(object, field, "x-at-most");
        settled = settled > limit ? limit : settled;
        limit = limit(object, field, "x-at-least");
        settled = settled < limit ? limit : settled;
        limit = limit(object, field, "x-below");
        settled = settled >= limit ? limit / 2 : settled;
        limit = APART * limit(object, field, "x-above");
        settled = settled < limit ? limit : settled;
        if (settled < field.get("minimum").asDouble()
                || settled > field.get("maximum").asDouble()) {
            object.remove(name);
        } else if (settled != value) {
            object.put(name, settled);
        }
    }

    /** The value that a field is held against: that of the other field or its default; NaN where there is none. */
    private double limit(ObjectNode object, Shape field, String keyword) {
        if (!field.keywords().has(keyword)) {
            return Double.NaN;
        }
        String name = field.get(keyword).textValue();
        JsonNode given = object.path(name);
        JsonNode standard =
                Shape.of(description, shape.properties().get(name), random).get("default");
        return given.isNumber() ? given.doubleValue() : standard.asDouble(Double.NaN);
    }
}
