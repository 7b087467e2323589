package io.minerops.core.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.DeviceKey;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.core.discovery.Registration.Relocation;
import io.minerops.core.internal.registry.RelocationPlan.Exchange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RelocationPlanTest {
    private final List<Miner> registry = new ArrayList<>();
    private final Map<MinerAddress, MinerIdentity> answered = new LinkedHashMap<>();

    private static MinerAddress at(int number) {
        return MinerAddress.of("10.0.0." + number);
    }

    private static String mac(int device) {
        return "02:00:00:00:00:%02x".formatted(device);
    }

    private static MinerIdentity saying(@Nullable String mac, @Nullable String serial) {
        return new MinerIdentity("Bitmain", "S21", null, mac, null, serial);
    }

    private void registered(int place, @Nullable String mac, @Nullable String serial) {
        registry.add(Miner.builder(at(place), Instant.EPOCH)
                .vendor("Bitmain")
                .mac(mac)
                .serial(serial)
                .build());
    }

    private void answers(int place, @Nullable String mac, @Nullable String serial) {
        answered.put(at(place), saying(mac, serial));
    }

    private RelocationPlan plan() {
        return RelocationPlan.of(registry, answered, address -> false);
    }

    private static Relocation moved(int from, int to, DeviceKey.Kind kind) {
        return new Relocation(at(from), at(to), kind);
    }

    @Test
    void a_device_is_recognised_by_its_mac() {
        registered(1, mac(1), null);
        answers(9, "02-00-00-00-00-01", null);

        assertThat(plan().relocations()).containsExactly(moved(1, 9, DeviceKey.Kind.MAC));
        assertThat(plan().exchanges()).containsExactly(new Exchange(at(1), at(9)));
    }

    @Test
    void a_device_is_recognised_by_its_serial_where_there_is_no_mac_to_compare() {
        registered(1, null, "SN-0815-77");
        answers(9, mac(1), "SN-0815-77");

        assertThat(plan().relocations()).containsExactly(moved(1, 9, DeviceKey.Kind.SERIAL));
    }

    @Test
    void the_same_serial_with_another_mac_is_another_device() {
        registered(1, mac(1), "SN-0815-77");
        answers(9, mac(2), "SN-0815-77");

        assertThat(plan().relocations()).isEmpty();
    }

    @Test
    void a_device_where_it_always_was_has_not_moved() {
        registered(1, mac(1), "SN-0815-77");
        answers(1, mac(1), "SN-0815-77");

        assertThat(plan()).isEqualTo(new RelocationPlan(List.of(), List.of(), Set.of()));
    }

    @Test
    void empty_and_all_zero_values_recognise_no_device() {
        registered(1, "00:00:00:00:00:00", "0000000000");
        registered(2, "", "");
        registered(3, null, null);
        answers(9, "00:00:00:00:00:00", "0000000000");
        answers(8, "", "");
        answers(7, null, null);

        assertThat(plan().relocations()).isEmpty();
    }

    @Test
    void two_devices_that_answer_with_one_mac_are_left_alone_and_reported() {
        registered(1, mac(1), null);
        answers(8, mac(1), null);
        answers(9, mac(1), null);

        assertThat(plan().relocations()).isEmpty();
        assertThat(plan().doubtful()).containsExactly(at(8), at(9));
    }

    @Test
    void a_device_that_still_answers_at_its_old_address_has_not_moved() {
        registered(1, mac(1), null);
        answers(1, mac(1), null);
        answers(9, mac(1), null);

        assertThat(plan().relocations()).isEmpty();
    }

    @Test
    void a_mac_that_two_entries_have_recognises_neither() {
        registered(1, mac(1), null);
        registered(2, mac(1), null);
        answers(9, mac(1), null);

        assertThat(plan().relocations()).isEmpty();
        assertThat(plan().doubtful()).containsExactly(at(9));
    }

    @Test
    void a_device_that_may_still_be_at_its_old_address_has_not_moved() {
        registered(1, mac(1), null);
        answers(9, mac(1), null);

        assertThat(RelocationPlan.of(registry, answered, at(1)::equals).relocations())
                .isEmpty();
    }

    @Test
    void an_unidentified_host_at_the_old_address_may_be_the_device_itself() {
        registered(1, mac(1), null);
        answers(1, null, null);
        answers(9, mac(1), null);

        assertThat(plan().relocations()).isEmpty();
    }

    @Test
    void another_device_at_the_old_address_proves_the_move() {
        registered(1, mac(1), null);
        answers(1, mac(2), null);
        answers(9, mac(1), null);

        assertThat(plan().relocations()).containsExactly(moved(1, 9, DeviceKey.Kind.MAC));
    }

    @Test
    void two_devices_that_exchanged_addresses_take_one_exchange() {
        registered(1, mac(1), null);
        registered(2, mac(2), null);
        answers(1, mac(2), null);
        answers(2, mac(1), null);

        assertThat(plan().relocations())
                .containsExactly(moved(2, 1, DeviceKey.Kind.MAC), moved(1, 2, DeviceKey.Kind.MAC));
        assertThat(plan().exchanges()).hasSize(1);
    }

    /** A router that reassigns all addresses. */
    @Property(tries = 200)
    void after_any_shuffle_every_entry_stands_where_its_device_answered(
            @ForAll @IntRange(min = 1, max = 60) int devices, @ForAll long seed) {
        Random random = new Random(seed);
        List<Integer> places = new ArrayList<>();
        for (int place = 1; place <= devices + 20; place++) {
            places.add(place);
        }
        Collections.shuffle(places, random);
        List<Miner> before = new ArrayList<>();
        Map<MinerAddress, MinerIdentity> after = new HashMap<>();
        Map<MinerAddress, String> macAt = new HashMap<>();
        for (int device = 1; device <= devices; device++) {
            before.add(Miner.builder(at(device), Instant.EPOCH).mac(mac(device)).build());
            macAt.put(at(device), mac(device));
            after.put(at(places.get(device - 1)), saying(mac(device), null));
        }

        RelocationPlan plan = RelocationPlan.of(before, after, address -> false);
        for (Exchange exchange : plan.exchanges()) {
            String first = macAt.remove(exchange.from());
            String second = macAt.remove(exchange.to());
            macAt.put(exchange.to(), first);
            if (second != null) {
                macAt.put(exchange.from(), second);
            }
        }

        assertThat(macAt).hasSize(devices);
        after.forEach((address, identity) -> assertThat(macAt.get(address)).isEqualTo(identity.mac()));
    }
}
