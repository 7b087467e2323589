package io.minerops.benchmarks;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Poll;
import io.minerops.api.store.Lease;
import io.minerops.core.internal.share.PollTurns;
import io.minerops.core.internal.share.Turn;
import io.minerops.postgres.PostgresStore;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One of the servers that share a fleet, as the database sees it: its store, its turns, and what each step costs. */
final class ScaleInstance implements AutoCloseable {
    /** What a server takes by default. */
    static final int CONNECTIONS = 8;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final double MS = 1e6;

    private final String name;
    private final PostgresStore store;
    private final Lease lease;
    private final PollTurns turns;

    /**
     * What a step of an instance took.
     *
     * @param samples how many samples it handled
     * @param ms how long it took
     * @param cpuMs processor time of the thread in that, without the database's own
     */
    record Cost(int samples, double ms, double cpuMs) {
        static final Cost NONE = new Cost(0, 0, 0);

        Cost plus(Cost other) {
            return new Cost(samples + other.samples, ms + other.ms, cpuMs + other.cpuMs);
        }
    }

    private interface Step {
        int run();
    }

    ScaleInstance(
            BenchmarkServer server,
            String name,
            Duration interval,
            InstantSource clock,
            Map<String, VirtualLease.Span> spans) {
        this.name = name;
        store = server.open(name, CONNECTIONS);
        lease = new VirtualLease(store.lease(), clock, spans);
        turns = new PollTurns(lease, interval, clock, () -> clock.millis() * 1_000_000);
    }

    String name() {
        return name;
    }

    PostgresStore store() {
        return store;
    }

    /** Renews the membership; the poll that is this instance's to make now. */
    Optional<Turn> next() {
        return turns.next();
    }

    /** The miners' samples that are this instance's. */
    static List<MetricSample> share(Turn turn, Poll fleet) {
        return fleet.samples().stream()
                .filter(sample -> turn.includes(sample.miner()))
                .toList();
    }

    /** Stores its share of a poll under its membership. */
    Cost append(Turn turn, List<MetricSample> samples) {
        Poll own = Poll.of(turn.at(), samples);
        Lease.Fence fence = turn.fence();
        if (fence == null) {
            throw new IllegalStateException(name + " has no membership");
        }
        return cost(() -> {
            lease.fenced(fence, () -> store.metrics().append(own));
            return samples.size();
        });
    }

    /** Takes in what the others have stored, as pages, event streams and the check of alerts need it. */
    Cost readLatest() {
        return cost(() -> {
            FleetSnapshot latest = store.metrics().latest();
            return latest.size();
        });
    }

    private static Cost cost(Step step) {
        long cpu = THREADS.getCurrentThreadCpuTime();
        long begin = System.nanoTime();
        int samples = step.run();
        return new Cost(samples, (System.nanoTime() - begin) / MS, (THREADS.getCurrentThreadCpuTime() - cpu) / MS);
    }

    @Override
    public void close() {
        store.close();
    }
}
