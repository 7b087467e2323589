package io.minerops.core.internal.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.HealthContributor;
import io.minerops.api.StaleFenceException;
import io.minerops.api.StoreException;
import io.minerops.api.event.Event;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.AlertStore;
import io.minerops.api.store.EventQuery;
import io.minerops.api.store.HistoryQuery;
import io.minerops.api.store.Lease;
import io.minerops.api.store.MetricStore;
import io.minerops.api.store.OutboxStore;
import io.minerops.api.store.Store;
import io.minerops.testkit.memory.InMemoryStore;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BufferedStoreTest {
    private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
    private static final MinerAddress ONE = MinerAddress.of("10.0.0.1");
    private static final MinerAddress TWO = MinerAddress.of("10.0.0.2");

    private final Store memory = new InMemoryStore();
    private final FailingStore failing = new FailingStore(memory);
    private final List<Instant> storedLate = new ArrayList<>();

    private BufferedStore buffered(int maxSamples) {
        return new BufferedStore(failing.asStore(), maxSamples, InstantSource.fixed(START), storedLate::add);
    }

    private static HealthContributor pollBuffer(BufferedStore store) {
        return store.health().get(0);
    }

    @Test
    void a_poll_goes_straight_to_a_store_that_works() {
        BufferedStore store = buffered(10);

        store.metrics().append(poll(0));

        assertThat(history()).containsExactly(0.0);
        assertThat(pollBuffer(store).fault()).isEmpty();
        assertThat(storedLate).isEmpty();
    }

    @Test
    void polls_wait_while_the_store_fails_and_are_stored_in_order_when_it_works() {
        BufferedStore store = buffered(10);
        failing.fails = true;
        store.metrics().append(poll(0));
        store.metrics().append(poll(1));
        assertThat(history()).isEmpty();
        failing.fails = false;

        store.metrics().append(poll(2));

        assertThat(history()).containsExactly(0.0, 1.0, 2.0);
        assertThat(storedLate).containsExactly(at(0), at(1));
        assertThat(pollBuffer(store).fault()).isEmpty();
        assertThat(events())
                .containsExactly("2 polls that waited since " + START + " are stored; 0 samples were dropped");
    }

    @Test
    void polls_that_wait_are_not_stored_under_a_lease_that_ran_out_and_wait_for_the_next() {
        FailingStore shared = new FailingStore(InMemoryStore.shared(() -> START).apply("one"));
        BufferedStore store = new BufferedStore(shared.asStore(), 10, InstantSource.fixed(START), storedLate::add);
        shared.fails = true;
        store.metrics().append(poll(0));
        shared.fails = false;

        Lease.Fence stale = new Lease.Fence("instance one", 1);
        assertThatThrownBy(() ->
                        store.lease().fenced(stale, () -> store.metrics().append(poll(1))))
                .isInstanceOf(StaleFenceException.class);
        assertThat(storedLate).isEmpty();

        store.metrics().append(poll(2));
        assertThat(storedLate).containsExactly(at(0));
        assertThat(store.metrics().latest().epochMillis(0)).isEqualTo(at(2).toEpochMilli());
    }

    @Test
    void samples_that_wait_are_the_latest() {
        BufferedStore store = buffered(10);
        store.metrics().append(Poll.of(at(0), List.of(sample(ONE, 0), sample(TWO, 0))));
        failing.fails = true;

        store.metrics().append(poll(7));

        FleetSnapshot latest = store.metrics().latest();
        assertThat(latest.hashrateThs(latest.row(ONE))).isEqualTo(7);
        assertThat(latest.epochMillis(latest.row(ONE))).isEqualTo(at(7).toEpochMilli());
        assertThat(latest.hashrateThs(latest.row(TWO))).isZero();
    }

    @Test
    void samples_that_wait_are_the_latest_even_where_the_store_cannot_be_read() {
        BufferedStore store = buffered(10);
        store.metrics().append(poll(0));
        failing.fails = true;
        store.metrics().append(poll(1));
        store.metrics().latest();
        failing.readingFails = true;
        store.metrics().append(poll(2));

        FleetSnapshot latest = store.metrics().latest();

        assertThat(latest.hashrateThs(latest.row(ONE))).isEqualTo(2);
    }

    @Test
    void a_store_that_works_and_cannot_be_read_fails_as_before() {
        failing.readingFails = true;

        assertThatThrownBy(() -> buffered(10).metrics().latest()).isInstanceOf(StoreException.class);
    }

    @Test
    void health_says_what_waits_and_why() {
        BufferedStore store = buffered(10);
        failing.fails = true;
        store.metrics().append(poll(0));
        store.metrics().append(poll(1));

        assertThat(pollBuffer(store).component()).isEqualTo("poll-buffer");
        assertThat(pollBuffer(store).fault())
                .contains("2 polls (2 samples) wait to be stored since " + START
                        + ", 0 samples were dropped: the disk is full");
    }

    @Test
    void the_oldest_give_way_and_are_counted() {
        BufferedStore store = buffered(3);
        failing.fails = true;
        for (int number = 0; number < 5; number++) {
            store.metrics().append(poll(number));
        }
        assertThat(pollBuffer(store).fault())
                .hasValueSatisfying(fault ->
                        assertThat(fault).contains("3 polls (3 samples)").contains("2 samples were dropped"));
        failing.fails = false;

        store.metrics().append(poll(5));

        assertThat(history()).containsExactly(2.0, 3.0, 4.0, 5.0);
        assertThat(events())
                .containsExactly("3 polls that waited since " + START + " are stored; 2 samples were dropped");
    }

    @Test
    void a_poll_larger_than_the_bound_is_dropped_and_the_next_is_stored() {
        BufferedStore store = buffered(1);
        failing.fails = true;
        store.metrics().append(Poll.of(at(0), List.of(sample(ONE, 0), sample(TWO, 0))));
        failing.fails = false;

        store.metrics().append(poll(1));

        assertThat(history()).containsExactly(1.0);
        assertThat(pollBuffer(store).fault()).isEmpty();
        assertThat(events()).hasSize(1).first().asString().contains("2 samples were dropped");
    }

    @Test
    void a_poll_that_a_working_store_refuses_holds_up_the_others_for_a_while_only() {
        BufferedStore store = buffered(100);
        failing.refuses = poll -> poll.at().equals(at(0));

        for (int number = 0; number <= BufferedMetrics.MAX_ATTEMPTS + 1; number++) {
            store.metrics().append(poll(number));
        }

        assertThat(history()).doesNotContain(0.0).contains(1.0, 2.0, BufferedMetrics.MAX_ATTEMPTS + 1.0);
        assertThat(events())
                .anySatisfy(message -> assertThat(message)
                        .contains("the poll of " + at(0)
                                + " with 1 samples was dropped, as the store works and refuses it"));
    }

    @Test
    void what_waits_is_stored_before_the_store_is_closed() {
        BufferedStore store = buffered(10);
        failing.fails = true;
        store.metrics().append(poll(0));
        failing.fails = false;
        List<Double> before = history();

        store.close();

        assertThat(before).isEmpty();
        assertThat(storedLate).containsExactly(at(0));
    }

    @Test
    void samples_that_wait_follow_those_that_are_stored_in_the_history() {
        BufferedStore store = buffered(10);
        store.metrics().append(poll(0));
        failing.fails = true;
        store.metrics().append(Poll.of(at(1), List.of(sample(TWO, 1), sample(ONE, 1))));
        store.metrics().append(poll(2));
        List<String> given = new ArrayList<>();

        store.metrics()
                .history(
                        new HistoryQuery(null, at(0), at(3), null, 3),
                        (at, sample) -> given.add(sample.miner() + " " + sample.value(Reading.HASHRATE_THS)));

        assertThat(given).containsExactly(ONE + " 0.0", ONE + " 1.0", TWO + " 1.0");
    }

    @Test
    void checks_of_a_store_that_instances_share_do_not_wait() {
        BufferedStore store = new BufferedStore(
                InMemoryStore.shared(() -> START).apply("one"), 10, InstantSource.fixed(START), storedLate::add);

        assertThat(store.health()).hasSize(1);
    }

    @Test
    void every_method_of_the_interfaces_is_passed_on() {
        for (Method method : MetricStore.class.getMethods()) {
            assertThat(declares(BufferedMetrics.class, method))
                    .as(method.toString())
                    .isTrue();
        }
        for (Method method : AlertStore.class.getMethods()) {
            assertThat(declares(BufferedAlerts.class, method))
                    .as(method.toString())
                    .isTrue();
        }
        for (Method method : OutboxStore.class.getMethods()) {
            assertThat(declares(SettledOutbox.class, method))
                    .as(method.toString())
                    .isTrue();
        }
        for (Method method : Store.class.getMethods()) {
            boolean built = method.getName().equals("withMetrics");
            assertThat(built || declares(BufferedStore.class, method))
                    .as(method.toString())
                    .isTrue();
        }
    }

    @Property(tries = 200)
    void nothing_is_lost_or_doubled_however_the_store_fails(@ForAll @Size(max = 40) List<Boolean> failures) {
        Store ofTry = new InMemoryStore();
        FailingStore failingOfTry = new FailingStore(ofTry);
        BufferedStore store =
                new BufferedStore(failingOfTry.asStore(), 1_000, InstantSource.fixed(START), storedLate::add);
        List<Double> expected = new ArrayList<>();
        for (int number = 0; number < failures.size(); number++) {
            failingOfTry.fails = failures.get(number);
            store.metrics().append(poll(number));
            expected.add((double) number);
        }
        failingOfTry.fails = false;
        store.metrics().append(poll(failures.size()));
        expected.add((double) failures.size());

        assertThat(history(ofTry)).isEqualTo(expected);
        assertThat(pollBuffer(store).fault()).isEmpty();
    }

    @Test
    void the_bound_is_a_share_of_the_heap() {
        assertThat(BufferedStore.maxSamples(512L << 20)).isEqualTo(131_072);
        assertThat(BufferedStore.maxSamples(Long.MAX_VALUE)).isEqualTo(1_000_000);
    }

    private static boolean declares(Class<?> type, Method method) {
        return Modifier.isStatic(method.getModifiers())
                || Arrays.stream(type.getDeclaredMethods())
                        .anyMatch(own -> own.getName().equals(method.getName())
                                && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
    }

    private static Instant at(int number) {
        return START.plusSeconds(30L * number);
    }

    private static Poll poll(int number) {
        return Poll.of(at(number), List.of(sample(ONE, number)));
    }

    private static MetricSample sample(MinerAddress miner, int number) {
        return MetricSample.builder(miner, at(number))
                .set(Reading.HASHRATE_THS, number)
                .build();
    }

    private List<Double> history() {
        return history(memory);
    }

    private static List<Double> history(Store store) {
        List<Double> rates = new ArrayList<>();
        HistoryQuery all = new HistoryQuery(null, START, START.plusSeconds(86_400), null, Integer.MAX_VALUE);
        store.metrics().history(all, (at, sample) -> rates.add(sample.value(Reading.HASHRATE_THS)));
        return rates;
    }

    private List<String> events() {
        List<String> messages = new ArrayList<>();
        EventQuery all = new EventQuery(Event.Level.INFO, null, null, 100, null);
        memory.events().find(all).items().forEach(event -> messages.add(event.message()));
        return messages;
    }
}
