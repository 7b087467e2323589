package io.minerops.core.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.event.Event;
import io.minerops.api.miner.Fact;
import io.minerops.api.miner.FactKind;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.EventQuery;
import io.minerops.api.store.FactQuery;
import io.minerops.api.store.HistoryQuery;
import io.minerops.core.TestClock;
import io.minerops.core.job.Job;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PruneHistoryJobTest {
    private static final MinerAddress MINER = MinerAddress.of("10.0.0.1");
    private static final Duration INTERVAL = Duration.ofMinutes(30);
    private static final Duration RETENTION = Duration.ofDays(10);

    private final TestClock clock = new TestClock();
    private final InMemoryStore store = new InMemoryStore();

    private void prune() {
        new PruneHistoryJob(
                        store,
                        new PruneHistoryJob.Retention(RETENTION, Duration.ofDays(20), Duration.ofDays(5), null),
                        INTERVAL,
                        clock)
                .run();
    }

    private void pollFor(Duration time) {
        Instant end = clock.instant().plus(time);
        while (clock.instant().isBefore(end)) {
            store.metrics()
                    .append(Poll.of(
                            clock.instant(),
                            List.of(MetricSample.builder(MINER, clock.instant())
                                    .set(Reading.HASHRATE_THS, 100)
                                    .build())));
            clock.advance(INTERVAL);
        }
    }

    private List<Instant> polls() {
        List<Instant> times = new ArrayList<>();
        store.metrics()
                .history(
                        new HistoryQuery(
                                null,
                                Instant.EPOCH,
                                clock.instant().plus(Duration.ofDays(9_999)),
                                null,
                                Integer.MAX_VALUE),
                        (at, sample) -> times.add(at));
        return times;
    }

    private List<Event> events() {
        return store.events()
                .find(new EventQuery(Event.Level.WARNING, null, null, 10, null))
                .items();
    }

    @Test
    void deletes_what_is_older_than_the_retention() {
        pollFor(Duration.ofDays(15));
        prune();

        Instant newest = clock.instant().minus(INTERVAL);
        assertThat(polls().get(0)).isEqualTo(newest.minus(RETENTION));
        assertThat(events()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {36, 240, 1_440, 87_600})
    void deletes_nothing_when_the_clock_jumps_ahead_and_says_so_once(long hours) {
        pollFor(Duration.ofDays(9));
        store.events().record(Event.of(clock.instant(), Event.Level.INFO, "test", null, "something happened"));
        clock.advance(Duration.ofHours(hours));
        pollFor(INTERVAL.multipliedBy(2));
        int before = polls().size();
        PruneHistoryJob job = new PruneHistoryJob(
                store,
                new PruneHistoryJob.Retention(RETENTION, Duration.ofDays(20), Duration.ofDays(5), null),
                INTERVAL,
                clock);
        job.run();
        job.run();

        assertThat(polls()).hasSize(before);
        assertThat(events()).extracting(Event::source).containsExactly(Job.PRUNE_HISTORY.key());
        assertThat(events().get(0).message()).contains("clock");
        assertThat(store.events()
                        .find(new EventQuery(Event.Level.INFO, null, null, 10, null))
                        .items())
                .hasSize(2);
    }

    @Test
    void deletes_old_polls_after_a_jump_when_enough_new_ones_are_there() {
        pollFor(Duration.ofDays(9));
        Instant jumped = clock.instant().plus(Duration.ofDays(60));
        clock.advance(Duration.ofDays(60));
        pollFor(Duration.ofDays(11));
        prune();

        assertThat(polls().get(0)).isAfterOrEqualTo(jumped);
    }

    @Test
    void polls_of_a_clock_that_was_ahead_make_nothing_old() {
        pollFor(Duration.ofDays(9));
        int before = polls().size();
        Instant future = clock.instant().plus(Duration.ofDays(400));
        store.metrics()
                .append(Poll.of(
                        future, List.of(MetricSample.builder(MINER, future).build())));
        prune();

        assertThat(polls()).hasSize(before + 1);
    }

    @Test
    void deletes_facts_that_ended_before_their_own_retention_and_none_that_hold() {
        Fact old = Fact.first(MINER, FactKind.POOL, null, "a", clock.instant());
        Fact recent = old.changedTo("b", clock.instant().plus(Duration.ofDays(1)), false);
        store.facts().record(List.of(old, recent));
        pollFor(Duration.ofDays(8));
        store.facts().record(List.of(recent.changedTo("c", clock.instant(), false)));
        prune();

        assertThat(store.facts().find(FactQuery.of(MINER)).items())
                .extracting(Fact::value)
                .containsExactly("c", "b");
    }

    @Test
    void deletes_nothing_without_polls() {
        store.events().record(Event.of(clock.instant(), Event.Level.WARNING, "test", null, "something happened"));
        clock.advance(Duration.ofDays(1_000));
        prune();

        assertThat(events()).hasSize(1);
    }
}
