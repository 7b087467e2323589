package io.minerops.benchmarks.poll;

import io.minerops.api.miner.MinerAddress;
import io.minerops.core.device.CgminerClient;
import io.minerops.core.internal.job.PollMetricsJob;
import io.minerops.testkit.memory.InMemoryStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Polls fake fleets of growing size with the poll job as a fleet tool runs it, and beside it with blocking threads, and
 * prints a table. Arguments: the sizes, 500, 5000 and 20000 by default.
 */
public final class PollRun {
    /** Of one exchange; a reading may also wait for its turn. */
    private static final Duration DEADLINE = Duration.ofSeconds(2);

    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final int CYCLES = 21;
    private static final int WARM = 10;
    private static final int SEQUENTIAL = 200;
    private static final double MEGABYTE = 1024 * 1024;

    private PollRun() {}

    /** Runs it all. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int[] sizes = args.length == 0
                ? new int[] {500, 5_000, 20_000}
                : Arrays.stream(args).mapToInt(Integer::parseInt).toArray();
        Process fleet = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        FakeFleet.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = fleet.inputReader(StandardCharsets.UTF_8)) {
            int port = Integer.parseInt(out.readLine());
            System.out.println("| way | miners | answered | last answer, s | whole cycle, s | CPU, µs per miner |");
            System.out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
            for (int size : sizes) {
                ours(addresses(size, port));
            }
            System.out.println(
                    BlockingPolls.poll(addresses(SEQUENTIAL, port), 1, millis()).row("one after the other"));
            for (int size : sizes) {
                for (int threads : new int[] {64, 256}) {
                    if (size <= 100 * threads) {
                        System.out.println(BlockingPolls.poll(addresses(size, port), threads, millis())
                                .row(threads + " blocking threads"));
                    }
                }
            }
        } finally {
            fleet.destroy();
        }
    }

    private static int millis() {
        return (int) DEADLINE.toMillis();
    }

    private static List<MinerAddress> addresses(int count, int port) {
        return IntStream.range(0, count)
                .mapToObj(index -> new MinerAddress(
                        "127." + (1 + index / 62_500) + "." + index / 250 % 250 + "." + (1 + index % 250), port))
                .toList();
    }

    private static void ours(List<MinerAddress> miners) {
        double idle = liveMegabytes();
        AtomicInteger answered = new AtomicInteger();
        try (TimedClient client = new TimedClient(
                CgminerClient.builder().exchangeTimeout(DEADLINE).build())) {
            InMemoryStore store = new InMemoryStore();
            PollMetricsJob job = new PollMetricsJob(
                    client,
                    store,
                    miners,
                    INTERVAL,
                    INTERVAL.dividedBy(2),
                    InstantSource.system(),
                    report -> answered.set(report.answered()));
            List<Cycle> cycles = new ArrayList<>();
            resetPeaks();
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                long cpu = Cycle.processCpuNanos();
                long start = System.nanoTime();
                job.run();
                cycles.add(new Cycle(
                        miners.size(),
                        answered.get(),
                        client.lastAnswer() - start,
                        System.nanoTime() - start,
                        Cycle.processCpuNanos() - cpu));
                // a fleet tool keeps history on a disk: the memory of this one is to hold what a poll needs
                store.metrics().prune(Instant.now());
            }
            System.out.println(cycles.get(0).row("MinerOps, first cycle"));
            System.out.println(median(cycles.subList(1, WARM)).row("MinerOps, next " + (WARM - 1) + " (median)"));
            System.out.println(
                    median(cycles.subList(WARM, CYCLES)).row("MinerOps, warm " + (CYCLES - WARM) + " (median)"));
            System.out.printf(
                    Locale.ROOT,
                    "| (live heap before %.0f MB, after %.0f MB; highest use between collections %.0f"
                            + " MB of at most %.0f MB) | | | | | |%n",
                    idle,
                    liveMegabytes(),
                    peakMegabytes(),
                    Runtime.getRuntime().maxMemory() / MEGABYTE);
        }
    }

    private static Cycle median(List<Cycle> cycles) {
        return cycles.stream()
                .sorted(Comparator.comparingLong(Cycle::livingNanos))
                .toList()
                .get(cycles.size() / 2);
    }

    private static double liveMegabytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGABYTE;
    }

    private static void resetPeaks() {
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static double peakMegabytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum()
                / MEGABYTE;
    }
}
