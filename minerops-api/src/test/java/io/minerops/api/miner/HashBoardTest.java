package io.minerops.api.miner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HashBoardTest {
    private static final MetricSample.Builder SAMPLE =
            MetricSample.builder(MinerAddress.of("10.0.0.1"), Instant.parse("2026-01-02T03:04:05Z"));

    @Test
    void an_implausible_value_is_absent_and_zero_is_a_reading() {
        HashBoard board = HashBoard.builder(0)
                .set(BoardReading.CHIP_TEMP_C, 900)
                .set(BoardReading.RATE_THS, 0)
                .build();

        assertThat(board.reading(BoardReading.CHIP_TEMP_C)).isEmpty();
        assertThat(board.reading(BoardReading.RATE_THS)).hasValue(0);
    }

    @Test
    void a_slot_out_of_range_is_refused() {
        assertThatThrownBy(() -> HashBoard.builder(512))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("slot must be between 0 and 511, not 512");
    }

    @Test
    void a_sample_has_its_boards_by_slot_each_slot_once_and_a_limited_number() {
        HashBoard second = HashBoard.builder(2).serial("B").build();
        HashBoard first = HashBoard.builder(1).serial("A").build();
        List<HashBoard> many = IntStream.range(0, 100)
                .mapToObj(slot -> HashBoard.builder(slot).build())
                .toList();

        assertThat(SAMPLE.boards(List.of(second, first, HashBoard.builder(2).build()))
                        .build()
                        .boards())
                .containsExactly(first, second);
        assertThat(SAMPLE.boards(many).build().boards()).hasSize(HashBoard.MAX_BOARDS);
    }

    @Test
    void a_board_moves_by_its_serial_number_a_lost_chip_or_a_value_outside_the_dead_band() {
        HashBoard board = board(76, 30.0, 61);

        assertThat(board(76, 32.5, 65).moved(board)).isFalse();
        assertThat(board(75, 30.0, 61).moved(board)).isTrue();
        assertThat(board(76, 34.0, 61).moved(board)).isTrue();
        assertThat(board(76, 30.0, 67).moved(board)).isTrue();
        assertThat(board(76, 30.0, Double.NaN).moved(board)).isTrue();
        assertThat(HashBoard.builder(0)
                        .serial("A")
                        .build()
                        .moved(HashBoard.builder(0).build()))
                .isTrue();
    }

    private static HashBoard board(double chips, double ths, double celsius) {
        return HashBoard.builder(0)
                .set(BoardReading.CHIPS_ALIVE, chips)
                .set(BoardReading.RATE_THS, ths)
                .set(BoardReading.CHIP_TEMP_C, celsius)
                .build();
    }
}
