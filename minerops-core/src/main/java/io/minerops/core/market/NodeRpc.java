package io.minerops.core.market;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.api.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** JSON-RPC of Bitcoin Core: several calls in one request, which is answered with status 200 even where one fails. */
final class NodeRpc {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_MESSAGE_CHARACTERS = 100;

    private final MarketHost host;
    private final Supplier<Secret> login;

    /** One call: a method and its parameters. */
    record Call(String method, List<Object> parameters) {
        Call(String method, Object... parameters) {
            this(method, List.of(parameters));
        }
    }

    NodeRpc(MarketHost host, Supplier<Secret> login) {
        this.host = host;
        this.login = login;
    }

    /** The results in the order of the calls; fails where one of them does. */
    CompletableFuture<List<JsonNode>> call(List<Call> calls) {
        if (calls.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        return Answers.to(() -> host.post("/", authorization(), body(calls), reply -> results(calls, reply)));
    }

    /** The login is read for each request: a node writes another cookie at each start. */
    private MarketHost.KeyHeader authorization() {
        byte[] text = login.get().reveal().getBytes(StandardCharsets.UTF_8);
        return new MarketHost.KeyHeader(
                "Authorization", "Basic ", Secret.of(Base64.getEncoder().encodeToString(text)));
    }

    private static String body(List<Call> calls) {
        List<Map<String, Object>> requests = new ArrayList<>();
        for (Call call : calls) {
            requests.add(Map.of(
                    "jsonrpc", "1.0", "id", requests.size(), "method", call.method(), "params", call.parameters()));
        }
        try {
            return JSON.writeValueAsString(requests);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<JsonNode> results(List<Call> calls, String reply) {
        @Nullable JsonNode[] results = new JsonNode[calls.size()];
        for (JsonNode answer : Replies.json(reply)) {
            int id = answer.path("id").asInt(-1);
            if (id >= 0 && id < results.length) {
                results[id] = answer;
            }
        }
        List<JsonNode> all = new ArrayList<>();
        for (int id = 0; id < results.length; id++) {
            all.add(result(calls.get(id).method(), results[id]));
        }
        return all;
    }

    private JsonNode result(String method, @Nullable JsonNode answer) {
        if (answer == null) {
            throw host.failure("no result of " + method + " in the reply");
        }
        JsonNode error = answer.path("error");
        if (error.isObject()) {
            String message = error.path("message").asText();
            String shown = message.substring(0, Math.min(message.length(), MAX_MESSAGE_CHARACTERS));
            throw host.failure(method + " failed with " + error.path("code").asInt() + ", " + shown);
        }
        return answer.path("result");
    }
}
