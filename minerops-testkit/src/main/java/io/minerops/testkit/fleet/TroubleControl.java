package io.minerops.testkit.fleet;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Gives and heals troubles by HTTP on the loopback address: {@code POST /trouble?miner=3&kind=ZERO} and {@code POST
 * /heal?miner=3}.
 */
final class TroubleControl implements AutoCloseable {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final String TROUBLE = "/trouble";
    private static final String HEAL = "/heal";

    private final FleetSimulator fleet;
    private final HttpServer server;

    private record Reply(int status, String text) {}

    private TroubleControl(FleetSimulator fleet, HttpServer server) {
        this.fleet = fleet;
        this.server = server;
    }

    /**
     * Begins to answer.
     *
     * @param port 0 for any that is free
     * @throws UncheckedIOException naming the port, if it cannot be had
     */
    static TroubleControl start(FleetSimulator fleet, int port) {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen at control port " + port + ": " + e.getMessage(), e);
        }
        TroubleControl control = new TroubleControl(fleet, server);
        server.createContext("/", control::handle);
        server.start();
        return control;
    }

    /** Where it answers, without a path. */
    URI url() {
        InetSocketAddress address = server.getAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply = reply(exchange);
            byte[] body = (reply.text() + "\n").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Reply reply(HttpExchange exchange) {
        URI request = exchange.getRequestURI();
        boolean heal = request.getPath().equals(HEAL);
        if (!heal && !request.getPath().equals(TROUBLE)) {
            return new Reply(
                    NOT_FOUND,
                    "only POST " + TROUBLE + "?miner=INDEX&kind=KIND and POST " + HEAL + "?miner=INDEX are answered");
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            return new Reply(METHOD_NOT_ALLOWED, "only POST is answered");
        }
        try {
            int miner = miner(parameter(request, "miner"));
            Trouble trouble = heal ? Trouble.NONE : Trouble.parse(parameter(request, "kind"));
            fleet.trouble(miner, trouble);
            return new Reply(OK, "miner " + miner + ": " + trouble);
        } catch (InvalidArgumentException e) {
            return new Reply(BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private static int miner(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new InvalidArgumentException(
                    "miner", "miner must be a miner's index, from 0, not " + Check.quote(text));
        }
    }

    private static String parameter(URI request, String name) {
        String query = request.getQuery() == null ? "" : request.getQuery();
        return Arrays.stream(query.split("&", -1))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst()
                .orElseThrow(() -> new InvalidArgumentException(name, name + " must be given"));
    }
}
