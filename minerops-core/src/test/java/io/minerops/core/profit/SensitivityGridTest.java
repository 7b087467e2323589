package io.minerops.core.profit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.profit.Tariff;
import io.minerops.core.profit.SensitivityGrid.Cell;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SensitivityGridTest {
    private static ProfitabilityInputs inputs(double price, double difficulty, double tariff) {
        return ProfitabilityInputs.builder()
                .hashrateThs(200)
                .powerW(3_500)
                .tariff(new Tariff(tariff))
                .btcPriceUsd(price)
                .networkDifficulty(difficulty)
                .subsidyBtc(3.125)
                .networkFeesBtcPerBlock(0.02)
                .poolFeePct(2)
                .build();
    }

    @Property
    void has_the_profits_of_the_calculator(
            @ForAll @DoubleRange(min = -90, max = 200) double price,
            @ForAll @DoubleRange(min = -90, max = 200) double difficulty,
            @ForAll @DoubleRange(min = -0.05, max = 0.3) double tariff) {
        Cell cell = SensitivityGrid.of(
                        inputs(90_000, 150e12, 0.07), List.of(new Tariff(tariff)), List.of(difficulty), List.of(price))
                .cells()
                .get(0);

        double expected = ProfitabilityCalculator.daily(
                        inputs(90_000 * (1 + price / 100), 150e12 * (1 + difficulty / 100), tariff))
                .dailyProfitUsd();
        assertThat(cell.dailyProfitUsd()).isCloseTo(expected, within(1e-9));
    }

    @Test
    void has_a_cell_for_each_combination() {
        SensitivityGrid grid = SensitivityGrid.of(
                inputs(90_000, 150e12, 0.07),
                List.of(new Tariff(0.05), new Tariff(0.1)),
                List.of(0.0, 20.0, 40.0),
                List.of(-20.0, 0.0));

        assertThat(grid.cells()).hasSize(12);
        assertThat(grid.cells().get(1))
                .returns(0.05, Cell::powerCostUsdPerKwh)
                .returns(0.0, Cell::difficultyChangePct)
                .returns(0.0, Cell::priceChangePct);
        assertThat(grid.cells().get(11).dailyProfitUsd())
                .isLessThan(grid.cells().get(1).dailyProfitUsd());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-100, 1_001, Double.NaN})
    void needs_changes_in_their_range(double change) {
        assertThatThrownBy(() -> SensitivityGrid.of(
                        inputs(90_000, 150e12, 0.07), List.of(new Tariff(0)), List.of(change), List.of(0.0)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("difficulty_change_pct must be between -99 and 1000, not ");
    }
}
