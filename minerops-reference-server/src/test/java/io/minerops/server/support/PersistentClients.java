package io.minerops.server.support;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Clients that send requests as browsers do: each on a connection that it uses again, with {@code If-None-Match} where it
 * has an answer already. An answer that does not come, breaks off or is a failure of the server counts as lost.
 */
public final class PersistentClients {
    private static final int TIMEOUT_MS = 8_000;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");
    private static final Pattern ETAG = Pattern.compile("(?im)^etag: *(\\S+)");

    private final URI server;
    private final List<String> paths;
    private final AtomicInteger answers = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> lost = new ConcurrentLinkedQueue<>();

    /** Clients of that server, which choose among those paths. */
    public PersistentClients(URI server, List<String> paths) {
        this.server = server;
        this.paths = paths;
    }

    /** Sends requests, one after another by each client, until the time is over. */
    public void run(int clients, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            CompletableFuture.allOf(IntStream.range(0, clients)
                            .mapToObj(seed -> CompletableFuture.runAsync(() -> client(new Random(seed), end), threads))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } finally {
            threads.shutdownNow();
        }
    }

    /** How many answers came whole. */
    public int answers() {
        return answers.get();
    }

    /** What was lost: the path, and how. */
    public List<String> lost() {
        return List.copyOf(lost);
    }

    private void client(Random random, long end) {
        Map<String, String> known = new HashMap<>();
        while (System.nanoTime() < end) {
            String path = paths.get(random.nextInt(paths.size()));
            try (Socket socket = new Socket(server.getHost(), server.getPort())) {
                socket.setSoTimeout(TIMEOUT_MS);
                InputStream in = new BufferedInputStream(socket.getInputStream());
                while (System.nanoTime() < end) {
                    exchange(socket, in, path, known);
                    path = paths.get(random.nextInt(paths.size()));
                }
            } catch (IOException e) {
                lost.add(path + ": " + e);
            }
        }
    }

    private void exchange(Socket socket, InputStream in, String path, Map<String, String> known) throws IOException {
        String etag = known.containsKey(path) ? "If-None-Match: " + known.get(path) + "\r\n" : "";
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\nAccept-Encoding: gzip\r\n"
                + etag + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String head = head(in);
        int status = Integer.parseInt(find(STATUS, head, "0"));
        int length = status == 304 ? 0 : Integer.parseInt(find(LENGTH, head, "0"));
        if (in.readNBytes(length).length < length) {
            throw new EOFException("the connection ended within an answer");
        }
        String version = find(ETAG, head, "");
        if (!version.isEmpty()) {
            known.put(path, version);
        }
        if (status < 200 || status >= 500) {
            lost.add(path + ": " + status);
        }
        answers.incrementAndGet();
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int last = 0;
        while (last != 0x0d0a0d0a) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the connection ended without an answer");
            }
            head.write(next);
            last = last << 8 | next;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static String find(Pattern pattern, String head, String otherwise) {
        Matcher matcher = pattern.matcher(head);
        return matcher.find() ? matcher.group(1) : otherwise;
    }
}
