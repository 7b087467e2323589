package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.StaleFenceException;
import io.minerops.api.event.Event;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.store.EventQuery;
import io.minerops.api.store.Lease;
import io.minerops.api.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a store that instances share refuses writes under leases that no longer hold. */
public abstract class FencingContract {
    private static final Duration TTL = Duration.ofMinutes(1);
    private static final String JOB = "check-alerts";

    private Store one;
    private Store other;

    /** For subclasses. */
    protected FencingContract() {}

    /** A store without data, as the instance {@code one} has it. */
    protected abstract Store openEmptyStore();

    /** The same store as the instance {@code other} has it. */
    protected abstract Store another();

    /** Lets time pass by the clock of the store. */
    protected abstract void pass(Duration time);

    @BeforeEach
    public final void openBoth() {
        one = openEmptyStore();
        other = another();
    }

    private Lease.Fence granted(Store store) {
        return new Lease.Fence(JOB, store.lease().acquire(JOB, TTL).orElseThrow());
    }

    private static void record(Store store) {
        store.events()
                .record(Event.of(Instant.parse("2026-11-20T12:00:00Z"), Event.Level.INFO, "test", null, "written"));
    }

    private List<Event> events() {
        return other.events()
                .find(new EventQuery(Event.Level.INFO, null, null, 10, null))
                .items();
    }

    private static void append(Store store) {
        MinerAddress miner = MinerAddress.of("10.0.0.1");
        Instant at = Instant.parse("2026-11-20T12:00:00Z");
        store.metrics()
                .append(new Poll(at, List.of(MetricSample.builder(miner, at).build()), Map.of()));
    }

    @Test
    public void a_write_under_a_lease_that_holds_is_stored() {
        one.lease().fenced(granted(one), () -> record(one));

        assertThat(events()).hasSize(1);
    }

    @Test
    public void an_event_under_a_lease_that_ran_out_is_refused() {
        Lease.Fence fence = granted(one);
        pass(TTL.plusMillis(1));

        assertThatThrownBy(() -> one.lease().fenced(fence, () -> record(one)))
                .isInstanceOf(StaleFenceException.class)
                .hasMessageContaining(JOB);
        assertThat(events()).isEmpty();
    }

    @Test
    public void a_poll_under_a_lease_that_went_to_another_instance_is_refused() {
        Lease.Fence fence = granted(one);
        one.lease().release(JOB);
        granted(other);

        assertThatThrownBy(() -> one.lease().fenced(fence, () -> append(one))).isInstanceOf(StaleFenceException.class);
        assertThat(other.miners().all()).isEmpty();
    }

    @Test
    public void a_lease_that_its_instance_got_again_does_not_renew_the_earlier_one() {
        Lease.Fence fence = granted(one);
        pass(TTL.plusMillis(1));
        Lease.Fence next = granted(one);

        assertThatThrownBy(() -> one.lease().fenced(fence, () -> record(one))).isInstanceOf(StaleFenceException.class);
        one.lease().fenced(next, () -> record(one));
        assertThat(events()).hasSize(1);
    }

    @Test
    public void a_lease_that_is_renewed_meanwhile_goes_on_under_its_token() {
        Lease.Fence fence = granted(one);
        pass(TTL.dividedBy(2));
        granted(one);
        pass(TTL.dividedBy(2).plusMillis(1));

        one.lease().fenced(fence, () -> record(one));
        assertThat(events()).hasSize(1);
    }

    @Test
    public void the_fence_ends_with_its_work_even_where_that_fails() {
        Lease.Fence fence = granted(one);
        pass(TTL.plusMillis(1));
        assertThatThrownBy(() -> one.lease().fenced(fence, () -> record(one))).isInstanceOf(StaleFenceException.class);

        record(one);
        assertThat(events()).hasSize(1);
    }

    @Test
    public void every_instance_sees_who_holds_what_and_itself() {
        Lease.Fence first = granted(one);
        other.lease().acquire("prune", TTL);

        Lease.Table table = other.lease().table().orElseThrow();
        assertThat(table.self()).isNotEqualTo(one.lease().table().orElseThrow().self());
        assertThat(table.held()).extracting(Lease.Held::job).containsExactly(JOB, "prune");
        Lease.Held held = table.held().get(0);
        assertThat(held.token()).isEqualTo(first.token());
        assertThat(held.holder()).isEqualTo(one.lease().table().orElseThrow().self());
        assertThat(held.since()).isBeforeOrEqualTo(table.now());
        assertThat(held.until()).isAfter(table.now());
    }

    @Test
    public void a_lease_that_ran_out_is_not_listed() {
        granted(one);
        pass(TTL.plusMillis(1));

        assertThat(other.lease().table().orElseThrow().held()).isEmpty();
    }
}
