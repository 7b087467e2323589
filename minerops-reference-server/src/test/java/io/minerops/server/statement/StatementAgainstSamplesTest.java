package io.minerops.server.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.api.profit.Profitability;
import io.minerops.api.profit.ProfitabilitySnapshot;
import io.minerops.api.profit.Tariff;
import io.minerops.core.market.MarketData;
import io.minerops.core.market.MarketSources;
import io.minerops.core.profit.PowerPrices;
import io.minerops.core.profit.ProfitabilitySettings;
import io.minerops.core.service.ProfitabilityService;
import io.minerops.core.service.StatementService;
import io.minerops.core.statement.Statement;
import io.minerops.core.statement.StatementPeriod;
import io.minerops.core.statement.StatementRequest;
import io.minerops.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * A month's statement from the roll-ups of a real file, beside an independent sum over the raw samples: trapezoids between
 * each two samples of a miner that are at most ten minutes apart, each priced at its middle.
 */
class StatementAgainstSamplesTest {
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final StatementPeriod MONTH = StatementPeriod.parse(StatementPeriod.Kind.MONTH, "2026-03", ZONE);
    private static final int MINERS = 10;

    /** The difficulty of March 2026 changes with the epochs of the table; here each hour has the price of its snapshot. */
    private static final double DIFFICULTY = 1.4e14;

    @TempDir
    private Path folder;

    private final Random random = new Random(11);
    private final InstantSource clock = () -> MONTH.until().plus(Duration.ofDays(2));
    private final Map<MinerAddress, MetricSample> last = new HashMap<>();
    private double kwh;
    private double costUsd;
    private double workTh;
    private double workByPrice;

    private static double tariff(Instant at) {
        int hour = at.atZone(ZONE).getHour();
        return hour >= 7 && hour < 22 ? 0.11 : 0.03;
    }

    private static double price(Instant at) {
        return 80_000 + (double) (100 * Duration.between(MONTH.from(), at).toHours() % 9_000);
    }

    private void addTrapezoid(MetricSample sample) {
        MetricSample before = last.put(sample.miner(), sample);
        if (before == null
                || Duration.between(before.readAt(), sample.readAt()).compareTo(Duration.ofMinutes(10)) > 0) {
            return;
        }
        double seconds = Duration.between(before.readAt(), sample.readAt()).toMillis() / 1e3;
        Instant middle = before.readAt().plusMillis((long) (seconds * 500));
        if (middle.isBefore(MONTH.from()) || !middle.isBefore(MONTH.until())) {
            return;
        }
        double energy = (before.value(Reading.POWER_W) + sample.value(Reading.POWER_W)) / 2 * seconds / 3.6e6;
        double work = (before.value(Reading.HASHRATE_THS) + sample.value(Reading.HASHRATE_THS)) / 2 * seconds;
        kwh += energy;
        costUsd += energy * tariff(middle);
        workTh += work;
        workByPrice += work * price(middle.truncatedTo(ChronoUnit.HOURS));
    }

    /** Polls each two minutes, with jitter; miners go off for hours, and an answer in fifty is missing. */
    private void fill(SqliteStore store) {
        int[] off = new int[MINERS];
        for (int number = 0; number < MINERS; number++) {
            store.miners()
                    .put(Miner.builder(address(number), MONTH.from().minus(Duration.ofDays(2)))
                            .nominalThs(110.0)
                            .build());
        }
        Instant at = MONTH.from().minus(Duration.ofHours(2));
        while (at.isBefore(MONTH.until().plus(Duration.ofHours(2)))) {
            List<MetricSample> samples = new ArrayList<>();
            for (int number = 0; number < MINERS; number++) {
                off[number] = off[number] > 0 ? off[number] - 1 : random.nextInt(2_500) == 0 ? random.nextInt(400) : 0;
                if (off[number] == 0 && random.nextInt(50) > 0) {
                    MetricSample sample = MetricSample.builder(address(number), at)
                            .set(Reading.HASHRATE_THS, 100 + 5 * random.nextGaussian())
                            .set(Reading.POWER_W, Math.rint(3_000 + 60 * random.nextGaussian()))
                            .build();
                    samples.add(sample);
                    addTrapezoid(sample);
                }
            }
            store.metrics().append(Poll.of(at, samples));
            at = at.plusMillis(119_000 + random.nextInt(2_000));
        }
        List<ProfitabilitySnapshot> snapshots = new ArrayList<>();
        for (Instant hour = MONTH.from(); hour.isBefore(MONTH.until()); hour = hour.plus(Duration.ofHours(1))) {
            snapshots.add(new ProfitabilitySnapshot(
                    hour.plus(Duration.ofMinutes(59)),
                    null,
                    MINERS,
                    false,
                    new Profitability(price(hour), DIFFICULTY, 0, 0, 0, 0, 0, 0, 0, 0, null, null, null, null)));
        }
        store.snapshots().save(snapshots);
    }

    private static MinerAddress address(int number) {
        return MinerAddress.of("10.0.0." + (number + 1));
    }

    private static double error(double value, double exact) {
        return Math.abs(value / exact - 1);
    }

    @Test
    void a_month_differs_from_the_sum_over_its_samples_by_less_than_two_parts_in_a_thousand(TestReporter reporter) {
        Statement total;
        try (SqliteStore store = SqliteStore.open(folder.resolve("metrics.db"))) {
            fill(store);
            ProfitabilitySettings settings = new ProfitabilitySettings(
                    new Tariff(1),
                    0,
                    0,
                    () -> PowerPrices.of(0, miner -> 0, List.of(StatementAgainstSamplesTest::tariff)));
            MarketData market =
                    new MarketData(MarketSources.fixedPrice(1, clock), MarketSources.fixedDifficulty(1, clock), clock);
            total = new StatementService(store, new ProfitabilityService(store, market, settings, clock), clock)
                    .statement(new StatementRequest(MONTH, null, null))
                    .total();
        }
        reporter.publishEntry(Map.of(
                "energy", Double.toString(error(total.kwh(), kwh)),
                "cost", Double.toString(error(total.costUsd(), costUsd)),
                "work", Double.toString(error(total.workTh(), workTh)),
                "mean price", Double.toString(error(total.revenueUsd() / total.btcExpected(), workByPrice / workTh))));

        assertThat(error(total.kwh(), kwh)).as("energy").isCloseTo(0, within(2e-3));
        assertThat(error(total.costUsd(), costUsd)).as("cost").isCloseTo(0, within(2e-3));
        assertThat(error(total.workTh(), workTh)).as("work").isCloseTo(0, within(2e-3));
        assertThat(error(total.revenueUsd() / total.btcExpected(), workByPrice / workTh))
                .as("mean price, by work")
                .isCloseTo(0, within(2e-3));
        assertThat(total.estimates().priceAssumed()).isZero();
    }
}
