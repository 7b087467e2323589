package io.minerops.server.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Queries a server by HTTP as a program does: follows no redirects, adds only the given headers. */
public record Client(URI base, List<String> headers) {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    /** A client without headers of its own. */
    public static Client of(URI base) {
        return new Client(base, List.of());
    }

    /** The same client with one more header. */
    public Client with(String name, String value) {
        List<String> more = new ArrayList<>(headers);
        more.add(name);
        more.add(value);
        return new Client(base, List.copyOf(more));
    }

    /** The same client with a bearer token. */
    public Client token(String token) {
        return with("Authorization", "Bearer " + token);
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    public Answer post(String path) {
        return send("POST", path, null);
    }

    public Answer post(String path, String json) {
        return with("Content-Type", "application/json").send("POST", path, json);
    }

    public Answer put(String path, String json) {
        return with("Content-Type", "application/json").send("PUT", path, json);
    }

    /** Any method, with a body or, for null, without. */
    public Answer send(String method, String path, String body) {
        return Answer.of(bytes(method, path, body));
    }

    /** The answer with its body as it came. */
    public HttpResponse<byte[]> bytes(String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(TIMEOUT)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(method + " " + path + " was interrupted", e);
        }
    }
}
