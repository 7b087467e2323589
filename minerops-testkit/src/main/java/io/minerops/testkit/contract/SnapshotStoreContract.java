package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.profit.Profitability;
import io.minerops.api.profit.ProfitabilitySnapshot;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link io.minerops.api.store.SnapshotStore} must do. */
public abstract class SnapshotStoreContract extends StoreContract {
    /** For subclasses. */
    protected SnapshotStoreContract() {}

    @Test
    public void every_figure_comes_back_to_the_last_digit() {
        ProfitabilitySnapshot snapshot = snapshot(minute(1), MINER, 1.0 / 3);

        store.snapshots().save(List.of(snapshot));

        assertThat(store.snapshots().history(MINER, START, 10)).containsExactly(snapshot);
    }

    @Test
    public void figures_that_do_not_exist_stay_null() {
        ProfitabilitySnapshot snapshot = new ProfitabilitySnapshot(
                minute(1),
                null,
                0,
                false,
                new Profitability(60_000, 1e14, 0, 0, 0.1, 0, 0, 0, 0, 0, null, null, null, null));

        store.snapshots().save(List.of(snapshot));

        assertThat(store.snapshots().history(null, START, 10)).containsExactly(snapshot);
    }

    @Test
    public void the_fleets_history_holds_no_miner_and_a_miners_only_its_own() {
        store.snapshots()
                .save(List.of(
                        snapshot(minute(1), null, 1), snapshot(minute(1), MINER, 2), snapshot(minute(1), OTHER, 3)));

        assertThat(profits(store.snapshots().history(null, START, 10))).containsExactly(1.0);
        assertThat(profits(store.snapshots().history(OTHER, START, 10))).containsExactly(3.0);
    }

    @Test
    public void history_ascends_from_its_beginning_and_keeps_the_newest() {
        for (int minutes = 5; minutes >= 0; minutes--) {
            store.snapshots().save(List.of(snapshot(minute(minutes), null, minutes)));
        }

        assertThat(profits(store.snapshots().history(null, minute(1), 3))).containsExactly(3.0, 4.0, 5.0);
    }

    @Test
    public void the_same_moment_and_miner_is_replaced() {
        store.snapshots().save(List.of(snapshot(minute(1), null, 1), snapshot(minute(1), MINER, 2)));
        store.snapshots().save(List.of(snapshot(minute(1), null, 9), snapshot(minute(1), MINER, 8)));

        assertThat(profits(store.snapshots().history(null, START, 10))).containsExactly(9.0);
        assertThat(profits(store.snapshots().history(MINER, START, 10))).containsExactly(8.0);
    }

    @Test
    public void pruning_deletes_what_is_older() {
        store.snapshots().save(List.of(snapshot(minute(1), null, 1), snapshot(minute(2), null, 2)));

        assertThat(store.snapshots().prune(minute(2))).isEqualTo(1);
        assertThat(profits(store.snapshots().history(null, START, 10))).containsExactly(2.0);
    }

    private static List<Double> profits(List<ProfitabilitySnapshot> snapshots) {
        return snapshots.stream()
                .map(snapshot -> snapshot.profitability().dailyProfitUsd())
                .toList();
    }

    private static ProfitabilitySnapshot snapshot(Instant at, @Nullable MinerAddress miner, double profitUsd) {
        return new ProfitabilitySnapshot(
                at,
                miner,
                miner == null ? 3 : 1,
                miner != null,
                new Profitability(
                        61_234.567,
                        1.1e14,
                        110.1,
                        3_250.7,
                        0.081,
                        78.0168,
                        6.3193,
                        0.00008123456789,
                        4.97,
                        profitUsd,
                        -27.1,
                        77_791.2,
                        29.52,
                        45.1));
    }
}
