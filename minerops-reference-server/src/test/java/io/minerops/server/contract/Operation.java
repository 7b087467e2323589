package io.minerops.server.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One operation of the description.
 *
 * @param method in upper case
 * @param path with variables as {@code {id}}
 */
record Operation(Description description, String method, String path, JsonNode node, JsonNode pathParameters) {
    private static final String JSON = "application/json";

    /** How failures name it. */
    @Override
    public String toString() {
        return method + " " + path;
    }

    /** Whether no token is required. */
    boolean open() {
        JsonNode ways = node.path("security");
        return !ways.isMissingNode() && (ways.isEmpty() || ways.valueStream().anyMatch(JsonNode::isEmpty));
    }

    /** Its parameters, references followed. */
    List<JsonNode> parameters(String in) {
        List<JsonNode> all = new ArrayList<>();
        pathParameters.forEach(all::add);
        node.path("parameters").forEach(all::add);
        return all.stream()
                .map(description::resolved)
                .filter(parameter -> parameter.path("in").textValue().equals(in))
                .toList();
    }

    Set<String> queryNames() {
        return parameters("query").stream()
                .map(parameter -> parameter.path("name").textValue())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    boolean hasBody() {
        return node.has("requestBody");
    }

    boolean bodyRequired() {
        return node.path("requestBody").path("required").asBoolean(false);
    }

    /** The schema of its body. */
    JsonNode body() {
        return node.path("requestBody").path("content").path(JSON).path("schema");
    }

    /** The names that its body may have. */
    Set<String> bodyNames() {
        return description
                .parts(body())
                .flatMap(part -> part.path("properties").propertyStream())
                .map(java.util.Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The statuses that it lists. */
    Set<Integer> statuses() {
        return node.path("responses")
                .propertyStream()
                .map(entry -> Integer.valueOf(entry.getKey()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Where in the document the schema of its body is. */
    String bodyPointer() {
        return pointer() + "/requestBody/content/application~1json/schema";
    }

    /** Where in the document the schema of an answer is. */
    String answerPointer(int status) {
        String at = pointer() + "/responses/" + status;
        JsonNode response = description.document().at(at);
        String where = response.has("$ref") ? response.path("$ref").textValue().substring(1) : at;
        return where + "/content/application~1json/schema";
    }

    private String pointer() {
        return "/paths/" + path.replace("~", "~0").replace("/", "~1") + "/" + method.toLowerCase(java.util.Locale.ROOT);
    }
}
