package io.minerops.benchmarks;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.api.profit.Tariff;
import io.minerops.core.curtail.CurtailmentLimits;
import io.minerops.core.curtail.CurtailmentPlan;
import io.minerops.core.curtail.IntervalPrices;
import io.minerops.core.curtail.MinerLoad;
import io.minerops.core.curtail.StrikeReport;
import io.minerops.core.curtail.StrikeTrial;
import io.minerops.core.market.MarketData;
import io.minerops.core.market.MarketSources;
import io.minerops.core.profit.PowerPrices;
import io.minerops.core.profit.ProfitabilitySettings;
import io.minerops.core.service.CurtailmentService;
import io.minerops.core.service.ProfitabilityService;
import io.minerops.sqlite.SqliteStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Backtests strike prices on the hourly roll-ups of a long history in SQLite, and plans a day and a week of its miners.
 * Arguments: the file, which is made where it is missing, the days and the miners; 365 days of 500 miners are 4.4 million
 * roll-ups.
 */
public final class CurtailmentRun {
    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
    private static final Duration POLL = Duration.ofMinutes(10);
    private static final int RUNS = 4;
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private CurtailmentRun() {}

    /** Runs it. */
    public static void main(String... arguments) throws IOException {
        Path file = arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempFile("minerops-curtailment", ".db");
        int days = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 365;
        int miners = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 500;
        Instant until = START.plus(Duration.ofDays(days));
        InstantSource clock = InstantSource.fixed(until);
        try (SqliteStore store = SqliteStore.open(file)) {
            if (store.metrics().latest().size() == 0) {
                fill(store, until, miners);
            }
            MarketData market = new MarketData(
                    MarketSources.fixedPrice(90_000, clock),
                    MarketSources.fixedDifficulty(120e12, clock),
                    List.of(),
                    null,
                    clock);
            market.price(Currency.getInstance("USD")).toCompletableFuture().join();
            market.difficulty().toCompletableFuture().join();
            PowerPrices hourly = PowerPrices.of(
                    0, miner -> 0, List.of(at -> 0.02 + 0.1 * Math.abs(Math.sin(at.getEpochSecond() / 3e4))));
            ProfitabilitySettings settings = new ProfitabilitySettings(new Tariff(0.07), 0, 0, () -> hourly);
            CurtailmentService service =
                    new CurtailmentService(store, new ProfitabilityService(store, market, settings, clock));
            backtest(service, until);
        }
        for (int hours : new int[] {24, 168}) {
            plan(
                    miners,
                    hours,
                    "alone",
                    CurtailmentLimits.NONE.withMinimumTimes(Duration.ofHours(2), Duration.ofHours(3)));
            plan(
                    miners,
                    hours,
                    "demand and ramp",
                    CurtailmentLimits.NONE.withDemand(1, 0).withRamp(miners * 0.3));
        }
    }

    private static void backtest(CurtailmentService service, Instant until) {
        List<Double> others = IntStream.range(0, 40).mapToObj(i -> i * 5.0).toList();
        StrikeTrial trial =
                new StrikeTrial(80, Duration.ofHours(1), Duration.ofHours(2), Duration.ofMinutes(10), 0, others);
        for (int run = 0; run < RUNS; run++) {
            long begun = System.nanoTime();
            long begunCpu = CPU.getCurrentThreadCpuTime();
            StrikeReport report = service.backtest(trial, START, until);
            System.out.printf(
                    Locale.ROOT,
                    "backtest %.2f s, %.2f s of them on the CPU, %d miner-hours, %d strike prices, best %.0f USD/MWh%n",
                    (System.nanoTime() - begun) / 1e9,
                    (CPU.getCurrentThreadCpuTime() - begunCpu) / 1e9,
                    report.was().minerHours(),
                    report.outcomes().size(),
                    report.best().strikeUsdPerMwh());
        }
    }

    private static void plan(int miners, int hours, String name, CurtailmentLimits limits) {
        Random random = new Random(1);
        List<Double> prices = IntStream.range(0, hours)
                .mapToObj(i -> 0.07 + 0.05 * Math.sin(i / 3.8) + 0.02 * random.nextDouble())
                .toList();
        List<MinerLoad> loads = new ArrayList<>();
        for (int miner = 0; miner < miners; miner++) {
            double efficiency = 16 + 15 * random.nextDouble();
            loads.add(new MinerLoad("miner " + miner, 3_300 / efficiency, 3_300, 30, true));
        }
        long begun = System.nanoTime();
        CurtailmentPlan plan =
                CurtailmentPlan.of(new IntervalPrices(START, Duration.ofHours(1), prices), 0.039, loads, limits);
        System.out.printf(
                Locale.ROOT,
                "plan of %d h, %s: %.2f s, net %.2f USD, no plan above %.2f USD%n",
                hours,
                name,
                (System.nanoTime() - begun) / 1e9,
                plan.netUsd(),
                plan.boundUsd());
    }

    private static void fill(SqliteStore store, Instant until, int miners) {
        Random random = new Random(1);
        for (Instant at = START; at.isBefore(until); at = at.plus(POLL)) {
            List<MetricSample> samples = new ArrayList<>(miners);
            for (int miner = 0; miner < miners; miner++) {
                samples.add(MetricSample.builder(Fleets.address(miner), at)
                        .set(Reading.HASHRATE_THS, 100 + random.nextDouble())
                        .set(Reading.POWER_W, 3_200 + random.nextInt(50))
                        .build());
            }
            store.metrics().append(Poll.of(at, samples));
        }
    }
}
