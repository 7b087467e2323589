package io.minerops.benchmarks.soak;

import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.market.FakeMarket;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The server for minutes on end, with clients with valid requests only and a fault in every minute. It ends with
 * status 1 where something was answered wrongly, a poll was missed or what is alive on the heap has grown.
 */
public final class SoakRun {
    private static final int FIRST_PORT = 22_000;
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(10);

    /** How long a fault lasts in its minute. */
    private static final Duration FAULT = Duration.ofSeconds(35);

    /** Minutes after which caches, pools and compiled code are there. */
    private static final int WARM = 3;

    /** How much more may be alive on the heap at the end than when it was warm. */
    private static final double MAX_GROWTH = 1.2;

    /** How late after its time a poll may end. */
    private static final Duration LATE = Duration.ofSeconds(5);

    private SoakRun() {}

    /**
     * Runs it.
     *
     * @param args the runnable jar, minutes, miners, clients, most heap such as 96m
     */
    public static void main(String[] args) throws Exception {
        Path jar = Path.of(args[0]);
        int minutes = Integer.parseInt(args[1]);
        int miners = Integer.parseInt(args[2]);
        int clients = Integer.parseInt(args[3]);
        Path folder = Files.createTempDirectory("minerops-soak");
        boolean good;
        try (FleetSimulator fleet = FleetSimulator.builder()
                        .miners(miners)
                        .seed(5)
                        .onPorts(InetAddress.getLoopbackAddress(), FIRST_PORT)
                        .build();
                FakeMarket market = FakeMarket.start()) {
            fleet.start();
            try (SoakedServer server = SoakedServer.start(jar, folder, args[4], fleet, market, POLL_INTERVAL)) {
                Fault.Site site = new Fault.Site(
                        fleet,
                        market,
                        server.uri("/"),
                        "jdbc:sqlite:" + folder.resolve("data").resolve("metrics.db"));
                good = soak(server, site, minutes, clients);
            }
        }
        System.out.println("what the server said is in " + folder.resolve("server.log"));
        if (!good) {
            System.exit(1);
        }
    }

    private static boolean soak(SoakedServer server, Fault.Site site, int minutes, int clients) throws Exception {
        Tally tally = new Tally();
        List<String> names = site.fleet().addresses().stream()
                .map(address -> address.toString(4028))
                .toList();
        List<Double> live = new ArrayList<>();
        Polls polls = new Polls(server);
        Iterator<Fault> faults = Stream.generate(() -> List.of(Fault.values()))
                .flatMap(List::stream)
                .iterator();
        System.out.println("| minute | fault | polls | requests | p50, ms | p99, ms | alive on the heap, MB |"
                + " resident, MB | answered wrongly |");
        System.out.println("| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        SoakClients requesting = new SoakClients(server, names, clients, tally);
        try {
            for (int minute = 1; minute <= minutes; minute++) {
                Fault fault = faults.next();
                long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
                AutoCloseable fixed = fault.begin(site);
                try {
                    polls.watch(System.nanoTime() + FAULT.toNanos());
                } finally {
                    fixed.close();
                }
                polls.watch(end);
                live.add(server.liveHeapMb());
                System.out.printf(
                        Locale.ROOT,
                        "| %d | %s | %.0f | %,d | %d | %d | %.1f | %.0f | %d |%n",
                        minute,
                        fault.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        polls.runs(),
                        tally.statuses().values().stream()
                                .mapToLong(Long::longValue)
                                .sum(),
                        tally.millisOf(0.5),
                        tally.millisOf(0.99),
                        live.get(live.size() - 1),
                        server.residentMb(),
                        tally.wrongCount());
            }
        } finally {
            requesting.close();
        }
        return verdict(tally, polls, live, server);
    }

    private static boolean verdict(Tally tally, Polls polls, List<Double> live, SoakedServer server)
            throws IOException, InterruptedException {
        tally.wrong().forEach(System.out::println);
        double warm = live.get(Math.min(WARM, live.size()) - 1);
        double last = live.get(live.size() - 1);
        System.out.printf(
                Locale.ROOT,
                "answers by status %s; alive on the heap %.1f MB when warm, %.1f MB at the end; %.0f polls, %.0f failed;"
                        + " longest from one poll to the next %.1f s of %d s%n",
                tally.statuses(),
                warm,
                last,
                polls.runs(),
                polls.failures(),
                polls.maxGap().toMillis() / 1_000.0,
                POLL_INTERVAL.toSeconds());
        return tally.wrongCount() == 0
                && server.isAlive()
                && polls.failures() == 0
                && polls.maxGap().compareTo(POLL_INTERVAL.plus(LATE)) <= 0
                && last <= warm * MAX_GROWTH;
    }

    /** Looks every half a second when the last poll was. */
    private static final class Polls {
        private static final String JOB = "job_name=\"poll-metrics\"";

        private final SoakedServer server;
        private Instant last = Instant.EPOCH;
        private Duration maxGap = Duration.ZERO;

        Polls(SoakedServer server) {
            this.server = server;
        }

        void watch(long untilNanos) throws IOException, InterruptedException {
            while (System.nanoTime() < untilNanos) {
                String summary = server.get("/api/summary");
                int at = summary.indexOf("\"last_poll_at\":\"");
                if (at >= 0) {
                    see(Instant.parse(summary.substring(at + 16, summary.indexOf('"', at + 16))));
                }
                TimeUnit.MILLISECONDS.sleep(500);
            }
        }

        private void see(Instant poll) {
            if (poll.isAfter(last)) {
                if (!last.equals(Instant.EPOCH)) {
                    Duration gap = Duration.between(last, poll);
                    maxGap = gap.compareTo(maxGap) > 0 ? gap : maxGap;
                }
                last = poll;
            }
        }

        Duration maxGap() {
            return maxGap;
        }

        double runs() throws IOException, InterruptedException {
            return server.metric("minerops_job_runs_total", JOB);
        }

        double failures() throws IOException, InterruptedException {
            return server.metric("minerops_job_failures_total", JOB);
        }
    }
}
