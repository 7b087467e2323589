package io.minerops.server.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Puts the parts of the description together: {@code openapi.yaml}, the files that its {@code x-parts} names, and in each
 * operation the answers that its {@code x-answers} has for all operations of a kind.
 */
final class DescriptionParts {
    private static final String FOLDER = "/io/minerops/server/openapi/";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");
    private static final Set<String> WRITING = Set.of("put", "post");

    private final ObjectNode document;

    private DescriptionParts(ObjectNode document) {
        this.document = document;
    }

    /** Reads all parts from the class path. */
    static DescriptionParts read() {
        DescriptionParts parts = new DescriptionParts(file("openapi"));
        parts.document.remove("x-parts").forEach(name -> parts.add(name.textValue(), file(name.textValue())));
        parts.addAnswers(parts.document.remove("x-answers"));
        return parts;
    }

    /** The whole. */
    ObjectNode document() {
        return document;
    }

    private void add(String part, ObjectNode content) {
        merge(part, document.withObjectProperty("paths"), content.path("paths"));
        ObjectNode components = document.withObjectProperty("components");
        content.path("components")
                .properties()
                .forEach(kind -> merge(part, components.withObjectProperty(kind.getKey()), kind.getValue()));
    }

    private static void merge(String part, ObjectNode whole, JsonNode more) {
        more.properties().forEach(entry -> {
            if (whole.has(entry.getKey())) {
                throw new IllegalStateException(part + ".yaml describes " + entry.getKey() + " a second time");
            }
            whole.set(entry.getKey(), entry.getValue());
        });
    }

    private void addAnswers(JsonNode answers) {
        for (JsonNode path : document.path("paths")) {
            for (Map.Entry<String, JsonNode> entry : path.properties()) {
                if (METHODS.contains(entry.getKey())) {
                    ObjectNode operation = (ObjectNode) entry.getValue();
                    Map<String, JsonNode> all = new TreeMap<>();
                    addAll(all, answers.path("every"));
                    addAll(all, answers.path(isOpen(operation) ? "" : "protected"));
                    addAll(all, answers.path(WRITING.contains(entry.getKey()) ? "writing" : ""));
                    operation.path("x-without").forEach(status -> all.remove(status.textValue()));
                    operation.remove("x-without");
                    operation.path("responses").properties().forEach(own -> all.put(own.getKey(), own.getValue()));
                    operation.set("responses", new ObjectMapper().valueToTree(all));
                }
            }
        }
    }

    private static void addAll(Map<String, JsonNode> all, JsonNode answers) {
        answers.properties()
                .forEach(answer -> all.put(
                        answer.getKey(),
                        new ObjectMapper()
                                .createObjectNode()
                                .put(
                                        "$ref",
                                        "#/components/responses/"
                                                + answer.getValue().textValue())));
    }

    /** Whether no token is required: none of the ways in, or one of them, needs anything. */
    private static boolean isOpen(JsonNode operation) {
        JsonNode ways = operation.path("security");
        if (ways.isMissingNode()) {
            return false;
        }
        for (JsonNode way : ways) {
            if (way.isEmpty()) {
                return true;
            }
        }
        return ways.isEmpty();
    }

    private static ObjectNode file(String name) {
        String path = FOLDER + name + ".yaml";
        try (InputStream in = DescriptionParts.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the class path lacks " + path);
            }
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(path)
                    .setAllowDuplicateKeys(false)
                    .build();
            return new ObjectMapper().convertValue(new Load(settings).loadFromInputStream(in), ObjectNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + path + " from the class path", e);
        }
    }
}
