package io.minerops.benchmarks;

import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.HistoryQuery;
import io.minerops.api.store.HistorySource;
import io.minerops.api.store.PollQuery;
import io.minerops.api.store.RollupQuery;
import io.minerops.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Fills a SQLite store as a fleet does, poll after poll and sealed hour by hour, and measures it on the way: bytes, start, the
 * append of a poll, and the queries of pages, with polls going on beside them.
 */
public final class StoreRun {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final double MS = 1e6;
    private static final int QUERIES = 200;
    /** Polls that are appended as fast as they come while queries are measured, each after such a pause. */
    private static final long PAUSE_MS = 50;

    private static final long SEALED_WAIT_MS = 20;

    private final int miners;
    private final int intervalS;
    private final FleetDay fleet;
    private final Path file;
    private final List<Double> appends = new ArrayList<>();
    private long polls;
    private long samples;

    private StoreRun(int miners, int intervalS, Path file) {
        this.miners = miners;
        this.intervalS = intervalS;
        this.file = file;
        fleet = new FleetDay(miners, 1);
    }

    /** Arguments: miners, seconds between polls, and after how many samples each it is measured, ascending. */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("minerops-store");
        StoreRun run = new StoreRun(Integer.parseInt(args[0]), Integer.parseInt(args[1]), folder.resolve("metrics.db"));
        for (String wanted : Arrays.asList(args).subList(2, args.length)) {
            run.fill(Long.parseLong(wanted));
            run.measure();
        }
        for (String name : List.of("metrics.db", "metrics.db-wal", "metrics.db-shm", "metrics.db.lock")) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.delete(folder);
    }

    private Instant now() {
        return START.plusSeconds(polls * intervalS);
    }

    private synchronized double append(SqliteStore store) {
        Poll next = fleet.next(now(), intervalS);
        polls++;
        samples += next.samples().size();
        long begin = System.nanoTime();
        store.metrics().append(next);
        return (System.nanoTime() - begin) / MS;
    }

    private void fill(long wanted) throws IOException, SQLException, InterruptedException {
        long before = written();
        long samplesBefore = samples;
        appends.clear();
        try (SqliteStore store = SqliteStore.open(file)) {
            while (samples < wanted) {
                appends.add(append(store));
                if (polls % (3_600 / intervalS) == 0) {
                    awaitSealed();
                }
            }
            awaitSealed();
        }
        print(
                "%n%,d samples of %d miners, %d days, interval %d s%n",
                samples, miners, Duration.between(START, now()).toDays(), intervalS);
        times("append of a poll", appends);
        print("| file | %.0f MB, %.2f bytes a sample |%n", Files.size(file) / 1e6, Files.size(file) / (double) samples);
        print("| written | %.0f bytes a sample |%n", (written() - before) / (double) (samples - samplesBefore));
    }

    /** A real fleet leaves the store an hour for each hour. */
    private void awaitSealed() throws SQLException, InterruptedException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            while (true) {
                try (ResultSet ticks = statement.executeQuery("SELECT COUNT(*) FROM ticks")) {
                    if (ticks.getInt(1) <= 3_600 / intervalS) {
                        return;
                    }
                }
                Thread.sleep(SEALED_WAIT_MS);
            }
        }
    }

    /** Bytes that this process has written to files; 0 where the system does not count them. */
    private static long written() throws IOException {
        Path io = Path.of("/proc/self/io");
        return Files.isReadable(io)
                ? Files.readAllLines(io).stream()
                        .filter(line -> line.startsWith("wchar:"))
                        .mapToLong(line -> Long.parseLong(line.substring(6).strip()))
                        .sum()
                : 0;
    }

    private interface Query {
        void run(SqliteStore store, Random random);
    }

    private void measure() throws InterruptedException {
        long begin = System.nanoTime();
        try (SqliteStore store = SqliteStore.open(file)) {
            print("| start | %.0f ms |%n", (System.nanoTime() - begin) / MS);
            AtomicBoolean stop = new AtomicBoolean();
            List<Double> besides = new ArrayList<>();
            Thread ingest = new Thread(() -> ingest(store, stop, besides), "ingest");
            ingest.start();
            time(
                    "latest samples of all miners",
                    store,
                    QUERIES,
                    (opened, random) -> opened.metrics().latest());
            time("24 h of one miner", store, QUERIES * 5, (opened, random) -> history(opened, oneOf(random), 1, null));
            time(
                    "24 h of one miner by 5 minutes",
                    store,
                    QUERIES,
                    (opened, random) -> history(opened, oneOf(random), 1, Duration.ofMinutes(5)));
            time(
                    "30 days of one miner by hour",
                    store,
                    QUERIES,
                    (opened, random) -> history(opened, oneOf(random), 30, Duration.ofHours(1)));
            time(
                    "a year of one miner by day",
                    store,
                    QUERIES,
                    (opened, random) -> history(opened, oneOf(random), 365, Duration.ofDays(1)));
            time(
                    "7 days of each miner by hour",
                    store,
                    20,
                    (opened, random) -> history(opened, -1, 7, Duration.ofHours(1)));
            time(
                    "roll-ups of a month of each miner by day",
                    store,
                    20,
                    (opened, random) -> opened.metrics()
                            .rollups(
                                    new RollupQuery(null, HistorySource.DAILY, now().minus(Duration.ofDays(30)), now()),
                                    rollup -> true));
            stop.set(true);
            ingest.join();
            times("append of a poll beside the queries", besides);
            scan(store);
        }
    }

    private void ingest(SqliteStore store, AtomicBoolean stop, List<Double> taken) {
        try {
            while (!stop.get()) {
                taken.add(append(store));
                Thread.sleep(PAUSE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int oneOf(Random random) {
        return random.nextInt(miners);
    }

    private void history(SqliteStore store, int miner, int days, @Nullable Duration step) {
        Instant end = now();
        long[] count = new long[1];
        store.metrics()
                .history(
                        new HistoryQuery(
                                miner < 0 ? null : Fleets.address(miner),
                                end.minus(Duration.ofDays(days)),
                                end,
                                step,
                                Integer.MAX_VALUE),
                        (at, sample) -> count[0]++);
        if (count[0] == 0) {
            throw new IllegalStateException("no samples");
        }
    }

    private void scan(SqliteStore store) {
        PollQuery query = new PollQuery(
                store.metrics().latest().roster(), now().minus(Duration.ofDays(30)), now(), Set.of(Reading.MAX_TEMP_C));
        double best = 0;
        for (int round = 0; round < 3; round++) {
            long[] count = new long[1];
            long begin = System.nanoTime();
            store.metrics().polls(query, poll -> {
                count[0] += poll.size();
                return true;
            });
            best = Math.max(best, count[0] / ((System.nanoTime() - begin) / 1e9));
        }
        print("| one reading of 30 days scanned | %.1f million samples/s |%n", best / 1e6);
    }

    private static void time(String what, SqliteStore store, int times, Query query) {
        Random random = new Random(1);
        for (int i = 0; i < times / 4; i++) {
            query.run(store, random);
        }
        List<Double> taken = new ArrayList<>(times);
        for (int i = 0; i < times; i++) {
            long begin = System.nanoTime();
            query.run(store, random);
            taken.add((System.nanoTime() - begin) / MS);
        }
        times(what, taken);
    }

    private static void times(String what, List<Double> taken) {
        double[] sorted =
                taken.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        print(
                "| %s | p10 %.3f, p50 %.3f, p99 %.3f, max %.1f ms |%n",
                what,
                sorted[sorted.length / 10],
                sorted[sorted.length / 2],
                sorted[sorted.length * 99 / 100],
                sorted[sorted.length - 1]);
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
