package io.minerops.core.internal.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.StaleFenceException;
import io.minerops.api.event.Event;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.Lease;
import io.minerops.api.store.Store;
import io.minerops.core.TestClock;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** In virtual time: the clock is that of the store, and instances wake up at any moment. */
class PollTurnsTest {
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final List<MinerAddress> MINERS = IntStream.range(0, 300)
            .mapToObj(n -> MinerAddress.of("10.0." + n / 100 + "." + (n % 100 + 1)))
            .toList();

    private final TestClock clock = new TestClock();
    private final Function<String, Store> store = InMemoryStore.shared(clock);
    private final Map<Instant, Map<MinerAddress, Integer>> polled = new TreeMap<>();

    private PollTurns join(String name) {
        // an instance whose own clock is an hour behind, which must not matter
        return new PollTurns(
                store.apply(name).lease(),
                INTERVAL,
                () -> clock.instant().minusSeconds(3_600),
                () -> Duration.between(TestClock.START, clock.instant()).toNanos());
    }

    private Optional<Turn> poll(PollTurns instance) {
        Optional<Turn> turn = instance.next();
        turn.ifPresent(now -> MINERS.stream()
                .filter(now::includes)
                .forEach(miner ->
                        polled.computeIfAbsent(now.at(), at -> new HashMap<>()).merge(miner, 1, Integer::sum)));
        return turn;
    }

    private void pollAll(PollTurns... instances) {
        for (PollTurns instance : instances) {
            poll(instance);
            clock.advance(Duration.ofMillis(100));
        }
    }

    /** To a little after the next multiple of the interval. */
    private void nextInterval() {
        long length = INTERVAL.toMillis();
        clock.advance(Duration.ofMillis(length - clock.instant().toEpochMilli() % length + 5));
    }

    private void intervals(int count, PollTurns... instances) {
        for (int n = 0; n < count; n++) {
            nextInterval();
            pollAll(instances);
        }
    }

    private void assertWhole(Instant at) {
        assertThat(polled.getOrDefault(at, Map.of())).hasSize(MINERS.size());
    }

    private void assertNoneTwice() {
        assertThat(polled.values())
                .allSatisfy(counts -> assertThat(counts.values()).containsOnly(1));
    }

    private Instant present() {
        long length = INTERVAL.toMillis();
        return Instant.ofEpochMilli(clock.instant().toEpochMilli() / length * length);
    }

    @Test
    void a_process_that_is_alone_polls_everything_at_once_by_its_own_clock() {
        PollTurns alone = new PollTurns(Lease.always(), INTERVAL, clock, System::nanoTime);

        Turn turn = alone.next().orElseThrow();
        assertThat(turn.at()).isEqualTo(TestClock.START);
        assertThat(turn.fence()).isNull();
        assertThat(MINERS).allMatch(turn::includes);
        assertThat(alone.untilNext()).isEmpty();
    }

    @Test
    void the_first_instance_polls_everything_from_the_next_interval_on() {
        clock.advance(Duration.ofSeconds(7));
        PollTurns first = join("a");
        assertThat(poll(first)).isEmpty();

        intervals(1, first);
        assertWhole(present());
    }

    @Test
    void instances_share_every_interval_without_a_gap_or_a_doubled_poll() {
        PollTurns a = join("a");
        PollTurns b = join("b");
        PollTurns c = join("c");
        pollAll(a, b, c);
        intervals(20, a, b, c);

        assertThat(polled).hasSize(20);
        polled.keySet().forEach(this::assertWhole);
        assertNoneTwice();
    }

    @Test
    void an_instance_that_joins_takes_its_share_without_a_gap_or_a_doubled_poll() {
        PollTurns a = join("a");
        PollTurns b = join("b");
        pollAll(a);
        intervals(3, a);
        clock.advance(Duration.ofSeconds(11));
        pollAll(b);
        intervals(3, b, a);

        polled.keySet().forEach(this::assertWhole);
        assertNoneTwice();
        assertThat(b.seen().orElseThrow().members()).hasSize(2);
    }

    @Test
    void the_share_of_an_instance_that_died_is_polled_again_within_two_intervals() {
        PollTurns a = join("a");
        PollTurns b = join("b");
        PollTurns c = join("c");
        pollAll(a, b, c);
        intervals(5, a, b, c);
        intervals(2, b, c);

        assertWhole(present());
        assertNoneTwice();
    }

    @Test
    void an_instance_that_was_suspended_for_longer_than_its_lease_writes_nothing_of_its_poll() {
        PollTurns a = join("a");
        pollAll(a);
        nextInterval();
        Lease.Fence fence = Objects.requireNonNull(poll(a).orElseThrow().fence());
        Store own = store.apply("a");
        clock.advance(INTERVAL.multipliedBy(2).plusSeconds(1));

        assertThatThrownBy(() -> own.lease()
                        .fenced(
                                fence,
                                () -> own.events()
                                        .record(Event.of(clock.instant(), Event.Level.INFO, "test", null, "late"))))
                .isInstanceOf(StaleFenceException.class);
    }

    @Test
    void an_instance_that_renews_after_others_took_its_share_does_not_poll_beside_them() {
        PollTurns a = join("a");
        PollTurns b = join("b");
        pollAll(a, b);
        intervals(3, a, b);
        intervals(1, b);
        nextInterval();
        poll(b);
        assertThat(poll(a)).isEmpty();

        assertWhole(present());
        assertNoneTwice();
        intervals(2, a, b);
        assertWhole(present());
        assertNoneTwice();
    }

    @Test
    void a_second_run_in_an_interval_polls_nothing() {
        PollTurns a = join("a");
        pollAll(a);
        intervals(1, a);

        assertThat(poll(a)).isEmpty();
        assertNoneTwice();
    }

    @Test
    void the_next_poll_begins_with_the_next_interval_of_the_store() {
        clock.advance(Duration.ofSeconds(7));
        PollTurns a = join("a");
        poll(a);
        clock.advance(Duration.ofSeconds(3));

        assertThat(a.untilNext()).contains(Duration.ofSeconds(20).plusMillis(2));
    }

    @Test
    void no_miner_is_polled_twice_in_an_interval_whatever_instances_join_die_and_freeze() {
        for (int seed = 0; seed < 200; seed++) {
            polled.clear();
            Random random = new Random(seed);
            Function<String, Store> shared = InMemoryStore.shared(clock);
            List<PollTurns> instances = new ArrayList<>();
            for (int n = 0; n < 5; n++) {
                instances.add(new PollTurns(shared.apply("i" + n).lease(), INTERVAL, clock, () -> 0));
            }
            for (int step = 0; step < 150; step++) {
                PollTurns one = instances.get(random.nextInt(instances.size()));
                poll(one);
                clock.advance(Duration.ofMillis(random.nextInt(12_000)));
            }
            assertThat(polled).as("polls with seed " + seed).isNotEmpty();
            assertNoneTwice();
        }
    }
}
