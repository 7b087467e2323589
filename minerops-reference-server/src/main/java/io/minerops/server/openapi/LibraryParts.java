package io.minerops.server.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.miner.Reading;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The parts of the description that the library defines: readings, and closed sets of values. */
final class LibraryParts {
    private static final String SET = "x-enum";
    private static final Map<String, List<String>> SETS = Map.of(
            "webhook_formats",
            Stream.of(WebhookFormat.values()).map(WebhookFormat::key).toList());

    private LibraryParts() {}

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
        fillSets(document);
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

    /** Gives every schema that names a closed set its values, and null where it accepts null. */
    private static void fillSets(JsonNode node) {
        if (node instanceof ObjectNode schema && schema.has(SET)) {
            ArrayNode values = schema.putArray("enum");
            String name = schema.remove(SET).textValue();
            Objects.requireNonNull(SETS.get(name), name).forEach(values::add);
            if (schema.path("type").isArray()) {
                values.addNull();
            }
        }
        node.forEach(LibraryParts::fillSets);
    }
}
