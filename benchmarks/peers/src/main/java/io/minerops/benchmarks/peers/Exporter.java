package io.minerops.benchmarks.peers;

import com.sun.net.httpserver.HttpServer;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.MinerIndex;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** The miners as Prometheus sees them: five series each, other readings at each scrape. */
final class Exporter implements AutoCloseable {
    private final HttpServer server;
    private final MinerIndex roster;
    private final byte[][] polls = new byte[2][];
    private int turn;

    Exporter(int miners) throws IOException {
        roster = Miners.roster(miners);
        polls[0] = text(Miners.poll(roster, Miners.START, 1));
        polls[1] = text(Miners.poll(roster, Miners.START, 2));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            byte[] body = polls[turn++ % 2];
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** Ages are counted from the scrape: every miner has just answered. */
    private static byte[] text(FleetSnapshot poll) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < poll.size(); row++) {
            String label = "{miner=\"" + poll.miner(row).address() + "\"} ";
            text.append("miner_sampled_timestamp_seconds").append(label).append("4e9\n");
            text.append("miner_temperature_celsius")
                    .append(label)
                    .append(poll.avgTempC(row))
                    .append('\n');
            text.append("miner_hashrate_terahashes")
                    .append(label)
                    .append(poll.hashrateThs(row))
                    .append('\n');
            text.append("miner_fan_rpm")
                    .append(label)
                    .append(poll.value(Reading.MIN_FAN_RPM, row))
                    .append('\n');
            text.append("miner_power_watts")
                    .append(label)
                    .append(poll.powerW(row))
                    .append('\n');
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream zipped = new GZIPOutputStream(bytes)) {
            zipped.write(text.toString().getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }
}
