package io.minerops.core.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.BoardReading;
import io.minerops.api.miner.HashBoard;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.BoardStore;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BoardWatchTest {
    private static final MinerAddress MINER = MinerAddress.of("10.0.0.1");
    private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

    private final InMemoryStore store = new InMemoryStore();
    private final BoardWatch watch = new BoardWatch();

    private void at(int minutes, @Nullable List<HashBoard> boards) {
        Instant at = START.plusSeconds(60L * minutes);
        watch.take(at, MetricSample.builder(MINER, at).boards(boards).build());
        watch.store(at, store.boards());
    }

    private List<BoardStore.Kept> stored() {
        return store.boards().history(MINER, Instant.EPOCH, START.plusSeconds(1_000_000), 100);
    }

    private static HashBoard board(@Nullable String serial, double chips, double ths) {
        return HashBoard.builder(1)
                .serial(serial)
                .set(BoardReading.CHIPS_ALIVE, chips)
                .set(BoardReading.RATE_THS, ths)
                .build();
    }

    @Test
    void a_board_that_stays_within_its_dead_bands_is_stored_once_a_day() {
        for (int minute = 0; minute <= 1_440; minute++) {
            at(minute, List.of(board("A", 76, 30 + minute % 2)));
        }

        assertThat(stored())
                .extracting(kept -> (kept.at().getEpochSecond() - START.getEpochSecond()) / 60)
                .containsExactly(0L, 1_440L);
    }

    @Test
    void another_serial_number_or_a_lost_chip_is_stored_at_once() {
        at(0, List.of(board("A", 76, 30)));
        at(1, List.of(board("B", 76, 30)));
        at(2, List.of(board("B", 75, 30)));

        assertThat(stored())
                .extracting(kept -> kept.board().serial() + kept.board().value(BoardReading.CHIPS_ALIVE))
                .containsExactly("A76.0", "B76.0", "B75.0");
    }

    @Test
    void a_reading_that_leaves_its_dead_band_is_stored_every_ten_minutes_at_most() {
        for (int minute = 0; minute < 30; minute++) {
            at(minute, List.of(board("A", 76, minute % 2 == 0 ? 30 : 15)));
        }

        assertThat(stored()).hasSize(3);
    }

    @Test
    void a_board_that_vanishes_is_stored_as_one_without_anything_and_only_once() {
        at(0, List.of(board("A", 76, 30), HashBoard.builder(2).serial("B").build()));
        at(1, List.of(board("A", 76, 30)));
        at(2, List.of(board("A", 76, 30)));

        assertThat(stored())
                .extracting(BoardStore.Kept::board)
                .containsExactly(
                        board("A", 76, 30),
                        HashBoard.builder(2).serial("B").build(),
                        HashBoard.builder(2).build());
    }

    @Test
    void a_miner_that_reports_no_single_boards_for_a_while_changes_nothing() {
        at(0, List.of(board("A", 76, 30)));
        at(1, null);
        at(2, List.of(board("A", 76, 30)));

        assertThat(stored()).hasSize(1);
    }
}
