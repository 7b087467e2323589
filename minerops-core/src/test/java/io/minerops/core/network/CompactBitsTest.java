package io.minerops.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompactBitsTest {
    @ParameterizedTest
    @CsvSource({
        "1d00ffff, 1",
        "1b0404cb, 16307.420938523983", // 65535 * 256^2 / 0x0404cb
        "17034219, 86388558925171.02",
        "207fffff, 4.6565423739069247e-10",
        "22000001, 5.960373528068885e-08",
        "1c7fffff, 1.9999697208368445",
        "03000001, 2.695953529101131e+67",
        "02000100, 2.695953529101131e+67",
        "0101ffff, 2.695953529101131e+67"
    })
    void gives_the_first_target_divided_by_this_one(String bits, double difficulty) {
        assertThat(CompactBits.difficulty(Integer.parseUnsignedInt(bits, 16))).isEqualTo(difficulty);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000", "1d000000", "1d80ffff", "0200007f", "21010000", "ff000001", "23000001"})
    void of_no_target_is_refused(String bits) {
        assertThatThrownBy(() -> CompactBits.difficulty(Integer.parseUnsignedInt(bits, 16)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("bits must be a compact target above 0 and below 2^256, not 0x" + bits);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1d00ffff", "1d00d86a", "1b0404cb", "17034219", "1702905c", "170297fa", "1c7fffff", "1c008000"})
    void are_those_of_their_difficulty(String hex) {
        int bits = Integer.parseUnsignedInt(hex, 16);

        assertThat(CompactBits.ofDifficulty(CompactBits.difficulty(bits))).isEqualTo(bits);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void of_no_difficulty_of_a_network_are_refused(double difficulty) {
        assertThatThrownBy(() -> CompactBits.ofDifficulty(difficulty))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("difficulty must be");
    }

    /** Figures of the public test of mempool.space ({@code difficulty-adjustment.test.ts}). */
    @ParameterizedTest
    @CsvSource({
        "1d000200, 1d000100, 100",
        "1d000400, 1d000100, 300",
        "1d000800, 1d000100, 300",
        "1d000100, 1d000200, -50",
        "1d000100, 1d000400, -75",
        "1d000100, 1d000800, -75",
        "1c000200, 1d000001, 100",
        "1c000400, 1d000001, 300",
        "1c000800, 1d000001, 300",
        "1c000100, 1d000002, -50",
        "1c000100, 1d000004, -75",
        "1c000100, 1d000008, -75",
        "1d000002, 1c000100, 100",
        "1d000004, 1c000100, 300",
        "1d000008, 1c000100, 300",
        "1d000001, 1c000200, -50",
        "1d000001, 1c000400, -75",
        "1d000001, 1c000800, -75"
    })
    void give_the_change_of_mempool_space(String from, String to, double change) {
        assertThat(CompactBits.changePct(Integer.parseUnsignedInt(from, 16), Integer.parseUnsignedInt(to, 16)))
                .isEqualTo(change);
    }

    @Test
    void of_no_target_give_no_change() {
        assertThatThrownBy(() -> CompactBits.changePct(0x1c000000, 0x1a000800))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("0x1c000000");
    }
}
