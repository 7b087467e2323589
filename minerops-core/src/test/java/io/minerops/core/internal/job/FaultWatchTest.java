package io.minerops.core.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.event.Event;
import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FaultWatchTest {
    private static final MinerAddress MINER = MinerAddress.of("192.0.2.10");
    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

    private final FaultWatch watch = new FaultWatch("poll-metrics");

    private static Instant minute(int minute) {
        return START.plusSeconds(60L * minute);
    }

    private @Nullable List<DeviceFault> poll(int minute, MinerAddress miner, String @Nullable ... codes) {
        return watch.take(
                        minute(minute),
                        MetricSample.builder(miner, minute(minute))
                                .faults(
                                        codes == null
                                                ? null
                                                : Stream.of(codes)
                                                        .map(code -> new DeviceFault(code, "text of " + code, null))
                                                        .toList())
                                .build())
                .faults();
    }

    private List<String> events() {
        return watch.takeEvents(START).stream()
                .map(event -> event.level() + " " + event.miner() + ": " + event.message())
                .toList();
    }

    @Test
    void a_fault_that_appears_and_one_that_ends_are_an_event_each() {
        poll(0, MINER, "110");
        assertThat(events()).containsExactly("WARNING 192.0.2.10: reports fault 110 (text of 110)");

        poll(1, MINER, "110", "264");
        assertThat(events()).containsExactly("WARNING 192.0.2.10: reports fault 264 (text of 264)");

        poll(2, MINER, "264");
        assertThat(events()).containsExactly("INFO 192.0.2.10: no longer reports fault 110 (text of 110)");

        poll(3, MINER, "264");
        assertThat(events()).isEmpty();
    }

    @Test
    void a_fault_is_there_since_the_poll_that_first_saw_it() {
        poll(0, MINER, "110");

        assertThat(poll(5, MINER, "110")).containsExactly(new DeviceFault("110", "text of 110", minute(0)));
    }

    @Test
    void a_fault_that_comes_again_began_again() {
        poll(0, MINER, "110");
        poll(1, MINER);

        assertThat(poll(2, MINER, "110")).containsExactly(new DeviceFault("110", "text of 110", minute(2)));
    }

    @Test
    void a_miner_that_does_not_say_neither_begins_nor_ends_a_fault() {
        poll(0, MINER, "110");
        events();

        assertThat(poll(1, MINER, (String[]) null)).isNull();
        assertThat(events()).isEmpty();
        assertThat(poll(2, MINER, "110")).containsExactly(new DeviceFault("110", "text of 110", minute(0)));
        assertThat(events()).isEmpty();
    }

    @Test
    void the_events_of_one_poll_are_bounded_and_the_rest_is_summed_up() {
        for (int i = 0; i < FaultWatch.MAX_EVENTS + 7; i++) {
            poll(0, MinerAddress.of("10.0.0." + i), "110");
        }
        List<Event> events = watch.takeEvents(START);

        assertThat(events).hasSize(FaultWatch.MAX_EVENTS + 1);
        assertThat(events.get(FaultWatch.MAX_EVENTS).message()).startsWith("7 more changes");
    }

    @Test
    void a_miner_that_is_no_longer_registered_is_forgotten() {
        poll(0, MINER, "110");
        events();
        watch.keepOnly(Set.of());

        poll(1, MINER, "110");
        assertThat(events()).hasSize(1);
    }
}
