package io.minerops.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Page;
import io.minerops.api.event.Event;
import io.minerops.api.miner.ControlAction;
import io.minerops.api.miner.ControlResult;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.EventQuery;
import io.minerops.core.device.CgminerControl;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Model;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
    private final List<AutoCloseable> open = new ArrayList<>();

    /** One miner and the library that watches it. */
    private record Site(FleetSimulator fleet, MinerOps ops) {
        MinerAddress miner() {
            return fleet.addresses().get(0);
        }

        ControlResult announce(ControlAction action) {
            return ops.control(miner(), action, "ops@example.com")
                    .toCompletableFuture()
                    .join();
        }

        FleetSnapshot polled() {
            ops.pollNow();
            return ops.store().metrics().latest();
        }
    }

    private Site site(Model model, boolean obedient) {
        FleetSimulator fleet = FleetSimulator.builder()
                .miners(1)
                .models(model)
                .obedient(obedient)
                .build();
        open.add(fleet);
        fleet.start();
        store.miners().register(fleet.addresses(), Instant.now());
        MinerOps ops = builder().minerControl(CgminerControl.builder().build()).build();
        open.add(ops);
        return new Site(fleet, ops);
    }

    private MinerOpsBuilder builder() {
        return MinerOps.builder()
                .store(store)
                .pollInterval(LATER)
                .alertInterval(LATER)
                .profitabilityInterval(LATER);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable part : open) {
            part.close();
        }
    }

    private List<Event> events(MinerAddress miner) {
        return store.events()
                .find(new EventQuery(Event.Level.INFO, miner, null, Page.MAX_LIMIT, null))
                .items();
    }

    @Test
    void a_restart_shows_in_the_next_poll_and_is_stored_with_who_requested_it() {
        Site site = site(Model.S19_PRO, true);
        double before = site.polled().value(Reading.ELAPSED_S, 0);
        ControlResult result = site.announce(RESTART);

        assertThat(result).isEqualTo(new ControlResult.Done(site.miner(), "the mining process restarts"));
        assertThat(site.polled().value(Reading.ELAPSED_S, 0)).isLessThan(before).isLessThan(60);
        assertThat(events(site.miner())).singleElement().satisfies(event -> {
            assertThat(event.level()).isEqualTo(Event.Level.INFO);
            assertThat(event.source()).isEqualTo("miner-control");
            assertThat(event.message())
                    .isEqualTo("ops@example.com commanded " + site.miner()
                            + " to restart; done: the mining process restarts");
        });
    }

    @Test
    void another_pool_shows_in_the_next_poll() {
        Site site = site(Model.S9, true);
        Pool before = site.polled().pool(0);
        site.announce(new ControlAction.SwitchPool(1));

        assertThat(before).hasToString("Pool[url=stratum+tcp://pool.example.com:3333, worker=simulated.0]");
        assertThat(site.polled().pool(0))
                .hasToString("Pool[url=stratum+tcp://backup.example.com:3333, worker=simulated.0]");
    }

    @Test
    void luxos_blinks_and_restarts_in_sessions_that_are_ended() {
        Site site = site(Model.S19_PRO_LUXOS, true);

        assertThat(site.announce(new ControlAction.Led(true))).isInstanceOf(ControlResult.Done.class);
        assertThat(site.fleet().simulated(0).ledOn()).isTrue();
        assertThat(site.announce(new ControlAction.Led(false))).isInstanceOf(ControlResult.Done.class);
        assertThat(site.fleet().simulated(0).ledOn()).isFalse();
        assertThat(site.announce(RESTART)).isInstanceOf(ControlResult.Done.class);
        assertThat(site.fleet().simulated(0).state().elapsedS()).isLessThan(60);
    }

    @Test
    void a_refusal_is_stored_too() {
        Site site = site(Model.S21, false);

        assertThat(site.announce(RESTART)).isEqualTo(new ControlResult.Denied(site.miner(), "restart"));
        assertThat(events(site.miner())).singleElement().satisfies(event -> {
            assertThat(event.level()).isEqualTo(Event.Level.WARNING);
            assertThat(event.message()).contains("commanded " + site.miner() + " to restart; denied");
        });
    }

    @Test
    void a_pool_that_the_miner_does_not_have_is_reported_in_its_words() {
        Site site = site(Model.S19, true);

        assertThat(site.announce(new ControlAction.SwitchPool(7)))
                .isInstanceOfSatisfying(
                        ControlResult.Failed.class,
                        failed -> assertThat(failed.reason()).contains("Invalid pool id 7"));
        assertThat(site.fleet().simulated(0).pool()).isZero();
    }

    @Test
    void an_unregistered_miner_gets_no_command() {
        Site site = site(Model.S19, true);

        assertThatThrownBy(() -> site.ops().control(MinerAddress.of("127.0.0.9"), RESTART, "somebody"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("miner must be registered: 127.0.0.9 is not");
    }

    @Test
    void the_user_must_have_a_name_that_can_be_logged() {
        Site site = site(Model.S19, true);

        assertThatThrownBy(() -> site.ops().control(site.miner(), RESTART, "a\nb"))
                .isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> site.ops().control(site.miner(), RESTART, " "))
                .isInstanceOf(InvalidArgumentException.class);
        assertThat(site.fleet().simulated(0).state().elapsedS()).isGreaterThan(60);
    }

    @Test
    void without_a_control_no_command_is_possible() {
        MinerOps ops = builder().build();
        open.add(ops);

        assertThat(ops.controls()).isFalse();
        assertThatThrownBy(() -> ops.control(MinerAddress.of("127.0.0.9"), RESTART, "somebody"))
                .isInstanceOf(IllegalStateException.class);
    }
}
