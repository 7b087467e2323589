package io.minerops.core.device;

import io.minerops.api.miner.MinerAddress;
import io.minerops.core.device.internal.reading.Replies;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A device's web server on loopback, over real sockets: one request a connection, and 400 for what is no HTTP. */
public final class FakeWebMiner implements AutoCloseable {
    private static final Pattern REQUEST = Pattern.compile("^(GET|POST) (\\S+) HTTP/1\\.1\r\n");
    private static final Pattern LENGTH = Pattern.compile("\r\nContent-Length: (\\d+)\r\n");

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, String> pages;
    private final String otherwise;

    /**
     * @param pages the bodies by path
     * @param otherwise the status line's end for any other path, such as {@code 404 Not Found}
     */
    public FakeWebMiner(Map<String, String> pages, String otherwise) {
        this.pages = pages;
        this.otherwise = otherwise;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The device where its web server is on the port of the CGMiner API. */
    public MinerAddress address() {
        return new MinerAddress("127.0.0.1", port());
    }

    /** Method and path of all requests, in the order in which they came; {@code -} for what was no HTTP. */
    public List<String> requests() {
        return requests;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Matcher request = REQUEST.matcher(request(socket.getInputStream()));
            boolean http = request.find();
            requests.add(http ? request.group(1) + " " + request.group(2) : "-");
            String body = http ? pages.get(request.group(2)) : null;
            String status = body != null ? "200 OK" : http ? otherwise : "400 Bad Request";
            String content = body == null ? "" : body;
            byte[] reply = Replies.bytes("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: "
                    + Replies.bytes(content).length + "\r\n\r\n" + content);
            socket.getOutputStream().write(reply);
        } catch (IOException e) {
            requests.add("the client hung up");
        }
    }

    /** A head and as much body as it announces; what is no HTTP is taken as it comes. */
    private static String request(InputStream in) throws IOException {
        StringBuilder request = new StringBuilder();
        byte[] buffer = new byte[4096];
        int missing = 1;
        while (missing > 0) {
            int count = in.read(buffer);
            if (count < 0) {
                break;
            }
            request.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
            int head = request.indexOf("\r\n\r\n");
            Matcher length = LENGTH.matcher(request);
            int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
            missing = request.charAt(0) == '{' ? 0 : head < 0 ? 1 : head + 4 + body - request.length();
        }
        return request.toString();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
