package io.minerops.core.profit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.internal.CompensatedSum;
import io.minerops.api.profit.Profitability;
import io.minerops.api.profit.Tariff;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;

class ProfitabilityPropertiesTest {
    /** Inputs of miners that run and earn something. */
    @Provide
    Arbitrary<ProfitabilityInputs> earning() {
        return Combinators.combine(
                        doubles(0.001, 1e7),
                        doubles(0, 1e8),
                        doubles(-0.9, 2).map(Tariff::new),
                        doubles(0.01, 1e7),
                        doubles(1, 1e16),
                        doubles(0.001, 50),
                        doubles(0, 100),
                        doubles(0, 99))
                .flatAs((hashrate, power, tariff, price, difficulty, subsidy, fees, poolFee) -> doubles(0.01, 1)
                        .map(uptime -> new ProfitabilityInputs(
                                hashrate, power, tariff, price, difficulty, subsidy, fees, poolFee, uptime)));
    }

    @Property
    void production_is_linear_in_hashrate(
            @ForAll("earning") ProfitabilityInputs inputs, @ForAll @DoubleRange(min = 0, max = 1_000) double factor) {
        Profitability once = ProfitabilityCalculator.daily(inputs);

        Profitability scaled = ProfitabilityCalculator.daily(with(inputs, inputs.hashrateThs() * factor));

        assertThat(scaled.estimatedBtcPerDay()).satisfies(near(once.estimatedBtcPerDay() * factor));
        assertThat(scaled.dailyPowerCostUsd()).isEqualTo(once.dailyPowerCostUsd());
    }

    @Property
    void profit_is_revenue_less_cost(@ForAll("earning") ProfitabilityInputs inputs) {
        Profitability day = ProfitabilityCalculator.daily(inputs);

        double scale = Math.abs(day.estimatedRevenueUsdPerDay()) + Math.abs(day.dailyPowerCostUsd());
        assertThat(day.dailyProfitUsd())
                .isCloseTo(day.estimatedRevenueUsdPerDay() - day.dailyPowerCostUsd(), within(scale * 1e-15));
    }

    @Property
    void more_difficulty_never_gives_more_bitcoin(
            @ForAll("earning") ProfitabilityInputs inputs, @ForAll @DoubleRange(min = 1, max = 4) double retarget) {
        double harder = inputs.networkDifficulty() * retarget;

        assertThat(ProfitabilityCalculator.daily(with(inputs, inputs.btcPriceUsd(), harder))
                        .estimatedBtcPerDay())
                .isLessThanOrEqualTo(ProfitabilityCalculator.daily(inputs).estimatedBtcPerDay());
    }

    @Property
    void at_the_break_even_price_there_is_no_profit(@ForAll("earning") ProfitabilityInputs inputs) {
        double breakEven =
                Objects.requireNonNull(ProfitabilityCalculator.daily(inputs).breakEvenBtcPrice());
        // power that is free or paid for breaks even at no price
        Assume.that(breakEven > 0 && breakEven <= ProfitabilityInputs.MAX_PRICE_USD);

        Profitability even = ProfitabilityCalculator.daily(with(inputs, breakEven, inputs.networkDifficulty()));

        assertThat(Math.abs(even.dailyProfitUsd())).isLessThanOrEqualTo(1e-9 * even.estimatedRevenueUsdPerDay());
    }

    @Property
    void the_compensated_sum_does_not_depend_on_the_order(
            @ForAll List<@DoubleRange(min = 0, max = 1e12) Double> terms) {
        CompensatedSum ascending = new CompensatedSum();
        CompensatedSum descending = new CompensatedSum();

        for (int i = 0; i < terms.size(); i++) {
            ascending.add(terms.get(i));
            descending.add(terms.get(terms.size() - 1 - i));
        }

        assertThat(descending.value()).satisfies(near(ascending.value()));
    }

    static Consumer<Double> near(double expected) {
        return actual -> assertThat(actual).isCloseTo(expected, within(Math.abs(expected) * 1e-12));
    }

    private static Arbitrary<Double> doubles(double min, double max) {
        return Arbitraries.doubles().between(min, max).ofScale(9);
    }

    private static ProfitabilityInputs with(ProfitabilityInputs inputs, double hashrateThs) {
        return new ProfitabilityInputs(
                hashrateThs,
                inputs.powerW(),
                inputs.tariff(),
                inputs.btcPriceUsd(),
                inputs.networkDifficulty(),
                inputs.subsidyBtc(),
                inputs.networkFeesBtcPerBlock(),
                inputs.poolFeePct(),
                inputs.uptime());
    }

    private static ProfitabilityInputs with(ProfitabilityInputs inputs, double priceUsd, double difficulty) {
        return new ProfitabilityInputs(
                inputs.hashrateThs(),
                inputs.powerW(),
                inputs.tariff(),
                priceUsd,
                difficulty,
                inputs.subsidyBtc(),
                inputs.networkFeesBtcPerBlock(),
                inputs.poolFeePct(),
                inputs.uptime());
    }
}
