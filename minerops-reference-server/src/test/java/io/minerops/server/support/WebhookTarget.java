package io.minerops.server.support;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A service on loopback that takes posts; its path is the secret of its address. */
public final class WebhookTarget implements AutoCloseable {
    /** What must never be seen anywhere but in a request to this service. */
    public static final String SECRET = "T0pSecretHookPath";

    private final HttpServer server;
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private volatile int status = 204;

    private WebhookTarget(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            try (exchange) {
                bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(status, -1);
            }
        });
        server.start();
    }

    /** A service on a free port. */
    public static WebhookTarget start() {
        return start(0);
    }

    /** A service on that port. */
    public static WebhookTarget start(int port) {
        return new WebhookTarget(port);
    }

    /** The address of the service that would listen on that port. */
    public static String url(int port) {
        return "http://127.0.0.1:" + port + "/hook/" + SECRET;
    }

    /** Its address, secret and all. */
    public String url() {
        return url(server.getAddress().getPort());
    }

    /** Its address as it may be shown. */
    public String masked() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/***";
    }

    /** Answers with this status from now on. */
    public void answers(int code) {
        status = code;
    }

    /** The bodies of the posts so far. */
    public List<String> bodies() {
        return bodies;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
