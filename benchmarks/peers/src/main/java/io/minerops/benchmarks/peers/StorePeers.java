package io.minerops.benchmarks.peers;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/** The same polls in MinerOps, in the schemas before it, in DuckDB and in QuestDB: time to append and to read, and bytes. */
public final class StorePeers {
    static final List<Reading> READINGS = List.of(
            Reading.HASHRATE_THS,
            Reading.HASHRATE_AVG_THS,
            Reading.POWER_W,
            Reading.AVG_TEMP_C,
            Reading.MAX_TEMP_C,
            Reading.AVG_FAN_RPM,
            Reading.MIN_FAN_RPM,
            Reading.MAX_FAN_RPM,
            Reading.ELAPSED_S,
            Reading.ACCEPTED,
            Reading.REJECTED,
            Reading.HW_ERRORS);

    static final int POLL_S = 30;
    static final int POLLS_A_DAY = 86_400 / POLL_S;
    private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
    private static final int QUERIES = 100;
    private static final double MS = 1e6;

    private StorePeers() {}

    /** One engine with a table of samples. */
    interface Engine extends AutoCloseable {
        void append(Poll poll) throws Exception;

        /** Waits until nothing is written any more. */
        default void settle() throws Exception {}

        /** Reads the latest sample of each miner; how many. */
        long latest() throws Exception;

        /** Reads one miner's samples of a day; how many. */
        long day(MinerAddress miner, Instant until) throws Exception;

        @Override
        void close() throws Exception;
    }

    /** Makes an engine in an empty folder. */
    interface Opener {
        Engine open(Path folder) throws Exception;
    }

    private record Contender(String name, Opener opener) {}

    /** Arguments: miners, polls. */
    public static void main(String[] args) throws Exception {
        int miners = Integer.parseInt(args[0]);
        int polls = Integer.parseInt(args[1]);
        System.out.println("| engine | append of a poll p50, p99 (ms) | latest (ms) | 24 h of one miner (ms) | bytes a sample |");
        System.out.println("| --- | ---: | ---: | ---: | ---: |");
        for (Contender contender : List.of(
                new Contender("MinerOps", MinerOpsEngine::new),
                new Contender("schema 7 of MinerOps: a row a sample", folder -> SqliteRows.ofSchema7(folder)),
                new Contender("seed: text and two indexes", folder -> SqliteRows.ofSeed(folder)),
                new Contender("DuckDB, appender", DuckDbEngine::new),
                new Contender("QuestDB, embedded writer, no WAL", QuestDbEngine::new))) {
            Path folder = Files.createTempDirectory("minerops-peer");
            run(contender, folder, miners, polls);
            delete(folder);
        }
    }

    private static void run(Contender contender, Path folder, int miners, int polls) throws Exception {
        Random random = new Random(1);
        MinerAddress[] addresses = new MinerAddress[miners];
        Arrays.setAll(addresses, miner -> MinerAddress.of("10.0." + miner / 250 + "." + (miner % 250 + 1)));
        double[] appends = new double[polls];
        double[] latest = new double[QUERIES];
        double[] days = new double[QUERIES];
        try (Engine engine = contender.opener.open(folder)) {
            for (int i = 0; i < polls; i++) {
                Poll poll = poll(addresses, START.plusSeconds((long) i * POLL_S), i, random);
                appends[i] = time(() -> engine.append(poll));
            }
            engine.settle();
            Instant end = START.plusSeconds((long) polls * POLL_S);
            for (int i = 0; i < QUERIES; i++) {
                latest[i] = time(() -> require(engine.latest(), miners));
                MinerAddress miner = addresses[random.nextInt(miners)];
                days[i] = time(() -> require(engine.day(miner, end), Math.min(polls, POLLS_A_DAY)));
            }
        }
        double[] late = Arrays.copyOfRange(appends, polls / 2, polls);
        System.out.printf(
                Locale.ROOT,
                "| %s | %.3f, %.3f | %.3f | %.3f | %.1f |%n",
                contender.name,
                quantile(late, 0.5),
                quantile(late, 0.99),
                quantile(latest, 0.5),
                quantile(days, 0.5),
                size(folder) / ((double) miners * polls));
    }

    private static void require(long found, long wanted) {
        if (found != wanted) {
            throw new IllegalStateException("found " + found + " samples, not " + wanted);
        }
    }

    private static Poll poll(MinerAddress[] miners, Instant at, int poll, Random random) {
        List<MetricSample> samples = new ArrayList<>(miners.length);
        for (int miner = 0; miner < miners.length; miner++) {
            double ths = 100 + miner % 90 + random.nextGaussian();
            int fan = 5_000 + 30 * random.nextInt(20);
            samples.add(MetricSample.builder(miners[miner], at)
                    .set(Reading.HASHRATE_THS, ths)
                    .set(Reading.HASHRATE_AVG_THS, 100 + miner % 90 + random.nextGaussian() / 30)
                    .set(Reading.POWER_W, Math.rint(ths * 30))
                    .set(Reading.AVG_TEMP_C, 66 + random.nextGaussian())
                    .set(Reading.MAX_TEMP_C, 72 + random.nextInt(3))
                    .set(Reading.AVG_FAN_RPM, fan)
                    .set(Reading.MIN_FAN_RPM, fan - 60)
                    .set(Reading.MAX_FAN_RPM, fan + 60)
                    .set(Reading.ELAPSED_S, 1_000 + (double) poll * POLL_S)
                    .set(Reading.ACCEPTED, poll * 3.0)
                    .set(Reading.REJECTED, poll / 80)
                    .set(Reading.HW_ERRORS, poll / 15)
                    .build());
        }
        return Poll.of(at, samples);
    }

    private interface Step {
        void run() throws Exception;
    }

    private static double time(Step step) throws Exception {
        long begin = System.nanoTime();
        step.run();
        return (System.nanoTime() - begin) / MS;
    }

    private static double quantile(double[] values, double part) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, part * sorted.length)];
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
