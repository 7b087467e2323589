package io.minerops.core.market;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A web service on loopback that answers as the test sets it up, 404 otherwise. */
final class LoopbackService implements AutoCloseable {
    /** A request as it came. */
    record Request(String pathAndQuery, Headers headers) {}

    private interface Reply {
        void send(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    LoopbackService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            URI uri = exchange.getRequestURI();
            requests.add(new Request(uri.toString(), exchange.getRequestHeaders()));
            try (exchange) {
                replies.getOrDefault(uri.getPath(), whole(404, Map.of(), "nothing here"))
                        .send(exchange);
            }
        });
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<Request> requests() {
        return requests;
    }

    void ok(String path, String body) {
        replies.put(path, whole(200, Map.of(), body));
    }

    void reply(String path, int status, Map<String, String> headers) {
        replies.put(path, whole(status, headers, "{}"));
    }

    /** Accepts the request and never answers. */
    void silent(String path) {
        replies.put(path, exchange -> waitForClosing());
    }

    /** Answers with the status and a part of the body, and then no more. */
    void stall(String path, String begin) {
        replies.put(path, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(begin.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            waitForClosing();
        });
    }

    /** Promises more bytes than it sends, then closes. */
    void breakOff(String path, String begin) {
        replies.put(path, exchange -> {
            exchange.sendResponseHeaders(200, begin.length() + 100L);
            exchange.getResponseBody().write(begin.getBytes(StandardCharsets.UTF_8));
        });
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private static Reply whole(int status, Map<String, String> headers, String body) {
        return exchange -> {
            headers.forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    private void waitForClosing() throws IOException {
        try {
            if (!closing.await(1, TimeUnit.MINUTES)) {
                throw new IOException("the test did not close the service");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
