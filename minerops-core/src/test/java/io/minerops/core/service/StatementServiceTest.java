package io.minerops.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.minerops.api.InvalidArgumentException;
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
import io.minerops.core.profit.ProfitabilitySettings;
import io.minerops.core.statement.Statement;
import io.minerops.core.statement.StatementPeriod;
import io.minerops.core.statement.StatementReport;
import io.minerops.core.statement.StatementRequest;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatementServiceTest {
    private static final Instant BEGAN = Instant.parse("2026-05-30T22:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final MinerAddress ONE = MinerAddress.of("10.0.0.1");
    private static final MinerAddress TWO = MinerAddress.of("10.0.0.2");
    private static final double TARIFF = 0.09;

    private Instant now = BEGAN.plus(Duration.ofHours(50));
    private final InstantSource clock = () -> now;
    private final InMemoryStore store = new InMemoryStore();
    private final StatementService service = new StatementService(
            store,
            new ProfitabilityService(
                    store,
                    new MarketData(
                            MarketSources.fixedPrice(90_000, clock),
                            MarketSources.fixedDifficulty(1.5e14, clock),
                            List.of(),
                            null,
                            clock),
                    new ProfitabilitySettings(new Tariff(TARIFF), 2, 0.01),
                    clock),
            clock);

    /** What was stored, for an independent sum. */
    private final List<MetricSample> samples = new ArrayList<>();

    @BeforeEach
    void two_days_of_polls_that_come_unevenly() {
        store.miners().put(Miner.builder(ONE, BEGAN).nominalThs(105.0).build());
        store.miners().put(Miner.builder(TWO, BEGAN).tags(List.of("rack")).build());
        Random random = new Random(3);
        Instant at = BEGAN;
        while (at.isBefore(BEGAN.plus(Duration.ofDays(2)))) {
            List<MetricSample> poll = new ArrayList<>();
            for (MinerAddress miner : List.of(ONE, TWO)) {
                if (random.nextInt(40) > 0) {
                    poll.add(MetricSample.builder(miner, at)
                            .set(Reading.HASHRATE_THS, 95 + 10 * random.nextDouble())
                            .set(Reading.POWER_W, 3_000 + 200 * random.nextDouble())
                            .build());
                }
            }
            store.metrics().append(Poll.of(at, poll));
            samples.addAll(poll);
            at = at.plusMillis(50_000 + random.nextInt(20_000));
        }
        store.snapshots().save(List.of(snapshot(BEGAN, 80_000), snapshot(BEGAN.plus(Duration.ofHours(30)), 82_000)));
    }

    private static ProfitabilitySnapshot snapshot(Instant at, double price) {
        return new ProfitabilitySnapshot(
                at, null, 2, false, new Profitability(price, 1e14, 0, 0, 0, 0, 0, 0, 0, 0, null, null, null, null));
    }

    private StatementReport day(String day) {
        return service.statement(
                new StatementRequest(StatementPeriod.parse(StatementPeriod.Kind.DAY, day, BERLIN), null, null));
    }

    /** The integral of a reading over its samples by trapezoids, its unit times seconds. */
    private double integral(Reading reading, MinerAddress miner, Instant from, Instant until) {
        double sum = 0;
        MetricSample before = null;
        for (MetricSample sample : samples) {
            if (sample.miner().equals(miner)
                    && !sample.readAt().isBefore(from)
                    && sample.readAt().isBefore(until)) {
                if (before != null) {
                    double seconds =
                            Duration.between(before.readAt(), sample.readAt()).toMillis() / 1e3;
                    sum += (before.value(reading) + sample.value(reading)) / 2 * seconds;
                }
                before = sample;
            }
        }
        return sum;
    }

    @Test
    void a_day_is_close_to_the_trapezoids_over_its_samples() {
        StatementPeriod day = StatementPeriod.parse(StatementPeriod.Kind.DAY, "2026-05-31", BERLIN);
        Statement total = day("2026-05-31").total();
        double joules = integral(Reading.POWER_W, ONE, day.from(), day.until())
                + integral(Reading.POWER_W, TWO, day.from(), day.until());
        double work = integral(Reading.HASHRATE_THS, ONE, day.from(), day.until())
                + integral(Reading.HASHRATE_THS, TWO, day.from(), day.until());

        // the raw sum lacks the minute around midnight, one in 1,440
        assertThat(total.kwh()).isCloseTo(joules / 3.6e6, withinPercentage(0.15));
        assertThat(total.workTh()).isCloseTo(work, withinPercentage(0.15));
        assertThat(total.costUsd()).isCloseTo(total.kwh() * TARIFF, withinPercentage(1e-9));
    }

    @Test
    void an_hour_has_the_price_of_its_snapshot_and_others_are_assumed() {
        Statement first = day("2026-05-31").parts().get(0);
        Statement later = day("2026-05-31").parts().get(12);

        assertThat(first.revenueUsd() / first.btcExpected()).isCloseTo(80_000, withinPercentage(1e-9));
        assertThat(first.estimates().priceAssumed()).isZero();
        assertThat(later.estimates().priceAssumed()).isEqualTo(1);
        assertThat(day("2026-05-31").total().estimates().priceAssumed()).isBetween(0.8, 0.99);
    }

    @Test
    void a_period_that_is_not_over_ends_at_the_last_full_hour() {
        now = BEGAN.plus(Duration.ofHours(30)).plusSeconds(1_234);
        StatementReport report = day("2026-06-01");

        assertThat(report.until()).isEqualTo(BEGAN.plus(Duration.ofHours(30)));
        assertThat(report.complete()).isFalse();
        assertThat(report.parts()).hasSize(6);
        assertThat(report.total().estimates().noData()).isLessThan(0.01);
        assertThat(day("2026-05-31").complete()).isTrue();
    }

    @Test
    void a_period_of_which_no_hour_is_over_is_refused_by_name() {
        assertThatThrownBy(() -> day("2026-06-03"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageStartingWith("of must be a day of which an hour is over, not 2026-06-03");
    }

    @Test
    void a_group_without_miners_is_refused_by_name() {
        StatementPeriod day = StatementPeriod.parse(StatementPeriod.Kind.DAY, "2026-05-31", BERLIN);

        assertThatThrownBy(() -> service.statement(new StatementRequest(day, StatementRequest.By.TAG, "rakc")))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("name must be that of a group with miners in 2026-05-31, not \"rakc\"");
        assertThat(service.statement(new StatementRequest(day, StatementRequest.By.TAG, "rack"))
                        .total()
                        .miners())
                .isEqualTo(1);
    }

    @Test
    void a_time_before_anything_was_stored_has_no_miners_and_no_money() {
        Statement nothing = day("2009-02-01").total();

        assertThat(nothing.miners()).isZero();
        assertThat(nothing.money().revenueUsd()).isEqualTo("0.00");
    }
}
