package io.minerops.core.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.event.Event;
import io.minerops.api.miner.DeviceKey;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.store.EventQuery;
import io.minerops.core.TestClock;
import io.minerops.core.discovery.Registration;
import io.minerops.core.discovery.Registration.Relocation;
import io.minerops.testkit.memory.InMemoryStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistrarTest {
    private static final MinerAddress OLD = MinerAddress.of("10.0.0.1");
    private static final MinerAddress NEW = MinerAddress.of("10.0.0.9");
    private static final MinerIdentity DEVICE =
            new MinerIdentity("Bitmain", "Antminer S21", "2024.1", "02:00:00:00:00:01", "antminer", "SN-0815-77");
    private static final MinerIdentity STRANGER =
            new MinerIdentity("Bitmain", "Antminer S19", null, "02:00:00:00:00:02", null, null);

    private final InMemoryStore store = new InMemoryStore();
    private final Registrar registrar = new Registrar(store);

    private Miner typed(MinerAddress address, MinerIdentity identity) {
        return store.miners()
                .put(Miner.builder(address, TestClock.START)
                        .hostname("rack7-3")
                        .hostnameGiven(true)
                        .location("hall b")
                        .tags(List.of("hydro"))
                        .notes("mine")
                        .build()
                        .with(identity));
    }

    private Registration register(Map<MinerAddress, MinerIdentity> answered) {
        return registrar.register(answered, address -> false, TestClock.START);
    }

    private List<String> events() {
        return store.events().find(new EventQuery(Event.Level.INFO, null, null, 100, null)).items().stream()
                .map(Event::message)
                .toList();
    }

    @Test
    void an_unknown_device_is_registered() {
        assertThat(register(Map.of(NEW, DEVICE))).isEqualTo(new Registration(1, List.of()));

        assertThat(store.miners().find(NEW).orElseThrow().serial()).isEqualTo("SN-0815-77");
        assertThat(events()).isEmpty();
    }

    @Test
    void what_a_person_said_goes_with_the_device_and_an_event_records_it() {
        Miner before = typed(OLD, DEVICE);

        Registration registration = register(Map.of(NEW, DEVICE));

        assertThat(registration).isEqualTo(new Registration(0, List.of(new Relocation(OLD, NEW, DeviceKey.Kind.MAC))));
        assertThat(store.miners().all())
                .containsExactly(before.toBuilder(NEW, before.registeredAt()).build());
        assertThat(events())
                .containsExactly("the device of 10.0.0.1 answers at 10.0.0.9 now (recognised by its MAC); its entry,"
                        + " history, alerts, rules and silences follow it");
    }

    @Test
    void an_entry_of_which_nothing_is_known_gives_way() {
        typed(OLD, DEVICE);
        store.miners().register(List.of(NEW), TestClock.START);

        register(Map.of(NEW, DEVICE));

        assertThat(store.miners().all()).extracting(Miner::address).containsExactly(NEW);
    }

    @Test
    void an_entry_that_a_person_wrote_never_gets_lost() {
        typed(OLD, DEVICE);
        store.miners().put(Miner.builder(NEW, TestClock.START).notes("theirs").build());

        register(Map.of(NEW, DEVICE));

        assertThat(store.miners().find(NEW).orElseThrow().notes()).isEqualTo("mine");
        assertThat(store.miners().find(OLD).orElseThrow().notes()).isEqualTo("theirs");
    }

    @Test
    void two_that_exchanged_addresses_keep_their_data() {
        typed(OLD, DEVICE);
        store.miners()
                .put(Miner.builder(NEW, TestClock.START).notes("theirs").build().with(STRANGER));

        Registration registration = register(Map.of(NEW, DEVICE, OLD, STRANGER));

        assertThat(registration.moved()).hasSize(2);
        assertThat(store.miners().find(NEW).orElseThrow().notes()).isEqualTo("mine");
        assertThat(store.miners().find(OLD).orElseThrow().notes()).isEqualTo("theirs");
        assertThat(events()).hasSize(2).allMatch(message -> message.contains("recognised by its MAC"));
    }

    @Test
    void an_unknown_device_that_replaces_a_known_one_takes_over_with_an_event() {
        typed(OLD, DEVICE);

        register(Map.of(OLD, STRANGER));

        assertThat(store.miners().find(OLD).orElseThrow())
                .extracting(Miner::notes, Miner::mac, Miner::serial, Miner::model)
                .containsExactly("mine", "02:00:00:00:00:02", null, "Antminer S19");
        assertThat(events())
                .containsExactly("another device answers at 10.0.0.1: MAC 02:00:00:00:00:02 in place of"
                        + " 02:00:00:00:00:01; data entered by users stays with the address");
    }

    @Test
    void only_old_addresses_that_were_not_queried_are_worth_a_query() {
        typed(OLD, DEVICE);

        assertThat(registrar.oldAddresses(Map.of(NEW, DEVICE))).containsExactly(OLD);
        assertThat(registrar.oldAddresses(Map.of(NEW, DEVICE, OLD, STRANGER))).isEmpty();
        assertThat(registrar.oldAddresses(Map.of(OLD, DEVICE))).isEmpty();
    }

    @Test
    void a_second_time_nothing_is_left_to_do() {
        typed(OLD, DEVICE);
        register(Map.of(NEW, DEVICE));
        List<Miner> after = store.miners().all();

        assertThat(register(Map.of(NEW, DEVICE))).isEqualTo(new Registration(0, List.of()));
        assertThat(store.miners().all()).isEqualTo(after);
        assertThat(events()).hasSize(1);
    }
}
