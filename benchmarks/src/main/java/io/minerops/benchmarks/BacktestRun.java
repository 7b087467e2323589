package io.minerops.benchmarks;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.backtest.Backtest;
import io.minerops.core.backtest.BacktestReport;
import io.minerops.core.backtest.BacktestRequest;
import io.minerops.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Tries rules on a long history in SQLite, once each and as a user would, and reports how long that took. Arguments: the
 * file, which is made where it is missing, the days and the miners; 30 days of 500 miners are 43.2 million samples.
 */
public final class BacktestRun {
    private static final Duration POLL = Duration.ofSeconds(30);

    private BacktestRun() {}

    /** Runs it. */
    public static void main(String... arguments) throws IOException {
        Path file = arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempFile("minerops-backtest", ".db");
        int days = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 30;
        int miners = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 500;
        Instant end = Fleets.START.plus(Duration.ofDays(days));
        try (SqliteStore store = SqliteStore.open(file)) {
            if (store.metrics().latest().size() == 0) {
                fill(store, end, miners);
            }
            List<AlertRule> rules = List.of(
                    rule(RuleType.TEMP, Map.of("temp_c", 80.0)),
                    rule(RuleType.HASHRATE, Map.of("drop_threshold", 0.9)),
                    rule(RuleType.OFFLINE, Map.of("max_age_minutes", 10.0)),
                    rule(RuleType.RATE_OF_CHANGE, Map.of("avg_temp_c", 15.0, "within_minutes", 10.0)));
            for (AlertRule rule : rules) {
                long begun = System.nanoTime();
                BacktestReport report = Backtest.run(
                        new BacktestRequest(rule, Fleets.START, end, BacktestRequest.DEFAULT_CHECK_EVERY, 5, null),
                        RuleTypes.standard(),
                        store.metrics().latest().roster(),
                        store.metrics()::polls);
                double seconds = (System.nanoTime() - begun) / 1e9;
                System.out.printf(
                        Locale.ROOT,
                        "%-15s %6.1f s  %d samples, %.2f million/s, %d checks, %d alerts, %d other values, suggestion %s%n",
                        rule.type(),
                        seconds,
                        report.samples(),
                        report.samples() / seconds / 1e6,
                        report.checks(),
                        report.count(),
                        report.candidates().size(),
                        report.suggestion() == null
                                ? "none"
                                : report.suggestion().value());
            }
        }
    }

    private static AlertRule rule(RuleType type, Map<String, Double> thresholds) {
        return AlertRule.builder(type.key(), type)
                .thresholds(Thresholds.of(thresholds))
                .build();
    }

    /** A fleet that is well, but for a miner in a thousand samples that is hot, slow or silent for a while. */
    private static void fill(SqliteStore store, Instant end, int miners) {
        Random random = new Random(1);
        int[] trouble = new int[miners];
        int[] left = new int[miners];
        for (Instant at = Fleets.START; at.isBefore(end); at = at.plus(POLL)) {
            List<MetricSample> samples = new ArrayList<>(miners);
            for (int miner = 0; miner < miners; miner++) {
                if (left[miner] > 0) {
                    left[miner]--;
                } else {
                    trouble[miner] = random.nextInt(50_000) < 3 ? 1 + random.nextInt(3) : 0;
                    left[miner] = trouble[miner] == 0 ? 0 : 20 + random.nextInt(200);
                }
                if (trouble[miner] != 3) {
                    samples.add(MetricSample.builder(Fleets.address(miner), at)
                            .set(Reading.HASHRATE_THS, (trouble[miner] == 1 ? 60 : 100) + random.nextDouble())
                            .set(Reading.POWER_W, 3_200 + random.nextInt(50))
                            .set(Reading.AVG_TEMP_C, (trouble[miner] == 2 ? 85 : 62) + 4 * random.nextDouble())
                            .set(Reading.MAX_TEMP_C, 80)
                            .set(Reading.AVG_FAN_RPM, 5_000)
                            .set(Reading.MIN_FAN_RPM, 4_900)
                            .set(Reading.MAX_FAN_RPM, 5_100)
                            .set(Reading.ELAPSED_S, 1_000_000)
                            .set(Reading.ACCEPTED, 1_000)
                            .set(Reading.REJECTED, 2)
                            .set(Reading.HW_ERRORS, 3)
                            .build());
                }
            }
            store.metrics().append(Poll.of(at, samples));
        }
    }
}
