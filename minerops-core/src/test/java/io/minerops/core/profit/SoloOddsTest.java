package io.minerops.core.profit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.InvalidArgumentException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SoloOddsTest {
    @Test
    void of_the_whole_network_are_144_blocks_a_day() {
        double network = ProfitabilityCalculator.networkHashrateThs(150e12);

        assertThat(SoloOdds.within(network, 150e12, Duration.ofDays(1)).expectedBlocks())
                .isCloseTo(144, within(1e-9));
    }

    @Test
    void of_one_expected_block_are_63_percent() {
        double network = ProfitabilityCalculator.networkHashrateThs(150e12);

        assertThat(SoloOdds.within(network, 150e12, Duration.ofMinutes(10)).atLeastOne())
                .isCloseTo(1 - Math.exp(-1), within(1e-12));
    }

    @Test
    void of_a_small_miner_keep_their_digits() {
        SoloOdds odds = SoloOdds.within(1e-6, 150e12, Duration.ofSeconds(1));

        assertThat(odds.atLeastOne()).isCloseTo(odds.expectedBlocks(), within(odds.expectedBlocks() * 1e-12));
    }

    @Test
    void of_nothing_are_0() {
        assertThat(SoloOdds.within(0, 150e12, Duration.ofDays(365))).isEqualTo(new SoloOdds(0, 0));
    }

    @Test
    void need_a_period() {
        assertThatThrownBy(() -> SoloOdds.within(1, 150e12, Duration.ZERO))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("period");
    }

    @Test
    void are_even_after_the_time_of_693_thousandths_of_a_block() {
        double network = ProfitabilityCalculator.networkHashrateThs(150e12);

        Duration even = SoloOdds.evenAfter(network / 1_000, 150e12).orElseThrow();

        assertThat(even.toMillis() / 600_000.0).isCloseTo(Math.log(2) * 1_000, within(1e-5));
        assertThat(SoloOdds.within(network / 1_000, 150e12, even).atLeastOne()).isCloseTo(0.5, within(1e-8));
    }

    @Test
    void of_nothing_are_never_even() {
        assertThat(SoloOdds.evenAfter(0, 150e12)).isEmpty();
        assertThat(SoloOdds.evenAfter(1e-9, 150e12)).isEmpty();
    }
}
