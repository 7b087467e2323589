package io.minerops.api.store;

import io.minerops.api.StoreException;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.MinerIndex;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The registry of one store and the samples of another, kept in step: who moves or is removed there is so here. */
final class CombinedMetrics implements MetricStore {
    private final Store base;
    private final StandaloneMetricStore samples;
    private final MinerStore miners = new Registry();
    /** Written while a miner moves or is removed, so that no reader sees it at two addresses. */
    private final ReadWriteLock moves = new ReentrantReadWriteLock();
    /** Whether the registry may have moves that the samples lack; at first, because a process may have died between. */
    private volatile boolean behind = true;

    private volatile @Nullable Joined last;
    private volatile boolean closed;

    private record Joined(MinerIndex roster, FleetSnapshot samples, FleetSnapshot snapshot) {}

    CombinedMetrics(Store base, StandaloneMetricStore samples) {
        this.base = base;
        this.samples = samples;
    }

    MinerStore miners() {
        return miners;
    }

    void close() {
        closed = true;
    }

    @Override
    public void append(Poll poll) {
        // another instance on the same store may have moved a miner since
        behind = true;
        inStep(() -> {
            register(poll);
            samples.append(poll);
            return poll;
        });
    }

    /** Registers who answered, and writes down the names that are known: those of miners that are registered. */
    private void register(Poll poll) {
        Map<MinerAddress, MinerIdentity> known = new LinkedHashMap<>();
        for (MetricSample sample : poll.samples()) {
            if (base.miners().find(sample.miner()).isEmpty()) {
                known.put(sample.miner(), MinerIdentity.UNKNOWN);
            }
        }
        poll.identities().forEach((address, identity) -> {
            if (known.containsKey(address) || base.miners().find(address).isPresent()) {
                known.put(address, identity);
            }
        });
        if (!known.isEmpty()) {
            base.miners().identify(known, poll.at());
        }
    }

    @Override
    public FleetSnapshot latest() {
        return inStep(() -> {
            MinerIndex roster = base.metrics().latest().roster();
            FleetSnapshot newest = samples.latest();
            Joined known = last;
            if (known == null || known.roster() != roster || known.samples() != newest) {
                known = new Joined(roster, newest, join(roster, newest));
                last = known;
            }
            return known.snapshot();
        });
    }

    private static FleetSnapshot join(MinerIndex roster, FleetSnapshot samples) {
        FleetSnapshot.Builder joined = FleetSnapshot.builder(samples.takenAt(), roster);
        for (int row = 0; row < roster.size(); row++) {
            joined.row();
            int from = samples.row(roster.miner(row).address());
            if (from >= 0 && samples.hasSample(from)) {
                joined.sampledAt(samples.epochMillis(from))
                        .powerEstimated(samples.powerEstimated(from))
                        .pool(samples.pool(from))
                        .state(samples.state(from))
                        .faults(samples.faults(from))
                        .boards(samples.boards(from));
                for (Reading reading : Reading.all()) {
                    joined.set(reading, samples.value(reading, from));
                }
            }
        }
        return joined.build();
    }

    @Override
    public void history(HistoryQuery query, BiConsumer<Instant, MetricSample> consumer) {
        inStep(() -> query);
        // a consumer may take its time, and no miner is kept from moving meanwhile
        samples.history(query, consumer);
    }

    @Override
    public void polls(PollQuery query, Predicate<PollColumns> consumer) {
        inStep(() -> query);
        samples.polls(query, consumer);
    }

    @Override
    public HistorySource source(HistoryQuery query) {
        return samples.source(query);
    }

    @Override
    public void rollups(RollupQuery query, Predicate<MetricRollup> consumer) {
        inStep(() -> query);
        samples.rollups(query, consumer);
    }

    @Override
    public void rollupColumns(RollupQuery query, Predicate<MetricRollup.Columns> consumer) {
        inStep(() -> query);
        samples.rollupColumns(query, consumer);
    }

    /** Prunes also what the base store kept before it was combined. */
    @Override
    public int prune(Instant before) {
        requireOpen();
        return base.metrics().prune(before) + samples.prune(before);
    }

    @Override
    public int pruneHourly(Instant before) {
        requireOpen();
        return base.metrics().pruneHourly(before) + samples.pruneHourly(before);
    }

    @Override
    public int pruneDaily(Instant before) {
        requireOpen();
        return base.metrics().pruneDaily(before) + samples.pruneDaily(before);
    }

    private void requireOpen() {
        if (closed) {
            throw new StoreException("the store is closed");
        }
    }

    private <T> T inStep(Supplier<T> step) {
        requireOpen();
        while (true) {
            if (behind) {
                whileNothingReads(() -> behind);
            }
            moves.readLock().lock();
            try {
                if (!behind) {
                    return step.get();
                }
            } finally {
                moves.readLock().unlock();
            }
        }
    }

    private boolean whileNothingReads(BooleanSupplier step) {
        moves.writeLock().lock();
        try {
            if (behind) {
                followMoves();
            }
            return step.getAsBoolean();
        } finally {
            moves.writeLock().unlock();
        }
    }

    private void followMoves() {
        base.miners().moves(samples.lastMove()).forEach(samples::move);
        behind = false;
    }

    /** The registry of the base store; what happens to a miner there happens to its samples. */
    private final class Registry implements MinerStore {
        @Override
        public List<Miner> all() {
            return base.miners().all();
        }

        @Override
        public Optional<Miner> find(MinerAddress address) {
            return base.miners().find(address);
        }

        @Override
        public int register(Collection<MinerAddress> addresses, Instant at) {
            return base.miners().register(addresses, at);
        }

        @Override
        public int identify(Map<MinerAddress, MinerIdentity> identities, Instant at) {
            return base.miners().identify(identities, at);
        }

        @Override
        public Miner put(Miner miner) {
            return base.miners().put(miner);
        }

        @Override
        public boolean readdress(MinerAddress from, MinerAddress to) {
            requireOpen();
            return whileNothingReads(() -> {
                boolean moved = base.miners().readdress(from, to);
                if (moved) {
                    behind = true;
                    followMoves();
                }
                return moved;
            });
        }

        @Override
        public List<Move> moves(long after) {
            return base.miners().moves(after);
        }

        @Override
        public boolean remove(MinerAddress address) {
            requireOpen();
            return whileNothingReads(() -> {
                samples.forget(address);
                return base.miners().remove(address);
            });
        }
    }
}
