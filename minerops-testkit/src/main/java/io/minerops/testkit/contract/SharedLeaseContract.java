package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.store.Lease;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a {@link Lease} must do that many instances share. */
public abstract class SharedLeaseContract extends LeaseContract {
    private Lease one;
    private Lease other;

    /** For subclasses. */
    protected SharedLeaseContract() {}

    /** The lease of another instance, on the same database as {@link #lease()} of this test. */
    protected abstract Lease another();

    /** Lets time pass for both instances. */
    protected abstract void pass(Duration time);

    @BeforeEach
    public final void openBoth() {
        one = lease();
        other = another();
    }

    @Test
    public void while_one_instance_holds_it_no_other_is_granted_it() {
        one.acquire("poll", TTL);

        assertThat(other.acquire("poll", TTL)).isEmpty();
        assertThat(other.acquire("prune", TTL)).isPresent();
    }

    @Test
    public void a_new_holder_gets_a_larger_token() {
        long first = one.acquire("poll", TTL).orElseThrow();
        one.release("poll");
        long second = other.acquire("poll", TTL).orElseThrow();
        other.release("poll");

        assertThat(second).isGreaterThan(first);
        assertThat(one.acquire("poll", TTL).orElseThrow()).isGreaterThan(second);
    }

    @Test
    public void a_lease_that_ran_out_is_granted_to_another() {
        one.acquire("poll", TTL);
        pass(TTL.plusMillis(1));

        assertThat(other.acquire("poll", TTL)).isPresent();
        assertThat(one.acquire("poll", TTL)).isEmpty();
    }

    @Test
    public void a_holder_that_renews_in_time_keeps_it() {
        one.acquire("poll", TTL);
        pass(TTL.dividedBy(2));
        one.acquire("poll", TTL);
        pass(TTL.dividedBy(2).plusMillis(1));

        assertThat(other.acquire("poll", TTL)).isEmpty();
    }

    @Test
    public void an_instance_cannot_release_what_another_holds() {
        one.acquire("poll", TTL);
        other.release("poll");

        assertThat(other.acquire("poll", TTL)).isEmpty();
    }
}
