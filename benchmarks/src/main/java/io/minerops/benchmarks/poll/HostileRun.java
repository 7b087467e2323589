package io.minerops.benchmarks.poll;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import io.minerops.core.device.CgminerClient;
import io.minerops.testkit.fleet.FleetSimulator;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Has ten devices of each kind of hostility among a hundred honest ones, and prints what each cost and did. */
public final class HostileRun {
    private static final int HOSTILE = 10;
    private static final int HONEST = 100;
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private HostileRun() {}

    /** Runs it all. */
    public static void main(String[] args) throws IOException {
        System.out.println(
                "| device | reported as | ended after, s | taken of it, KB | CPU, ms each | honest miners read |"
                        + " slowest of these, s |");
        System.out.println("| --- | --- | ---: | ---: | ---: | ---: | ---: |");
        try (FleetSimulator honest = FleetSimulator.builder().miners(HONEST).build();
                CgminerClient client = client()) {
            honest.start();
            // once for the compiler
            table(client, honest, Hostility.EMPTY);
            for (Hostility hostility : Hostility.values()) {
                System.out.println(table(client, honest, hostility));
            }
        }
    }

    private static CgminerClient client() {
        return CgminerClient.builder()
                .connectTimeout(STEP)
                .firstByteTimeout(STEP)
                .exchangeTimeout(STEP.multipliedBy(2))
                .build();
    }

    private record Timed(MinerReading reading, long nanos) {}

    private static String table(CgminerClient client, FleetSimulator honest, Hostility hostility) throws IOException {
        AtomicLong sent = new AtomicLong();
        try (HostileServers servers = new HostileServers(hostility, sent)) {
            long cpu = Cycle.processCpuNanos();
            List<CompletableFuture<Timed>> bad = readAll(client, servers.addresses());
            List<CompletableFuture<Timed>> good = readAll(client, honest.addresses());
            List<Timed> goodOnes = good.stream().map(CompletableFuture::join).toList();
            List<Timed> badOnes = bad.stream().map(CompletableFuture::join).toList();
            long spent = Cycle.processCpuNanos() - cpu;
            String reported = badOnes.get(0).reading().describe();
            return String.format(
                    Locale.ROOT,
                    "| %s | %s | %.2f | %,d | %.1f | %d of %d | %.2f |",
                    hostility.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    reported.substring(reported.indexOf(": ") + 2),
                    slowest(badOnes),
                    sent.get() / 1024 / HOSTILE,
                    spent / 1e6 / HOSTILE,
                    goodOnes.stream()
                            .filter(timed -> timed.reading() instanceof MinerReading.Ok)
                            .count(),
                    HONEST,
                    slowest(goodOnes));
        }
    }

    private static double slowest(List<Timed> readings) {
        return readings.stream().mapToLong(Timed::nanos).max().orElse(0) / 1e9;
    }

    private static List<CompletableFuture<Timed>> readAll(CgminerClient client, List<MinerAddress> miners) {
        long start = System.nanoTime();
        return miners.stream()
                .map(miner -> client.read(miner, DEADLINE)
                        .thenApply(reading -> new Timed(reading, System.nanoTime() - start))
                        .toCompletableFuture())
                .toList();
    }

    /** Ten devices that are hostile in one way, each with a port of its own. */
    private static final class HostileServers implements AutoCloseable {
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final List<ServerSocket> servers = new ArrayList<>();
        private final Hostility hostility;
        private final AtomicLong sent;

        HostileServers(Hostility hostility, AtomicLong sent) throws IOException {
            this.hostility = hostility;
            this.sent = sent;
            for (int index = 0; index < HOSTILE; index++) {
                ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                servers.add(server);
                threads.execute(() -> accept(server));
            }
        }

        List<MinerAddress> addresses() {
            return servers.stream()
                    .map(server -> new MinerAddress("127.0.0.1", server.getLocalPort()))
                    .toList();
        }

        private void accept(ServerSocket server) {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    threads.execute(() -> serve(socket));
                } catch (IOException e) {
                    // the run has closed this server: no client is left
                    return;
                }
            }
        }

        private void serve(Socket socket) {
            try (socket;
                    OutputStream out = counted(socket.getOutputStream())) {
                if (socket.getInputStream().read(new byte[4096]) >= 0) {
                    hostility.answer(socket, out);
                }
            } catch (IOException e) {
                // the client hung up on it, which is what the run is about
                return;
            }
        }

        private OutputStream counted(OutputStream out) {
            return new FilterOutputStream(out) {
                @Override
                public void write(int value) throws IOException {
                    out.write(value);
                    sent.incrementAndGet();
                }

                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    out.write(bytes, from, length);
                    sent.addAndGet(length);
                }
            };
        }

        @Override
        public void close() throws IOException {
            for (ServerSocket server : servers) {
                server.close();
            }
            threads.shutdownNow();
        }
    }
}
