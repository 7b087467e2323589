package io.minerops.core.profit;

import static io.minerops.core.profit.ProfitabilityPropertiesTest.near;
import static io.minerops.core.profit.SmallFleet.ABSENT;
import static io.minerops.core.profit.SmallFleet.AT;
import static io.minerops.core.profit.SmallFleet.DEFAULT;
import static io.minerops.core.profit.SmallFleet.REWARD;
import static io.minerops.core.profit.SmallFleet.SETTINGS;
import static io.minerops.core.profit.SmallFleet.address;
import static io.minerops.core.profit.SmallFleet.miner;
import static io.minerops.core.profit.SmallFleet.profitability;
import static io.minerops.core.profit.SmallFleet.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.CompensatedSum;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Reading;
import io.minerops.api.profit.Profitability;
import io.minerops.api.profit.ProfitabilitySnapshot;
import io.minerops.api.profit.Tariff;
import io.minerops.core.profit.SmallFleet.Row;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetProfitabilityTest {
    @Nested
    class Fleet {
        @Test
        void of_one_equals_the_miner() {
            FleetProfitability one = profitability(new Row(110.3, 3_251.7, 0.0731, null));

            assertThat(one.fleet().profitability())
                    .isEqualTo(one.miners().get(0).profitability());
        }

        @Test
        void has_the_time_no_miner_and_the_number_of_miners() {
            ProfitabilitySnapshot fleet =
                    profitability(Row.of(100, 3_000), Row.of(200, 3_500)).fleet();

            assertThat(fleet.at()).isEqualTo(AT);
            assertThat(fleet.miner()).isNull();
            assertThat(fleet.minerCount()).isEqualTo(2);
            assertThat(fleet.powerEstimated()).isFalse();
        }

        @Test
        void has_the_mean_tariff_weighted_by_power() {
            ProfitabilitySnapshot fleet = profitability(
                            new Row(100, 3_000, 0.04, null), new Row(100, 1_000, null, null))
                    .fleet();

            assertThat(fleet.profitability().powerCostUsdPerKwh()).satisfies(near(0.05));
            assertThat(fleet.profitability().dailyPowerCostUsd()).satisfies(near(4.8));
        }

        @Test
        void has_the_default_tariff_without_power() {
            assertThat(profitability(new Row(100, 0, 0.04, null))
                            .fleet()
                            .profitability()
                            .powerCostUsdPerKwh())
                    .isEqualTo(0.08);
        }

        @Test
        void without_miners_earns_and_costs_nothing() {
            ProfitabilitySnapshot fleet = profitability().fleet();

            assertThat(fleet.minerCount()).isZero();
            assertThat(fleet.profitability().dailyProfitUsd()).isZero();
            assertThat(fleet.profitability().profitMarginPct()).isNull();
            assertThat(fleet.profitability().powerCostUsdPerKwh()).isEqualTo(0.08);
        }

        @Test
        void is_paid_where_its_own_tariff_is_negative() {
            ProfitabilitySnapshot fleet =
                    profitability(new Row(100, 3_000, -0.158, null)).fleet();

            assertThat(fleet.profitability().dailyPowerCostUsd()).isCloseTo(-72 * 0.158, within(1e-9));
            assertThat(fleet.profitability().dailyProfitUsd())
                    .isGreaterThan(fleet.profitability().estimatedRevenueUsdPerDay());
        }

        @Test
        void uses_the_pool_fee_of_the_settings_and_the_reward_of_the_block() {
            Profitability expected = ProfitabilityCalculator.daily(
                    new ProfitabilityInputs(100, 3_000, DEFAULT, 88_000, 152e12, 3.125, 0.02, 1.5, 1));

            assertThat(profitability(Row.of(100, 3_000)).fleet().profitability())
                    .isEqualTo(expected);
        }
    }

    @Nested
    class Power {
        @Test
        void that_is_absent_comes_from_the_nominal_efficiency_and_is_marked() {
            ProfitabilitySnapshot miner =
                    profitability(new Row(100, ABSENT, null, 29.5)).miners().get(0);

            assertThat(miner.profitability().powerW()).isEqualTo(2_950);
            assertThat(miner.powerEstimated()).isTrue();
        }

        @Test
        void that_is_unknown_counts_as_0_and_is_marked() {
            FleetProfitability fleet = profitability(Row.of(100, ABSENT), Row.of(100, 3_000));

            assertThat(fleet.miners())
                    .extracting(ProfitabilitySnapshot::powerEstimated)
                    .containsExactly(true, false);
            assertThat(fleet.fleet().powerEstimated()).isTrue();
            assertThat(fleet.fleet().profitability().powerW()).isEqualTo(3_000);
            assertThat(fleet.fleet().profitability().hashrateThs()).isEqualTo(200);
        }

        @Test
        void that_is_measured_is_not_replaced_by_the_nominal_figure() {
            ProfitabilitySnapshot miner =
                    profitability(new Row(100, 3_333, null, 29.5)).miners().get(0);

            assertThat(miner.profitability().powerW()).isEqualTo(3_333);
            assertThat(miner.powerEstimated()).isFalse();
        }

        @Test
        void of_0_is_a_reading() {
            ProfitabilitySnapshot miner =
                    profitability(new Row(100, 0, null, 29.5)).miners().get(0);

            assertThat(miner.profitability().powerW()).isZero();
            assertThat(miner.powerEstimated()).isFalse();
        }

        @Test
        void that_the_device_itself_estimates_is_marked() {
            FleetSnapshot snapshot = FleetSnapshot.builder(AT, 1)
                    .row(miner(0, Row.of(0, 0)))
                    .set(Reading.HASHRATE_THS, 100)
                    .set(Reading.POWER_W, 3_000)
                    .powerEstimated(true)
                    .build();

            assertThat(profitability(snapshot).fleet().powerEstimated()).isTrue();
        }

        @ParameterizedTest
        @ValueSource(doubles = {-5, 1e13, Double.POSITIVE_INFINITY})
        void that_is_implausible_is_as_good_as_absent(double powerW) {
            ProfitabilitySnapshot miner =
                    profitability(new Row(100, powerW, null, 20.0)).miners().get(0);

            assertThat(miner.profitability().powerW()).isEqualTo(2_000);
            assertThat(miner.powerEstimated()).isTrue();
        }

        @Test
        void from_an_absurd_nominal_efficiency_is_unknown() {
            assertThat(profitability(new Row(100, ABSENT, null, 1e300))
                            .fleet()
                            .profitability()
                            .powerW())
                    .isZero();
        }
    }

    @Nested
    class Rows {
        @ParameterizedTest
        @ValueSource(doubles = {ABSENT, -1, 1e13, Double.POSITIVE_INFINITY})
        void without_a_plausible_hashrate_are_left_out(double hashrateThs) {
            FleetProfitability fleet = profitability(Row.of(hashrateThs, 3_000), Row.of(100, 3_000));

            assertThat(fleet.fleet().minerCount()).isEqualTo(1);
            assertThat(fleet.miners()).extracting(ProfitabilitySnapshot::miner).containsExactly(address(1));
            assertThat(fleet.forMiner(0)).isEmpty();
        }

        @Test
        void of_a_miner_that_stands_still_pay_for_their_power() {
            ProfitabilitySnapshot miner =
                    profitability(Row.of(0, 1_000)).miners().get(0);

            assertThat(miner.profitability().dailyProfitUsd()).satisfies(near(-1.92));
        }

        @Test
        void that_the_predicate_refuses_are_left_out() {
            FleetSnapshot snapshot = snapshot(List.of(Row.of(100, 3_000), Row.of(200, 3_500)));
            FleetProfitability second =
                    FleetProfitability.of(snapshot, SETTINGS, 88_000, 152e12, REWARD, AT, row -> row == 1);

            assertThat(second.fleet().profitability().hashrateThs()).isEqualTo(200);
            assertThat(second.forMiner(0)).isEmpty();
            assertThat(second.forMiner(1)).contains(second.miners().get(0));
        }

        @Test
        void seen_within_a_time_include_its_last_moment_and_no_older_one() {
            FleetSnapshot snapshot = FleetSnapshot.builder(AT, 4)
                    .row(miner(0, Row.of(0, 0)))
                    .sampledAt(AT.minusSeconds(3_600).toEpochMilli())
                    .row(miner(1, Row.of(0, 0)))
                    .sampledAt(AT.minusSeconds(3_600).toEpochMilli() - 1)
                    .row(miner(2, Row.of(0, 0)))
                    .row(miner(3, Row.of(0, 0)))
                    .sampledAt(AT.plusSeconds(5).toEpochMilli())
                    .build();

            var seen = FleetProfitability.seenWithin(snapshot, AT, Duration.ofHours(1));

            assertThat(List.of(seen.test(0), seen.test(1), seen.test(2), seen.test(3)))
                    .containsExactly(true, false, false, true);
        }

        @Test
        void outside_the_snapshot_are_refused() {
            assertThatThrownBy(() -> profitability(Row.of(1, 1)).forMiner(1))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("row must be between 0 and 0");
        }
    }

    @Test
    void a_compensated_sum_keeps_what_a_plain_sum_rounds_off() {
        CompensatedSum sum = new CompensatedSum();
        for (double term : new double[] {1, 1e17, 1, -1e17}) {
            sum.add(term);
        }

        assertThat(sum.value()).isEqualTo(2);
    }

    @Test
    void a_what_if_tariff_replaces_the_default_and_every_miners_own() {
        FleetProfitability fleet = profitability(new Row(100, 3_000, 0.04, null), new Row(100, 1_000, null, null))
                .withTariff(new Tariff(0.2));

        assertThat(fleet.fleet().profitability().powerCostUsdPerKwh()).isEqualTo(0.2);
        assertThat(fleet.miners())
                .extracting(miner -> miner.profitability().powerCostUsdPerKwh())
                .containsExactly(0.2, 0.2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN})
    void a_market_without_a_price_is_refused_at_once(double price) {
        assertThatThrownBy(() ->
                        FleetProfitability.of(snapshot(List.of()), SETTINGS, price, 1e14, REWARD, AT, row -> true))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("btc_price_usd");
    }

    @Test
    void settings_out_of_range_are_refused() {
        assertThatThrownBy(() -> new ProfitabilitySettings(DEFAULT, 101, 0))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("pool_fee_pct");
        assertThat(ProfitabilitySettings.of(DEFAULT)).isEqualTo(new ProfitabilitySettings(DEFAULT, 0, 0));
    }
}
