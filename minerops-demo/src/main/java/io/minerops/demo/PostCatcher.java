package io.minerops.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** A web server on a free port of loopback that puts every post into the inbox. */
final class PostCatcher implements AutoCloseable {
    private static final int LARGEST_POST_BYTES = 256 * 1024;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpServer server;

    private PostCatcher(HttpServer server) {
        this.server = server;
    }

    static PostCatcher start(Inbox inbox) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/webhook", exchange -> take(inbox, exchange));
        server.start();
        return new PostCatcher(server);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/webhook");
    }

    private static void take(Inbox inbox, HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(LARGEST_POST_BYTES);
            JsonNode json = MAPPER.readTree(body);
            inbox.add(
                    "post",
                    json.path("title").asText(json.path("type").asText("post")),
                    MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json));
            exchange.sendResponseHeaders(204, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
