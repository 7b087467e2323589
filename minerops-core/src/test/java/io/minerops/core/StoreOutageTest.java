package io.minerops.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.AlertQuery;
import io.minerops.core.discovery.MinerRange;
import io.minerops.core.health.Health.ComponentHealth;
import io.minerops.core.job.FaultyStore;
import io.minerops.core.job.Job;
import io.minerops.core.job.ScriptedClient;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is shown of a fleet and what is stored of it when the store fails for some polls. */
class StoreOutageTest {
    private static final MinerAddress MINER = MinerAddress.of("10.0.0.1");
    private static final double LIMIT_C = 90;

    private final TestClock clock = new TestClock();
    private final InMemoryStore store = new InMemoryStore();
    private final AtomicBoolean full = new AtomicBoolean();
    private final ScriptedClient client = new ScriptedClient();

    @SuppressWarnings("NullAway.Init") // built before each test
    private MinerOps ops;

    @BeforeEach
    void build() {
        ops = leavingOut();
    }

    private MinerOps leavingOut(Job... jobs) {
        return MinerOps.builder()
                .store(FaultyStore.full(store, full))
                .minerClient(client)
                .miners(MinerRange.of(List.of(MINER)))
                .clock(clock)
                .without(jobs)
                .build();
    }

    @AfterEach
    void close() {
        ops.close();
    }

    private Instant poll(double temperature) {
        clock.advance(Duration.ofSeconds(30));
        MetricSample sample = MetricSample.builder(MINER, clock.instant())
                .set(Reading.HASHRATE_THS, 100)
                .set(Reading.AVG_TEMP_C, temperature)
                .build();
        client.answers(MINER, ScriptedClient.ok(sample));
        return ops.pollNow().at();
    }

    private void watchTemperature() {
        AlertRule rule = AlertRule.builder("hot", RuleType.TEMP)
                .thresholds(Thresholds.of("temp_c", LIMIT_C))
                .build();
        store.rules().create(rule, clock.instant());
    }

    @Test
    void polling_goes_on_and_readiness_says_what_waits() {
        poll(60);
        full.set(true);

        Instant second = poll(61);

        assertThat(ops.fleet().latest().value(Reading.AVG_TEMP_C, 0)).isEqualTo(61);
        assertThat(ops.fleet().latest().epochMillis(0)).isEqualTo(second.toEpochMilli());
        assertThat(ops.health().components())
                .filteredOn(component -> !component.ok())
                .extracting(ComponentHealth::name)
                .containsExactly("poll-buffer");
    }

    @Test
    void an_alert_that_came_and_went_meanwhile_is_raised_and_resolved_at_its_times() {
        watchTemperature();
        poll(60);
        full.set(true);
        Instant hot = poll(95);
        Instant cool = poll(60);
        full.set(false);

        poll(60);

        List<Alert> alerts = store.alerts()
                .find(new AlertQuery(Set.of(), Set.of(), null, null, null, 10, null))
                .items();
        assertThat(alerts).singleElement().satisfies(alert -> {
            assertThat(alert.status()).isNotEqualTo(AlertStatus.ACTIVE);
            assertThat(alert.createdAt()).isEqualTo(hot);
            assertThat(alert.resolvedAt()).isEqualTo(cool);
        });
    }

    @Test
    void alerts_are_not_checked_late_where_they_are_not_checked_here() {
        ops = leavingOut(Job.CHECK_ALERTS);
        watchTemperature();
        poll(60);
        full.set(true);
        poll(95);
        full.set(false);

        poll(95);

        assertThat(store.alerts()
                        .find(new AlertQuery(Set.of(), Set.of(), null, null, null, 10, null))
                        .items())
                .isEmpty();
    }
}
