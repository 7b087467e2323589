package io.minerops.server.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.minerops.core.alert.RuleTypes;
import io.minerops.server.openapi.ApiDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The description as tests read it: its operations, its references followed, its schemas ready to judge. */
public final class Description {
    private static final String URI = "https://minerops.test/openapi.json";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");

    private final ObjectNode document;
    private final SchemaRegistry registry;

    private Description(ObjectNode document) {
        this.document = document;
        SchemaRegistryConfig config =
                SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
        registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(Map.of(URI, document.toString())).schemaRegistryConfig(config));
    }

    /** The one that the server serves. */
    public static Description served() {
        return new Description(ApiDescription.document(RuleTypes.installed()));
    }

    ObjectNode document() {
        return document;
    }

    /** Every operation, in the order of the document. */
    List<Operation> operations() {
        List<Operation> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (METHODS.contains(method.getKey())) {
                    all.add(new Operation(
                            this,
                            method.getKey().toUpperCase(java.util.Locale.ROOT),
                            path.getKey(),
                            method.getValue(),
                            path.getValue().path("parameters")));
                }
            }
        }
        return all;
    }

    /** What a node says, its reference followed; what stands beside the reference wins. */
    JsonNode resolved(JsonNode node) {
        if (!node.has("$ref")) {
            return node;
        }
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        resolved(target(node)).properties().forEach(entry -> whole.set(entry.getKey(), entry.getValue()));
        node.properties().stream()
                .filter(entry -> !entry.getKey().equals("$ref"))
                .forEach(entry -> whole.set(entry.getKey(), entry.getValue()));
        return whole;
    }

    /** What a reference points to. */
    JsonNode target(JsonNode reference) {
        JsonNode target = document.at(reference.path("$ref").textValue().substring(1));
        if (target.isMissingNode()) {
            throw new AssertionError("nothing is at " + reference);
        }
        return target;
    }

    /** The schema at a pointer into the document. */
    public Schema schema(String pointer) {
        return registry.getSchema(SchemaLocation.of(URI + "#" + pointer));
    }

    /** A schema and all schemas that it is put together from, by {@code allOf}, {@code oneOf} and references. */
    Stream<JsonNode> parts(JsonNode schema) {
        Stream<JsonNode> own = Stream.of(schema);
        Stream<JsonNode> referred = schema.has("$ref") ? parts(target(schema)) : Stream.of();
        Stream<JsonNode> composed = Stream.of("allOf", "oneOf")
                .flatMap(keyword -> schema.path(keyword).valueStream())
                .flatMap(this::parts);
        return Stream.of(own, referred, composed).flatMap(part -> part);
    }
}
