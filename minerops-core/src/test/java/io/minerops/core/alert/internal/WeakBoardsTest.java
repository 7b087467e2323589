package io.minerops.core.alert.internal;

import static io.minerops.core.alert.Watch.MINER;
import static io.minerops.core.alert.Watch.minute;
import static io.minerops.core.alert.Watch.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.alert.RuleType;
import io.minerops.api.miner.BoardReading;
import io.minerops.api.miner.HashBoard;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.Watch;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A rule of type {@code board} on boards that are reported one by one. */
class WeakBoardsTest {
    private final Watch watch = new Watch();

    private List<String> at(double minutes, double fleetThs, HashBoard... boards) {
        double alive = Stream.of(boards)
                .filter(board -> board.value(BoardReading.CHIPS_ALIVE) > 0)
                .count();
        watch.store
                .metrics()
                .append(Poll.of(
                        minute(minutes),
                        List.of(MetricSample.builder(MINER, minute(minutes))
                                .set(Reading.HASHRATE_THS, fleetThs)
                                .set(Reading.BOARDS_ALIVE, alive)
                                .set(Reading.BOARDS_EXPECTED, boards.length)
                                .boards(List.of(boards))
                                .build())));
        return watch.check(minutes);
    }

    private static HashBoard board(int slot, double chips, double ths, double expected) {
        return HashBoard.builder(slot)
                .serial("SN-" + slot)
                .set(BoardReading.CHIPS_ALIVE, chips)
                .set(BoardReading.CHIPS_EXPECTED, 76)
                .set(BoardReading.RATE_THS, ths)
                .set(BoardReading.EXPECTED_THS, expected)
                .build();
    }

    @Test
    void names_the_board_that_is_gone_and_its_serial_number() {
        watch.with(rule(RuleType.BOARD, Map.of()));

        assertThat(at(0, 60, board(1, 76, 30, 30), board(2, 0, 0, 30))).containsExactly("raised");
        assertThat(watch.newest().message()).isEqualTo("1 of 2 hash boards work; board 2 (SN-2): no working chip");
        assertThat(watch.newest().details()).containsEntry("board_slot", 2.0);
    }

    @Test
    void raises_at_a_rate_below_the_share_of_what_the_device_expects_and_clears_above_it() {
        watch.with(rule(RuleType.BOARD, Map.of("min_board_rate_pct", 80.0)));

        assertThat(at(0, 60, board(1, 76, 30, 30), board(2, 76, 25, 30))).isEmpty();
        assertThat(at(1, 60, board(1, 76, 30, 30), board(2, 76, 23, 30))).containsExactly("raised");
        assertThat(watch.newest().message()).isEqualTo("2 of 2 hash boards work; board 2 (SN-2): 76.67 % of its rate");
        assertThat(at(2, 60, board(1, 76, 30, 30), board(2, 76, 25, 30))).isEmpty();
        assertThat(at(3, 60, board(1, 76, 30, 30), board(2, 76, 28, 30))).containsExactly("auto_resolved");
    }

    @Test
    void holds_a_rate_against_the_mean_of_the_others_where_the_device_expects_none() {
        watch.with(rule(RuleType.BOARD, Map.of("min_board_rate_pct", 70.0)));
        double none = Double.NaN;

        assertThat(at(0, 80, board(1, 76, 30, none), board(2, 76, 30, none), board(3, 76, 20, none)))
                .containsExactly("raised");
    }

    @Test
    void says_nothing_of_single_rates_while_the_whole_miner_hashes_nothing() {
        watch.with(rule(RuleType.BOARD, Map.of("min_board_rate_pct", 80.0)));

        assertThat(at(0, 0, board(1, 76, 0, 30), board(2, 76, 0, 30))).isEmpty();
    }

    @Test
    void raises_at_more_dead_chips_of_one_board_than_it_allows() {
        watch.with(rule(RuleType.BOARD, Map.of("max_dead_chips", 3.0)));

        assertThat(at(0, 60, board(1, 73, 30, 30), board(2, 73, 30, 30))).isEmpty();
        assertThat(at(1, 60, board(1, 76, 30, 30), board(2, 72, 30, 30))).containsExactly("raised");
        assertThat(watch.newest().message()).contains("board 2 (SN-2): 4 dead chips");
    }
}
