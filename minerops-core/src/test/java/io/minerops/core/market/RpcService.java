package io.minerops.core.market;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The JSON-RPC of a Bitcoin Core node on loopback. Block h has h satoshi of fees and the time h; all have the difficulty of
 * block 947,520.
 */
final class RpcService implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    final Map<String, String> errors = new ConcurrentHashMap<>();
    volatile long height = 948_001;
    volatile String chain = "main";
    volatile boolean synchronising;
    volatile int status = 200;
    volatile @Nullable String whole;
    volatile @Nullable String authorization;

    private final HttpServer server;
    private final List<String> calls = new CopyOnWriteArrayList<>();

    RpcService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    long calls(String method) {
        return calls.stream().filter(method::equals).count();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            authorization = exchange.getRequestHeaders().getFirst("Authorization");
            List<String> answers = new ArrayList<>();
            for (JsonNode call : JSON.readTree(exchange.getRequestBody())) {
                answers.add(answer(call));
            }
            String given = whole;
            byte[] body =
                    (given == null ? "[" + String.join(",", answers) + "]" : given).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String answer(JsonNode call) {
        String method = call.path("method").asText();
        calls.add(method);
        String error = errors.get(method);
        String result = error == null ? result(method, call.path("params")) : "null";
        return "{\"result\":" + result + ",\"error\":" + error + ",\"id\":" + call.path("id") + "}";
    }

    private String result(String method, JsonNode parameters) {
        return switch (method) {
            case "getblockchaininfo" ->
                "{\"chain\":\"" + chain + "\",\"blocks\":" + height
                        + ",\"difficulty\":132472011079030.52,\"initialblockdownload\":" + synchronising + "}";
            case "getblockstats" -> "{\"totalfee\":" + parameters.path(0).asLong() + "}";
            case "getblockhash" -> "\"" + parameters.path(0).asLong() + "\"";
            case "getblockheader" ->
                "{\"bits\":\"17021ff0\",\"time\":" + parameters.path(0).asText() + "}";
            default -> "null";
        };
    }
}
