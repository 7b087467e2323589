package io.minerops.core.internal.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.store.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MembersTest {
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final Instant POLL = Instant.parse("2026-11-20T12:00:00Z");

    private static Lease.Held member(String name, int since, int until) {
        return new Lease.Held(Members.lease(name), name, 1, POLL.plusSeconds(since), POLL.plusSeconds(until));
    }

    private static List<String> sharing(Lease.Held... held) {
        return Members.sharing(new Lease.Table(POLL.plusSeconds(1), "a", List.of(held)), POLL, INTERVAL);
    }

    @Test
    void an_instance_that_joined_in_the_last_interval_does_not_share_yet() {
        assertThat(sharing(member("a", -300, 60), member("b", -29, 60))).containsExactly("a");
        assertThat(sharing(member("a", -300, 60), member("b", -30, 60))).containsExactly("a", "b");
    }

    @Test
    void an_instance_whose_membership_ends_within_the_interval_no_longer_shares() {
        assertThat(sharing(member("a", -300, 60), member("b", -300, 29))).containsExactly("a");
        assertThat(sharing(member("a", -300, 60), member("b", -300, 30))).containsExactly("a", "b");
    }

    @Test
    void where_all_have_just_joined_the_oldest_is_alone() {
        assertThat(sharing(member("a", -3, 60), member("b", -5, 60))).containsExactly("b");
    }

    @Test
    void an_instance_that_joined_after_the_time_of_the_poll_is_not_alone_either() {
        assertThat(sharing(member("a", 1, 61))).isEmpty();
    }

    @Test
    void leases_of_jobs_are_no_members() {
        assertThat(sharing(new Lease.Held("check-alerts", "a", 1, POLL.minusSeconds(300), POLL.plusSeconds(60))))
                .isEmpty();
    }
}
