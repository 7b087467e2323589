package io.minerops.core.internal.statement;

import static io.minerops.core.internal.statement.HourFixture.DIFFICULTY;
import static io.minerops.core.internal.statement.HourFixture.PRICE;
import static io.minerops.core.internal.statement.HourFixture.TARIFF;
import static io.minerops.core.internal.statement.HourFixture.address;
import static io.minerops.core.internal.statement.HourFixture.market;
import static io.minerops.core.internal.statement.HourFixture.ordinary;
import static io.minerops.core.internal.statement.HourFixture.tariff;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerIndex;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.Tariff;
import io.minerops.api.store.MetricRollup;
import io.minerops.core.alert.type.Economics;
import io.minerops.core.profit.PowerPrices;
import io.minerops.core.statement.Statement;
import io.minerops.core.statement.StatementPeriod;
import io.minerops.core.statement.StatementReport;
import io.minerops.core.statement.StatementRequest;
import io.minerops.core.statement.Waterfall;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StatementCalculatorTest {
    private static final Instant DAY = Instant.parse("2026-10-25T00:00:00Z");
    private static final double NOMINAL = 100;

    /** What an accepted TH brings by the ordinary terms, BTC. */
    private static final double BTC_PER_TH = 1e12 / (DIFFICULTY * Math.pow(2, 32)) * (3.125 + 0.02) * 0.985;

    private final List<Miner> miners = new ArrayList<>(List.of(miner(0), miner(1)));
    private final List<MetricRollup> rollups = new ArrayList<>();
    private Function<Instant, Terms> terms = hour -> ordinary();
    private int hours = 1;
    private ZoneId zone = ZoneOffset.UTC;

    private static Miner miner(int number) {
        return Miner.builder(address(number), DAY.minus(Duration.ofDays(30)))
                .nominalThs(NOMINAL)
                .build();
    }

    private static Instant hour(int number) {
        return DAY.plus(Duration.ofHours(number));
    }

    private static HourFixture of(int miner, int hour) {
        return HourFixture.of(address(miner), hour(hour));
    }

    /** A whole hour of ordinary work. */
    private static HourFixture work(int miner, int hour) {
        return of(miner, hour).rate(60, NOMINAL).power(60, 3_000);
    }

    private void add(HourFixture... fixtures) {
        for (HourFixture fixture : fixtures) {
            rollups.add(fixture.rollup());
        }
    }

    private StatementReport report(StatementRequest.@Nullable By by, @Nullable String name) {
        StatementPeriod day = StatementPeriod.containing(StatementPeriod.Kind.DAY, DAY.plusSeconds(3_600), zone);
        StatementCalculator calculator = new StatementCalculator(
                MinerIndex.of(miners),
                new StatementRequest(day, by, name),
                day.from().plus(Duration.ofHours(hours)),
                terms);
        rollups.forEach(rollup -> calculator.add(MetricRollup.Columns.of(List.of(rollup))));
        return calculator.finish();
    }

    private Statement total() {
        return report(null, null).total();
    }

    private static double btc(Statement statement, Waterfall.Step step) {
        return statement.waterfall().lines().stream()
                .filter(line -> line.step() == step)
                .findFirst()
                .orElseThrow()
                .btc();
    }

    private static double earnedBy(double workTh) {
        return workTh * BTC_PER_TH;
    }

    @Test
    void an_hour_has_its_energy_its_work_and_what_they_cost_and_bring() {
        miners.remove(1);
        add(work(0, 0));

        Statement total = total();

        assertThat(total.miners()).isEqualTo(1);
        assertThat(total.kwh()).isCloseTo(3, within(1e-12));
        assertThat(total.costUsd()).isCloseTo(3 * TARIFF, within(1e-12));
        assertThat(total.workTh()).isCloseTo(360_000, within(1e-6));
        assertThat(total.btcExpected()).isCloseTo(earnedBy(360_000), withinPercentage(1e-10));
        assertThat(total.revenueUsd()).isCloseTo(earnedBy(360_000) * PRICE, withinPercentage(1e-10));
        assertThat(total.time().miningS()).isCloseTo(3_600, within(1e-9));
        assertThat(total.estimates()).isEqualTo(new Statement.Estimates(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
    }

    @Test
    void money_is_rounded_once_half_even() {
        miners.remove(1);
        add(of(0, 0).rate(60, NOMINAL).power(60, 3_125));
        terms = hour -> new Terms(market(PRICE, DIFFICULTY, 3.125), tariff(0.04));

        assertThat(total().costUsd()).isCloseTo(0.125, within(1e-15));
        assertThat(total().money().costUsd()).isEqualTo("0.12");
        BigDecimal revenue = Objects.requireNonNull(total().money().revenueUsd());
        assertThat(total().money().profitUsd()).isEqualTo(revenue.subtract(new BigDecimal("0.12")));
    }

    @Nested
    class The_waterfall {
        @Test
        void has_what_each_state_of_work_lost() {
            miners.add(miner(2));
            add(
                    work(0, 0),
                    of(1, 0).rate(60, 50)
                            .power(60, 1_500)
                            .state(WorkState.MINING, 30)
                            .state(WorkState.PAUSED, 15)
                            .state(WorkState.FAULT, 15));

            Statement total = total();
            double each = NOMINAL * 3_600 * 3.125 * 1e12 / (DIFFICULTY * Math.pow(2, 32));

            assertThat(btc(total, Waterfall.Step.NAMEPLATE)).isCloseTo(3 * each, withinPercentage(1e-9));
            assertThat(btc(total, Waterfall.Step.OFFLINE)).isCloseTo(-each, withinPercentage(1e-9));
            assertThat(btc(total, Waterfall.Step.STOPPED)).isCloseTo(-each / 4, withinPercentage(1e-9));
            assertThat(btc(total, Waterfall.Step.DOWN)).isCloseTo(-each / 4, withinPercentage(1e-9));
            assertThat(btc(total, Waterfall.Step.LOW_RATE)).isCloseTo(0, within(each * 1e-9));
            assertThat(btc(total, Waterfall.Step.NO_DATA)).isCloseTo(0, within(each * 1e-9));
            assertThat(total.time().uptime()).isCloseTo(1.5 / 2.75, within(1e-9));
            assertThat(total.time().availability()).isCloseTo(0.5, within(1e-9));
        }

        @Test
        void has_a_rate_below_the_nominal_one_and_one_above_it() {
            add(of(0, 0).rate(60, 90).power(60, 3_000), of(1, 0).rate(60, 104).power(60, 3_000));

            Statement total = total();

            assertThat(btc(total, Waterfall.Step.LOW_RATE) / btc(total, Waterfall.Step.NAMEPLATE))
                    .isCloseTo(-0.06 / 2, within(1e-12));
        }

        @Test
        void has_rejected_shares_by_difficulty_else_by_number() {
            add(
                    work(0, 0)
                            .counter(Reading.ACCEPTED_DIFFICULTY, 1_000, 1_900, 1_900)
                            .counter(Reading.REJECTED_DIFFICULTY, 50, 150, 150)
                            .counter(Reading.ACCEPTED, 0, 10, 10)
                            .counter(Reading.REJECTED, 0, 0, 0),
                    work(1, 0)
                            .counter(Reading.ACCEPTED_DIFFICULTY, 0, 0, 0)
                            .counter(Reading.REJECTED_DIFFICULTY, 0, 0, 0)
                            .counter(Reading.ACCEPTED, 7, 7 + 80, 7 + 80)
                            .counter(Reading.REJECTED, 3, 3 + 20, 3 + 20));

            Statement total = total();

            assertThat(btc(total, Waterfall.Step.REJECTS) / btc(total, Waterfall.Step.NAMEPLATE))
                    .isCloseTo(-(0.1 + 0.2) / 2, within(1e-12));
            assertThat(total.estimates().rejectsUnknown()).isZero();
        }

        @Test
        void counts_the_shares_since_a_restart() {
            add(work(0, 0).counter(Reading.ACCEPTED, 0, 5_000, 90).counter(Reading.REJECTED, 0, 70, 10));
            miners.remove(1);

            assertThat(btc(total(), Waterfall.Step.REJECTS) / btc(total(), Waterfall.Step.NAMEPLATE))
                    .isCloseTo(-0.1, within(1e-12));
        }

        @Test
        void has_the_change_of_the_difficulty_and_a_halving_within_the_period() {
            hours = 2;
            add(work(0, 0), work(1, 0), work(0, 1), work(1, 1));
            terms = hour ->
                    hour.equals(DAY) ? ordinary() : new Terms(market(PRICE, DIFFICULTY * 1.25, 1.5625), tariff(TARIFF));

            Statement total = total();
            double hour = btc(total, Waterfall.Step.NAMEPLATE) / 2;

            assertThat(btc(total, Waterfall.Step.DIFFICULTY)).isCloseTo(-0.2 * hour, withinPercentage(1e-9));
            assertThat(btc(total, Waterfall.Step.SUBSIDY)).isCloseTo(-0.4 * hour, withinPercentage(1e-9));
            assertThat(total.btcExpected())
                    .isCloseTo(
                            earnedBy(720_000) * (1 + 0.8 * (1.5625 + 0.02) / (3.125 + 0.02)), withinPercentage(1e-9));
        }

        @Test
        void of_a_miner_without_a_nominal_rate_has_no_losses_and_says_so() {
            miners.set(1, Miner.builder(address(1), DAY.minusSeconds(9)).build());
            hours = 2;
            add(work(0, 0), of(1, 0).rate(60, 40), work(0, 1));

            Statement one = report(StatementRequest.By.MINER, null).groups().get(1);

            assertThat(btc(one, Waterfall.Step.OFFLINE)).isZero();
            assertThat(btc(one, Waterfall.Step.LOW_RATE)).isZero();
            assertThat(one.btcExpected()).isCloseTo(earnedBy(40 * 3_600), withinPercentage(1e-9));
            assertThat(one.estimates().nominalUnknown()).isEqualTo(1);
        }

        @Test
        void takes_the_rate_that_the_device_expects_where_none_is_entered() {
            miners.set(1, Miner.builder(address(1), DAY.minusSeconds(9)).build());
            hours = 2;
            add(work(0, 0), of(1, 0).rate(60, 40).expected(50), work(0, 1));

            Statement one = report(StatementRequest.By.MINER, null).groups().get(1);

            assertThat(btc(one, Waterfall.Step.LOW_RATE) / btc(one, Waterfall.Step.NAMEPLATE))
                    .isCloseTo(-0.1, within(1e-9));
            assertThat(btc(one, Waterfall.Step.OFFLINE) / btc(one, Waterfall.Step.NAMEPLATE))
                    .isCloseTo(-0.5, within(1e-9));
        }
    }

    @Nested
    class What_is_not_known {
        @Test
        void hours_in_which_no_miner_answered_have_no_data() {
            hours = 4;
            add(work(0, 0), work(1, 0));

            assertThat(total().time().unobservedS()).isCloseTo(2 * 3 * 3_600, within(1e-6));
            assertThat(total().estimates().noData()).isCloseTo(0.75, within(1e-12));
            assertThat(total().time().uptime()).isCloseTo(1, within(1e-12));
        }

        @Test
        void a_part_of_an_hour_without_polls_is_without_data_and_not_offline() {
            add(
                    of(0, 0).rate(30, NOMINAL).power(30, 3_000),
                    of(1, 0).rate(15, NOMINAL).power(15, 3_000));

            assertThat(total().time().unobservedS()).isCloseTo(2 * 1_800, within(1e-6));
            assertThat(total().time().offlineS()).isCloseTo(900, within(1e-6));
        }

        @Test
        void an_hour_without_a_price_has_production_and_cost_but_no_revenue() {
            hours = 2;
            add(work(0, 0), work(1, 0), work(0, 1), work(1, 1));
            terms = hour ->
                    hour.equals(DAY) ? ordinary() : new Terms(market(Double.NaN, DIFFICULTY, 3.125), tariff(TARIFF));

            Statement total = total();

            assertThat(total.btcExpected()).isCloseTo(earnedBy(4 * 360_000), withinPercentage(1e-9));
            assertThat(total.revenueUsd()).isCloseTo(earnedBy(2 * 360_000) * PRICE, withinPercentage(1e-9));
            assertThat(total.estimates().priceUnknown()).isCloseTo(0.5, within(1e-12));
        }

        @Test
        void without_any_price_there_is_no_revenue_and_no_profit() {
            add(work(0, 0), work(1, 0));
            terms = hour -> new Terms(market(Double.NaN, DIFFICULTY, 3.125), tariff(TARIFF));

            assertThat(total().revenueUsd()).isNaN();
            assertThat(total().profitUsd()).isNaN();
            assertThat(total().money())
                    .isEqualTo(new Statement.Money(null, total().money().costUsd(), null));
            assertThat(total().money().costUsd()).isEqualTo("0.48");
        }

        @Test
        void without_a_difficulty_there_is_work_and_no_production() {
            add(work(0, 0), work(1, 0));
            terms = hour -> new Terms(null, tariff(TARIFF));

            assertThat(total().workTh()).isCloseTo(720_000, within(1e-6));
            assertThat(total().btcExpected()).isZero();
            assertThat(total().revenueUsd()).isNaN();
            assertThat(total().estimates().difficultyUnknown()).isEqualTo(1);
        }

        @Test
        void a_rate_of_zero_earns_nothing_and_costs_its_power() {
            miners.remove(1);
            add(of(0, 0).rate(60, 0).power(60, 30));

            assertThat(total().kwh()).isCloseTo(0.03, within(1e-12));
            assertThat(total().revenueUsd()).isZero();
            assertThat(total().time().downS()).isCloseTo(3_600, within(1e-9));
        }

        @Test
        void an_unknown_power_is_nominal_where_the_efficiency_is_known_and_missing_where_not() {
            miners.set(
                    1, miners.get(1).toBuilder().nominalEfficiencyJPerTh(20.0).build());
            add(of(0, 0).rate(60, NOMINAL), of(1, 0).rate(60, NOMINAL));

            assertThat(total().kwh()).isCloseTo(2, within(1e-9));
            assertThat(total().estimates().powerEstimated()).isEqualTo(1);
            assertThat(total().estimates().powerUnknown()).isCloseTo(0.5, within(1e-12));
        }

        @Test
        void without_any_power_the_cost_is_not_known() {
            add(of(0, 0).rate(60, NOMINAL), of(1, 0).rate(60, NOMINAL));

            assertThat(total().costUsd()).isNaN();
            assertThat(total().money().profitUsd()).isNull();
        }

        @Test
        void a_nominal_power_of_the_device_is_estimated() {
            add(work(0, 0), work(1, 0).powerEstimated());

            assertThat(total().estimates().powerEstimated()).isCloseTo(0.5, within(1e-12));
        }

        @Test
        void a_tariff_without_the_hour_has_energy_without_cost() {
            hours = 2;
            add(work(0, 0), work(1, 0), work(0, 1), work(1, 1));
            PowerPrices prices = PowerPrices.of(0, miner -> 0, List.of(at -> {
                if (at.equals(DAY)) {
                    return 0.05;
                }
                throw new MarketException("no price at " + at);
            }));
            terms = hour -> new Terms(market(PRICE, DIFFICULTY, 3.125), prices.at(hour, new Tariff(1)));

            assertThat(total().kwh()).isCloseTo(12, within(1e-9));
            assertThat(total().costUsd()).isCloseTo(6 * 0.05, within(1e-9));
            assertThat(total().estimates().tariffUnknown()).isCloseTo(0.5, within(1e-12));
        }

        @Test
        void an_assumed_price_difficulty_and_fee_are_shares() {
            hours = 2;
            add(work(0, 0), work(1, 0), work(0, 1), work(1, 1));
            terms = hour -> hour.equals(DAY)
                    ? ordinary()
                    : new Terms(market(PRICE, DIFFICULTY, 3.125, Economics.Assumed.values()), tariff(TARIFF));

            assertThat(total().estimates().priceAssumed()).isCloseTo(0.5, within(1e-12));
            assertThat(total().estimates().difficultyAssumed()).isCloseTo(0.5, within(1e-12));
            assertThat(total().estimates().feesAssumed()).isCloseTo(0.5, within(1e-12));
        }

        @Test
        void a_fleet_without_miners_has_a_statement_of_nothing() {
            miners.clear();

            assertThat(total().miners()).isZero();
            assertThat(total().revenueUsd()).isZero();
            assertThat(total().costUsd()).isZero();
            assertThat(total().time().uptime()).isNaN();
        }
    }

    @Test
    void proven_work_is_extended_to_the_hour_and_has_its_deviation() {
        miners.remove(1);
        double difficulty = NOMINAL * 59 * 60 * 1e12 / Math.pow(2, 32);
        add(work(0, 0).proven(59 * 60, difficulty, 400));

        Statement.Proven proven = total().proven();

        assertThat(proven.seconds()).isCloseTo(3_600, within(1e-9));
        assertThat(proven.btc()).isCloseTo(earnedBy(360_000), withinPercentage(1e-9));
        assertThat(proven.deviationBtc()).isCloseTo(proven.btc() / 20, withinPercentage(1e-9));
    }

    @Test
    void a_negative_price_of_power_is_income() {
        add(work(0, 0), work(1, 0));
        terms = hour -> new Terms(market(PRICE, DIFFICULTY, 3.125), tariff(-0.158));

        assertThat(total().costUsd()).isCloseTo(-6 * 0.158, within(1e-12));
        assertThat(total().profitUsd()).isGreaterThan(total().revenueUsd());
    }

    @Test
    void a_miner_counts_from_its_registration_on() {
        hours = 3;
        miners.set(
                1, miners.get(1).toBuilder(address(1), hour(2).plusSeconds(5)).build());
        add(work(0, 0), work(0, 1), work(0, 2));

        assertThat(total().time().offlineS()).isCloseTo(3_600, within(1e-9));
        assertThat(total().time().totalS()).isCloseTo(4 * 3_600, within(1e-9));
    }

    @Test
    void a_miner_that_is_no_longer_registered_counts_in_its_hours_with_the_usual_tariff() {
        hours = 3;
        add(work(0, 0), work(7, 0), work(0, 2));

        StatementReport report = report(StatementRequest.By.MINER, null);

        assertThat(report.groups()).extracting(Statement::name).containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.8");
        assertThat(report.groups().get(2).time().totalS()).isEqualTo(3_600);
        assertThat(report.groups().get(2).costUsd()).isCloseTo(3 * TARIFF, within(1e-12));
    }

    @Test
    void a_miner_has_its_own_price_of_power() {
        miners.set(1, miners.get(1).toBuilder().powerPriceUsdPerKwh(0.02).build());
        add(work(0, 0), work(1, 0));

        assertThat(total().costUsd()).isCloseTo(3 * (TARIFF + 0.02), within(1e-12));
    }

    @Test
    void a_miner_is_in_the_group_of_each_tag_and_those_without_come_last() {
        miners.set(0, miners.get(0).toBuilder().tags(List.of("rack-2", "old")).build());
        add(work(0, 0), work(1, 0));

        StatementReport report = report(StatementRequest.By.TAG, null);

        assertThat(report.groups()).extracting(Statement::name).containsExactly("old", "rack-2", null);
        assertThat(report.total().kwh()).isCloseTo(6, within(1e-9));
    }

    @Test
    void a_named_group_has_its_miners_and_is_offline_by_the_polls_of_the_whole_fleet() {
        miners.set(0, miners.get(0).toBuilder().tags(List.of("rack-2")).build());
        add(work(1, 0));

        StatementReport report = report(StatementRequest.By.TAG, "rack-2");

        assertThat(report.groups()).extracting(Statement::name).containsExactly("10.0.0.1");
        assertThat(report.total().time().offlineS()).isCloseTo(3_600, within(1e-9));
        assertThat(report.total().kwh()).isZero();
    }

    @Test
    void an_hour_that_crosses_midnight_belongs_to_the_day_in_which_it_begins() {
        zone = ZoneId.of("Asia/Kolkata");
        hours = 24;
        miners.remove(1);
        // the day is from 18:30 to 18:30 UTC
        add(work(0, -6), work(0, -5), work(0, 18), work(0, 19));

        assertThat(total().kwh()).isCloseTo(2 * 3, within(1e-9));
        assertThat(report(null, null).parts()).hasSize(24);
    }
}
