package io.minerops.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.core.work.Uptime;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Model;
import io.minerops.testkit.fleet.Trouble;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What simulated miners that were stopped on purpose report over real sockets, and the uptime that follows. */
@Timeout(60)
class SimulatedStatesTest {
    private static final Duration LATER = Duration.ofHours(1);

    private final InMemoryStore store = new InMemoryStore();
    private final TestClock clock = new TestClock();
    private FleetSimulator fleet = FleetSimulator.builder().miners(1).build();
    private final MinerOps ops = MinerOps.builder()
            .store(store)
            .clock(clock)
            .pollInterval(LATER)
            .alertInterval(LATER)
            .profitabilityInterval(LATER)
            .build();

    private void start(Model model) {
        fleet = FleetSimulator.builder().miners(1).models(model).build();
        fleet.start();
        store.miners().register(fleet.addresses(), clock.instant());
    }

    @AfterEach
    void close() {
        ops.close();
        fleet.close();
    }

    private FleetSnapshot poll() {
        ops.pollNow();
        clock.advance(Duration.ofSeconds(30));
        return ops.fleet().latest();
    }

    @ParameterizedTest
    @CsvSource({
        "S19, ASLEEP, 0",
        "S21_PRO, ASLEEP, 0",
        "S19_PRO_LUXOS, ASLEEP, 0",
        "S21_VNISH, PAUSED, 0",
        "S19J_PRO_VNISH, PAUSED, 0",
        "S21_VNISH, TUNING, 0.85",
    })
    void a_state_is_read_as_the_model_reports_it(Model model, Trouble trouble, double share) {
        start(model);
        double usual = poll().value(Reading.HASHRATE_THS, 0);
        fleet.trouble(0, trouble);

        FleetSnapshot stopped = poll();

        assertThat(stopped.state(0)).isEqualTo(trouble.state());
        assertThat(stopped.value(Reading.HASHRATE_THS, 0)).isCloseTo(usual * share, within(usual * 0.05));
        fleet.heal(0);
        assertThat(poll().state(0)).isEqualTo(WorkState.MINING);
    }

    @Test
    void uptime_leaves_a_pause_out_and_availability_does_not() {
        start(Model.S21_VNISH);
        Instant since = clock.instant();
        poll();
        fleet.trouble(0, Trouble.PAUSED);
        poll();
        poll();
        fleet.trouble(0, Trouble.TUNING);
        poll();

        Miner miner = ops.fleet().all().get(0);
        Uptime uptime = ops.fleet().uptime(miner, since, clock.instant());

        assertThat(uptime).isEqualTo(new Uptime(60, 60, 0, 0, 0, 0, 0));
        assertThat(uptime.uptime()).isEqualTo(1);
        assertThat(uptime.availability()).isEqualTo(0.5);
    }

    @Test
    void a_model_that_cannot_report_a_state_is_refused() {
        start(Model.S9);

        assertThatThrownBy(() -> fleet.trouble(0, Trouble.PAUSED))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage(
                        "PAUSED shows only on a miner that reports it: S19J_PRO_VNISH, S21_VNISH; 0 is an Antminer S9 and"
                                + " does not");
    }
}
