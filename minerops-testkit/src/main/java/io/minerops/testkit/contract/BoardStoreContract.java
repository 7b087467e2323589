package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.BoardReading;
import io.minerops.api.miner.HashBoard;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.BoardStore.Kept;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link io.minerops.api.store.BoardStore} must do. */
public abstract class BoardStoreContract extends StoreContract {
    /** For subclasses. */
    protected BoardStoreContract() {}

    @Test
    public void a_board_comes_back_as_it_was_and_an_absent_reading_stays_absent() {
        HashBoard.Builder full = HashBoard.builder(2).serial("SN-2");
        BoardReading.all().forEach(reading -> full.set(reading, 1.25 + reading.column() / 3.0));
        HashBoard gone = HashBoard.builder(3).build();

        store.boards().record(minute(0), Map.of(MINER, List.of(full.build(), gone)));

        assertThat(history(MINER)).containsExactly(new Kept(minute(0), full.build()), new Kept(minute(0), gone));
    }

    @Test
    public void boards_ascend_by_time_then_slot_and_those_of_another_miner_are_left_out() {
        store.boards()
                .record(minute(1), Map.of(MINER, List.of(board(2, 60), board(1, 70)), OTHER, List.of(board(1, 9))));
        store.boards().record(minute(0), Map.of(MINER, List.of(board(1, 76))));

        assertThat(history(MINER))
                .containsExactly(
                        new Kept(minute(0), board(1, 76)),
                        new Kept(minute(1), board(1, 70)),
                        new Kept(minute(1), board(2, 60)));
    }

    @Test
    public void a_board_of_the_same_time_and_slot_is_replaced() {
        store.boards().record(minute(0), Map.of(MINER, List.of(board(1, 76))));
        store.boards().record(minute(0), Map.of(MINER, List.of(board(1, 75))));

        assertThat(history(MINER)).containsExactly(new Kept(minute(0), board(1, 75)));
    }

    @Test
    public void history_begins_with_since_ends_before_until_and_gives_the_newest_of_too_many() {
        for (int minute = 0; minute < 5; minute++) {
            store.boards().record(minute(minute), Map.of(MINER, List.of(board(1, minute))));
        }

        assertThat(store.boards().history(MINER, minute(1), minute(4), 2))
                .extracting(Kept::at)
                .containsExactly(minute(2), minute(3));
    }

    @Test
    public void boards_move_with_their_miner() {
        store.miners().register(List.of(MINER), minute(0));
        store.boards().record(minute(0), Map.of(MINER, List.of(board(1, 76))));
        MinerAddress elsewhere = MinerAddress.of("10.0.0.99");

        store.miners().readdress(MINER, elsewhere);

        assertThat(history(MINER)).isEmpty();
        assertThat(history(elsewhere)).hasSize(1);
    }

    @Test
    public void pruning_deletes_what_is_older_than_the_time_given() {
        store.boards().record(minute(0), Map.of(MINER, List.of(board(1, 76), board(2, 76))));
        store.boards().record(minute(1), Map.of(MINER, List.of(board(1, 75))));

        assertThat(store.boards().prune(minute(1))).isEqualTo(2);

        assertThat(history(MINER)).extracting(Kept::at).containsExactly(minute(1));
    }

    private List<Kept> history(MinerAddress miner) {
        return store.boards().history(miner, Instant.EPOCH, minute(1_000), 100);
    }

    private static HashBoard board(int slot, double chips) {
        return HashBoard.builder(slot).set(BoardReading.CHIPS_ALIVE, chips).build();
    }
}
