package io.minerops.benchmarks;

import io.minerops.api.miner.Poll;
import io.minerops.api.store.HistoryQuery;
import io.minerops.postgres.PostgresStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What polls and the queries of pages take on a PostgreSQL server of this machine, and what is stored for a sample. */
public final class PostgresRun {
    private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
    private static final int INTERVAL_S = 30;
    private static final int POLLS_PER_HOUR = 3_600 / INTERVAL_S;
    private static final int MEASURED_POLLS = 60;
    private static final int HISTORIES = 500;
    private static final double MS = 1e6;

    private final BenchmarkServer server;
    private final int miners;
    private final FleetDay fleet;
    private long polls;
    private long samples;

    private PostgresRun(BenchmarkServer server, int miners) {
        this.server = server;
        this.miners = miners;
        fleet = new FleetDay(miners, 1);
    }

    /** Arguments: miners, and how many hours are stored before it is measured, each sealed. */
    public static void main(String[] args) throws Exception {
        int hours = Integer.parseInt(args[1]);
        try (BenchmarkServer server = new BenchmarkServer()) {
            PostgresRun run = new PostgresRun(server, Integer.parseInt(args[0]));
            print(
                    "%,d miners, %d hours, a poll each %d s; load average %.1f%n",
                    run.miners, hours, INTERVAL_S, BenchmarkServer.load());
            try (PostgresStore writer = server.open("writer", ScaleInstance.CONNECTIONS);
                    PostgresStore reader = server.open("reader", ScaleInstance.CONNECTIONS)) {
                run.fill(writer, hours);
                run.measure(writer, reader);
            }
        }
        print("load average %.1f%n", BenchmarkServer.load());
    }

    private Instant now() {
        return START.plusSeconds(polls * INTERVAL_S);
    }

    private double append(PostgresStore store) {
        Poll next = fleet.next(now(), INTERVAL_S);
        polls++;
        samples += next.samples().size();
        long begin = System.nanoTime();
        store.metrics().append(next);
        return (System.nanoTime() - begin) / MS;
    }

    private void fill(PostgresStore store, int hours) throws Exception {
        double appending = append(store);
        double sealing = 0;
        double longest = 0;
        long logged = 0;
        for (int hour = 1; hour <= hours; hour++) {
            while (polls < (long) hour * POLLS_PER_HOUR) {
                appending += append(store);
            }
            long wal = server.walBytes();
            long begin = System.nanoTime();
            append(store);
            server.awaitSealed(START.plus(Duration.ofHours(hour)).toEpochMilli());
            double took = (System.nanoTime() - begin) / MS;
            logged += server.walBytes() - wal;
            sealing += took;
            longest = Math.max(longest, took);
        }
        print(
                "| stored | %,d samples; polls %.1f s, sealing %.1f s, one hour at most %.1f s |%n",
                samples, appending / 1e3, sealing / 1e3, longest / 1e3);
        print(
                "| WAL | %.1f bytes a sample, of these for sealing %.1f |%n",
                (double) server.walBytes() / samples, (double) logged / samples);
    }

    private void measure(PostgresStore writer, PostgresStore reader) throws Exception {
        for (String table : List.of("ticks", "blocks", "rollup_hour", "rollup_day", "hourly", "daily", "latest")) {
            long bytes = server.bytes(table);
            print(
                    "| table %s | %,d rows, %.1f MB, %.2f bytes a sample |%n",
                    table, server.number("SELECT COUNT(*) FROM " + table), bytes / 1e6, (double) bytes / samples);
        }
        List<Double> appends = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        List<Double> own = new ArrayList<>();
        for (int poll = 0; poll < MEASURED_POLLS; poll++) {
            appends.add(append(writer));
            others.add(time(() -> reader.metrics().latest()));
            own.add(time(() -> writer.metrics().latest()));
        }
        times("tick of " + miners, appends);
        times("latest of " + miners + ", the poll just stored by another instance", others);
        times("latest of " + miners + ", the poll just stored by this instance", own);
        List<Double> unchanged = new ArrayList<>();
        for (int query = 0; query < HISTORIES; query++) {
            unchanged.add(time(() -> reader.metrics().latest()));
        }
        times("latest of " + miners + ", nothing new", unchanged);
        Random random = new Random(1);
        List<Double> histories = new ArrayList<>();
        for (int query = 0; query < HISTORIES; query++) {
            int miner = random.nextInt(miners);
            histories.add(time(() -> history(reader, miner)));
        }
        times("24 h of one miner", histories.subList(HISTORIES / 4, HISTORIES));
    }

    private void history(PostgresStore store, int miner) {
        long[] count = new long[1];
        Instant end = now();
        store.metrics()
                .history(
                        new HistoryQuery(
                                Fleets.address(miner), end.minus(Duration.ofDays(1)), end, null, Integer.MAX_VALUE),
                        (at, sample) -> count[0]++);
        if (count[0] == 0) {
            throw new IllegalStateException("no samples");
        }
    }

    private static double time(Runnable query) {
        long begin = System.nanoTime();
        query.run();
        return (System.nanoTime() - begin) / MS;
    }

    private static void times(String what, List<Double> taken) {
        double[] sorted =
                taken.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        print(
                "| %s | p10 %.2f, p50 %.2f, p99 %.2f ms of %d |%n",
                what,
                sorted[sorted.length / 10],
                sorted[sorted.length / 2],
                sorted[sorted.length * 99 / 100],
                sorted.length);
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
