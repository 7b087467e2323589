package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link io.minerops.api.store.MinerStore} must do. */
public abstract class MinerStoreContract extends StoreContract {
    /** For subclasses. */
    protected MinerStoreContract() {}

    @Test
    public void every_field_comes_back_as_it_was() {
        Miner miner = Miner.builder(MINER, START)
                .hostname("rack7-3")
                .hostnameGiven(true)
                .vendor("Bitmain")
                .model("Antminer S21")
                .firmwareVersion("2024.1 \"x\" 'y' ü")
                .mac("02:00:00:00:00:01")
                .serial("SN-0815")
                .location("hall b")
                .site("Odessa")
                .owner("Nina GmbH & Söhne")
                .tags(List.of("hydro", "hall-b"))
                .nominalThs(200.5)
                .nominalEfficiencyJPerTh(17.5)
                .powerCapW(3_600.0)
                .powerPriceUsdPerKwh(0.0525)
                .notes("one\ntwo")
                .build();

        assertThat(store.miners().put(miner)).isEqualTo(miner);
        assertThat(store.miners().find(MINER)).contains(miner);
    }

    @Test
    public void fields_that_are_taken_back_are_null_again() {
        store.miners()
                .put(Miner.builder(MINER, START)
                        .nominalThs(200.5)
                        .notes("x")
                        .site("a")
                        .owner("b")
                        .build());

        Miner bare = Miner.builder(MINER, START).build();
        store.miners().put(bare);

        assertThat(store.miners().find(MINER)).contains(bare);
    }

    @Test
    public void registering_leaves_known_miners_as_they_are_and_counts_the_new_ones() {
        store.miners().put(Miner.builder(MINER, START).notes("mine").build());

        assertThat(store.miners().register(List.of(MINER, OTHER, OTHER), minute(1)))
                .isEqualTo(1);

        assertThat(store.miners().find(MINER).orElseThrow().notes()).isEqualTo("mine");
        assertThat(store.miners().find(OTHER).orElseThrow().registeredAt()).isEqualTo(minute(1));
    }

    @Test
    public void the_time_of_the_first_registration_is_kept() {
        store.miners().register(List.of(MINER), minute(0));

        store.miners().put(Miner.builder(MINER, minute(9)).notes("x").build());

        assertThat(store.miners().find(MINER).orElseThrow().registeredAt()).isEqualTo(minute(0));
    }

    @Test
    public void miners_are_ordered_by_address_and_a_port_is_part_of_it() {
        MinerAddress onPort = new MinerAddress("10.0.0.1", 4029);
        MinerAddress ten = MinerAddress.of("10.0.0.10");
        store.miners().register(List.of(ten, OTHER, onPort, MINER), START);

        assertThat(store.miners().all()).extracting(Miner::address).containsExactly(MINER, onPort, OTHER, ten);
    }

    @Test
    public void removing_says_whether_there_was_one() {
        store.miners().register(List.of(MINER), START);

        assertThat(store.miners().remove(MINER)).isTrue();
        assertThat(store.miners().remove(MINER)).isFalse();
        assertThat(store.miners().find(MINER)).isEmpty();
    }

    @Test
    public void identifying_registers_who_is_new_and_touches_nothing_that_a_person_said() {
        Miner typed = Miner.builder(MINER, START)
                .hostname("rack7-3")
                .hostnameGiven(true)
                .model("guessed")
                .location("hall b")
                .site("Odessa")
                .owner("Nina GmbH & Söhne")
                .tags(List.of("hydro"))
                .nominalThs(200.5)
                .powerCapW(3_600.0)
                .powerPriceUsdPerKwh(-0.158)
                .notes("mine")
                .build();
        store.miners().put(typed);
        MinerIdentity said =
                new MinerIdentity("Bitmain", "Antminer S21", "2024.1", "02:00:00:00:00:01", "antminer", "SN-0815");

        int added = store.miners().identify(Map.of(MINER, said, OTHER, said), minute(1));

        assertThat(added).isEqualTo(1);
        assertThat(store.miners().find(MINER)).contains(typed.with(said));
        assertThat(store.miners().find(MINER).orElseThrow())
                .extracting(Miner::hostname, Miner::model, Miner::notes, Miner::registeredAt)
                .containsExactly("rack7-3", "Antminer S21", "mine", START);
        assertThat(store.miners().find(OTHER).orElseThrow())
                .extracting(Miner::hostname, Miner::serial, Miner::registeredAt)
                .containsExactly("antminer", "SN-0815", minute(1));
        assertThat(store.metrics().latest().roster().miner(1).serial()).isEqualTo("SN-0815");
    }
}
