package io.minerops.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubsidyTest {
    @ParameterizedTest
    @CsvSource({
        "0, 5000000000",
        "209999, 5000000000",
        "210000, 2500000000",
        "630000, 625000000",
        "839999, 625000000",
        "840000, 312500000",
        "1049999, 312500000",
        "1050000, 156250000",
        "2100000, 4882812", // 4,882,812.5 loses its half satoshi
        "6929999, 1",
        "6930000, 0",
        "13440000, 0",
        "9223372036854775807, 0"
    })
    void halves_and_floors_to_whole_satoshi(long height, long satoshi) {
        assertThat(Subsidy.satoshiAtHeight(height)).isEqualTo(satoshi);
        assertThat(Subsidy.atHeight(height)).isEqualTo(satoshi / 1e8);
    }

    @Test
    void of_a_negative_height_is_refused() {
        assertThatThrownBy(() -> Subsidy.atHeight(-1))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("height must be at least 0, not -1");
    }
}
