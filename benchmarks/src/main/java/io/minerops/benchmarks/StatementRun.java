package io.minerops.benchmarks;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.api.profit.Tariff;
import io.minerops.core.market.MarketData;
import io.minerops.core.market.MarketSources;
import io.minerops.core.profit.ProfitabilitySettings;
import io.minerops.core.service.ProfitabilityService;
import io.minerops.core.service.StatementService;
import io.minerops.core.statement.StatementPeriod;
import io.minerops.core.statement.StatementReport;
import io.minerops.core.statement.StatementRequest;
import io.minerops.sqlite.SqliteStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Makes the statement of a year, hour by hour and miner by miner, from SQLite. Arguments: the file, which is filled where it is
 * empty, and the miners; default 500.
 */
public final class StatementRun {
    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-01-01T00:00:00Z");

    /** Roll-ups are of the same size whatever the interval. */
    private static final Duration POLL = Duration.ofMinutes(10);

    private static final int POLLS_PER_HOUR = 6;

    private static final int RUNS = 5;
    private static final long SEALED_WAIT_MS = 1_000;
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private StatementRun() {}

    /** Runs it. */
    public static void main(String... arguments) throws IOException, InterruptedException, SQLException {
        Path file = arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempFile("minerops-statement", ".db");
        int miners = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 500;
        InstantSource clock = () -> END.plus(Duration.ofDays(1));
        try (SqliteStore store = SqliteStore.open(file)) {
            if (store.metrics().latest().size() == 0) {
                fill(store, miners);
            }
            awaitSealed(file);
            StatementService statements = new StatementService(
                    store,
                    new ProfitabilityService(
                            store,
                            new MarketData(
                                    MarketSources.fixedPrice(90_000, clock),
                                    MarketSources.fixedDifficulty(1.5e14, clock),
                                    clock),
                            ProfitabilitySettings.of(new Tariff(0.07)),
                            clock),
                    clock);
            StatementPeriod year = StatementPeriod.parse(StatementPeriod.Kind.YEAR, "2025", ZoneOffset.UTC);
            for (int run = 0; run < RUNS; run++) {
                long begun = System.nanoTime();
                long begunCpu = CPU.getCurrentThreadCpuTime();
                StatementReport report =
                        statements.statement(new StatementRequest(year, StatementRequest.By.MINER, null));
                System.out.printf(
                        Locale.ROOT,
                        "%.2f s, %.2f s of them on the CPU: %d miners, %,.0f hours, %,.0f kWh, %.2f %% uptime%n",
                        (System.nanoTime() - begun) / 1e9,
                        (CPU.getCurrentThreadCpuTime() - begunCpu) / 1e9,
                        report.groups().size(),
                        report.total().time().totalS() / 3_600,
                        report.total().kwh(),
                        report.total().time().uptime() * 100);
            }
        }
    }

    /** A server seals an hour for each hour; here they are a year behind. */
    private static void awaitSealed(Path file) throws InterruptedException, SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            while (true) {
                try (ResultSet ticks = statement.executeQuery("SELECT COUNT(*) FROM ticks")) {
                    if (ticks.getInt(1) <= POLLS_PER_HOUR) {
                        return;
                    }
                }
                Thread.sleep(SEALED_WAIT_MS);
            }
        }
    }

    /** The readings that a common miner has. */
    private static void fill(SqliteStore store, int miners) {
        Random random = new Random(1);
        int polls = 0;
        for (Instant at = START; at.isBefore(END); at = at.plus(POLL)) {
            List<MetricSample> samples = new ArrayList<>(miners);
            for (int miner = 0; miner < miners; miner++) {
                if (random.nextInt(2_000) > 0) {
                    samples.add(MetricSample.builder(Fleets.address(miner), at)
                            .set(Reading.HASHRATE_THS, 100 + random.nextInt(300) / 100.0)
                            .set(Reading.HASHRATE_AVG_THS, 101)
                            .set(Reading.POWER_W, 3_200 + random.nextInt(50))
                            .set(Reading.AVG_TEMP_C, 62 + random.nextInt(40) / 10.0)
                            .set(Reading.MAX_TEMP_C, 80)
                            .set(Reading.AVG_FAN_RPM, 5_000)
                            .set(Reading.MIN_FAN_RPM, 4_900)
                            .set(Reading.MAX_FAN_RPM, 5_100)
                            .set(Reading.ELAPSED_S, 1_000 + polls * 600)
                            .set(Reading.ACCEPTED, 100 + polls * 20)
                            .set(Reading.REJECTED, Math.floor(polls / 10.0))
                            .set(Reading.ACCEPTED_DIFFICULTY, (100 + polls * 20) * 65_536.0)
                            .set(Reading.REJECTED_DIFFICULTY, Math.floor(polls / 10.0) * 65_536)
                            .state(WorkState.MINING)
                            .build());
                }
            }
            store.metrics().append(Poll.of(at, samples));
            polls++;
        }
    }
}
