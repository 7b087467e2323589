package io.minerops.core.discovery;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerClient;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.MinerReading.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A network in its own time, which passes only while a discovery waits: hosts answer as a test says, and an address of
 * which nothing was said stays silent until the deadline.
 */
final class VirtualNetwork implements MinerClient, Ticker {
    /** The response of a host by the number of the query. */
    interface Host {
        Answer answer(int time, MinerAddress address, Duration deadline);
    }

    /** What comes and when. */
    record Answer(Duration after, MinerReading reading, int connections) {}

    private record Due(long at, long number, Runnable completion) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
        }
    }

    final List<MinerAddress> queried = new ArrayList<>();
    final List<Duration> deadlines = new ArrayList<>();
    final List<Long> starts = new ArrayList<>();
    final List<Long> connections = new ArrayList<>();
    int maxUnderWay;
    private final Map<MinerAddress, Host> hosts = new HashMap<>();
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private final Map<MinerAddress, Integer> times = new HashMap<>();
    private int underWay;
    private long now = 1_000;
    private long number;
    private boolean counting = true;

    static MinerReading.Ok ok(MinerAddress address) {
        return new MinerReading.Ok(
                MetricSample.builder(address, Instant.EPOCH).build(),
                new MinerIdentity("Bitmain", "S21", null, null, null, null),
                0,
                List.of(),
                Set.of());
    }

    static MinerReading silence(MinerAddress address) {
        return new MinerReading.TimedOut(address, Phase.CONNECT);
    }

    VirtualNetwork host(String address, Host host) {
        hosts.put(MinerAddress.of(address), host);
        return this;
    }

    VirtualNetwork miner(String address) {
        return host(address, (time, self, deadline) -> new Answer(Duration.ofMillis(50), ok(self), 1));
    }

    VirtualNetwork answering(String address, MinerReading reading) {
        return host(address, (time, self, deadline) -> new Answer(Duration.ofMillis(5), reading, 1));
    }

    VirtualNetwork withoutCounting() {
        counting = false;
        return this;
    }

    @Override
    public CompletionStage<MinerReading> read(MinerAddress miner, Duration deadline) {
        queried.add(miner);
        deadlines.add(deadline);
        maxUnderWay = Math.max(maxUnderWay, ++underWay);
        Answer answer = hosts.getOrDefault(miner, (time, self, limit) -> new Answer(limit, silence(self), 1))
                .answer(times.merge(miner, 1, Integer::sum), miner, deadline);
        for (int connection = 0; connection < answer.connections(); connection++) {
            connections.add(now);
        }
        CompletableFuture<MinerReading> reading = new CompletableFuture<>();
        due.add(new Due(now + answer.after().toNanos(), number++, () -> {
            underWay--;
            reading.complete(answer.reading());
        }));
        return reading;
    }

    /** How many connections were opened; none where it counts none. */
    long connectionsBegun() {
        return counting ? connections.size() : 0;
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public void started() {
        starts.add(now);
    }

    @Override
    public <T> @Nullable T next(BlockingQueue<T> queue, long nanos) {
        long end = now + nanos;
        while (queue.isEmpty() && !due.isEmpty() && due.peek().at() <= end) {
            Due first = due.remove();
            now = Math.max(now, first.at());
            first.completion().run();
        }
        if (queue.isEmpty()) {
            now = end;
        }
        return queue.poll();
    }

    @Override
    public void close() {}
}
