package io.minerops.core.device.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MinerAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingQueueTest {
    private static final long START = Long.MAX_VALUE - 1_000; // the clock wraps around in every test
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final ConnectionLimits AMPLE = new ConnectionLimits(1_000, 1_000, 1_000, 1, 1);

    private long numbers;

    private PendingReading reading(String host) {
        return new PendingReading(MinerAddress.of(host), START + TimeUnit.HOURS.toNanos(1), ++numbers);
    }

    private static List<String> all(ReadingQueue queue, long now) {
        List<String> hosts = new ArrayList<>();
        for (PendingReading next = queue.next(now); next != null; next = queue.next(now)) {
            hosts.add(next.miner.host());
        }
        return hosts;
    }

    private ReadingQueue with(ConnectionLimits limits, String... hosts) {
        ReadingQueue queue = new ReadingQueue(limits, START);
        for (String host : hosts) {
            queue.add(reading(host), false);
        }
        return queue;
    }

    @Test
    void as_many_go_as_the_budget_allows_and_another_when_one_has_ended() {
        ReadingQueue queue = new ReadingQueue(new ConnectionLimits(2, 9, 9, 1, 1), START);
        PendingReading one = reading("10.0.0.1");
        queue.add(one, false);
        queue.add(reading("10.0.1.1"), false);
        queue.add(reading("10.0.2.1"), false);

        assertThat(all(queue, START + MILLI)).hasSize(2).contains("10.0.0.1");
        assertThat(queue.waitNanos(START + MILLI)).isEqualTo(Long.MAX_VALUE);
        queue.remove(one);
        assertThat(all(queue, START + MILLI)).hasSize(1);
    }

    @Test
    void a_full_subnet_does_not_hold_up_another() {
        ReadingQueue queue = with(new ConnectionLimits(9, 1, 9, 1, 1), "10.0.0.1", "10.0.0.2", "10.0.1.1");

        assertThat(all(queue, START + MILLI)).containsExactlyInAnyOrder("10.0.0.1", "10.0.1.1");
    }

    @Test
    void subnets_take_turns() {
        ReadingQueue queue = with(
                new ConnectionLimits(9, 9, 9, 1, MILLI), "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.1.1", "10.0.1.2");

        assertThat(all(queue, START + 5)).containsExactlyInAnyOrder("10.0.0.1", "10.0.1.1");
    }

    @Test
    void a_start_waits_until_the_pace_allows_it() {
        ReadingQueue queue = with(new ConnectionLimits(9, 9, 9, 10 * MILLI, 1), "10.0.0.1", "10.0.1.1");

        assertThat(all(queue, START)).hasSize(1);
        assertThat(queue.waitNanos(START + 4 * MILLI)).isEqualTo(6 * MILLI);
        assertThat(all(queue, START + 9 * MILLI)).isEmpty();
        assertThat(all(queue, START + 10 * MILLI)).hasSize(1);
    }

    @Test
    void who_comes_late_catches_up_by_two_milliseconds_and_no_more() {
        ReadingQueue queue = new ReadingQueue(new ConnectionLimits(1_000, 1_000, 9, MILLI / 10, 1), START);
        for (int host = 1; host <= 200; host++) {
            queue.add(reading("10.0.0." + host), false);
        }

        assertThat(all(queue, START + 1_000 * MILLI)).hasSize(21);
    }

    @Test
    void a_suspect_waits_while_another_can_go() {
        ReadingQueue queue = new ReadingQueue(new ConnectionLimits(1, 9, 9, 1, 1), START);
        PendingReading living = reading("10.0.0.2");
        queue.add(reading("10.0.0.1"), true);
        queue.add(living, false);

        assertThat(all(queue, START + MILLI)).containsExactly("10.0.0.2");
        queue.remove(living);
        assertThat(all(queue, START + MILLI)).containsExactly("10.0.0.1");
    }

    @Test
    void suspects_leave_room_for_responsive_miners() {
        ReadingQueue queue = new ReadingQueue(new ConnectionLimits(4, 9, 1, 1, 1), START);
        queue.add(reading("10.0.0.1"), true);
        queue.add(reading("10.0.0.2"), true);

        assertThat(all(queue, START + MILLI)).containsExactly("10.0.0.1");
        assertThat(queue.waitNanos(START + MILLI)).isEqualTo(Long.MAX_VALUE);
        queue.add(reading("10.0.0.3"), false);
        assertThat(all(queue, START + MILLI)).containsExactly("10.0.0.3");
    }

    @Test
    void two_readings_of_one_device_follow_each_other() {
        ReadingQueue queue = new ReadingQueue(AMPLE, START);
        PendingReading first = reading("10.0.0.1");
        PendingReading second = reading("10.0.0.1");
        PendingReading third = reading("10.0.0.1");
        queue.add(first, false);
        queue.add(second, false);
        queue.add(third, false);

        assertThat(queue.next(START + MILLI)).isSameAs(first);
        assertThat(queue.next(START + MILLI)).isNull();
        queue.remove(second);
        queue.remove(first);
        assertThat(queue.next(START + MILLI)).isSameAs(third);
        assertThat(queue.isUnderWay(third)).isTrue();
        assertThat(queue.isUnderWay(second)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.7.9, 192.168.7",
        "miner7.site.example.com, site.example.com",
        "localhost, localhost",
        "miner7, miner7",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2",
        "::1, :"
    })
    void devices_of_one_network_share_a_subnet(String host, String subnet) {
        assertThat(Subnet.of(MinerAddress.of(host))).isEqualTo(subnet);
    }

    @Property(tries = 200)
    void no_limit_is_ever_exceeded_and_no_miner_is_forgotten(@ForAll long seed) {
        Random random = new Random(seed);
        ConnectionLimits limits = new ConnectionLimits(
                1 + random.nextInt(8), 1 + random.nextInt(4), 1 + random.nextInt(3), 1, 1 + random.nextInt(1_000));
        ReadingQueue queue = new ReadingQueue(limits, START);
        Set<PendingReading> waiting = new HashSet<>();
        Set<PendingReading> underWay = new HashSet<>();
        long now = START;
        for (int step = 0; step < 300 || !waiting.isEmpty() || !underWay.isEmpty(); step++) {
            now += random.nextInt(2_000);
            if (step < 300 && random.nextInt(3) > 0) {
                PendingReading added = reading("10.0." + random.nextInt(4) + "." + random.nextInt(6));
                queue.add(added, random.nextInt(4) == 0);
                waiting.add(added);
            }
            PendingReading next = queue.next(now);
            if (next != null) {
                assertThat(waiting.remove(next)).isTrue();
                underWay.add(next);
            } else if (!underWay.isEmpty() && (random.nextInt(3) == 0 || step > 300)) {
                PendingReading ended = underWay.iterator().next();
                underWay.remove(ended);
                queue.remove(ended);
            } else if (!waiting.isEmpty() && random.nextInt(10) == 0) {
                PendingReading givenUp = waiting.iterator().next();
                waiting.remove(givenUp);
                queue.remove(givenUp);
            }
            assertWithin(limits, underWay);
            assertThat(step).as("steps").isLessThan(10_000);
        }
        assertThat(queue.next(now + MILLI)).isNull();
    }

    private static void assertWithin(ConnectionLimits limits, Set<PendingReading> underWay) {
        Map<String, Integer> bySubnet = new HashMap<>();
        Set<MinerAddress> miners = new HashSet<>();
        int suspects = 0;
        for (PendingReading reading : underWay) {
            assertThat(miners.add(reading.miner)).as("one at a time").isTrue();
            suspects += reading.suspect ? 1 : 0;
            if (!reading.suspect) {
                bySubnet.merge(Subnet.of(reading.miner), 1, Integer::sum);
            }
        }
        assertThat(underWay).hasSizeLessThanOrEqualTo(limits.connections());
        assertThat(suspects).isLessThanOrEqualTo(limits.suspects());
        assertThat(bySubnet.values()).allMatch(count -> count <= limits.perSubnet());
    }
}
