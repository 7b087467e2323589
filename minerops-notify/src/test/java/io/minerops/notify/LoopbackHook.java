package io.minerops.notify;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A service on loopback that takes posts and answers as the test sets it up. */
public final class LoopbackHook implements AutoCloseable {
    public static final String TOKEN = "T0pSecretToken";

    /** A post as it came. */
    public record Post(String method, String path, Headers headers, String body) {}

    /** Writes an answer. */
    interface Answer {
        void send(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Answer answer = exchange -> exchange.sendResponseHeaders(204, -1);

    public LoopbackHook() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                posts.add(new Post(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        exchange.getRequestHeaders(),
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
                answer.send(exchange);
            }
        });
        server.start();
    }

    public Destination destination(WebhookFormat format) {
        return Destination.webhook(
                Webhook.of("http://127.0.0.1:" + server.getAddress().getPort() + "/hook/" + TOKEN, format));
    }

    public List<Post> posts() {
        return posts;
    }

    public void answers(int status, String body, String... headers) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        answer = exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    /** Takes the post and says nothing. */
    public void staysSilent() {
        answer = exchange -> waitForClosing();
    }

    /** Sends the status and a body that does not end. */
    public void answersWithoutEnd(int status) {
        answer = exchange -> {
            exchange.sendResponseHeaders(status, 0);
            byte[] chunk = "endless ".repeat(1_000).getBytes(StandardCharsets.UTF_8);
            OutputStream body = exchange.getResponseBody();
            while (closing.getCount() > 0) {
                // ends with an exception when the client hangs up
                body.write(chunk);
            }
        };
    }

    /** Sends the status and the beginning of a body, and then nothing more. */
    public void answersAndStops(int status) {
        answer = exchange -> {
            exchange.sendResponseHeaders(status, 1_000);
            exchange.getResponseBody().write("beginning".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            waitForClosing();
        };
    }

    private void waitForClosing() {
        Await.latch(closing);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
