package io.minerops.server.remotewrite;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.minerops.api.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/** A remote-write receiver that decodes what arrives, and answers as set. */
final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final BlockingQueue<Write> writes = new LinkedBlockingQueue<>();
    private final Deque<Integer> answers = new ArrayDeque<>();

    /** A request: its status, its headers by lower-case name, and its samples by their labels in order. */
    record Write(int status, Map<String, String> headers, Map<Map<String, String>, Sample> series) {}

    record Sample(double value, long millis) {}

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/write", this::take);
        server.start();
    }

    RemoteWriteTarget target(@Nullable String user, @Nullable String token) {
        return new RemoteWriteTarget(url(), user, token == null ? null : Secret.of(token));
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1/write");
    }

    /** The statuses of the next answers; 204 after them. */
    synchronized void answer(Integer... statuses) {
        answers.addAll(List.of(statuses));
    }

    Write next() throws InterruptedException {
        Write write = writes.poll(20, TimeUnit.SECONDS);
        if (write == null) {
            throw new AssertionError("no write came");
        }
        return write;
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        int status;
        synchronized (this) {
            status = answers.isEmpty() ? 204 : answers.remove();
        }
        if (status == 503) {
            exchange.getResponseHeaders().add("Retry-After", "0");
        }
        byte[] answer = status == 204 ? new byte[0] : "out of order\nmore".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, status == 204 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
        writes.add(new Write(status, headers, series(Snappy.uncompress(body))));
    }

    private static Map<Map<String, String>, Sample> series(byte[] request) {
        Map<Map<String, String>, Sample> all = new LinkedHashMap<>();
        ByteBuffer bytes = buffer(request);
        while (bytes.hasRemaining()) {
            expect(varint(bytes), (1 << 3) | 2);
            Map<String, String> labels = new LinkedHashMap<>();
            ByteBuffer series = part(bytes);
            Sample sample = new Sample(Double.NaN, 0);
            while (series.hasRemaining()) {
                long tag = varint(series);
                ByteBuffer part = part(series);
                if (tag == ((1 << 3) | 2)) {
                    expect(varint(part), (1 << 3) | 2);
                    String name = text(part(part));
                    expect(varint(part), (2 << 3) | 2);
                    labels.put(name, text(part(part)));
                } else {
                    expect(tag, (2 << 3) | 2);
                    expect(varint(part), (1 << 3) | 1);
                    double value = part.getDouble();
                    expect(varint(part), 2 << 3);
                    sample = new Sample(value, varint(part));
                }
            }
            all.put(labels, sample);
        }
        return all;
    }

    private static void expect(long found, long expected) {
        if (found != expected) {
            throw new AssertionError("tag " + found + " where " + expected + " should be");
        }
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer part(ByteBuffer bytes) {
        byte[] part = new byte[(int) varint(bytes)];
        bytes.get(part);
        return buffer(part);
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
