package io.minerops.benchmarks;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Poll;
import io.minerops.core.internal.share.Turn;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * A fleet that instances share on one PostgreSQL, in virtual time: who polls what, what storing it and reading it again
 * costs each instance and the database, and what happens when one of them is lost. Miners are simulated; turns, shares,
 * fences, stores and the database are the real ones. At the end the hour is sealed.
 */
public final class ScaleRun {
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final Instant HOUR = Instant.parse("2026-11-20T12:00:00Z");
    private static final int TICKS = 8;
    private static final int LOST_BEFORE = 4;
    /** Before it each instance has yet to read the registry. */
    private static final int WARM_FROM = 2;

    /** From here on all instances store at the same time, and not one after the other. */
    private static final int AT_ONCE_FROM = 6;

    /** How many instances read again what all have stored; each has the whole fleet in its heap then. */
    private static final int READERS = 4;

    private static final double MS = 1e6;
    private static final double MB = 1e6;

    private final BenchmarkServer server;
    private final FleetDay fleet;
    private final int miners;
    private final List<ScaleInstance> instances = new ArrayList<>();
    private final Map<String, VirtualLease.Span> spans = new ConcurrentHashMap<>();
    private final Map<String, ScaleInstance.Cost> stored = new HashMap<>();
    private final Map<String, Integer> polls = new HashMap<>();
    private Map<String, Integer> sharesBefore = Map.of();
    private volatile Instant now = HOUR.minusSeconds(1);

    private record Part(ScaleInstance instance, Turn turn, List<MetricSample> samples) {}

    private ScaleRun(BenchmarkServer server, int miners, int count) {
        this.server = server;
        this.miners = miners;
        fleet = new FleetDay(miners, 1);
        for (int n = 1; n <= count; n++) {
            instances.add(new ScaleInstance(
                    server, String.format(Locale.ROOT, "instance %02d", n), INTERVAL, () -> this.now, spans));
        }
    }

    /** Arguments: miners (100,000) and instances (20). */
    public static void main(String[] args) throws Exception {
        int miners = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        int count = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        print(
                "%,d miners, %d instances, a poll each %d s; load average %.1f%n",
                miners, count, INTERVAL.toSeconds(), BenchmarkServer.load());
        try (BenchmarkServer server = new BenchmarkServer()) {
            ScaleRun run = new ScaleRun(server, miners, count);
            try {
                run.run();
            } finally {
                run.instances.forEach(ScaleInstance::close);
            }
        }
        print("load average %.1f%n", BenchmarkServer.load());
    }

    private void run() throws Exception {
        long begin = System.nanoTime();
        instances
                .get(0)
                .store()
                .miners()
                .register(IntStream.range(0, miners).mapToObj(Fleets::address).toList(), now);
        print("miners registered in %,.0f ms%n", (System.nanoTime() - begin) / MS);
        // joins: an instance polls what it knew of before
        instances.forEach(ScaleInstance::next);
        print("| poll | miners polled | instances | renew, ms | divide, ms | store, ms | of these CPU, ms"
                + " | read the others' samples, ms | rows | stored, MB | WAL, MB |%n");
        for (int tick = 0; tick < TICKS; tick++) {
            if (tick == LOST_BEFORE) {
                lose();
            }
            now = HOUR.plus(INTERVAL.multipliedBy(tick)).plusMillis(5);
            tick(tick);
        }
        report(bytes());
        print("connections: %d%n", server.connections());
        sealed();
    }

    private void lose() {
        ScaleInstance lost = instances.remove(instances.size() - 1);
        lost.close();
        print("(%s is lost; it had %,d miners)%n", lost.name(), sharesBefore.getOrDefault(lost.name(), 0));
    }

    private void tick(int tick) throws Exception {
        Poll whole = fleet.next(now, (int) INTERVAL.toSeconds());
        long wal = server.walBytes();
        long rows = server.number("SELECT COALESCE(MAX(written), 0) FROM ticks");
        long begin = System.nanoTime();
        Map<ScaleInstance, Turn> turns = new LinkedHashMap<>();
        for (ScaleInstance instance : instances) {
            instance.next().ifPresent(turn -> turns.put(instance, turn));
        }
        double renewed = (System.nanoTime() - begin) / MS;
        begin = System.nanoTime();
        List<Part> parts = new ArrayList<>();
        turns.forEach((instance, turn) -> parts.add(new Part(instance, turn, ScaleInstance.share(turn, whole))));
        double divided = (System.nanoTime() - begin) / MS;
        begin = System.nanoTime();
        ScaleInstance.Cost cost = tick < AT_ONCE_FROM ? oneAfterTheOther(parts, tick >= WARM_FROM) : atOnce(parts);
        double took = (System.nanoTime() - begin) / MS;
        long written = server.walBytes() - wal;
        double others = 0;
        List<ScaleInstance> readers = instances.subList(0, Math.min(READERS, instances.size()));
        for (ScaleInstance instance : readers) {
            others += instance.readLatest().ms();
        }
        print(
                "| %s%s | %,d | %d | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f (mean of %d) | %d | %.1f | %.1f |%n",
                now.atZone(ZoneOffset.UTC).toLocalTime().withNano(0),
                tick < AT_ONCE_FROM ? "" : ", at once",
                cost.samples(),
                parts.size(),
                renewed,
                divided,
                took,
                cost.cpuMs(),
                others / readers.size(),
                readers.size(),
                server.number("SELECT COUNT(*) FROM ticks WHERE written > " + rows),
                server.number("SELECT COALESCE(SUM(LENGTH(data)), 0) FROM ticks WHERE written > " + rows) / MB,
                written / MB);
        moved(parts);
    }

    private ScaleInstance.Cost oneAfterTheOther(List<Part> parts, boolean warm) {
        ScaleInstance.Cost sum = ScaleInstance.Cost.NONE;
        for (Part part : parts) {
            ScaleInstance.Cost cost = part.instance.append(part.turn, part.samples);
            sum = sum.plus(cost);
            if (warm) {
                stored.merge(part.instance.name(), cost, ScaleInstance.Cost::plus);
                polls.merge(part.instance.name(), 1, Integer::sum);
            }
        }
        return sum;
    }

    private static ScaleInstance.Cost atOnce(List<Part> parts) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(parts.size());
        try {
            List<Future<ScaleInstance.Cost>> running = parts.stream()
                    .map(part -> threads.submit(() -> part.instance.append(part.turn, part.samples)))
                    .toList();
            ScaleInstance.Cost sum = ScaleInstance.Cost.NONE;
            for (Future<ScaleInstance.Cost> each : running) {
                sum = sum.plus(each.get());
            }
            return sum;
        } finally {
            threads.shutdown();
        }
    }

    /** How the miners of an instance that is missing are divided over the rest. */
    private void moved(List<Part> parts) {
        Map<String, Integer> shares = new HashMap<>();
        parts.forEach(part -> shares.put(part.instance.name(), part.samples.size()));
        if (sharesBefore.size() == parts.size() + 1
                && parts.get(0).turn.shares().instances().size() == parts.size()) {
            int[] more = shares.entrySet().stream()
                    .mapToInt(share -> share.getValue() - sharesBefore.getOrDefault(share.getKey(), 0))
                    .sorted()
                    .toArray();
            print(
                    "(its miners are divided over %d instances: %d to %d more each)%n",
                    more.length, more[0], more[more.length - 1]);
        }
        if (parts.isEmpty() || parts.get(0).turn.shares().instances().size() == parts.size()) {
            sharesBefore = shares;
        }
    }

    /** The first poll of the next hour, of one miner, lets the hour be sealed. */
    private void sealed() throws Exception {
        Instant end = HOUR.plus(Duration.ofHours(1));
        long wal = server.walBytes();
        long begin = System.nanoTime();
        instances
                .get(0)
                .store()
                .metrics()
                .append(Poll.of(end, fleet.next(end, 1).samples().subList(0, 1)));
        server.awaitSealed(end.toEpochMilli());
        print(
                "hour sealed in %,.0f s: %,d blocks of %.1f MB, %,d roll-ups in columns of %.1f MB; WAL %.1f MB%n",
                (System.nanoTime() - begin) / MS / 1e3,
                server.number("SELECT COUNT(*) FROM blocks"),
                server.bytes("blocks") / MB,
                server.number("SELECT COUNT(*) FROM hourly"),
                server.bytes("hourly") / MB,
                (server.walBytes() - wal) / MB);
    }

    private void report(Map<String, Long> bytes) {
        print("| instance | miners read | polls | store, ms each | of these CPU, ms | bytes each |%n");
        stored.keySet().stream().sorted().forEach(name -> {
            ScaleInstance.Cost cost = stored.getOrDefault(name, ScaleInstance.Cost.NONE);
            int count = polls.getOrDefault(name, 0);
            print(
                    "| %s | %,d | %d | %.0f | %.0f | %,d |%n",
                    name,
                    cost.samples() / count,
                    count,
                    cost.ms() / count,
                    cost.cpuMs() / count,
                    bytes.getOrDefault(name, 0L));
        });
    }

    /** Bytes of a poll of each instance, before the hour is sealed. */
    private Map<String, Long> bytes() throws SQLException {
        Map<String, Long> found = new HashMap<>();
        for (String name : stored.keySet()) {
            found.put(
                    name,
                    server.number("SELECT AVG(LENGTH(data))::bigint FROM ticks WHERE writer LIKE '" + name
                            + "-%' AND at > " + HOUR.toEpochMilli()));
        }
        return found;
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
