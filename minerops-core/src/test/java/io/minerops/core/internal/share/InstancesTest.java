package io.minerops.core.internal.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.Lease;
import io.minerops.core.job.InstanceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InstancesTest {
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:10Z");
    private static final List<MinerAddress> MINERS = IntStream.rangeClosed(1, 200)
            .mapToObj(number -> MinerAddress.of("10.0.0." + number))
            .toList();

    private static Lease.Held member(String name, String since, String renewed) {
        return new Lease.Held(
                "instance " + name,
                name,
                1,
                Instant.parse(since),
                Instant.parse(renewed).plus(PollTurns.membership(INTERVAL)));
    }

    private static Lease.Held job(String name, String job) {
        return new Lease.Held(job, name, 4, NOW.minusSeconds(60), NOW.plusSeconds(60));
    }

    private static List<InstanceStatus> of(Lease.Held... held) {
        return Instances.of(new Lease.Table(NOW, "a", List.of(held)), INTERVAL, MINERS);
    }

    @Test
    void each_instance_has_its_share_its_jobs_and_the_time_when_it_was_last_seen() {
        List<InstanceStatus> found = of(
                job("b", "check-alerts"),
                member("b", "2026-11-20T11:00:00Z", "2026-11-20T12:00:01Z"),
                member("a", "2026-11-20T10:00:00Z", "2026-11-20T12:00:02Z"));

        assertThat(found).extracting(InstanceStatus::name).containsExactly("a", "b");
        assertThat(found).extracting(InstanceStatus::self).containsExactly(true, false);
        assertThat(found.get(0).miners() + found.get(1).miners()).isEqualTo(MINERS.size());
        assertThat(found).allMatch(instance -> instance.miners() > 50);
        assertThat(found.get(1).leases()).extracting(Lease.Held::job).containsExactly("check-alerts");
        assertThat(found.get(1).since()).isEqualTo("2026-11-20T11:00:00Z");
        assertThat(found.get(1).lastSeenAt()).isEqualTo("2026-11-20T12:00:01Z");
    }

    @Test
    void an_instance_that_has_just_joined_polls_nothing_yet() {
        List<InstanceStatus> found = of(
                member("a", "2026-11-20T10:00:00Z", "2026-11-20T12:00:02Z"),
                member("b", "2026-11-20T12:00:05Z", "2026-11-20T12:00:05Z"));

        assertThat(found).extracting(InstanceStatus::miners).containsExactly(MINERS.size(), 0);
    }

    @Test
    void an_instance_that_holds_a_job_and_polls_no_more_is_shown_without_times() {
        InstanceStatus gone = of(job("gone", "prune-history")).get(0);

        assertThat(gone.since()).isNull();
        assertThat(gone.lastSeenAt()).isNull();
        assertThat(gone.miners()).isZero();
    }
}
