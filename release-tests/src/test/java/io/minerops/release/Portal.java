package io.minerops.release;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * As much of the publisher portal of Maven Central as an upload meets, on loopback: it unpacks the bundle, which is a
 * Maven repository, and calls it valid.
 */
final class Portal implements AutoCloseable {
    private static final String DEPLOYMENT = "11111111-2222-3333-4444-555555555555";
    private static final byte[] END_OF_HEADERS = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final HttpServer server;
    private final Path repository;

    private Portal(HttpServer server, Path repository) {
        this.server = server;
        this.repository = repository;
    }

    static Portal start(Path repository) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Portal portal = new Portal(server, repository);
        server.createContext("/api/v1/publisher/upload", portal::upload);
        server.createContext("/api/v1/publisher/status", portal::status);
        server.start();
        return portal;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void upload(HttpExchange exchange) throws IOException {
        byte[] form = exchange.getRequestBody().readAllBytes();
        int start = indexOf(form, END_OF_HEADERS) + END_OF_HEADERS.length;
        try (ZipInputStream bundle = new ZipInputStream(new ByteArrayInputStream(form, start, form.length - start))) {
            for (ZipEntry entry = bundle.getNextEntry(); entry != null; entry = bundle.getNextEntry()) {
                unpack(entry, bundle);
            }
        }
        answer(exchange, 201, DEPLOYMENT);
    }

    private void unpack(ZipEntry entry, InputStream content) throws IOException {
        Path file = repository.resolve(entry.getName()).normalize();
        if (!file.startsWith(repository)) {
            throw new IOException("the bundle has an entry outside of the repository: " + entry.getName());
        }
        if (!entry.isDirectory()) {
            Files.createDirectories(file.getParent());
            Files.copy(content, file);
        }
    }

    private void status(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        answer(
                exchange,
                200,
                "{\"deploymentId\":\"" + DEPLOYMENT
                        + "\",\"deploymentName\":\"MinerOps\",\"deploymentState\":\"VALIDATED\",\"purls\":[],\"errors\":{}}");
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int at = 0; at <= bytes.length - wanted.length; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        throw new IllegalArgumentException("not a form");
    }
}
