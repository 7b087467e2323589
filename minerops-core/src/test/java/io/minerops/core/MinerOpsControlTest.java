package io.minerops.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.Event;
import io.minerops.api.EventQuery;
import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Page;
import io.minerops.api.miner.ControlAction;
import io.minerops.api.miner.ControlResult;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.core.cgminer.CgminerControl;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Model;
import io.minerops.testkit.memory.InMemoryStore;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands to simulated miners over real sockets, and what the next poll sees of them. */
@Timeout(60)
class MinerOpsControlTest {
    private static final ControlAction RESTART = new ControlAction.Restart();
    private static final Duration LATER = Duration.ofHours(1);

    private final InMemoryStore store = new InMemoryStore();
    private FleetSimulator fleet;
    private MinerOps ops;

    private MinerAddress miner(Model model, boolean obedient) {
        fleet = FleetSimulator.builder()
                .miners(1)
                .models(model)
                .obedient(obedient)
                .onPorts(InetAddress.getLoopbackAddress(), 0)
                .build();
        fleet.start();
        store.miners().register(fleet.addresses(), Instant.now());
        ops = builder().minerControl(CgminerControl.builder().build()).build();
        return fleet.addresses().get(0);
    }

    private MinerOpsBuilder builder() {
        return MinerOps.builder()
                .store(store)
                .pollInterval(LATER)
                .alertInterval(LATER)
                .profitabilityInterval(LATER);
    }

    @AfterEach
    void close() {
        if (ops != null) {
            ops.close();
        }
        if (fleet != null) {
            fleet.close();
        }
    }

    private ControlResult tell(MinerAddress miner, ControlAction action) {
        return ops.control(miner, action, "ops@example.com")
                .toCompletableFuture()
                .join();
    }

    private FleetSnapshot polled() {
        ops.pollNow();
        return store.metrics().latest();
    }

    private List<Event> events(MinerAddress miner) {
        return store.events()
                .find(new EventQuery(Event.Level.INFO, miner, null, Page.MAX_LIMIT, null))
                .items();
    }

    @Test
    void a_restart_shows_in_the_next_poll_and_is_stored_with_who_asked_for_it() {
        MinerAddress miner = miner(Model.S19_PRO, true);
        double before = polled().value(Reading.ELAPSED_S, 0);
        ControlResult result = tell(miner, RESTART);

        assertThat(result).isEqualTo(new ControlResult.Done(miner, "the mining process restarts"));
        assertThat(polled().value(Reading.ELAPSED_S, 0)).isLessThan(before).isLessThan(60);
        assertThat(events(miner)).singleElement().satisfies(event -> {
            assertThat(event.level()).isEqualTo(Event.Level.INFO);
            assertThat(event.source()).isEqualTo("miner-control");
            assertThat(event.message())
                    .isEqualTo("ops@example.com told " + miner + " to restart; done: the mining process restarts");
        });
    }

    @Test
    void another_pool_shows_in_the_next_poll() {
        MinerAddress miner = miner(Model.S9, true);
        Pool before = polled().pool(0);
        tell(miner, new ControlAction.SwitchPool(1));

        assertThat(before).isNotNull();
        assertThat(before.url()).contains("pool.example.com");
        assertThat(polled().pool(0))
                .isNotNull()
                .satisfies(pool -> assertThat(pool.url()).contains("backup.example.com"));
    }

    @Test
    void luxos_blinks_and_restarts_in_sessions_that_are_ended() {
        MinerAddress miner = miner(Model.S19_PRO_LUXOS, true);

        assertThat(tell(miner, new ControlAction.Led(true))).isInstanceOf(ControlResult.Done.class);
        assertThat(fleet.simulated(0).ledOn()).isTrue();
        assertThat(tell(miner, new ControlAction.Led(false))).isInstanceOf(ControlResult.Done.class);
        assertThat(fleet.simulated(0).ledOn()).isFalse();
        assertThat(tell(miner, RESTART)).isInstanceOf(ControlResult.Done.class);
        assertThat(fleet.simulated(0).state().elapsedS()).isLessThan(60);
    }

    @Test
    void a_refusal_is_stored_too() {
        MinerAddress miner = miner(Model.S21, false);

        assertThat(tell(miner, RESTART)).isEqualTo(new ControlResult.Denied(miner, "restart"));
        assertThat(events(miner)).singleElement().satisfies(event -> {
            assertThat(event.level()).isEqualTo(Event.Level.WARNING);
            assertThat(event.message()).contains("told " + miner + " to restart; denied");
        });
    }

    @Test
    void a_pool_that_the_miner_does_not_have_is_told_in_its_words() {
        MinerAddress miner = miner(Model.S19, true);

        assertThat(tell(miner, new ControlAction.SwitchPool(7)))
                .isInstanceOfSatisfying(
                        ControlResult.Failed.class,
                        failed -> assertThat(failed.reason()).contains("Invalid pool id 7"));
        assertThat(fleet.simulated(0).pool()).isZero();
    }

    @Test
    void a_miner_that_is_not_registered_is_told_nothing() {
        miner(Model.S19, true);

        assertThatThrownBy(() -> ops.control(MinerAddress.of("127.0.0.9"), RESTART, "somebody"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("miner must be registered: 127.0.0.9 is not");
    }

    @Test
    void who_asks_must_have_a_name_that_can_be_logged() {
        MinerAddress miner = miner(Model.S19, true);

        assertThatThrownBy(() -> ops.control(miner, RESTART, "a\nb")).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> ops.control(miner, RESTART, " ")).isInstanceOf(InvalidArgumentException.class);
        assertThat(fleet.simulated(0).state().elapsedS()).isGreaterThan(60);
    }

    @Test
    void without_a_control_nothing_can_be_told() {
        ops = builder().build();

        assertThat(ops.controls()).isFalse();
        assertThatThrownBy(() -> ops.control(MinerAddress.of("127.0.0.9"), RESTART, "somebody"))
                .isInstanceOf(IllegalStateException.class);
    }
}
