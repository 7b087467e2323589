package io.minerops.server.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.server.support.Answer;
import io.minerops.server.support.Client;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request of an operation.
 *
 * @param path with its variables filled in
 * @param query names and values, a name perhaps twice
 * @param shapes how the objects of the body were made
 * @param body null for none
 */
record Request(
        Operation operation,
        String path,
        List<Map.Entry<String, String>> query,
        IdentityHashMap<ObjectNode, Shape> shapes,
        @Nullable ObjectNode body) {
    Request withQuery(List<Map.Entry<String, String>> other) {
        return new Request(operation, path, other, shapes, body);
    }

    Request withBody(ObjectNode other) {
        return new Request(operation, path, query, shapes, other);
    }

    Request withPath(String other) {
        return new Request(operation, other, query, shapes, body);
    }

    Answer send(Client client) {
        return (body == null ? client : client.with("Content-Type", "application/json"))
                .send(operation.method(), target(), body == null ? null : body.toString());
    }

    /** How a value stands in a query: a list with commas. */
    static String text(JsonNode value) {
        return value.isArray()
                ? value.valueStream().map(JsonNode::asText).collect(Collectors.joining(","))
                : value.asText();
    }

    private String target() {
        String names = query.stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        return names.isEmpty() ? path : path + "?" + names;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return operation.method() + " " + target() + (body == null ? "" : " " + body);
    }
}
