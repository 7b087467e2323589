package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.store.Lease;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Lease} must do for one instance; one that instances share must do {@link SharedLeaseContract} too. */
public abstract class LeaseContract {
    static final Duration TTL = Duration.ofMinutes(1);

    private Lease lease;

    /** For subclasses. */
    protected LeaseContract() {}

    /** A lease that no instance holds yet. */
    protected abstract Lease lease();

    @BeforeEach
    public final void openLease() {
        lease = lease();
    }

    @Test
    public void a_free_lease_is_granted() {
        assertThat(lease.acquire("poll", TTL)).isPresent();
    }

    @Test
    public void its_holder_is_granted_it_again_under_the_same_token() {
        OptionalLong first = lease.acquire("poll", TTL);

        assertThat(lease.acquire("poll", TTL)).isEqualTo(first);
    }

    @Test
    public void each_job_has_a_lease_of_its_own() {
        lease.acquire("poll", TTL);

        assertThat(lease.acquire("prune", TTL)).isPresent();
    }

    @Test
    public void a_lease_that_is_not_held_may_be_released() {
        lease.release("poll");

        assertThat(lease.acquire("poll", TTL)).isPresent();
    }

    @Test
    public void a_released_lease_is_granted_again() {
        lease.acquire("poll", TTL);
        lease.release("poll");

        assertThat(lease.acquire("poll", TTL)).isPresent();
    }
}
