package io.minerops.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.PriceSource;
import io.minerops.api.profit.Quote;
import io.minerops.api.profit.Tariff;
import io.minerops.core.TestClock;
import io.minerops.core.curtail.CurtailmentLimits;
import io.minerops.core.curtail.CurtailmentPlan.MinerPlan;
import io.minerops.core.curtail.IntervalPrices;
import io.minerops.core.curtail.ShedEvent;
import io.minerops.core.curtail.ShedReport;
import io.minerops.core.curtail.StrikeReport;
import io.minerops.core.curtail.StrikeTrial;
import io.minerops.core.market.MarketData;
import io.minerops.core.market.MarketSources;
import io.minerops.core.profit.ProfitabilitySettings;
import io.minerops.core.profit.WhatIf;
import io.minerops.core.service.CurtailmentService.FleetPlan;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class CurtailmentServiceTest {
    private static final MinerAddress RUNS = MinerAddress.of("10.0.0.1");
    private static final MinerAddress STOPPED = MinerAddress.of("10.0.0.2");
    private static final MinerAddress UNKNOWN = MinerAddress.of("10.0.0.3");
    private static final MinerAddress SILENT = MinerAddress.of("10.0.0.4");
    private static final Instant HOUR = Instant.parse("2026-11-20T08:00:00Z");

    private final TestClock clock = new TestClock();
    private final InMemoryStore store = new InMemoryStore();
    private final MarketData market = new MarketData(
            MarketSources.fixedPrice(90_000, clock),
            MarketSources.fixedDifficulty(120e12, clock),
            List.of(),
            null,
            clock);
    private final ProfitabilityService profitability =
            new ProfitabilityService(store, market, new ProfitabilitySettings(new Tariff(0.1), 0, 0), clock);
    private final CurtailmentService service = new CurtailmentService(store, profitability);

    private void registerAndPoll() {
        Instant now = clock.instant();
        store.miners().put(Miner.builder(RUNS, now).tags(List.of("hall-a")).build());
        store.miners()
                .put(Miner.builder(STOPPED, now)
                        .nominalThs(100.0)
                        .nominalEfficiencyJPerTh(30.0)
                        .build());
        store.miners().put(Miner.builder(UNKNOWN, now).build());
        store.miners().put(Miner.builder(SILENT, now).build());
        store.metrics()
                .append(Poll.of(
                        now,
                        List.of(
                                sample(RUNS, now, 200, 3_500),
                                sample(STOPPED, now, 0, 30),
                                sample(UNKNOWN, now, 90, Double.NaN))));
    }

    private static MetricSample sample(MinerAddress miner, Instant at, double ths, double watts) {
        MetricSample.Builder sample = MetricSample.builder(miner, at).set(Reading.HASHRATE_THS, ths);
        return (Double.isNaN(watts) ? sample : sample.set(Reading.POWER_W, watts)).build();
    }

    private IntervalPrices prices(Double... usdPerKwh) {
        return new IntervalPrices(clock.instant(), Duration.ofHours(1), List.of(usdPerKwh));
    }

    private static final class Unreachable implements PriceSource {
        @Override
        public String name() {
            return "unreachable";
        }

        @Override
        public CompletionStage<Quote> btcPrice(Currency currency) {
            return CompletableFuture.failedFuture(new MarketException("unreachable: connection refused"));
        }
    }

    @Test
    void plans_what_runs_and_what_could_and_lists_what_is_unknown() {
        registerAndPoll();

        FleetPlan fleet = service.plan(prices(5.0), CurtailmentLimits.NONE, null, 0);

        assertThat(fleet.plan().miners())
                .extracting(MinerPlan::name)
                .containsExactlyInAnyOrder(RUNS.toString(), STOPPED.toString());
        assertThat(fleet.leftOut()).containsExactlyInAnyOrder(UNKNOWN, SILENT);
        assertThat(fleet.plan().intervals().get(0).kwWithout()).isCloseTo(6.5, within(1e-9));
        assertThat(fleet.plan().intervals().get(0).kw()).isZero();
    }

    @Test
    void stops_a_miner_above_its_strike_price_and_not_below() {
        registerAndPoll();
        double revenue =
                service.plan(prices(0.05), CurtailmentLimits.NONE, "hall-a", 0).revenueUsdPerThDay();
        double strike = 200 * revenue / 24 / 3.5;

        FleetPlan fleet = service.plan(prices(strike * 0.999, strike * 1.001), CurtailmentLimits.NONE, "hall-a", 0);

        assertThat(fleet.plan().miners())
                .singleElement()
                .satisfies(miner -> assertThat(miner.saving().stoppedHours()).isEqualTo(1));
    }

    @Test
    void earns_what_the_market_says_whatever_power_costs() {
        registerAndPoll();

        FleetPlan fleet = service.plan(prices(0.05), CurtailmentLimits.NONE, null, 0);

        assertThat(fleet.revenueUsdPerThDay())
                .isCloseTo(profitability.knownEconomics().orElseThrow().revenueUsdPerThDay(), within(1e-12));
    }

    @Test
    void refuses_a_tag_that_no_miner_has() {
        registerAndPoll();

        assertThatThrownBy(() -> service.plan(prices(0.05), CurtailmentLimits.NONE, "nowhere", 0))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("tag must be that of a miner, none has \"nowhere\"");
    }

    @Test
    void has_the_usual_price_of_each_hour_to_come() {
        IntervalPrices tariff = service.tariffPrices(HOUR.plusSeconds(120), 3);

        assertThat(tariff).isEqualTo(new IntervalPrices(HOUR, Duration.ofHours(1), Collections.nCopies(3, 0.1)));
    }

    @Test
    void backtests_on_the_energy_and_work_of_stored_hours() {
        registerAndPoll();
        for (int minute = 0; minute <= 120; minute += 5) {
            Instant at = HOUR.plus(Duration.ofMinutes(minute));
            store.metrics().append(Poll.of(at, List.of(sample(RUNS, at, 200, 3_600))));
        }
        profitability.miners(false, WhatIf.NOTHING);

        StrikeReport report = service.backtest(
                new StrikeTrial(99, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, List.of(101.0)),
                HOUR,
                HOUR.plus(Duration.ofHours(2)));

        double kwh = 2 * 3.6 * 55 / 60;
        assertThat(report.was().energyKwh()).isCloseTo(kwh, within(1e-9));
        assertThat(report.was().energyUsd()).isCloseTo(kwh * 0.1, within(1e-9));
        assertThat(report.trial().saving().energyUsd()).isCloseTo(kwh * 0.1, within(1e-9));
        assertThat(report.trial().saving().revenueUsd()).isCloseTo(report.was().revenueUsd(), within(1e-9));
        assertThat(report.outcomes().get(1).saving().stoppedHours()).isZero();
    }

    @Test
    void reports_what_was_shed_by_stored_samples() {
        for (int minute = 0; minute < 30; minute += 5) {
            Instant at = HOUR.plus(Duration.ofMinutes(minute));
            store.metrics().append(Poll.of(at, List.of(sample(RUNS, at, 200, 3_600), sample(STOPPED, at, 0, 30))));
        }

        ShedReport report = service.shed(new ShedEvent(
                HOUR,
                HOUR.plus(Duration.ofMinutes(30)),
                Duration.ofMinutes(15),
                ShedEvent.zone("UTC"),
                10.0,
                Set.of()));

        assertThat(report.intervals()).hasSize(2).allSatisfy(interval -> {
            assertThat(interval.actualW()).isEqualTo(3_630);
            assertThat(interval.shedW()).isEqualTo(6_370);
            assertThat(interval.measured()).isEqualTo(2);
        });
    }

    @Test
    void fails_where_no_market_source_has_a_price() {
        registerAndPoll();
        MarketData none =
                new MarketData(new Unreachable(), MarketSources.fixedDifficulty(1e12, clock), List.of(), null, clock);
        CurtailmentService without = new CurtailmentService(
                store, new ProfitabilityService(store, none, ProfitabilitySettings.of(new Tariff(0.1)), clock));

        assertThatThrownBy(() -> without.plan(prices(0.05), CurtailmentLimits.NONE, null, 0))
                .isInstanceOf(MarketException.class);
    }
}
