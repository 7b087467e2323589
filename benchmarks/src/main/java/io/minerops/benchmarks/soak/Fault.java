package io.minerops.benchmarks.soak;

import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Trouble;
import io.minerops.testkit.market.Endpoint;
import io.minerops.testkit.market.FakeMarket;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What goes wrong around the server for a while. */
enum Fault {
    /** A tenth of the miners is off the network. */
    MINERS_GONE,
    /** A tenth of the miners answers with garbage. */
    MINERS_GARBAGE,
    /** A tenth of the miners drips its replies. */
    MINERS_SLOW,
    /** A tenth of the miners is too hot, which raises alerts. */
    MINERS_HOT,
    /** Every market source answers 503. */
    MARKET_DOWN,
    /** Something else holds the database's write lock for three seconds. */
    DATABASE_LOCKED,
    /** A hundred connections send half a request and then nothing. */
    HALF_REQUESTS,
    /** A thousand requests that are not valid come at once. */
    BAD_REQUESTS;

    private static final int HALF_REQUEST_COUNT = 100;
    private static final int BAD_REQUEST_COUNT = 1_000;
    private static final int LOCK_SECONDS = 3;

    /** Where a fault acts. */
    record Site(FleetSimulator fleet, FakeMarket market, URI server, String databaseUrl) {}

    /** Begins; what is given back ends it. */
    AutoCloseable begin(Site site) throws IOException, SQLException, InterruptedException {
        return switch (this) {
            case MINERS_GONE -> troubled(site, Trouble.GONE);
            case MINERS_GARBAGE -> troubled(site, Trouble.GARBAGE);
            case MINERS_SLOW -> troubled(site, Trouble.SLOW_DRIP);
            case MINERS_HOT -> troubled(site, Trouble.HOT);
            case MARKET_DOWN -> marketDown(site.market());
            case DATABASE_LOCKED -> locked(site);
            case HALF_REQUESTS -> halfRequests(site);
            case BAD_REQUESTS -> badRequests(site);
        };
    }

    private static AutoCloseable troubled(Site site, Trouble trouble) {
        int count = site.fleet().addresses().size() / 10;
        for (int i = 0; i < count; i++) {
            site.fleet().trouble(i, trouble);
        }
        return () -> {
            for (int i = 0; i < count; i++) {
                site.fleet().heal(i);
            }
        };
    }

    private static AutoCloseable marketDown(FakeMarket market) {
        for (Endpoint endpoint : Endpoint.values()) {
            market.fail(endpoint, 503);
        }
        return () -> {
            for (Endpoint endpoint : Endpoint.values()) {
                market.recover(endpoint);
            }
        };
    }

    private static AutoCloseable locked(Site site) throws SQLException, InterruptedException {
        try (Connection connection = DriverManager.getConnection(site.databaseUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 5000");
            statement.execute("BEGIN IMMEDIATE");
            TimeUnit.SECONDS.sleep(LOCK_SECONDS);
            statement.execute("ROLLBACK");
        }
        return () -> {};
    }

    private static AutoCloseable halfRequests(Site site) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < HALF_REQUEST_COUNT; i++) {
            Socket socket = connect(site);
            socket.getOutputStream()
                    .write("GET /api/summary HTTP/1.1\r\nHost: x\r\nX-".getBytes(StandardCharsets.US_ASCII));
            sockets.add(socket);
        }
        return () -> {
            for (Socket socket : sockets) {
                socket.close();
            }
        };
    }

    private static AutoCloseable badRequests(Site site) throws IOException {
        for (int i = 0; i < BAD_REQUEST_COUNT; i++) {
            try (Socket socket = connect(site)) {
                OutputStream out = socket.getOutputStream();
                out.write(("GET /api/alerts?limit=" + "9".repeat(1 + i % 40) + " HTTP/1.1\r\nHost: localhost\r\n"
                                + "Connection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                socket.getInputStream().readAllBytes();
            }
        }
        return () -> {};
    }

    private static Socket connect(Site site) throws IOException {
        Socket socket = new Socket();
        socket.connect(
                new InetSocketAddress(site.server().getHost(), site.server().getPort()), 5_000);
        socket.setSoTimeout(10_000);
        return socket;
    }
}
