package com.example;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.minerops.api.alert.StatusChange;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.AlertQuery;
import io.minerops.core.MinerOps;
import io.minerops.core.alert.DefaultRules;
import io.minerops.core.discovery.MinerRange;
import io.minerops.core.service.FleetSummary;
import io.minerops.sqlite.SqliteStore;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/**
 * MinerOps behind Jetty: {@code MinimalServer metrics.db 192.168.1.0/24 8080}. It listens on loopback and has no tokens.
 *
 * <ul>
 *   <li>{@code GET /api/summary}: the fleet in a few figures
 *   <li>{@code GET /api/miners}: each miner with its latest readings
 *   <li>{@code GET /api/alerts}: the newest 100 alerts
 *   <li>{@code POST /api/alerts/ID/acknowledge}: acknowledges an alert
 * </ul>
 */
public final class MinimalServer implements AutoCloseable {
    private static final ObjectMapper JSON =
            new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
    private static final Pattern ACKNOWLEDGE = Pattern.compile("/api/alerts/([1-9]\\d{0,17})/acknowledge");
    private static final int MAX_ALERTS = 100;

    private final MinerOps ops;
    private final Server jetty;

    private MinimalServer(MinerOps ops, Server jetty) {
        this.ops = ops;
        this.jetty = jetty;
    }

    public static void main(String... args) throws Exception {
        MinimalServer server = start(Path.of(args[0]), args[1], Integer.parseInt(args[2]));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        System.out.println("listening at " + server.uri());
    }

    /** Opens the database, starts the jobs and listens on that port; 0 for any free one. */
    static MinimalServer start(Path database, String range, int port) throws Exception {
        MinerOps ops = MinerOps.builder()
                .store(SqliteStore.open(database))
                .miners(MinerRange.parse(range))
                .rulesIfNone(DefaultRules.standard())
                .build();
        Server jetty = new Server(new InetSocketAddress("127.0.0.1", port));
        MinimalServer server = new MinimalServer(ops, jetty);
        jetty.setHandler(server.new Routes());
        ops.start();
        try {
            jetty.start();
            return server;
        } catch (Exception e) {
            ops.close();
            throw e;
        }
    }

    URI uri() {
        return jetty.getURI();
    }

    MinerOps ops() {
        return ops;
    }

    @Override
    public void close() {
        try {
            jetty.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server could not be stopped", e);
        } finally {
            ops.close();
        }
    }

    private final class Routes extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            String path = request.getHttpURI().getCanonicalPath();
            Matcher acknowledge = ACKNOWLEDGE.matcher(path);
            switch (request.getMethod() + " " + path) {
                case "GET /api/summary" -> send(response, 200, summary(), callback);
                case "GET /api/miners" -> send(response, 200, miners(), callback);
                case "GET /api/alerts" -> send(response, 200, alerts(), callback);
                default -> {
                    if (!request.getMethod().equals("POST") || !acknowledge.matches()) {
                        return false;
                    }
                    StatusChange change = ops.alerts().acknowledge(Long.parseLong(acknowledge.group(1)), "operator");
                    boolean done = change instanceof StatusChange.Changed;
                    int refusal = change instanceof StatusChange.Conflict ? 409 : 404;
                    send(response, done ? 200 : refusal, Map.of("acknowledged", done), callback);
                }
            }
            return true;
        }
    }

    record Summary(int total, int online, Double hashrateThs, Double powerW) {}

    record MinerView(String miner, Double hashrateThs, Double maxTempC) {}

    /** The miner is null for an alert of the whole fleet. */
    record AlertView(long id, String miner, String severity, String status, String message) {}

    private Summary summary() {
        FleetSummary fleet = ops.fleet().summary();
        return new Summary(fleet.total(), fleet.online(), known(fleet.hashrateThs()), known(fleet.powerW()));
    }

    private List<MinerView> miners() {
        FleetSnapshot fleet = ops.fleet().latest();
        return IntStream.range(0, fleet.size())
                .mapToObj(row -> new MinerView(
                        fleet.miner(row).address().toString(),
                        known(fleet.value(Reading.HASHRATE_THS, row)),
                        known(fleet.value(Reading.MAX_TEMP_C, row))))
                .toList();
    }

    private List<AlertView> alerts() {
        return ops.alerts().find(AlertQuery.newest(MAX_ALERTS)).items().stream()
                .map(alert -> new AlertView(
                        alert.id(),
                        alert.miner() == null ? null : alert.miner().toString(),
                        alert.severity().key(),
                        alert.status().key(),
                        alert.message()))
                .toList();
    }

    /** A reading that a miner does not report is null, never 0. */
    private static Double known(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static void send(Response response, int status, Object json, Callback callback) throws Exception {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.write(true, ByteBuffer.wrap(JSON.writeValueAsBytes(json)), callback);
    }
}
