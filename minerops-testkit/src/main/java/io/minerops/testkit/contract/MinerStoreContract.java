package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link io.minerops.api.miner.MinerStore} must do. */
public abstract class MinerStoreContract extends StoreContract {
    /** For subclasses. */
    protected MinerStoreContract() {}

    @Test
    public void every_field_comes_back_as_it_was() {
        Miner miner = Miner.builder(MINER, START)
                .hostname("rack7-3")
                .vendor("Bitmain")
                .model("Antminer S21")
                .firmwareVersion("2024.1 \"x\" 'y' ü")
                .mac("02:00:00:00:00:01")
                .location("hall b")
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
                .put(Miner.builder(MINER, START).nominalThs(200.5).notes("x").build());

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
}
