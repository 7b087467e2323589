package io.minerops.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minerops.api.miner.DeviceKey;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerClient;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.MinerReading;
import io.minerops.core.TestClock;
import io.minerops.core.discovery.DiscoveredMiner;
import io.minerops.core.discovery.Discovery;
import io.minerops.core.discovery.DiscoveryListener;
import io.minerops.core.discovery.DiscoveryOutcome;
import io.minerops.core.discovery.DiscoveryRunningException;
import io.minerops.core.discovery.DiscoverySettings;
import io.minerops.core.discovery.MinerRange;
import io.minerops.core.discovery.OneAnswer;
import io.minerops.core.discovery.Registration;
import io.minerops.core.discovery.Registration.Relocation;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DiscoveryServiceTest {
    private static final MinerAddress OLD = MinerAddress.of("10.9.9.9");
    private static final MinerAddress NEW = MinerAddress.of("10.0.0.7");
    private static final String MAC = "02:00:00:00:00:01";

    private final Map<MinerAddress, MinerReading> answers = new HashMap<>();
    private final List<MinerAddress> queried = new CopyOnWriteArrayList<>();
    private final InMemoryStore store = new InMemoryStore();
    private final DiscoveryService jobs = jobs(new MinerClient() {
        @Override
        public CompletionStage<MinerReading> read(MinerAddress miner, Duration deadline) {
            queried.add(miner);
            return CompletableFuture.completedFuture(
                    answers.getOrDefault(miner, new MinerReading.Refused(miner, "Connection refused")));
        }

        @Override
        public void close() {}
    });

    private DiscoveryService jobs(MinerClient client) {
        DiscoverySettings fast = DiscoverySettings.defaults().withConnectionsPerSecond(100_000);
        return new DiscoveryService(new Discovery(client, fast), store, new TestClock());
    }

    private void answers(MinerAddress address, String mac) {
        answers.put(
                address,
                new MinerReading.Ok(
                        MetricSample.builder(address, TestClock.START).build(),
                        new MinerIdentity("Bitmain", "S21", null, mac, null, null),
                        0,
                        List.of(),
                        Set.of()));
    }

    private DiscoveryOutcome outcome(DiscoveryJob job) {
        return job.outcome()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private DiscoveryJob discover(boolean register) {
        return jobs.start(MinerRange.parse("10.0.0.0/28"), register, DiscoveryListener.NONE);
    }

    @Test
    void what_is_found_is_registered() {
        answers(NEW, MAC);

        DiscoveryJob job = discover(true);

        assertThat(outcome(job).registration()).isEqualTo(new Registration(1, List.of()));
        assertThat(store.miners().find(NEW)).isPresent();
        assertThat(job.state()).isEqualTo(DiscoveryJob.State.DONE);
        assertThat(job.found()).extracting(DiscoveredMiner::address).containsExactly(NEW);
        assertThat(job.progress().fraction()).isEqualTo(1);
    }

    @Test
    void looking_only_changes_nothing() {
        answers(NEW, MAC);

        assertThat(outcome(discover(false)).registration()).isNull();
        assertThat(store.miners().all()).isEmpty();
    }

    @Test
    void a_device_that_moved_in_from_outside_the_range_is_requested_at_its_old_address_first() {
        store.miners()
                .put(Miner.builder(OLD, TestClock.START).mac(MAC).notes("mine").build());
        answers(NEW, MAC);

        Registration registration = outcome(discover(true)).registration();

        assertThat(queried).contains(OLD);
        assertThat(registration).isEqualTo(new Registration(0, List.of(new Relocation(OLD, NEW, DeviceKey.Kind.MAC))));
        assertThat(store.miners().find(NEW).orElseThrow().notes()).isEqualTo("mine");
    }

    @Test
    void two_devices_with_one_mac_are_two_miners_wherever_they_are() {
        store.miners()
                .put(Miner.builder(OLD, TestClock.START).mac(MAC).notes("mine").build());
        answers(OLD, MAC);
        answers(NEW, MAC);

        Registration registration = outcome(discover(true)).registration();

        assertThat(registration).isEqualTo(new Registration(1, List.of()));
        assertThat(store.miners().find(OLD).orElseThrow().notes()).isEqualTo("mine");
        assertThat(store.miners().find(NEW)).isPresent();
    }

    @Test
    void a_cancelled_job_changes_nothing() {
        CompletableFuture<MinerReading> never = new CompletableFuture<>();
        DiscoveryService slow = jobs(new OneAnswer(never));
        DiscoveryJob job = slow.start(MinerRange.parse("10.0.0.7"), true, DiscoveryListener.NONE);
        assertThat(job.state()).isEqualTo(DiscoveryJob.State.RUNNING);

        job.cancel();

        assertThat(outcome(job).registration()).isNull();
        assertThat(job.state()).isEqualTo(DiscoveryJob.State.CANCELLED);
        assertThat(store.miners().all()).isEmpty();
    }

    @Test
    void one_runs_at_a_time_and_closing_ends_it() {
        DiscoveryService slow = jobs(new OneAnswer(new CompletableFuture<>()));
        DiscoveryJob job = slow.start(MinerRange.parse("10.0.0.7"), true, DiscoveryListener.NONE);

        assertThatExceptionOfType(DiscoveryRunningException.class)
                .isThrownBy(() -> slow.start(MinerRange.parse("10.0.0.7"), true, DiscoveryListener.NONE));

        slow.close();
        assertThat(outcome(job).report().cancelled()).isTrue();
    }

    @Test
    void a_store_that_cannot_be_written_fails_the_job_and_no_later_one() {
        answers(NEW, MAC);
        store.close();

        DiscoveryJob job = discover(true);

        assertThat(job.outcome().toCompletableFuture()).failsWithin(Duration.ofSeconds(10));
        assertThat(job.state()).isEqualTo(DiscoveryJob.State.FAILED);
        assertThat(job.failure()).isEqualTo("the store in memory is closed");
        assertThat(outcome(discover(false)).report().found()).hasSize(1);
    }

    @Test
    void only_the_last_are_remembered() {
        for (int number = 1; number <= DiscoveryService.KEPT + 3; number++) {
            outcome(discover(false));
        }

        assertThat(jobs.all()).hasSize(DiscoveryService.KEPT);
        assertThat(jobs.all().get(0).id()).isEqualTo(DiscoveryService.KEPT + 3);
        assertThat(jobs.find(1)).isEmpty();
        assertThat(jobs.find(DiscoveryService.KEPT)).isPresent();
    }
}
