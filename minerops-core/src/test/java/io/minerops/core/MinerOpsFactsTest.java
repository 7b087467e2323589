package io.minerops.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Silence;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.miner.ControlAction;
import io.minerops.api.miner.Fact;
import io.minerops.api.miner.FactKind;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.AlertQuery;
import io.minerops.api.store.FactQuery;
import io.minerops.core.device.CgminerControl;
import io.minerops.core.job.AlertReport;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Model;
import io.minerops.testkit.fleet.Trouble;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens to simulated miners over real sockets, as facts with dates and as alerts. */
@Timeout(60)
class MinerOpsFactsTest {
    private static final Duration LATER = Duration.ofHours(1);

    private final InMemoryStore store = new InMemoryStore();
    private final TestClock clock = new TestClock();
    private final FleetSimulator fleet = FleetSimulator.builder()
            .miners(2)
            .models(Model.S21_PRO)
            .obedient(true)
            .build();
    private final MinerAddress miner = start();
    private final MinerOps ops = MinerOps.builder()
            .store(store)
            .clock(clock)
            .pollInterval(LATER)
            .alertInterval(LATER)
            .profitabilityInterval(LATER)
            .minerControl(CgminerControl.builder().build())
            .build();

    private MinerAddress start() {
        fleet.start();
        store.miners().register(fleet.addresses(), clock.instant());
        return fleet.addresses().get(0);
    }

    @AfterEach
    void close() {
        ops.close();
        fleet.close();
    }

    private void rule(RuleType type, Map<String, Double> thresholds, Map<String, List<String>> options) {
        AlertRule unused = ops.rules()
                .create(AlertRule.builder("the rule", type)
                        .thresholds(Thresholds.of(thresholds))
                        .options(options)
                        .cooldown(Duration.ZERO)
                        .build());
    }

    /** A poll and a check, a minute after the last. */
    private AlertReport watch() {
        clock.advance(Duration.ofMinutes(1));
        ops.pollNow();
        return ops.checkAlertsNow();
    }

    private List<String> raised(AlertReport report) {
        return report.raised().stream().map(Alert::message).toList();
    }

    private List<Fact> facts(FactKind kind) {
        return ops.fleet()
                .facts(new FactQuery(miner, Set.of(kind), null, null, 100, null))
                .items();
    }

    @Test
    void a_swapped_board_raises_and_ends_when_the_old_one_is_back() {
        rule(RuleType.CHANGED, Map.of(), Map.of());
        assertThat(raised(watch())).isEmpty();

        fleet.trouble(0, Trouble.SWAPPED_BOARD);
        assertThat(raised(watch()))
                .containsExactly("Changed without announcement: serial number of the board of slot 2 from SIMB2000000"
                        + " to SIMX2000000");
        assertThat(raised(watch())).isEmpty();
        fleet.heal(0);
        assertThat(watch().resolved()).extracting(Alert::status).containsExactly(AlertStatus.AUTO_RESOLVED);

        assertThat(facts(FactKind.BOARD_SERIAL))
                .filteredOn(fact -> Integer.valueOf(2).equals(fact.slot()))
                .extracting(Fact::value)
                .containsExactly("SIMB2000000", "SIMX2000000", "SIMB2000000");
    }

    @Test
    void a_hijacked_pool_raises_until_it_is_acknowledged_and_then_no_more() {
        rule(RuleType.CHANGED, Map.of(), Map.of("facts", List.of("pool")));
        watch();
        fleet.trouble(0, Trouble.HIJACKED_POOL);

        assertThat(raised(watch()))
                .containsExactly("Changed without announcement: pool from stratum+tcp://pool.example.com:3333"
                        + " to stratum+tcp://thief.example.net:3333");
        Alert alert = ops.alerts().find(AlertQuery.newest(1)).items().get(0);
        ops.alerts().acknowledge(alert.id(), "nina");

        assertThat(ops.alerts().find(alert.id()).orElseThrow())
                .extracting(Alert::status, Alert::acknowledgedBy)
                .containsExactly(AlertStatus.RESOLVED, "nina");
        assertThat(facts(FactKind.POOL).get(0).announced()).isTrue();
        assertThat(raised(watch())).isEmpty();
        fleet.heal(0);
        assertThat(raised(watch())).hasSize(1);
    }

    @Test
    void a_firmware_downgrade_raises_and_the_upgrade_back_ends_it() {
        rule(RuleType.CHANGED, Map.of(), Map.of("facts", List.of("firmware_downgrade")));
        watch();
        fleet.trouble(0, Trouble.OLD_FIRMWARE);

        assertThat(raised(watch()))
                .containsExactly("Changed without announcement: firmware from uart_trans.1.3 to uart_trans.1.2");
        fleet.heal(0);
        assertThat(watch().resolved()).hasSize(1);
    }

    @Test
    void what_a_silence_announced_raises_nothing_and_is_recorded_as_announced() {
        rule(RuleType.CHANGED, Map.of(), Map.of());
        watch();
        Instant now = clock.instant();
        Silence unused = ops.silences()
                .create(Silence.builder(now, now.plus(Duration.ofHours(1)))
                        .miner(miner)
                        .build());
        fleet.trouble(0, Trouble.SWAPPED_BOARD);

        assertThat(raised(watch())).isEmpty();
        assertThat(facts(FactKind.BOARD_SERIAL).get(0).announced()).isTrue();
    }

    @Test
    void a_switch_of_the_pool_through_minerops_raises_nothing() {
        rule(RuleType.CHANGED, Map.of(), Map.of());
        watch();
        String before = facts(FactKind.POOL).get(0).value();
        assertThat(ops.control(miner, new ControlAction.SwitchPool(1), "nina")
                        .toCompletableFuture()
                        .join()
                        .describe())
                .isNotEmpty();

        AlertReport report = watch();

        assertThat(facts(FactKind.POOL).get(0).value()).isNotEqualTo(before);
        assertThat(raised(report)).isEmpty();
    }

    @Test
    void a_fault_is_stored_with_start_and_end_and_raises_where_it_returns() {
        rule(RuleType.DEVICE_FAULT, Map.of("min_times", 2.0, "window_hours", 1.0), Map.of());
        watch();
        fleet.trouble(0, Trouble.FAULT);
        assertThat(raised(watch())).isEmpty();
        Instant began = clock.instant();
        fleet.heal(0);
        assertThat(raised(watch())).isEmpty();
        Instant ended = clock.instant();

        assertThat(facts(FactKind.FAULT))
                .singleElement()
                .extracting(Fact::value, Fact::message, Fact::from, Fact::until)
                .containsExactly("1042", "fans: fan lost", began, ended);
        fleet.trouble(0, Trouble.FAULT);
        assertThat(raised(watch())).containsExactly("Faults within 1 h: 2 beginnings: 1042 (fans: fan lost)");
    }

    @Test
    void a_miner_that_is_removed_and_comes_back_with_another_board_raises_nothing() {
        rule(RuleType.CHANGED, Map.of(), Map.of());
        watch();
        assertThat(ops.fleet().remove(miner)).isTrue();
        assertThat(facts(FactKind.POOL)).extracting(Fact::until).doesNotContainNull();
        fleet.trouble(0, Trouble.SWAPPED_BOARD);
        clock.advance(Duration.ofSeconds(1));
        assertThat(ops.fleet().register(List.of(miner))).isEqualTo(1);

        assertThat(raised(watch())).isEmpty();
        assertThat(facts(FactKind.BOARD_SERIAL).get(0).isChange()).isFalse();
    }
}
