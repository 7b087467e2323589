package io.minerops.server.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Makes requests that the description allows. What would leave this machine is replaced: addresses of miners, ranges and
 * webhooks are those of the test, nothing is queried by mDNS, and nothing is mailed.
 */
final class Requests {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final double OFTEN = 0.4;
    private static final double SELDOM = 0.2;
    private static final int MAX_TRIES = 2_000;
    private static final int MAX_ID = 30;

    private static final List<String> PERIODS = List.of("2026-10-25", "2026-W43", "2026-10", "2025");

    private final Description description;
    /** A closed port. */
    private static final String ABSENT = "127.0.0.9:9";

    private final List<String> miners;
    private final Map<String, Supplier<JsonNode>> byName = new HashMap<>();
    private final Map<String, Schema> bodies = new HashMap<>();

    Requests(Description description, List<String> miners, String range, String webhook, String token) {
        this.description = description;
        this.miners = List.copyOf(miners);
        byName.put("miner-range", () -> JSON.textNode(range));
        byName.put("password", () -> JSON.textNode(token));
        byName.put("webhook-url", () -> JSON.textNode(webhook));
        byName.put("mdns", () -> JSON.booleanNode(false));
    }

    /** A request of an operation. */
    Request of(Operation operation, Random random) {
        Map<String, Supplier<JsonNode>> names = new HashMap<>(byName);
        // an offline miner cannot be controlled, and that is a 502
        boolean anybody = !operation.path().endsWith("/actions") && random.nextDouble() < SELDOM;
        names.put("miner-address", () -> JSON.textNode(anybody ? ABSENT : miners.get(random.nextInt(miners.size()))));
        // a simulated miner has two pools, and refuses a third
        names.put("pool", () -> JSON.numberNode(random.nextInt(2)));
        names.put("statement-period", () -> JSON.textNode(PERIODS.get(random.nextInt(PERIODS.size()))));
        names.put("time-zone", () -> JSON.textNode("Asia/Kolkata"));
        // no channel has a name of its own
        names.put("channels", JSON::arrayNode);
        // the only shape that takes any answer for a delivery
        names.put("webhook_format", () -> JSON.textNode("generic"));
        Values values = new Values(description, random, names);
        String path = operation.path();
        for (JsonNode parameter : operation.parameters("path")) {
            String name = parameter.path("name").textValue();
            String value = name.equals("id")
                    ? Integer.toString(1 + random.nextInt(MAX_ID))
                    : Request.text(values.of(name, parameter.path("schema")));
            path = path.replace("{" + name + "}", Request.encoded(value));
        }
        Request request = new Request(operation, path, query(operation, values, random), new IdentityHashMap<>(), null);
        boolean body = operation.hasBody() && (operation.bodyRequired() || random.nextDouble() > SELDOM);
        return body ? withBody(request, values, random) : request;
    }

    private static List<Map.Entry<String, String>> query(Operation operation, Values values, Random random) {
        Map<String, String> query = new HashMap<>();
        for (JsonNode parameter : operation.parameters("query")) {
            String name = parameter.path("name").textValue();
            // only the server makes cursors
            boolean cursor = parameter.at("/schema/format").asText().equals("cursor");
            boolean spare = query.containsKey(parameter.path("x-not-with").asText());
            if (!cursor && !spare && random.nextDouble() < OFTEN) {
                ObjectNode schema = parameter.path("schema").deepCopy();
                if (parameter.has("x-after")) {
                    schema.set("x-after", parameter.path("x-after"));
                }
                query.put(name, Request.text(values.of(name, schema)));
            }
        }
        operation.parameters("query").stream()
                .filter(parameter ->
                        query.containsKey(parameter.path("x-not-with").asText()))
                .forEach(parameter -> query.remove(parameter.path("name").asText()));
        if (query.containsKey("of")) {
            // the name of a period is of one length
            query.remove("period");
        }
        if (!"tag".equals(query.get("by"))) {
            query.remove("name");
        }
        operation.parameters("query").stream()
                .filter(parameter ->
                        parameter.path("x-needs").valueStream().anyMatch(needed -> !query.containsKey(needed.asText())))
                .forEach(parameter -> query.remove(parameter.path("name").asText()));
        return new ArrayList<>(query.entrySet());
    }

    private Request withBody(Request request, Values values, Random random) {
        Operation operation = request.operation();
        Schema schema =
                bodies.computeIfAbsent(operation.toString(), name -> description.schema(operation.bodyPointer()));
        for (int i = 0; i < MAX_TRIES; i++) {
            Shape shape = Shape.of(description, operation.body(), random);
            ObjectNode body = values.object(shape);
            if (schema.validate(body).isEmpty()) {
                if (!request.query().isEmpty() && operation.bodyNames().contains("miner_ip")) {
                    body.remove("miner_ip");
                }
                return new Request(operation, request.path(), request.query(), values.shapes(), body);
            }
        }
        throw new AssertionError("no body found that " + operation + " takes");
    }
}
