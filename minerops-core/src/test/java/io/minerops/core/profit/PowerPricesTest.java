package io.minerops.core.profit;

import static io.minerops.core.profit.SmallFleet.AT;
import static io.minerops.core.profit.SmallFleet.DEFAULT;
import static io.minerops.core.profit.SmallFleet.REWARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Miner;
import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.ProfitabilitySnapshot;
import io.minerops.api.profit.Tariff;
import io.minerops.core.alert.type.Economics;
import io.minerops.core.profit.SmallFleet.Row;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class PowerPricesTest {
    private static final FleetSnapshot FLEET = SmallFleet.snapshot(
            List.of(Row.of(100, 3_000), Row.of(100, 1_000), new Row(100, 2_000, 0.07, null), Row.of(100, 4_000)));

    private static final List<ToDoubleFunction<Instant>> TARIFFS =
            List.of(at -> priceAt(at, 0.05), at -> priceAt(at, -0.158));

    private static double priceAt(Instant at, double price) {
        assertThat(at).isEqualTo(AT);
        return price;
    }

    private static double nothing(Instant at) {
        throw new MarketException("tariff \"day ahead\": no price for " + at);
    }

    /** The first miner has tariff 0, the second 1, the others none. */
    private static int tariffOf(Miner miner) {
        return switch (miner.address().host()) {
            case "10.0.0.1" -> 0;
            case "10.0.0.2" -> 1;
            default -> PowerPrices.DEFAULT;
        };
    }

    private static FleetProfitability fleet(PowerPrices prices) {
        return FleetProfitability.of(
                FLEET, new ProfitabilitySettings(DEFAULT, 0, 0, () -> prices), 88_000, 152e12, REWARD, AT, row -> true);
    }

    private static List<Double> prices(FleetProfitability fleet) {
        return fleet.miners().stream()
                .map(miner -> miner.profitability().powerCostUsdPerKwh())
                .toList();
    }

    @Test
    void are_those_of_the_tariff_at_the_time_after_the_miners_own() {
        FleetProfitability fleet = fleet(PowerPrices.of(PowerPrices.DEFAULT, PowerPricesTest::tariffOf, TARIFFS));

        assertThat(prices(fleet)).containsExactly(0.05, -0.158, 0.07, 0.08);
        double mean = (3 * 0.05 - 0.158 + 2 * 0.07 + 4 * 0.08) / 10;
        assertThat(fleet.fleet().profitability().powerCostUsdPerKwh()).isCloseTo(mean, within(1e-15));
    }

    @Test
    void of_the_fallback_replace_the_default() {
        assertThat(prices(fleet(PowerPrices.of(0, PowerPricesTest::tariffOf, TARIFFS))))
                .containsExactly(0.05, -0.158, 0.07, 0.05);
    }

    @Test
    void give_the_fleet_the_sum_of_its_miners() {
        FleetProfitability fleet = fleet(PowerPrices.of(0, PowerPricesTest::tariffOf, TARIFFS));

        double cost = fleet.miners().stream()
                .mapToDouble(miner -> miner.profitability().dailyPowerCostUsd())
                .sum();
        assertThat(fleet.fleet().profitability().dailyPowerCostUsd()).isCloseTo(cost, within(1e-12));
    }

    @Test
    void do_not_matter_where_one_tariff_is_supposed() {
        PowerPrices none = PowerPrices.of(PowerPrices.DEFAULT, miner -> 0, List.of(PowerPricesTest::nothing));

        ProfitabilitySnapshot supposed =
                fleet(none).withTariff(new Tariff(0.01)).fleet();
        assertThat(supposed.profitability().powerCostUsdPerKwh()).isEqualTo(0.01);
        assertThatThrownBy(() -> fleet(none).fleet()).isInstanceOf(MarketException.class);
    }

    @Test
    void are_calculated_once_for_an_evaluation_and_tariffs_once_for_a_registry() {
        AtomicInteger lookUps = new AtomicInteger();
        AtomicInteger evaluations = new AtomicInteger();
        PowerPrices prices = PowerPrices.of(
                PowerPrices.DEFAULT,
                miner -> {
                    lookUps.incrementAndGet();
                    return 0;
                },
                List.of(at -> {
                    evaluations.incrementAndGet();
                    return 0.05;
                }));

        FleetProfitability first = fleet(prices);
        first.fleet();
        first.miners();
        fleet(prices).fleet();

        assertThat(evaluations).hasValue(2);
        // the third has a price of its own
        assertThat(lookUps).hasValue(3);
    }

    @Test
    void that_are_missing_are_so_for_the_miners_of_that_tariff_alone() {
        PowerPrices prices = PowerPrices.of(
                PowerPrices.DEFAULT, PowerPricesTest::tariffOf, List.of(TARIFFS.get(0), PowerPricesTest::nothing));

        assertThat(fleet(prices).forMiner(0).orElseThrow().profitability().powerCostUsdPerKwh())
                .isEqualTo(0.05);
        assertThatThrownBy(() -> fleet(prices).forMiner(1))
                .isInstanceOf(MarketException.class)
                .hasMessageContaining("day ahead");
        assertThatThrownBy(() -> fleet(prices).fleet()).hasMessageContaining("day ahead");
        Economics economics = new Economics(0.05, 0.08, prices.at(AT, DEFAULT), null);
        assertThat(economics.powerUsdPerKwh(FLEET, 0)).isEqualTo(0.05);
        assertThat(economics.powerUsdPerKwh(FLEET, 1)).isNaN();
    }

    @Test
    void of_a_tariff_that_no_miner_has_may_be_missing() {
        PowerPrices prices =
                PowerPrices.of(PowerPrices.DEFAULT, miner -> 0, List.of(TARIFFS.get(0), PowerPricesTest::nothing));

        assertThat(fleet(prices).fleet().minerCount()).isEqualTo(4);
    }

    @Test
    void of_a_fallback_that_are_missing_are_so_for_the_miners_that_have_no_other() {
        PowerPrices prices =
                PowerPrices.of(1, PowerPricesTest::tariffOf, List.of(TARIFFS.get(0), PowerPricesTest::nothing));

        assertThat(fleet(prices).forMiner(2).orElseThrow().profitability().powerCostUsdPerKwh())
                .isEqualTo(0.07);
        assertThatThrownBy(() -> fleet(prices).forMiner(3)).hasMessageContaining("day ahead");
        assertThat(new Economics(0.05, Double.NaN, prices.at(AT, DEFAULT), null).powerUsdPerKwh(FLEET, 3))
                .isNaN();
    }

    @Test
    void are_what_alerts_judge_by() {
        Economics economics = new Economics(
                0.05,
                0.08,
                PowerPrices.of(PowerPrices.DEFAULT, PowerPricesTest::tariffOf, TARIFFS)
                        .at(AT, DEFAULT),
                null);

        assertThat(economics.powerUsdPerKwh(FLEET, 1)).isEqualTo(-0.158);
        assertThat(economics.powerUsdPerKwh(FLEET, 2)).isEqualTo(0.07);
        assertThat(economics.powerUsdPerKwh(FLEET, 3)).isEqualTo(0.08);
        assertThat(new Economics(0.05, 0.09).powerUsdPerKwh(FLEET, 2)).isEqualTo(0.07);
        assertThat(new Economics(0.05, 0.09).powerUsdPerKwh(FLEET, 3)).isEqualTo(0.09);
    }
}
