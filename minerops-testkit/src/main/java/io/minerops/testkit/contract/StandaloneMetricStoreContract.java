package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.store.HistoryQuery;
import io.minerops.api.store.MinerStore;
import io.minerops.api.store.StandaloneMetricStore;
import io.minerops.api.store.Store;
import io.minerops.testkit.memory.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every {@link StandaloneMetricStore} must do: what {@link MetricStoreContract} says, beside a store in memory, and
 * moving and forgetting of its own. {@link PollHistoryContract}, {@link ReaddressContract} and
 * {@link ClosedStoreContract} hold for it as well, with a store that
 * {@link Store#withMetrics} combines.
 */
public abstract class StandaloneMetricStoreContract extends MetricStoreContract {
    @SuppressWarnings("NullAway.Init") // set before each test, as the store is
    private StandaloneMetricStore metrics;

    /** For subclasses. */
    protected StandaloneMetricStoreContract() {}

    /** A new, empty store; closed after the test. */
    protected abstract StandaloneMetricStore openEmptyMetrics() throws Exception;

    @Override
    protected final Store openEmptyStore() throws Exception {
        metrics = openEmptyMetrics();
        return new InMemoryStore().withMetrics(metrics);
    }

    private List<String> historyOf(MinerAddress miner) {
        List<String> found = new ArrayList<>();
        metrics.history(
                new HistoryQuery(miner, START, minute(60), null, 100),
                (at, sample) -> found.add(sample.miner() + " " + at));
        return found;
    }

    private double latestThs(MinerAddress miner) {
        FleetSnapshot latest = metrics.latest();
        return latest.hashrateThs(latest.row(miner));
    }

    @Test
    public void a_new_store_has_applied_no_move() {
        assertThat(metrics.lastMove()).isZero();
    }

    @Test
    public void a_move_exchanges_the_latest_and_the_past_of_two_addresses() {
        metrics.append(Poll.of(minute(0), List.of(sample(MINER, minute(0), 100), sample(OTHER, minute(0), 90))));
        metrics.append(Poll.of(minute(1), List.of(sample(MINER, minute(1), 101))));

        metrics.move(new MinerStore.Move(7, MINER, OTHER));

        assertThat(historyOf(OTHER)).containsExactly(OTHER + " " + minute(0), OTHER + " " + minute(1));
        assertThat(historyOf(MINER)).containsExactly(MINER + " " + minute(0));
        assertThat(latestThs(OTHER)).isEqualTo(101, within(0.01));
        assertThat(latestThs(MINER)).isEqualTo(90, within(0.01));
        assertThat(metrics.lastMove()).isEqualTo(7);
    }

    @Test
    public void a_move_to_a_free_address_leaves_nothing_behind() {
        metrics.append(Poll.of(minute(0), List.of(sample(MINER, minute(0), 100))));

        metrics.move(new MinerStore.Move(1, MINER, OTHER));

        assertThat(historyOf(MINER)).isEmpty();
        assertThat(metrics.latest().row(MINER)).isNegative();
        assertThat(latestThs(OTHER)).isEqualTo(100, within(0.01));
    }

    @Test
    public void a_move_that_is_applied_already_changes_nothing() {
        metrics.append(Poll.of(minute(0), List.of(sample(MINER, minute(0), 100))));
        metrics.move(new MinerStore.Move(7, MINER, OTHER));

        metrics.move(new MinerStore.Move(7, MINER, OTHER));
        metrics.move(new MinerStore.Move(6, OTHER, MINER));

        assertThat(historyOf(OTHER)).hasSize(1);
        assertThat(historyOf(MINER)).isEmpty();
        assertThat(metrics.lastMove()).isEqualTo(7);
    }

    @Test
    public void a_move_of_miners_that_were_never_polled_is_remembered_too() {
        metrics.move(new MinerStore.Move(3, MINER, OTHER));

        assertThat(metrics.lastMove()).isEqualTo(3);
        assertThat(metrics.latest().row(MINER)).isNegative();
        assertThat(metrics.latest().row(OTHER)).isNegative();
    }

    @Test
    public void forgetting_drops_the_latest_and_keeps_the_history() {
        metrics.append(Poll.of(minute(0), List.of(sample(MINER, minute(0), 100), sample(OTHER, minute(0), 90))));

        metrics.forget(MINER);
        metrics.forget(MINER);

        assertThat(metrics.latest().row(MINER)).isNegative();
        assertThat(latestThs(OTHER)).isEqualTo(90, within(0.01));
        assertThat(historyOf(MINER)).hasSize(1);
    }

    @Test
    public void a_removed_miner_that_is_registered_again_has_no_sample_before_it_answers() {
        poll(minute(0), sample(MINER, minute(0), 100));
        store.miners().remove(MINER);

        store.miners().register(List.of(MINER), minute(1));

        assertThat(store.metrics().latest().hasSample(0)).isFalse();
    }
}
