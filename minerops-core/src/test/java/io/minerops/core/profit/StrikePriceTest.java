package io.minerops.core.profit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.profit.Profitability;
import io.minerops.api.profit.Tariff;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrikePriceTest {
    @Test
    void agrees_with_a_published_figure() {
        assertThat(StrikePrice.usdPerMwh(17, 39.53)).isCloseTo(96.9, within(0.05));
    }

    @Property
    void is_the_tariff_at_which_the_calculator_finds_no_profit(
            @ForAll @DoubleRange(min = 5, max = 100) double efficiency,
            @ForAll @DoubleRange(min = 10_000, max = 500_000) double price) {
        ProfitabilityInputs free = inputs(efficiency, price, 0);
        double hashprice =
                Objects.requireNonNull(ProfitabilityCalculator.daily(free).hashpriceUsdPerPhDay());

        Profitability atStrike = ProfitabilityCalculator.daily(
                inputs(efficiency, price, StrikePrice.usdPerMwh(efficiency, hashprice) / 1_000));

        assertThat(atStrike.dailyProfitUsd()).isCloseTo(0, within(atStrike.estimatedRevenueUsdPerDay() * 1e-12));
    }

    @Property
    void has_the_break_even_efficiency_as_its_inverse(
            @ForAll @DoubleRange(min = 5, max = 100) double efficiency,
            @ForAll @DoubleRange(min = 1, max = 500) double hashprice) {
        double strike = StrikePrice.usdPerMwh(efficiency, hashprice);

        assertThat(StrikePrice.efficiencyJPerTh(strike, hashprice)).isCloseTo(efficiency, within(efficiency * 1e-12));
    }

    @Test
    void of_no_revenue_is_0() {
        assertThat(StrikePrice.usdPerMwh(17, 0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void needs_an_efficiency_above_0(double efficiency) {
        assertThatThrownBy(() -> StrikePrice.usdPerMwh(efficiency, 40))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("efficiency_j_per_th");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void needs_a_hashprice(double hashprice) {
        assertThatThrownBy(() -> StrikePrice.usdPerMwh(17, hashprice))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("hashprice_usd_per_ph_day");
    }

    private static ProfitabilityInputs inputs(double efficiency, double price, double tariff) {
        return ProfitabilityInputs.builder()
                .hashrateThs(200)
                .powerW(200 * efficiency)
                .tariff(new Tariff(tariff))
                .btcPriceUsd(price)
                .networkDifficulty(150e12)
                .subsidyBtc(3.125)
                .build();
    }
}
