package io.minerops.core.profit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.profit.Profitability;
import io.minerops.api.profit.Tariff;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfitabilityCalculatorTest {
    /** An ordinary miner in an ordinary market. */
    static ProfitabilityInputs.Builder miner() {
        return ProfitabilityInputs.builder()
                .hashrateThs(95)
                .powerW(3_100)
                .tariff(new Tariff(0.05))
                .btcPriceUsd(88_000)
                .networkDifficulty(152e12)
                .subsidyBtc(3.125);
    }

    @Nested
    class Figures {
        /** The expected figures come from exact fractions, rounded once: see the header of the file for units. */
        @ParameterizedTest(name = "{0}")
        @CsvFileSource(resources = "profitability.csv", numLinesToSkip = 1)
        void agree_with_exact_fractions(ArgumentsAccessor row) {
            ProfitabilityInputs inputs = new ProfitabilityInputs(
                    given(row, 1),
                    given(row, 2),
                    new Tariff(given(row, 3)),
                    given(row, 9),
                    given(row, 7),
                    given(row, 8),
                    given(row, 5),
                    given(row, 4),
                    given(row, 6));

            Profitability day = ProfitabilityCalculator.daily(inputs);

            assertThat(ProfitabilityCalculator.networkHashrateThs(inputs.networkDifficulty()))
                    .isEqualTo(given(row, 10));
            assertThat(day)
                    .isEqualTo(new Profitability(
                            inputs.btcPriceUsd(),
                            inputs.networkDifficulty(),
                            inputs.hashrateThs(),
                            inputs.powerW(),
                            inputs.tariff().usdPerKwh(),
                            given(row, 11),
                            given(row, 12),
                            given(row, 13),
                            given(row, 14),
                            given(row, 15),
                            row.getDouble(16),
                            row.getDouble(17),
                            row.getDouble(18),
                            row.getDouble(19)));
        }

        private static double given(ArgumentsAccessor row, int column) {
            return Objects.requireNonNull(row.getDouble(column));
        }

        @Test
        void a_ratio_beyond_any_double_is_undefined_rather_than_infinite() {
            Profitability day = ProfitabilityCalculator.daily(
                    miner().hashrateThs(Double.MIN_VALUE).build());

            assertThat(day.profitMarginPct()).isNull();
            assertThat(day.breakEvenBtcPrice()).isNull();
            assertThat(day.efficiencyJPerTh()).isNull();
            assertThat(day.dailyPowerCostUsd()).isEqualTo(3.72);
        }

        @Test
        void stay_finite_at_the_limits_of_every_input() {
            Profitability day = ProfitabilityCalculator.daily(new ProfitabilityInputs(
                    ProfitabilityInputs.MAX_HASHRATE_THS,
                    ProfitabilityInputs.MAX_POWER_W,
                    new Tariff(Tariff.MAX_USD_PER_KWH),
                    ProfitabilityInputs.MAX_PRICE_USD,
                    1,
                    50,
                    ProfitabilityInputs.MAX_FEES_BTC,
                    0,
                    1));

            assertThat(day.dailyProfitUsd()).isFinite();
            assertThat(day.estimatedBtcPerDay()).isCloseTo(4.2245e32, within(0.0001e32));
        }
    }

    @Nested
    class Inputs {
        @Test
        void default_to_no_fees_and_full_uptime() {
            assertThat(miner().build())
                    .isEqualTo(new ProfitabilityInputs(95, 3_100, new Tariff(0.05), 88_000, 152e12, 3.125, 0, 0, 1));
        }

        static Stream<Named<Refused>> outOfRange() {
            return Stream.of(
                            new Refused("hashrate_ths", -0.1, b -> b.hashrateThs(-0.1)),
                            new Refused("hashrate_ths", Double.NaN, b -> b.hashrateThs(Double.NaN)),
                            new Refused("power_w", -1, b -> b.powerW(-1)),
                            new Refused("power_w", Double.POSITIVE_INFINITY, b -> b.powerW(Double.POSITIVE_INFINITY)),
                            new Refused("btc_price_usd", 0, b -> b.btcPriceUsd(0)),
                            new Refused("btc_price_usd", 2e12, b -> b.btcPriceUsd(2e12)),
                            new Refused("network_difficulty", 0, b -> b.networkDifficulty(0)),
                            new Refused("network_difficulty", Double.NaN, b -> b.networkDifficulty(Double.NaN)),
                            new Refused("subsidy_btc", 51, b -> b.subsidyBtc(51)),
                            new Refused("network_fees_btc_per_block", -1, b -> b.networkFeesBtcPerBlock(-1)),
                            new Refused("pool_fee_pct", 100.5, b -> b.poolFeePct(100.5)),
                            new Refused("uptime", 1.01, b -> b.uptime(1.01)))
                    .map(refused -> Named.of(refused.argument() + " of " + refused.value(), refused));
        }

        @ParameterizedTest
        @MethodSource("outOfRange")
        void out_of_range_are_refused_by_name(Refused refused) {
            ProfitabilityInputs.Builder builder = refused.change().apply(miner());

            assertThatThrownBy(builder::build)
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining(refused.argument())
                    .extracting(e -> ((InvalidArgumentException) e).argument())
                    .isEqualTo(refused.argument());
        }

        record Refused(String argument, double value, UnaryOperator<ProfitabilityInputs.Builder> change) {}

        @Test
        void without_a_subsidy_are_refused() {
            assertThatThrownBy(() -> miner().subsidyBtc(Double.NaN).build())
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("subsidy_btc");
        }

        @Test
        void without_a_tariff_are_refused() {
            assertThatThrownBy(
                            () -> ProfitabilityInputs.builder().hashrateThs(1).build())
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("power_cost");
        }

        @ParameterizedTest
        @ValueSource(doubles = {-1, -20, 1_000.01, Double.NaN, Double.NEGATIVE_INFINITY})
        void refuse_an_impossible_tariff(double usdPerKwh) {
            assertThatThrownBy(() -> new Tariff(usdPerKwh))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("power_cost must be above -1");
        }
    }

    @Nested
    class NetworkHashrate {
        @Test
        void of_the_first_block_is_seven_megahashes() {
            assertThat(ProfitabilityCalculator.networkHashrateThs(1)).isCloseTo(7.158278826666667e-6, within(1e-20));
        }

        @ParameterizedTest
        @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
        void needs_a_difficulty_above_0(double difficulty) {
            assertThatThrownBy(() -> ProfitabilityCalculator.networkHashrateThs(difficulty))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("network_difficulty must be above 0");
        }
    }
}
