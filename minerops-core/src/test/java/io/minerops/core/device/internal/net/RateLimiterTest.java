package io.minerops.core.device.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private static final long SECOND = 1_000_000_000;

    /** Begins as soon as it may for so long, with pauses as a busy machine makes them. */
    private static List<Long> startsOf(int perSecond, long nanos, long seed) {
        Random random = new Random(seed);
        RateLimiter pace = RateLimiter.perSecond(perSecond, 0);
        List<Long> starts = new ArrayList<>();
        for (long now = 0; now < nanos; ) {
            if (pace.waitNanos(now) <= 0) {
                pace.started(now);
                starts.add(now);
            } else {
                now += pace.waitNanos(now);
            }
            now += random.nextInt(20) == 0 ? random.nextInt(50_000_000) : random.nextInt(10_000);
        }
        return starts;
    }

    private static int maxWithin(List<Long> starts, long window) {
        int most = 0;
        int first = 0;
        for (int last = 0; last < starts.size(); last++) {
            while (starts.get(last) - starts.get(first) >= window) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    @Property(tries = 200)
    void no_second_sees_more_than_the_rate_and_a_slice(
            @ForAll @IntRange(min = 1, max = 5_000) int rate, @ForAll long seed) {
        int slice = Math.max(1, rate / 20);

        assertThat(maxWithin(startsOf(rate, 4 * SECOND, seed), SECOND)).isLessThan(rate + slice);
    }

    @Property(tries = 50)
    void a_rate_that_slices_divide_is_kept_to_the_last_connection(
            @ForAll @IntRange(min = 1, max = 250) int perSlice, @ForAll long seed) {
        assertThat(maxWithin(startsOf(perSlice * 20, 4 * SECOND, seed), SECOND)).isLessThanOrEqualTo(perSlice * 20);
    }

    @Test
    void connections_come_in_a_stream_and_not_in_one_burst_a_second() {
        assertThat(maxWithin(startsOf(500, 4 * SECOND, 7), SECOND / 20)).isEqualTo(25);
    }

    @Test
    void the_rate_is_used_where_nothing_holds_it_up() {
        RateLimiter pace = RateLimiter.perSecond(500, 0);
        int starts = 0;
        for (long now = 0; now < 10 * SECOND; now += Math.max(0, pace.waitNanos(now))) {
            pace.started(now);
            starts++;
        }

        assertThat(starts).isBetween(4_900, 5_025);
    }

    @Test
    void unrequested_connections_delay_the_next() {
        RateLimiter pace = RateLimiter.perSecond(20, 0);
        pace.started(0);

        for (int further = 0; further < 3; further++) {
            pace.started(0);
        }

        assertThat(pace.waitNanos(0)).isEqualTo(SECOND / 20 * 4);
    }

    @Test
    void a_flood_of_others_connections_holds_up_little_more_than_a_second() {
        RateLimiter pace = RateLimiter.perSecond(20, 0);
        for (int others = 0; others < 10_000; others++) {
            pace.started(0);
        }

        assertThat(pace.waitNanos(0)).isLessThan(SECOND * 11 / 10);
    }

    @Test
    void spaced_starts_keep_the_gap_where_they_are_in_time() {
        RateLimiter pace = RateLimiter.spaced(SECOND / 100, 0);
        pace.started(0);

        assertThat(pace.waitNanos(0)).isEqualTo(SECOND / 100);
    }

    @Test
    void a_spaced_start_that_is_late_catches_up_by_two_milliseconds_at_most() {
        RateLimiter pace = RateLimiter.spaced(SECOND / 100, 0);
        pace.started(SECOND / 1000);
        assertThat(pace.waitNanos(SECOND / 1000)).isEqualTo(9 * SECOND / 1000);

        pace.started(SECOND);
        assertThat(pace.waitNanos(SECOND)).isEqualTo(8 * SECOND / 1000);
    }

    @Test
    void the_limiter_that_allows_a_start_first_comes_first_even_where_the_clock_wraps_around() {
        RateLimiter before = RateLimiter.spaced(1, Long.MAX_VALUE);
        RateLimiter after = RateLimiter.spaced(1, Long.MIN_VALUE + 5);

        assertThat(before.compareNext(after)).isNegative();
        assertThat(after.compareNext(before)).isPositive();
    }
}
