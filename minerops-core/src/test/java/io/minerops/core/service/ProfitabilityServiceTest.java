package io.minerops.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.api.profit.ChainSource;
import io.minerops.api.profit.ChainState;
import io.minerops.api.profit.Difficulty;
import io.minerops.api.profit.DifficultySource;
import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.PriceSource;
import io.minerops.api.profit.ProfitabilitySnapshot;
import io.minerops.api.profit.Quote;
import io.minerops.api.profit.Tariff;
import io.minerops.core.TestClock;
import io.minerops.core.internal.job.CalculateProfitabilityJob;
import io.minerops.core.internal.job.PruneHistoryJob;
import io.minerops.core.market.MarketData;
import io.minerops.core.network.EpochTable;
import io.minerops.core.profit.BlockReward;
import io.minerops.core.profit.MeritOrder;
import io.minerops.core.profit.ProfitabilitySettings;
import io.minerops.core.profit.StrikeReport;
import io.minerops.core.profit.WhatIf;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProfitabilityServiceTest {
    private static final MinerAddress ONE = MinerAddress.of("10.0.0.1");
    private static final MinerAddress TWO = MinerAddress.of("10.0.0.2");
    private static final MinerAddress SILENT = MinerAddress.of("10.0.0.3");

    private final TestClock clock = new TestClock();
    private final InMemoryStore store = new InMemoryStore();
    private CompletionStage<Quote> quote = CompletableFuture.completedFuture(
            new Quote(90_000, Currency.getInstance("USD"), "the market", TestClock.START, false));

    private CompletionStage<ChainState> chain = CompletableFuture.completedFuture(chain(0.0));

    private final ProfitabilityService service = new ProfitabilityService(
            store,
            new MarketData(
                    new PriceSource() {
                        @Override
                        public String name() {
                            return "the market";
                        }

                        @Override
                        public CompletionStage<Quote> btcPrice(Currency currency) {
                            return quote;
                        }
                    },
                    new DifficultySource() {
                        @Override
                        public String name() {
                            return "the network";
                        }

                        @Override
                        public CompletionStage<Difficulty> difficulty() {
                            return CompletableFuture.completedFuture(
                                    new Difficulty(1.5e14, "the network", TestClock.START, false));
                        }
                    },
                    List.of(new ChainSource() {
                        @Override
                        public String name() {
                            return "the node";
                        }

                        @Override
                        public CompletionStage<ChainState> chain() {
                            return chain;
                        }
                    }),
                    null,
                    clock),
            new ProfitabilitySettings(new Tariff(0.10), 0, 0.01),
            clock);

    private ChainState chain(@Nullable Double fees) {
        return new ChainState(977_000, fees, "the node", clock.instant(), false);
    }

    @BeforeEach
    void two_miners_answered_and_one_did_not() {
        store.miners().register(List.of(SILENT), TestClock.START);
        append(TestClock.START.minus(Duration.ofHours(2)), ONE, 100, 3_000);
        append(TestClock.START.minus(Duration.ofMinutes(1)), TWO, 200, 3_500);
    }

    private void append(Instant at, MinerAddress miner, double ths, double watts) {
        store.metrics()
                .append(Poll.of(
                        at,
                        List.of(MetricSample.builder(miner, at)
                                .set(Reading.HASHRATE_THS, ths)
                                .set(Reading.POWER_W, watts)
                                .build())));
    }

    @Test
    void a_given_price_replaces_the_market_price_which_is_not_queried() {
        double revenue =
                service.current(null, false, WhatIf.NOTHING).profitability().estimatedRevenueUsdPerDay();
        quote = CompletableFuture.failedFuture(new MarketException("nobody answers"));

        ProfitabilitySnapshot supposed = service.current(null, false, new WhatIf(null, 45_000.0));

        assertThat(supposed.profitability().btcPriceUsd()).isEqualTo(45_000);
        assertThat(supposed.profitability().estimatedRevenueUsdPerDay()).isCloseTo(revenue / 2, within(1e-9));
    }

    @Test
    void a_price_of_nothing_cannot_be_supposed() {
        assertThatThrownBy(() -> new WhatIf(null, 0.0))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("btc_price");
    }

    @Test
    void of_all_miners_the_greatest_loss_comes_first() {
        List<ProfitabilitySnapshot> miners = service.miners(false, new WhatIf(new Tariff(10), null));

        assertThat(miners).extracting(ProfitabilitySnapshot::miner).containsExactly(TWO, ONE);
        assertThat(miners)
                .extracting(snapshot -> snapshot.profitability().dailyProfitUsd())
                .isSorted()
                .allSatisfy(profit -> assertThat(profit).isNegative());
        assertThat(service.miners(true, WhatIf.NOTHING)).hasSize(1);
    }

    @Test
    void the_fleet_earns_what_the_formula_says() {
        ProfitabilitySnapshot fleet = service.current(null, false, WhatIf.NOTHING);

        double networkThs = 1.5e14 * Math.pow(2, 32) / 600 / 1e12;
        assertThat(fleet.minerCount()).isEqualTo(2);
        assertThat(fleet.profitability().estimatedBtcPerDay()).isCloseTo(300 / networkThs * 144 * 3.125, within(1e-15));
        assertThat(fleet.profitability().dailyPowerCostUsd()).isCloseTo(6.5 * 24 * 0.10, within(1e-9));
    }

    @Test
    void height_and_fees_are_those_of_the_chain() {
        chain = CompletableFuture.completedFuture(chain(0.03125));
        double withFees = revenue();

        assertThat(service.blockReward()).isEqualTo(new BlockReward(977_001, "the node", 0.03125, "the node"));
        chain = CompletableFuture.completedFuture(chain(0.0));
        clock.advance(MarketData.CHAIN_TIME_TO_LIVE);
        assertThat(withFees / revenue()).isCloseTo(1.01, within(1e-12));
    }

    @Test
    void fees_are_those_of_the_setting_where_the_chain_has_none() {
        chain = CompletableFuture.completedFuture(chain(null));
        revenue();

        assertThat(service.blockReward()).isEqualTo(new BlockReward(977_001, "the node", 0.01, BlockReward.SETTING));
    }

    @Test
    void the_height_follows_from_the_time_where_no_chain_is_known() {
        chain = CompletableFuture.failedFuture(new MarketException("no answer"));
        revenue();

        BlockReward reward = service.blockReward();
        assertThat(reward.heightSource()).isEqualTo(BlockReward.EPOCH_TABLE);
        assertThat(reward.feesSource()).isEqualTo(BlockReward.SETTING);
        assertThat(reward.height()).isBetween(976_000L, 977_000L);
        assertThat(reward.subsidyBtc()).isEqualTo(3.125);
    }

    @Test
    void the_height_rises_while_the_chain_cannot_be_fetched() {
        revenue();
        chain = CompletableFuture.failedFuture(new MarketException("no answer"));
        clock.advance(Duration.ofDays(1));
        revenue();

        assertThat(service.blockReward().height()).isEqualTo(977_001 + 144);
    }

    @Test
    void the_halving_of_2028_halves_the_production() {
        chain = CompletableFuture.failedFuture(new MarketException("no answer"));
        clock.advance(Duration.between(TestClock.START, EpochTable.shipped().timeOf(1_050_000)));
        assertThat(service.blockReward().subsidyBtc()).isEqualTo(1.5625);

        clock.advance(Duration.ofMinutes(-20));
        assertThat(service.blockReward().subsidyBtc()).isEqualTo(3.125);
    }

    private double revenue() {
        return service.current(null, false, WhatIf.NOTHING).profitability().estimatedRevenueUsdPerDay();
    }

    @Test
    void a_miner_not_seen_for_an_hour_is_not_active() {
        assertThat(service.current(null, true, WhatIf.NOTHING).minerCount()).isEqualTo(1);
        assertThat(service.current(ONE, true, WhatIf.NOTHING).minerCount()).isZero();
        assertThat(service.current(TWO, true, WhatIf.NOTHING).minerCount()).isEqualTo(1);
    }

    @Test
    void a_miner_that_never_answered_earns_nothing() {
        ProfitabilitySnapshot silent = service.current(SILENT, false, WhatIf.NOTHING);

        assertThat(silent.miner()).isEqualTo(SILENT);
        assertThat(silent.minerCount()).isZero();
        assertThat(silent.profitability().estimatedBtcPerDay()).isZero();
    }

    @Test
    void a_miner_that_is_not_registered_is_refused_by_name() {
        assertThatThrownBy(() -> service.current(MinerAddress.of("10.9.9.9"), false, WhatIf.NOTHING))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("10.9.9.9");
    }

    @Test
    void another_tariff_can_be_tried() {
        ProfitabilitySnapshot free = service.current(null, false, new WhatIf(new Tariff(0), null));

        assertThat(free.profitability().dailyPowerCostUsd()).isZero();
    }

    @Test
    void nothing_is_stored_by_looking() {
        service.current(null, false, WhatIf.NOTHING);

        assertThat(store.snapshots().history(null, Instant.EPOCH, 10)).isEmpty();
    }

    @Test
    void a_snapshot_is_of_the_fleet_and_of_each_active_miner() {
        List<ProfitabilitySnapshot> stored = service.snapshotNow(null);

        assertThat(stored).extracting(ProfitabilitySnapshot::miner).containsExactly(null, TWO);
        assertThat(store.snapshots().history(null, Instant.EPOCH, 10)).containsExactly(stored.get(0));
        assertThat(store.snapshots().history(TWO, Instant.EPOCH, 10)).containsExactly(stored.get(1));
    }

    @Test
    void a_snapshot_of_one_miner_is_of_it_alone() {
        assertThat(service.snapshotNow(ONE))
                .extracting(ProfitabilitySnapshot::miner)
                .containsExactly(ONE);
    }

    @Test
    void without_a_price_there_is_no_figure() {
        quote = CompletableFuture.failedFuture(new MarketException("the market is closed"));

        assertThatThrownBy(() -> service.current(null, true, WhatIf.NOTHING))
                .isInstanceOf(MarketException.class)
                .hasMessage("the market is closed");
    }

    @Test
    void what_hashrate_earns_is_known_once_the_market_was_queried() {
        assertThat(service.knownEconomics()).isEmpty();

        double revenue =
                service.current(null, false, WhatIf.NOTHING).profitability().estimatedRevenueUsdPerDay();

        assertThat(service.knownEconomics()).hasValueSatisfying(economics -> {
            assertThat(economics.revenueUsdPerThDay()).isCloseTo(revenue / 300, within(1e-12));
            assertThat(economics.tariffUsdPerKwh()).isEqualTo(0.10);
        });
    }

    @Test
    void strike_prices_are_those_of_the_latest_readings() {
        StrikeReport report = service.strike(strikes(false, false));

        assertThat(report.order().entries())
                .extracting(MeritOrder.Entry::name)
                .containsExactly(TWO.toString(), ONE.toString());
        assertThat(report.networkDifficulty()).isEqualTo(1.5e14);
        assertThat(service.strike(strikes(true, false)).order().entries()).hasSize(1);
    }

    @Test
    void the_next_difficulty_is_not_invented() {
        assertThatThrownBy(() -> service.strike(strikes(false, true)))
                .isInstanceOf(MarketException.class)
                .hasMessageContaining("no source gives the beginning of epoch 484, block 975744");
    }

    private static StrikeReport.Request strikes(boolean activeOnly, boolean forward) {
        return new StrikeReport.Request(StrikeReport.By.MINER, activeOnly, WhatIf.NOTHING, null, forward);
    }

    @Test
    void the_job_stores_a_snapshot() {
        new CalculateProfitabilityJob(() -> service.snapshotNow(null)).run();

        assertThat(store.snapshots().history(null, Instant.EPOCH, 10)).hasSize(1);
    }

    @Test
    void old_data_is_deleted_each_by_its_own_age() {
        service.snapshotNow(null);
        for (int hour = 0; hour < 30 * 24; hour++) {
            clock.advance(Duration.ofHours(1));
            store.metrics().append(Poll.of(clock.instant(), List.of()));
        }

        Duration hourly = Duration.ofHours(1);
        new PruneHistoryJob(
                        store,
                        new PruneHistoryJob.Retention(
                                Duration.ofDays(30).minusMinutes(1), Duration.ofDays(31), Duration.ofDays(1_000), null),
                        hourly,
                        clock)
                .run();

        assertThat(store.snapshots().history(null, Instant.EPOCH, 10)).hasSize(1);

        new PruneHistoryJob(
                        store,
                        new PruneHistoryJob.Retention(
                                Duration.ofDays(1), Duration.ofDays(29), Duration.ofDays(1_000), null),
                        hourly,
                        clock)
                .run();

        assertThat(store.snapshots().history(null, Instant.EPOCH, 10)).isEmpty();
    }
}
