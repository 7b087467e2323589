package io.minerops.server.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.api.miner.Reading;
import java.util.Locale;

/** The readings in the description, by what each says of itself. */
final class ReadingParts {
    private ReadingParts() {}

    static void addTo(ObjectNode document) {
        ObjectNode schemas = document.withObject("/components/schemas");
        ObjectNode often = schemas.withObject("/Readings/properties");
        ObjectNode rare = schemas.withObject("/RareReadings");
        for (Reading reading : Reading.all()) {
            if (often.has(reading.key())) {
                describe(reading, often.withObjectProperty(reading.key()));
            } else {
                describe(reading, rare.withObjectProperty("properties").withObjectProperty(reading.key()));
                rare.withArrayProperty("required").add(reading.key());
            }
        }
        addColumns(document.withObject("/paths/~1api~1history.csv/get"));
    }

    private static void addColumns(ObjectNode export) {
        for (JsonNode parameter : export.path("parameters")) {
            if (parameter.path("name").asText().equals("readings")) {
                ArrayNode keys =
                        ((ObjectNode) parameter).withObject("/schema/items").putArray("enum");
                Reading.all().forEach(reading -> keys.add(reading.key()));
            }
        }
    }

    private static void describe(Reading reading, ObjectNode schema) {
        schema.putArray("type").add("number").add("null");
        if (reading.min() == 0) {
            schema.put("minimum", 0);
        }
        schema.put("x-unit", reading.unit());
        schema.putIfAbsent(
                "description",
                schema.textNode(reading.label().substring(0, 1).toUpperCase(Locale.ROOT)
                        + reading.label().substring(1) + "."));
        if (!schema.has("examples")) {
            schema.putArray("examples").add(1).addNull();
        }
    }
}
