package io.minerops.postgres.internal.rows;

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
import io.minerops.blocks.TickCodec;
import io.minerops.blocks.jdbc.TickFrames;
import io.minerops.blocks.jdbc.Times;
import io.minerops.postgres.internal.db.Database;
import io.minerops.postgres.internal.db.NoPartitionException;
import io.minerops.postgres.internal.db.Partitions;
import io.minerops.postgres.internal.db.Transaction;
import io.minerops.postgres.internal.db.Version;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Polls in time order, a row for each poll of each instance, sealed hour by hour. */
public final class PostgresMetricStore implements MetricStore, AutoCloseable {
    private static final String INSERT = "INSERT INTO ticks (at, written, writer, data) VALUES (?, ?, ?, ?)";

    private final Database database;
    private final NameBook book;
    private final ReadingIds readings;
    private final Fleet fleet;
    private final Partitions partitions;
    private final TickFrames frames = new TickFrames();
    private final Sealing sealing;
    private final Pruning pruning;
    private final SampleHistory history;
    private final PollHistory polls;
    private final RollupHistory rollups;
    private final PostgresMinerStore miners;
    private final String writer;
    private final InstantSource clock;

    /** What a transaction wrote. */
    @SuppressWarnings("ArrayRecordComponent") // handed on within this class and never compared
    private record Appended(long written, int[] numbers, byte[] data) {}

    public PostgresMetricStore(Database database, NameBook book, String writer, InstantSource clock) {
        this.database = database;
        this.book = book;
        this.writer = writer;
        this.clock = clock;
        readings = ReadingBook.load(database);
        fleet = new Fleet(book, readings, writer);
        miners = new PostgresMinerStore(database, book, fleet);
        partitions = new Partitions(database);
        sealing = new Sealing(database, partitions, readings);
        pruning = new Pruning(database, partitions);
        history = new SampleHistory(database, book, readings, frames);
        polls = new PollHistory(database, book, readings, frames);
        rollups = new RollupHistory(database, book, readings, frames);
    }

    /** The registry, which polls add to. */
    public PostgresMinerStore miners() {
        return miners;
    }

    @Override
    public void append(Poll poll) {
        long at = Times.keyMillis("at", poll.at());
        book.enter(poll.samples().stream().map(MetricSample::miner).toList());
        book.enterPools(poll.samples());
        try {
            append(poll, at);
        } catch (NoPartitionException e) {
            partitions.forget();
            append(poll, at);
        }
        sealing.request(at);
    }

    private void append(Poll poll, long at) {
        Instant pollAt = Instant.ofEpochMilli(at);
        partitions.make(at);
        database.write("append a poll", tx -> write(tx, poll, at), appended -> {
            fleet.put(appended.written, pollAt, poll.samples(), appended.numbers);
            frames.put(at, appended.written, Frame.of(appended.data), appended.data.length);
        });
    }

    private Appended write(Transaction tx, Poll poll, long at) throws SQLException {
        Map<MinerAddress, MinerIdentity> said = new LinkedHashMap<>();
        poll.samples().forEach(sample -> said.put(sample.miner(), MinerIdentity.UNKNOWN));
        List<Miner> known = fleet.miners(tx.connection());
        known.stream()
                .map(Miner::address)
                .filter(poll.identities()::containsKey)
                .forEach(miner -> said.put(miner, MinerIdentity.UNKNOWN));
        said.replaceAll((miner, nothing) -> poll.identities().getOrDefault(miner, nothing));
        Instant pollAt = Instant.ofEpochMilli(at);
        if (!fleet.changedBy(tx.connection(), said, pollAt).isEmpty()) {
            tx.lock(Version.MINERS);
            miners.put(tx, fleet.changedBy(tx.connection(), said, pollAt));
        }
        Names names = book.of(tx.connection());
        int[] numbers = poll.samples().stream()
                .mapToInt(sample -> names.number(sample.miner()))
                .toArray();
        byte[] data = new TickCodec(readings, names).encode(at, poll.samples(), numbers);
        // last of all, because every other write of samples waits from here to the commit
        long written = tx.move(Version.WRITTEN);
        tx.bind(INSERT).number(at).number(written).text(writer).bytes(data).update();
        return new Appended(written, numbers, data);
    }

    @Override
    public FleetSnapshot latest() {
        return database.read("read the latest samples", connection -> fleet.snapshot(connection, clock.instant()));
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
        return pruning.prune(Times.keyCeiling(before));
    }

    @Override
    public int pruneHourly(Instant before) {
        return pruning.pruneHourly(Times.keyCeiling(before));
    }

    @Override
    public int pruneDaily(Instant before) {
        return pruning.pruneDaily(Times.keyCeiling(before));
    }

    /** Seals the hours that end by a time, as happens by itself after a poll of a later hour; returns how many. */
    public int sealBefore(Instant end) {
        return sealing.sealBefore(Times.keyCeiling(end));
    }

    /** Waits for the hour that is being sealed; what is not sealed is sealed after the next start. */
    @Override
    public void close() {
        sealing.close();
    }
}
