package io.minerops.sqlite.internal.rows;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.Poll;
import io.minerops.api.store.HistoryQuery;
import io.minerops.api.store.HistorySource;
import io.minerops.api.store.MetricRollup;
import io.minerops.api.store.MetricStore;
import io.minerops.api.store.PollColumns;
import io.minerops.api.store.PollQuery;
import io.minerops.api.store.RollupQuery;
import io.minerops.blocks.Frame;
import io.minerops.blocks.ReadingIds;
import io.minerops.blocks.RollupReader;
import io.minerops.blocks.SampleReader;
import io.minerops.blocks.TickCodec;
import io.minerops.blocks.jdbc.Stored;
import io.minerops.blocks.jdbc.TickFrames;
import io.minerops.blocks.jdbc.Times;
import io.minerops.sqlite.internal.db.Database;
import io.minerops.sqlite.internal.db.Durability;
import io.minerops.sqlite.internal.db.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Polls in time order, sealed hour by hour; the latest samples in the heap. */
public final class SqliteMetricStore implements MetricStore, AutoCloseable {
    private static final String NEW_TICK =
            "INSERT INTO ticks (at, written, samples, data) VALUES (?, ?, ?, ?) ON CONFLICT (at) DO NOTHING";
    private static final String TICK_AGAIN = "UPDATE ticks SET written = ?, samples = ?, data = ? WHERE at = ?";
    private static final String TICK = "SELECT data FROM ticks WHERE at = ?";

    private final Database database;
    private final AddressBook addresses;
    private final Fleet fleet;
    private final PoolBook pools;
    private final TickCodec ticks;
    private final TickFrames frames = new TickFrames();
    private final LatestSamples latest;
    private final Sealing sealing;
    private final MovingOldRows moving;
    private final Pruning pruning;
    private final SampleHistory history;
    private final PollHistory polls;
    private final RollupHistory rollups;
    private final InstantSource clock;

    public SqliteMetricStore(Database database, AddressBook addresses, Fleet fleet, InstantSource clock) {
        this.database = database;
        this.addresses = addresses;
        this.fleet = fleet;
        this.clock = clock;
        pools = new PoolBook(database);
        ReadingIds readings = ReadingBook.load(database);
        if (database.isWritable()) {
            MetricsView.refresh(database);
        }
        SampleRows rows = new SampleRows(pools);
        ticks = new TickCodec(readings, pools);
        latest = new LatestSamples(database, addresses, fleet, rows, ticks);
        sealing = new Sealing(database, latest, readings, frames);
        pruning = new Pruning(database);
        Hours.Sources sources = new Hours.Sources(database.statements(), addresses, rows, ticks, frames);
        history = new SampleHistory(database, sources, new SampleReader(readings, pools));
        polls = new PollHistory(database, sources, readings, pools);
        rollups = new RollupHistory(database, sources, new RollupReader(readings, pools));
        OldRows old = new OldRows(database, addresses, rows, ticks);
        moving = new MovingOldRows(
                old, sealing::isClosed, hour -> sealing.sealHour(hour, Times.millis(clock.instant())));
        latest.load();
    }

    @Override
    public void append(Poll poll) {
        long at = Times.keyMillis("at", poll.at());
        Instant pollAt = Instant.ofEpochMilli(at);
        AddressBook.Numbered numbered = addresses.enterMiners(poll.samples());
        pools.enter(poll.samples());
        database.write(
                "append a poll",
                Durability.PROCESS,
                tx -> {
                    int[] numbers = addresses.current(numbered, poll.samples());
                    List<Miner> changed = changedMiners(poll, numbers, pollAt);
                    MinerRows.put(tx, addresses, changed);
                    return new Appended(changed, numbers, insert(tx, at, poll.samples(), numbers));
                },
                appended -> {
                    fleet.put(appended.changed, pollAt, poll.samples(), appended.numbers);
                    frames.put(at, appended.tick.written, Frame.of(appended.tick.data), appended.tick.data.length);
                });
        sealing.request(at);
    }

    /** What a transaction wrote. */
    @SuppressWarnings("ArrayRecordComponent") // handed on within this class and never compared
    private record Appended(List<Miner> changed, int[] numbers, Tick tick) {}

    @SuppressWarnings("ArrayRecordComponent") // handed on within this class and never compared
    private record Tick(long written, byte[] data) {}

    /** Every miner that answered is registered; a name without a sample is written down only where it is known. */
    private List<Miner> changedMiners(Poll poll, int[] numbers, Instant pollAt) {
        List<MinerAddress> unregistered = fleet.unregistered(numbers, poll.samples());
        if (unregistered.isEmpty() && poll.identities().isEmpty()) {
            return List.of();
        }
        Map<MinerAddress, MinerIdentity> said = new LinkedHashMap<>();
        unregistered.forEach(miner -> said.put(miner, MinerIdentity.UNKNOWN));
        poll.identities().forEach((address, identity) -> {
            if (said.containsKey(address) || fleet.find(address) != null) {
                said.put(address, identity);
            }
        });
        return fleet.changedBy(said, pollAt);
    }

    private Tick insert(Transaction tx, long at, List<MetricSample> samples, int[] numbers) throws SQLException {
        byte[] data = ticks.encode(at, samples, numbers);
        long written = latest.nextWrite();
        boolean first = tx.bind(NEW_TICK)
                        .number(at)
                        .number(written)
                        .number(samples.size())
                        .bytes(data)
                        .update()
                == 1;
        if (first) {
            return new Tick(written, data);
        }
        byte[] both = Frame.merge(Stored.frame(stored(tx, at)), Frame.of(data));
        tx.bind(TICK_AGAIN)
                .number(written)
                .number(Frame.of(both).rows())
                .bytes(both)
                .number(at)
                .update();
        return new Tick(written, both);
    }

    private static byte[] stored(Transaction tx, long at) throws SQLException {
        try (ResultSet results = tx.bind(TICK).number(at).query()) {
            return results.getBytes(1);
        }
    }

    @Override
    public FleetSnapshot latest() {
        database.requireOpen();
        return fleet.snapshot(clock.instant());
    }

    @Override
    public void history(HistoryQuery query, BiConsumer<Instant, MetricSample> consumer) {
        history.read(query, consumer);
    }

    @Override
    public void polls(PollQuery query, Predicate<PollColumns> consumer) {
        polls.read(query, consumer);
    }

    @Override
    public HistorySource source(HistoryQuery query) {
        return HistorySource.ofStep(query.step());
    }

    @Override
    public void rollups(RollupQuery query, Predicate<MetricRollup> consumer) {
        rollups.read(query, consumer);
    }

    @Override
    public void rollupColumns(RollupQuery query, Predicate<MetricRollup.Columns> consumer) {
        rollups.readColumns(query, consumer);
    }

    @Override
    public int prune(Instant before) {
        int[] pruned = new int[1];
        sealing.pausedFor(() -> pruned[0] = pruning.prune(Times.keyCeiling(before)));
        return pruned[0];
    }

    @Override
    public int pruneHourly(Instant before) {
        int[] pruned = new int[1];
        sealing.pausedFor(() -> pruned[0] = pruning.pruneHourly(Times.keyCeiling(before)));
        return pruned[0];
    }

    @Override
    public int pruneDaily(Instant before) {
        int[] pruned = new int[1];
        sealing.pausedFor(() -> pruned[0] = pruning.pruneDaily(Times.keyCeiling(before)));
        return pruned[0];
    }

    /** Seals the hours that end by a time, as happens by itself after a poll of a later hour; returns how many. */
    int sealBefore(Instant end) {
        return sealing.sealBefore(Times.keyCeiling(end));
    }

    /** Begins to bring samples of earlier versions into the form of this one, beside all else. */
    public void moveOldRows() {
        if (database.isWritable()) {
            sealing.start(moving);
        }
    }

    /** Moves one hour of rows of earlier versions, as {@link #moveOldRows} does one after another; false for none. */
    boolean moveHour() {
        return moving.step();
    }

    /** What is being done to the samples beside all else, one sentence; empty for nothing. */
    public Optional<String> activity() {
        return moving.activity();
    }

    /** Waits for the slice of samples that is being sealed; what is not sealed is sealed after the next start. */
    @Override
    public void close() {
        sealing.close();
    }
}
