package io.minerops.core.profit;

import static io.minerops.core.profit.SmallFleet.ABSENT;
import static io.minerops.core.profit.SmallFleet.AT;
import static io.minerops.core.profit.SmallFleet.address;
import static io.minerops.core.profit.SmallFleet.profitability;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.profit.Profitability;
import io.minerops.api.profit.Tariff;
import io.minerops.core.network.RetargetEstimate;
import io.minerops.core.profit.MeritOrder.Entry;
import io.minerops.core.profit.SmallFleet.Row;
import io.minerops.core.profit.StrikeReport.BreakEven;
import io.minerops.core.profit.StrikeReport.By;
import io.minerops.core.profit.StrikeReport.Request;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrikeReportTest {
    private static final Row OLD = Row.of(100, 3_400);
    private static final Row NEW = Row.of(200, 3_400);

    private static Request request(@Nullable Double hashprice, boolean forward) {
        return new Request(By.MINER, false, WhatIf.NOTHING, hashprice, forward);
    }

    private static StrikeReport now(Row... rows) {
        return StrikeReport.of(profitability(rows), request(null, false), null);
    }

    @Test
    void has_the_strike_prices_of_the_market() {
        StrikeReport report = now(OLD, NEW);

        assertThat(report.hashpriceUsdPerPhDay()).isEqualTo(report.marketHashpriceUsdPerPhDay());
        assertThat(report.order().entries())
                .extracting(Entry::strikeUsdPerMwh)
                .containsExactly(
                        StrikePrice.usdPerMwh(17, report.hashpriceUsdPerPhDay()),
                        StrikePrice.usdPerMwh(34, report.hashpriceUsdPerPhDay()));
        assertThat(report.powerUsdPerMwh()).isCloseTo(80, within(1e-9));
    }

    @Test
    void has_the_published_figure_at_the_published_hashprice() {
        StrikeReport report = StrikeReport.of(profitability(NEW), request(39.53, false), null);

        assertThat(report.hashpriceUsdPerPhDay()).isEqualTo(39.53);
        assertThat(report.marketHashpriceUsdPerPhDay()).isEqualTo(now(NEW).marketHashpriceUsdPerPhDay());
        assertThat(report.order().entries().get(0).strikeUsdPerMwh()).isCloseTo(96.9, within(0.05));
    }

    @Test
    void falls_with_the_next_difficulty() {
        RetargetEstimate fourPercent =
                new RetargetEstimate(979_776, 100, 4, Duration.ofMinutes(9), Duration.ofMinutes(9), 1_900, AT);

        StrikeReport next = StrikeReport.of(profitability(NEW), request(null, true), fourPercent);

        StrikeReport now = now(NEW);
        assertThat(next.networkDifficulty()).isCloseTo(now.networkDifficulty() * 1.04, within(1.0));
        assertThat(next.hashpriceUsdPerPhDay()).isCloseTo(now.hashpriceUsdPerPhDay() / 1.04, within(1e-12));
        assertThat(next.order().entries().get(0).strikeUsdPerMwh())
                .isCloseTo(now.order().entries().get(0).strikeUsdPerMwh() / 1.04, within(1e-12));
        assertThat(next.breakEven().networkDifficulty())
                .isCloseTo(Objects.requireNonNull(now.breakEven().networkDifficulty()), within(1.0));
    }

    @Test
    void breaks_even_where_the_calculator_finds_no_profit() {
        StrikeReport report = now(OLD, NEW);
        BreakEven even = report.breakEven();

        double difficulty = Objects.requireNonNull(even.networkDifficulty());
        assertThat(profit(report.btcPriceUsd(), difficulty)).isCloseTo(0, within(1e-9));
        double price = Objects.requireNonNull(even.btcPriceUsd());
        assertThat(profit(price, report.networkDifficulty())).isCloseTo(0, within(1e-9));
        assertThat(even.hashpriceUsdPerPhDay()).isCloseTo(6.8 * 24 * 0.08 / 0.3, within(1e-9));
    }

    private static double profit(double price, double difficulty) {
        return FleetProfitability.of(
                        SmallFleet.snapshot(List.of(OLD, NEW)),
                        SmallFleet.SETTINGS,
                        price,
                        difficulty,
                        SmallFleet.REWARD,
                        AT,
                        row -> true)
                .fleet()
                .profitability()
                .dailyProfitUsd();
    }

    @Test
    void leaves_miners_without_power_out_of_the_break_even() {
        StrikeReport report = now(NEW, Row.of(100, ABSENT));

        assertThat(report.order().withoutPower()).containsExactly(address(1));
        assertThat(report.breakEven()).isEqualTo(now(NEW).breakEven());
    }

    @Test
    void never_breaks_even_by_difficulty_where_power_is_paid_for() {
        Row paid = new Row(200, 3_400, -0.02, null);

        BreakEven even = now(paid).breakEven();

        assertThat(even.networkDifficulty()).isNull();
        assertThat(even.hashpriceUsdPerPhDay()).isNegative();
        assertThat(even.btcPriceUsd()).isNegative();
    }

    @Test
    void of_miners_that_hash_nothing_has_no_break_even() {
        assertThat(now(Row.of(0, 50)).breakEven()).isEqualTo(new BreakEven(null, null, null));
    }

    @Test
    void of_no_miner_is_empty() {
        StrikeReport report = now();

        assertThat(report.order().entries()).isEmpty();
        assertThat(report.powerUsdPerMwh()).isNull();
        assertThat(report.marketHashpriceUsdPerPhDay()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"MODEL, no model", "SITE, no site", "TAG, no tag"})
    void has_a_group_for_miners_without_one(By by, String name) {
        assertThat(StrikeReport.of(profitability(OLD, NEW), new Request(by, false, WhatIf.NOTHING, null, false), null)
                        .order()
                        .entries())
                .extracting(Entry::name, Entry::minerCount)
                .containsExactly(tuple(name, 2));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, 1e13})
    void needs_a_hashprice_in_its_range(double hashprice) {
        assertThatThrownBy(() -> request(hashprice, false))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("hashprice must be between 0 and");
    }

    @Test
    void has_a_supposed_hashprice_or_the_next_difficulty_but_not_both() {
        assertThatThrownBy(() -> request(40.0, true))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("forward must not be given beside hashprice");
    }

    @Test
    void at_the_strike_price_the_calculator_finds_no_profit() {
        double strike = now(NEW).order().entries().get(0).strikeUsdPerMwh();

        Profitability day = profitability(NEW)
                .withTariff(new Tariff(strike / 1_000))
                .fleet()
                .profitability();

        assertThat(day.dailyProfitUsd()).isCloseTo(0, within(1e-9));
    }
}
