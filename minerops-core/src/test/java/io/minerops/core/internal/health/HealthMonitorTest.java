package io.minerops.core.internal.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minerops.api.HealthContributor;
import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Page;
import io.minerops.api.StoreException;
import io.minerops.api.event.Event;
import io.minerops.api.store.EventQuery;
import io.minerops.api.store.EventStore;
import io.minerops.core.TestClock;
import io.minerops.core.health.Health;
import io.minerops.core.health.Health.ComponentHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthMonitorTest {
    private final TestClock clock = new TestClock();
    private final AtomicReference<@Nullable String> disk = new AtomicReference<>();
    private final AtomicReference<@Nullable String> loop = new AtomicReference<>();
    private final AtomicInteger checks = new AtomicInteger();
    private final Recorded events = new Recorded();
    private final HealthMonitor monitor = new HealthMonitor(
            List.of(
                    HealthContributor.of("disk", () -> {
                        checks.incrementAndGet();
                        return Optional.ofNullable(disk.get());
                    }),
                    HealthContributor.of("loop", () -> Optional.ofNullable(loop.get()))),
            events,
            clock,
            () -> Duration.between(TestClock.START, clock.instant()).toNanos(),
            null);

    @AfterEach
    void close() {
        monitor.close();
    }

    private Health later(Duration time) {
        clock.advance(time);
        return monitor.health();
    }

    private static ComponentHealth state(Health health, String name) {
        return health.component(name).orElseThrow();
    }

    @Test
    void all_components_work_at_first() {
        Health health = monitor.health();

        assertThat(health.ok()).isTrue();
        assertThat(health.components()).extracting(ComponentHealth::name).containsExactly("disk", "loop");
        assertThat(health.components()).extracting(ComponentHealth::since).containsOnly(TestClock.START);
    }

    @Test
    void one_component_that_fails_is_enough_and_says_since_when() {
        monitor.health();
        loop.set("the loop has ended");

        Health health = later(Duration.ofSeconds(30));
        Health afterwards = later(Duration.ofSeconds(30));

        assertThat(health.ok()).isFalse();
        assertThat(state(health, "loop").error()).isEqualTo("the loop has ended");
        assertThat(state(health, "disk").ok()).isTrue();
        assertThat(state(afterwards, "loop").since()).isEqualTo(TestClock.START.plusSeconds(30));
    }

    @Test
    void records_when_a_component_fails_and_when_it_works_again_once_each() throws Exception {
        disk.set("no space left");
        later(Duration.ofSeconds(10));
        later(Duration.ofSeconds(10));
        assertThat(events.next().message()).contains("disk").contains("no space left");
        disk.set(null);
        later(Duration.ofSeconds(10));
        Event again = events.next();
        later(Duration.ofSeconds(10));

        assertThat(again.level()).isEqualTo(Event.Level.INFO);
        assertThat(again.message()).contains("disk works again").contains("no space left");
        assertThat(events.recorded).isEmpty();
    }

    @Test
    void an_event_that_cannot_be_stored_is_stored_later_with_its_own_time() throws Exception {
        events.full = true;
        disk.set("no space left");
        Instant failed = later(Duration.ofSeconds(10)).components().get(0).since();
        events.refused.take();
        events.full = false;
        disk.set(null);
        later(Duration.ofMinutes(10));

        assertThat(events.next().at()).isEqualTo(failed);
        assertThat(events.next().message()).contains("works again");
    }

    @Test
    void its_own_thread_checks_without_a_request() throws Exception {
        loop.set("the loop has ended");
        monitor.start();

        assertThat(events.next().level()).isEqualTo(Event.Level.ERROR);
    }

    @Test
    void a_check_that_throws_is_a_component_that_fails() {
        AtomicInteger round = new AtomicInteger();
        AtomicLong nanos = new AtomicLong();
        try (HealthMonitor other = new HealthMonitor(
                List.of(HealthContributor.of("odd", () -> {
                    if (round.getAndIncrement() == 0) {
                        throw new IllegalStateException("lost");
                    }
                    throw new LinkageError("class");
                })),
                events,
                clock,
                // each look at the clock is 5 s later
                () -> nanos.addAndGet(Duration.ofSeconds(5).toNanos()),
                null)) {
            assertThat(state(other.health(), "odd").error()).contains("lost");
            assertThat(state(other.health(), "odd").error()).contains("class");
        }
    }

    @Test
    void many_requests_at_a_time_cost_one_check() {
        for (int request = 0; request < 100; request++) {
            monitor.health();
        }
        assertThat(checks).hasValue(1);

        later(HealthMonitor.REUSED_FOR);
        assertThat(checks).hasValue(2);
    }

    @Test
    void a_component_that_keeps_changing_does_not_displace_other_events() throws Exception {
        for (int change = 0; change < 200; change++) {
            loop.set(change % 2 == 0 ? "down" : null);
            later(Duration.ofSeconds(5));
        }
        loop.set("down");
        later(Duration.ofHours(1));

        for (int event = 0; event < Component.MAX_EVENTS_PER_HOUR; event++) {
            assertThat(events.next().message()).doesNotContain("without an event");
        }
        assertThat(events.next().message())
                .contains((200 - Component.MAX_EVENTS_PER_HOUR) + " changes before, without an event each");
        assertThat(events.recorded).isEmpty();
    }

    @Test
    void a_long_error_is_cut() {
        loop.set("x".repeat(100_000));

        assertThat(state(monitor.health(), "loop").error()).hasSize(1_000);
    }

    @Test
    void two_components_of_one_name_are_refused() {
        HealthContributor one = HealthContributor.of("tokens", Optional::empty);

        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> new HealthMonitor(List.of(one, one), events, clock, () -> 0, null))
                .withMessageContaining("tokens");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Token file", "a/b", "x\n"})
    void a_name_that_is_none_is_refused(String name) {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> new HealthMonitor(
                        List.of(HealthContributor.of(name, Optional::empty)), events, clock, () -> 0, null))
                .withMessageContaining("name");
    }

    /** Events in the order of their arrival; it can be full. */
    private static final class Recorded implements EventStore {
        final BlockingQueue<Event> recorded = new LinkedBlockingQueue<>();
        final BlockingQueue<Event> refused = new LinkedBlockingQueue<>();
        volatile boolean full;

        Event next() throws InterruptedException {
            Event event = recorded.poll(20, TimeUnit.SECONDS);
            assertThat(event).as("an event").isNotNull();
            return event;
        }

        @Override
        public Event record(Event event) {
            if (full) {
                refused.add(event);
                throw new StoreException("the disk is full");
            }
            recorded.add(event);
            return event;
        }

        @Override
        public Page<Event> find(EventQuery query) {
            return new Page<>(List.copyOf(recorded), null);
        }

        @Override
        public int prune(Instant before) {
            return 0;
        }
    }
}
