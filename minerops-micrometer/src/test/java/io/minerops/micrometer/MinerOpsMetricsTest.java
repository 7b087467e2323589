package io.minerops.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.core.MinerOps;
import io.minerops.core.discovery.MinerRange;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Trouble;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The meters in a registry that is not Prometheus's, over a simulated fleet of which one miner hashes nothing. */
class MinerOpsMetricsTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final FleetSimulator fleet =
            FleetSimulator.builder().miners(3).seed(7).build();
    private MinerOps ops;
    private MinerOpsMetrics metrics;

    @BeforeEach
    void start() {
        fleet.start();
        ops = MinerOps.builder()
                .store(new InMemoryStore())
                .miners(MinerRange.parse(fleet.range()))
                .build();
        metrics = new MinerOpsMetrics(ops);
    }

    @AfterEach
    void stop() {
        ops.close();
        fleet.close();
    }

    private double gauge(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    private AlertRule pollWithAlert() {
        AlertRule rule = ops.store()
                .rules()
                .create(AlertRule.builder("Offline", RuleType.OFFLINE).build(), Instant.now());
        ops.pollNow();
        return rule;
    }

    @Test
    void a_registry_of_any_kind_shows_the_fleet() {
        metrics.bindTo(registry);
        assertThat(gauge("minerops.last.poll.answered")).isNaN();

        fleet.trouble(1, Trouble.GONE);
        MinerOpsMetrics later = new MinerOpsMetrics(ops, Tags.of("site", "later"));
        ops.pollNow();
        later.bindTo(registry);

        assertThat(gauge("minerops.last.poll.answered", "site", "later")).isEqualTo(2);
        assertThat(gauge("minerops.miners.online", "site", "later")).isEqualTo(2);
        assertThat(gauge("minerops.hashrate", "site", "later")).isGreaterThan(1e12);
    }

    @Test
    void checks_and_what_rules_did_are_counted_from_the_binding_on() {
        pollWithAlert();
        ops.checkAlertsNow();
        metrics.bindTo(registry);

        ops.checkAlertsNow();
        ops.checkAlertsNow();

        assertThat(registry.get("minerops.alert.check.duration").timer().count())
                .isEqualTo(2);
        assertThat(registry.get("minerops.alert.rule.evaluation")
                        .tags("rule", "Offline")
                        .timer()
                        .count())
                .isEqualTo(2);
        assertThat(gauge("minerops.alert.rule.covered", "rule", "Offline")).isEqualTo(3);
        assertThat(registry.get("minerops.job.runs")
                        .tags("job_name", "check-alerts")
                        .functionCounter()
                        .count())
                .isEqualTo(3);
        assertThat(count("minerops.alert.transitions", "transition", "raised")).isZero();
    }

    @Test
    void a_rule_that_is_deleted_leaves_no_meter_behind() {
        AlertRule rule = pollWithAlert();
        metrics.bindTo(registry);
        ops.checkAlertsNow();
        assertThat(registry.find("minerops.alert.rule.open").meters()).hasSize(1);

        ops.store().rules().delete(rule.id());
        ops.checkAlertsNow();

        assertThat(registry.find("minerops.alert.rule.open").meters()).isEmpty();
    }

    @Test
    void closing_removes_every_meter_and_later_checks_add_none() {
        pollWithAlert();
        metrics.bindTo(registry);
        ops.checkAlertsNow();
        assertThat(registry.getMeters()).hasSizeGreaterThan(40);

        metrics.close();
        ops.checkAlertsNow();

        assertThat(registry.getMeters()).isEmpty();
        assertThatIllegalStateException().isThrownBy(() -> metrics.bindTo(registry));
    }
}
