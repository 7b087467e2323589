package io.minerops.core.profit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.InvalidArgumentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayoutSchemeTest {
    @ParameterizedTest
    @CsvSource({"FPPS, 3.225", "PPS, 3.125", "PPS_PLUS, 3.225", "PPLNS, 3.225", "SOLO, 3.225"})
    void pays_its_part_of_the_reward(PayoutScheme scheme, double reward) {
        assertThat(scheme.rewardBtc(3.125, 0.1)).isCloseTo(reward, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"FPPS, 0", "PPS, 0", "PPS_PLUS, 0.00310077519379845", "PPLNS, 0.1", "SOLO, 0.1"})
    void leaves_its_part_of_the_luck_to_the_miners(PayoutScheme scheme, double deviation) {
        assertThat(scheme.relativeDeviation(100, 3.125, 0.1)).isCloseTo(deviation, within(1e-12));
    }

    @Test
    void has_no_deviation_where_nothing_is_paid() {
        assertThat(PayoutScheme.PPLNS.relativeDeviation(100, 0, 0)).isZero();
    }

    @Test
    void needs_an_expectation_of_blocks() {
        assertThatThrownBy(() -> PayoutScheme.PPLNS.relativeDeviation(0, 3.125, 0))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("expected_blocks");
    }
}
