package io.minerops.core.profit;

import static io.minerops.core.profit.ProfitabilityPropertiesTest.near;
import static io.minerops.core.profit.SmallFleet.profitability;
import static io.minerops.core.profit.SmallFleet.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.profit.Profitability;
import io.minerops.api.profit.ProfitabilitySnapshot;
import io.minerops.core.profit.SmallFleet.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FleetProfitabilityPropertiesTest {
    @Provide
    Arbitrary<List<Row>> rows() {
        Arbitrary<Double> tariffs =
                Arbitraries.doubles().between(0, 1).ofScale(4).injectNull(0.3);
        return Combinators.combine(
                        Arbitraries.doubles().between(0, 1e6).ofScale(6),
                        Arbitraries.doubles().between(0, 1e7).ofScale(3),
                        tariffs)
                .as((hashrate, power, tariff) -> new Row(hashrate, power, tariff, null))
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }

    @Property(tries = 200)
    void the_fleet_equals_the_sum_of_its_miners_in_any_order(@ForAll("rows") List<Row> rows) {
        FleetProfitability fleet = profitability(snapshot(rows));
        List<ProfitabilitySnapshot> miners = fleet.miners();
        Profitability all = fleet.fleet().profitability();

        assertThat(all.hashrateThs()).satisfies(near(sum(miners, Profitability::hashrateThs)));
        assertThat(all.powerW()).satisfies(near(sum(miners, Profitability::powerW)));
        assertThat(all.dailyPowerKwh()).satisfies(near(sum(miners, Profitability::dailyPowerKwh)));
        assertThat(all.dailyPowerCostUsd()).satisfies(near(sum(miners, Profitability::dailyPowerCostUsd)));
        assertThat(all.estimatedBtcPerDay()).satisfies(near(sum(miners, Profitability::estimatedBtcPerDay)));
        assertThat(all.estimatedRevenueUsdPerDay())
                .satisfies(near(sum(miners, Profitability::estimatedRevenueUsdPerDay)));
        assertThat(Math.abs(all.dailyProfitUsd() - sum(miners, Profitability::dailyProfitUsd)))
                .isLessThanOrEqualTo(1e-12 * (all.estimatedRevenueUsdPerDay() + all.dailyPowerCostUsd()));
        assertThat(profitability(snapshot(reversed(rows)))
                        .fleet()
                        .profitability()
                        .dailyPowerCostUsd())
                .satisfies(near(all.dailyPowerCostUsd()));
    }

    private static List<Row> reversed(List<Row> rows) {
        List<Row> reversed = new ArrayList<>(rows);
        Collections.reverse(reversed);
        return reversed;
    }

    /** The sum in decimal digits, without rounding between the terms. */
    private static double sum(List<ProfitabilitySnapshot> miners, ToDoubleFunction<Profitability> figure) {
        return miners.stream()
                .map(miner -> BigDecimal.valueOf(figure.applyAsDouble(miner.profitability())))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .doubleValue();
    }
}
