package io.minerops.core.internal.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import io.minerops.api.StoreException;
import io.minerops.api.alert.Silence;
import io.minerops.api.event.Event;
import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.Fact;
import io.minerops.api.miner.FactKind;
import io.minerops.api.miner.HashBoard;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Pool;
import io.minerops.api.store.EventQuery;
import io.minerops.api.store.FactQuery;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FactWatchTest {
    private static final MinerAddress MINER = MinerAddress.of("192.0.2.10");
    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

    private final InMemoryStore store = new InMemoryStore();
    private FactWatch watch = new FactWatch(store, "poll-metrics");
    private MinerIdentity identity = new MinerIdentity("Bitmain", "S21", "1.0", "02:00:00:00:00:01", null, null);

    FactWatchTest() {
        register(Miner.builder(MINER, START).tags(List.of("rack-3")).build());
    }

    private Miner register(Miner miner) {
        return store.miners().put(miner);
    }

    private static Instant minute(int minute) {
        return START.plusSeconds(60L * minute);
    }

    private MetricSample poll(int minute, UnaryOperator<MetricSample.Builder> said) {
        Map<MinerAddress, Miner> registry = new LinkedHashMap<>();
        store.miners().all().forEach(miner -> registry.put(miner.address(), miner));
        return poll(minute, registry, said);
    }

    private MetricSample poll(int minute, Map<MinerAddress, Miner> registry, UnaryOperator<MetricSample.Builder> said) {
        MetricSample sample =
                said.apply(MetricSample.builder(MINER, minute(minute))).build();
        MinerReading.Ok reading = new MinerReading.Ok(sample, identity, 0, List.of(), Set.of());
        watch.begin(minute(minute), List.of(reading), registry);
        MetricSample dated = watch.take(sample, identity);
        watch.store();
        return dated;
    }

    private MetricSample pollPool(int minute, String pool) {
        return poll(minute, sample -> sample.pool(new Pool(pool, "farm")));
    }

    private @Nullable List<DeviceFault> pollFaults(int minute, String @Nullable ... codes) {
        List<DeviceFault> faults = codes == null
                ? null
                : Stream.of(codes)
                        .map(code -> new DeviceFault(code, "text of " + code, null))
                        .toList();
        return poll(minute, sample -> sample.faults(faults)).faults();
    }

    private List<Fact> facts(FactKind... kinds) {
        return store.facts()
                .find(new FactQuery(MINER, Set.of(kinds), null, null, 1_000, null))
                .items();
    }

    private List<String> values(FactKind... kinds) {
        return facts(kinds).stream().map(Fact::value).toList();
    }

    private List<String> events() {
        return store.events().find(new EventQuery(Event.Level.INFO, null, null, 100, null)).items().stream()
                .map(event -> event.level() + " " + event.message())
                .toList();
    }

    @Test
    void what_a_device_says_at_first_sight_is_no_change_and_no_event() {
        poll(
                0,
                sample -> sample.pool(new Pool("a", "farm"))
                        .boards(List.of(HashBoard.builder(2).serial("SN-2").build())));

        assertThat(facts())
                .allSatisfy(fact -> assertThat(fact.isChange()).isFalse())
                .extracting(Fact::kind)
                .containsExactlyInAnyOrder(
                        FactKind.MAC,
                        FactKind.FIRMWARE,
                        FactKind.MODEL,
                        FactKind.POOL,
                        FactKind.WORKER,
                        FactKind.BOARD_SERIAL);
        assertThat(facts(FactKind.BOARD_SERIAL)).extracting(Fact::slot).containsExactly(2);
        assertThat(events()).isEmpty();
    }

    @Test
    void another_value_is_a_change_with_an_event() {
        pollPool(0, "a");
        pollPool(1, "b");

        assertThat(facts(FactKind.POOL))
                .extracting(Fact::value, Fact::previous, Fact::from, Fact::until, Fact::announced)
                .containsExactly(
                        tuple("b", "a", minute(1), null, false), tuple("a", null, minute(0), minute(1), false));
        assertThat(events()).containsExactly("WARNING pool changed from a to b");
    }

    @Test
    void what_is_not_reported_holds_on() {
        pollPool(0, "a");
        poll(1, sample -> sample);
        pollPool(2, "a");

        assertThat(facts(FactKind.POOL)).extracting(Fact::from).containsExactly(minute(0));
    }

    @Test
    void without_a_change_the_store_is_neither_read_nor_written() {
        pollPool(0, "a");
        Map<MinerAddress, Miner> registry = Map.of(MINER, store.miners().all().get(0));
        store.close();

        assertThatCode(() -> poll(1, registry, sample -> sample.pool(new Pool("a", "farm"))))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> poll(2, registry, sample -> sample.pool(new Pool("b", "farm"))));
    }

    @Test
    void a_new_process_neither_loses_nor_doubles_a_change() {
        pollPool(0, "a");
        watch = new FactWatch(store, "poll-metrics");
        pollPool(1, "a");
        watch = new FactWatch(store, "poll-metrics");
        pollPool(2, "b");

        assertThat(values(FactKind.POOL)).containsExactly("b", "a");
    }

    @Test
    void a_change_of_which_the_storing_failed_is_found_by_the_next_poll() {
        pollPool(0, "a");
        MetricSample sample = MetricSample.builder(MINER, minute(1))
                .pool(new Pool("b", "farm"))
                .build();
        watch.begin(
                minute(1),
                List.of(new MinerReading.Ok(sample, identity, 0, List.of(), Set.of())),
                Map.of(MINER, store.miners().all().get(0)));
        MetricSample unused = watch.take(sample, identity);

        pollPool(2, "b");

        assertThat(facts(FactKind.POOL)).extracting(Fact::from).containsExactly(minute(2), minute(0));
    }

    @Test
    void another_device_at_the_address_changes_its_mac_and_all_else_begins() {
        pollPool(0, "a");
        identity = new MinerIdentity("Bitmain", "S19", "0.9", "02:00:00:00:00:02", null, null);
        pollPool(1, "b");

        assertThat(facts()).filteredOn(Fact::isChange).extracting(Fact::kind).containsExactly(FactKind.MAC);
        assertThat(store.facts().holding(List.of(MINER)))
                .extracting(Fact::value)
                .containsExactlyInAnyOrder("02:00:00:00:00:02", "0.9", "S19", "b", "farm");
    }

    @Test
    void one_mac_in_two_spellings_and_a_placeholder_are_no_change() {
        poll(0, sample -> sample);
        for (String mac : List.of("02-00-00-00-00-01", "00:00:00:00:00:00")) {
            identity = new MinerIdentity("Bitmain", "S21", "1.0", mac, null, null);
            poll(1, sample -> sample);
        }

        assertThat(values(FactKind.MAC)).containsExactly("02:00:00:00:00:01");
    }

    @Test
    void a_miner_that_was_removed_begins_like_a_new_one() {
        pollPool(0, "a");
        poll(1, Map.of(), sample -> sample.pool(new Pool("b", "farm")));

        assertThat(facts(FactKind.POOL))
                .extracting(Fact::value, Fact::previous, Fact::until)
                .containsExactly(tuple("b", null, null), tuple("a", null, minute(1)));
    }

    @Test
    void a_change_during_a_silence_of_the_miner_is_announced() {
        pollPool(0, "a");
        store.silences()
                .create(Silence.builder(minute(1), minute(10)).tag("rack-3").build(), minute(0));
        pollPool(1, "b");
        pollPool(10, "c");

        assertThat(facts(FactKind.POOL)).extracting(Fact::announced).containsExactly(false, true, false);
        assertThat(events()).contains("INFO pool changed from a to b, as announced");
    }

    @Test
    void a_silence_of_others_or_of_one_rule_announces_nothing() {
        pollPool(0, "a");
        store.silences()
                .create(Silence.builder(minute(0), minute(10)).tag("rack-4").build(), minute(0));
        store.silences()
                .create(
                        Silence.builder(minute(0), minute(10))
                                .miner(MINER)
                                .ruleId(1L)
                                .build(),
                        minute(0));
        pollPool(1, "b");

        assertThat(facts(FactKind.POOL)).extracting(Fact::announced).containsExactly(false, false);
    }

    @Test
    void a_switch_of_the_pool_through_minerops_announces_the_pool_and_nothing_else() {
        pollPool(0, "a");
        store.events()
                .record(Event.of(
                        minute(0),
                        Event.Level.INFO,
                        Announcements.CONTROL_SOURCE,
                        MINER,
                        "nina commanded " + MINER + " to switch to pool 1; done"));
        identity = new MinerIdentity("Bitmain", "S21", "0.9", "02:00:00:00:00:01", null, null);
        pollPool(1, "b");

        assertThat(facts(FactKind.POOL).get(0).announced()).isTrue();
        assertThat(facts(FactKind.FIRMWARE).get(0).announced()).isFalse();
    }

    @Test
    void a_switch_of_the_pool_that_failed_announces_nothing() {
        pollPool(0, "a");
        store.events()
                .record(Event.of(
                        minute(0),
                        Event.Level.WARNING,
                        Announcements.CONTROL_SOURCE,
                        MINER,
                        "nina commanded " + MINER + " to switch to pool 1; refused"));
        pollPool(1, "b");

        assertThat(facts(FactKind.POOL).get(0).announced()).isFalse();
    }

    @Test
    void a_fault_that_appears_and_one_that_ends_are_an_event_each() {
        pollFaults(0, "110");
        pollFaults(1, "110", "264");
        pollFaults(2, "264");
        pollFaults(3, "264");

        assertThat(events())
                .containsExactly(
                        "INFO no longer reports fault 110 (text of 110)",
                        "WARNING reports fault 264 (text of 264)",
                        "WARNING reports fault 110 (text of 110)");
        assertThat(facts(FactKind.FAULT))
                .extracting(Fact::value, Fact::from, Fact::until)
                .containsExactly(tuple("264", minute(1), null), tuple("110", minute(0), minute(2)));
    }

    @Test
    void a_fault_is_there_since_the_poll_that_first_saw_it_over_restarts_too() {
        pollFaults(0, "110");
        watch = new FactWatch(store, "poll-metrics");

        assertThat(pollFaults(5, "110")).containsExactly(new DeviceFault("110", "text of 110", minute(0)));
    }

    @Test
    void a_fault_that_comes_again_began_again() {
        pollFaults(0, "110");
        pollFaults(1);

        assertThat(pollFaults(2, "110")).containsExactly(new DeviceFault("110", "text of 110", minute(2)));
        assertThat(values(FactKind.FAULT)).containsExactly("110", "110");
    }

    @Test
    void a_miner_that_does_not_say_neither_begins_nor_ends_a_fault() {
        pollFaults(0, "110");

        assertThat(pollFaults(1, (String[]) null)).isNull();
        assertThat(pollFaults(2, "110")).containsExactly(new DeviceFault("110", "text of 110", minute(0)));
        assertThat(facts(FactKind.FAULT)).hasSize(1);
        assertThat(events()).hasSize(1);
    }

    @Test
    void one_code_on_two_boards_is_two_faults() {
        poll(
                0,
                sample -> sample.faults(
                        List.of(new DeviceFault("540", "", null, 0), new DeviceFault("540", "", null, 1))));
        poll(1, sample -> sample.faults(List.of(new DeviceFault("540", "", null, 1))));

        assertThat(facts(FactKind.FAULT))
                .extracting(Fact::slot, Fact::until)
                .containsExactlyInAnyOrder(tuple(1, null), tuple(0, minute(1)));
        assertThat(events()).contains("INFO no longer reports fault 540 on board 0");
    }

    @Test
    void what_flaps_is_stored_so_often_a_day_and_the_rest_is_counted() {
        for (int minute = 0; minute < 100; minute++) {
            pollPool(minute, minute % 2 == 0 ? "a" : "b");
        }

        assertThat(facts(FactKind.POOL)).hasSize(ChangeLimit.MAX_PER_SUBJECT);
        assertThat(events())
                .filteredOn(text -> text.contains("changes too often"))
                .hasSize(1);

        pollPool(24 * 60, "c");
        assertThat(facts(FactKind.POOL).get(0).value()).isEqualTo("c");
        assertThat(events().get(0)).isEqualTo("WARNING pool changed from b to c");
        assertThat(events().get(1)).startsWith("WARNING 38 changes");
    }

    @Test
    void a_device_that_makes_up_faults_stores_a_bounded_number_of_them() {
        for (int minute = 0; minute < 2 * ChangeLimit.MAX_PER_MINER; minute++) {
            pollFaults(minute, "code " + minute);
        }

        assertThat(facts()).hasSizeLessThanOrEqualTo(ChangeLimit.MAX_PER_MINER);
        assertThat(store.facts().holding(List.of(MINER)))
                .filteredOn(fact -> fact.kind() == FactKind.FAULT)
                .isEmpty();
    }

    @Test
    void the_events_of_one_poll_are_bounded_and_the_rest_is_summed_up() {
        List<MinerReading> readings = new ArrayList<>();
        for (int i = 0; i < FactEvents.MAX_EVENTS + 7; i++) {
            MetricSample sample = MetricSample.builder(MinerAddress.of("10.0.0." + i), START)
                    .faults(List.of(new DeviceFault("110", "", null)))
                    .build();
            readings.add(new MinerReading.Ok(sample, MinerIdentity.UNKNOWN, 0, List.of(), Set.of()));
        }
        watch.begin(START, readings, Map.of());
        readings.forEach(reading -> watch.take(((MinerReading.Ok) reading).sample(), MinerIdentity.UNKNOWN));
        watch.store();

        List<Event> events = store.events()
                .find(new EventQuery(Event.Level.INFO, null, null, 1_000, null))
                .items();
        assertThat(events).hasSize(FactEvents.MAX_EVENTS + 1);
        assertThat(events.get(0).message()).startsWith("7 more changes");
    }

    @Test
    void a_miner_that_answers_elsewhere_keeps_its_facts() {
        pollPool(0, "a");
        MinerAddress elsewhere = MinerAddress.of("192.0.2.99");
        store.miners().readdress(MINER, elsewhere);
        watch.forget();
        store.miners().readdress(elsewhere, MINER);
        pollPool(1, "a");

        assertThat(values(FactKind.POOL)).containsExactly("a");
        assertThat(Duration.between(facts(FactKind.POOL).get(0).from(), minute(0)))
                .isZero();
    }
}
