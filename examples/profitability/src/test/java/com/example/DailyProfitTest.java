package com.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DailyProfitTest {
    @Test
    void dearer_power_costs_its_energy_and_nothing_else() {
        double cheap = DailyProfit.usd(200, 3_500, 0.05, 100_000, 930_000);
        double dear = DailyProfit.usd(200, 3_500, 0.15, 100_000, 930_000);

        // 3.5 kW for 24 h at 0.10 USD more per kWh
        assertThat(cheap - dear).isCloseTo(8.4, within(1e-9));
    }
}
