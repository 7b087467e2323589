package io.minerops.core.profit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Reading;
import io.minerops.api.profit.Profitability;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayoutTermsTest {
    private static final FleetSnapshot PLAIN = fleet(Map.of(), Map.of());

    /** Miners of 100 TH/s and 3,000 W with these readings beside. */
    @SafeVarargs
    private static FleetSnapshot fleet(Map<Reading, Double>... miners) {
        FleetSnapshot.Builder builder = FleetSnapshot.builder(SmallFleet.AT, miners.length);
        for (int number = 0; number < miners.length; number++) {
            builder.row(SmallFleet.miner(number, SmallFleet.Row.of(100, 3_000)))
                    .sampledAt(SmallFleet.AT.toEpochMilli())
                    .set(Reading.HASHRATE_THS, 100)
                    .set(Reading.POWER_W, 3_000);
            miners[number].forEach(builder::set);
        }
        return builder.build();
    }

    private static FleetProfitability earning(FleetSnapshot fleet, PayoutTerms terms) {
        ProfitabilitySettings settings =
                new ProfitabilitySettings(SmallFleet.DEFAULT, terms, 0, () -> PowerPrices.NONE, HashrateInput.CLAIMED);
        return FleetProfitability.of(fleet, settings, 88_000, 152e12, SmallFleet.REWARD, SmallFleet.AT, row -> true);
    }

    private static Profitability day(PayoutTerms terms) {
        return earning(PLAIN, terms).fleet().profitability();
    }

    private static PayoutTerms terms(PayoutScheme scheme, @Nullable Double rejected, double uptime) {
        return new PayoutTerms(scheme, 0, rejected, uptime);
    }

    @Test
    void in_full_leave_the_figures_as_they_are_without_any() {
        FleetProfitability without = FleetProfitability.of(
                PLAIN,
                ProfitabilitySettings.of(SmallFleet.DEFAULT),
                88_000,
                152e12,
                SmallFleet.REWARD,
                SmallFleet.AT,
                row -> true);

        assertThat(earning(PLAIN, PayoutTerms.FULL).fleet()).isEqualTo(without.fleet());
        assertThat(earning(PLAIN, PayoutTerms.FULL).miners()).isEqualTo(without.miners());
    }

    @Test
    void of_pps_pay_no_fees() {
        double all = day(terms(PayoutScheme.FPPS, 0.0, 100)).estimatedBtcPerDay();

        assertThat(day(terms(PayoutScheme.PPS, 0.0, 100)).estimatedBtcPerDay() / all)
                .isCloseTo(3.125 / 3.145, within(1e-12));
        for (PayoutScheme scheme : List.of(PayoutScheme.PPS_PLUS, PayoutScheme.PPLNS, PayoutScheme.SOLO)) {
            assertThat(day(terms(scheme, 0.0, 100)).estimatedBtcPerDay()).isEqualTo(all);
        }
    }

    @Test
    void take_a_set_share_of_rejected_work_from_the_revenue_and_not_from_the_power() {
        Profitability all = day(PayoutTerms.FULL);

        Profitability less = day(terms(PayoutScheme.FPPS, 2.0, 100));

        assertThat(less.estimatedRevenueUsdPerDay() / all.estimatedRevenueUsdPerDay())
                .isCloseTo(0.98, within(1e-12));
        assertThat(less.dailyPowerCostUsd()).isEqualTo(all.dailyPowerCostUsd());
        assertThat(less.hashrateThs()).isEqualTo(all.hashrateThs());
    }

    @Test
    void take_the_time_in_which_nothing_runs_from_revenue_and_power() {
        Profitability all = day(PayoutTerms.FULL);

        Profitability less = day(terms(PayoutScheme.FPPS, 0.0, 97.5));

        assertThat(less.estimatedRevenueUsdPerDay() / all.estimatedRevenueUsdPerDay())
                .isCloseTo(0.975, within(1e-12));
        assertThat(less.dailyPowerCostUsd() / all.dailyPowerCostUsd()).isCloseTo(0.975, within(1e-12));
    }

    @Test
    void leave_strike_prices_as_they_are_by_uptime_and_lower_them_by_rejected_work() {
        double all = strike(PayoutTerms.FULL);

        assertThat(strike(terms(PayoutScheme.FPPS, 0.0, 50))).isCloseTo(all, within(1e-9));
        assertThat(strike(terms(PayoutScheme.FPPS, 10.0, 100))).isCloseTo(all * 0.9, within(1e-9));
    }

    private static double strike(PayoutTerms terms) {
        StrikeReport.Request request =
                new StrikeReport.Request(StrikeReport.By.MINER, false, WhatIf.NOTHING, null, false);
        return StrikeReport.of(earning(PLAIN, terms), request, null)
                .order()
                .entries()
                .get(0)
                .strikeUsdPerMwh();
    }

    @Test
    void are_measured_by_difficulty_else_by_number_of_shares() {
        FleetProfitability fleet = earning(
                fleet(
                        Map.of(
                                Reading.ACCEPTED_DIFFICULTY, 970.0,
                                Reading.REJECTED_DIFFICULTY, 30.0,
                                Reading.ACCEPTED, 1.0,
                                Reading.REJECTED, 1.0),
                        Map.of(Reading.ACCEPTED, 99.0, Reading.REJECTED, 1.0),
                        Map.of()),
                terms(PayoutScheme.FPPS, null, 100));

        assertThat(fleet.payout().rejectedPct()).isCloseTo(2, within(1e-12));
        assertThat(fleet.payout().rejectedMiners()).isEqualTo(2);
        assertThat(fleet.inputs().rejectedPct()).isCloseTo(2, within(1e-12));
        assertThat(fleet.miners())
                .hasSize(3)
                .allSatisfy(miner -> assertThat(miner.profitability().estimatedRevenueUsdPerDay())
                        .isCloseTo(
                                earning(PLAIN, terms(PayoutScheme.FPPS, 2.0, 100))
                                        .miners()
                                        .get(0)
                                        .profitability()
                                        .estimatedRevenueUsdPerDay(),
                                within(1e-9)));
    }

    @Test
    void that_no_miner_can_measure_count_nothing_as_rejected() {
        FleetProfitability fleet = earning(
                fleet(Map.of(Reading.ACCEPTED, 0.0, Reading.REJECTED, 0.0)), terms(PayoutScheme.FPPS, null, 100));

        assertThat(fleet.payout().rejectedPct()).isZero();
        assertThat(fleet.payout().rejectedMiners()).isZero();
    }

    @Test
    void know_for_how_many_miners_the_chosen_hashrate_is_not_known() {
        ProfitabilitySettings average =
                ProfitabilitySettings.of(SmallFleet.DEFAULT).withHashrate(HashrateInput.AVERAGE);
        FleetProfitability fleet = FleetProfitability.of(
                fleet(Map.of(Reading.HASHRATE_AVG_THS, 90.0), Map.of()),
                average,
                88_000,
                152e12,
                SmallFleet.REWARD,
                SmallFleet.AT,
                row -> true);

        assertThat(fleet.countedAsClaimed()).isEqualTo(1);
        assertThat(fleet.fleet().profitability().hashrateThs()).isEqualTo(190);
        assertThat(earning(PLAIN, PayoutTerms.FULL).countedAsClaimed()).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 100.1, Double.NaN})
    void need_a_share_of_rejected_work_in_its_range(double rejected) {
        assertThatThrownBy(() -> terms(PayoutScheme.FPPS, rejected, 100))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("rejected_pct must be between 0 and 100");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 100.1, Double.NaN})
    void need_an_uptime_above_0(double uptime) {
        assertThatThrownBy(() -> terms(PayoutScheme.FPPS, 0.0, uptime))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("uptime_pct must be ");
    }

    @Test
    void have_a_name_for_each_scheme() {
        assertThat(Arrays.stream(PayoutScheme.values()).map(PayoutScheme::key))
                .containsExactly("fpps", "pps", "pps+", "pplns", "solo");
    }
}
