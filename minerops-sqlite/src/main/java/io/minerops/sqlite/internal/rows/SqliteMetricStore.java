package io.minerops.sqlite.internal.rows;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.Poll;
import io.minerops.api.store.HistoryQuery;
import io.minerops.api.store.MetricStore;
import io.minerops.api.store.PollColumns;
import io.minerops.api.store.PollQuery;
import io.minerops.sqlite.internal.db.Binder;
import io.minerops.sqlite.internal.db.Database;
import io.minerops.sqlite.internal.db.Durability;
import io.minerops.sqlite.internal.db.Row;
import io.minerops.sqlite.internal.db.Times;
import io.minerops.sqlite.internal.db.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Samples in time order; the latest ones in the heap, with a table behind them that moves in the same transaction. */
public final class SqliteMetricStore implements MetricStore {
    static final String LATEST = "SELECT miner, poll_at, " + SampleRows.COLUMNS + " FROM latest";

    private static final String NEW_POLL = "INSERT INTO polls (at, samples) VALUES (?, ?) ON CONFLICT (at) DO NOTHING";
    private static final String RECOUNT =
            "UPDATE polls SET samples = (SELECT COUNT(*) FROM samples WHERE id BETWEEN ? AND ?) WHERE at = ?";
    private static final String SAMPLE = "INSERT OR REPLACE INTO samples (id, " + SampleRows.COLUMNS + ") VALUES (?, "
            + SampleRows.PLACEHOLDERS + ")";
    private static final String LATEST_SAMPLE = "INSERT OR REPLACE INTO latest (miner, poll_at, " + SampleRows.COLUMNS
            + ") VALUES (?, ?, " + SampleRows.PLACEHOLDERS + ")";
    /** Of a poll just inserted; binding each reading a second time would cost as much as the rest of the poll. */
    private static final String LATEST_OF_POLL =
            "INSERT OR REPLACE INTO latest (miner, poll_at, " + SampleRows.COLUMNS + ") SELECT id & " + Times.MAX_MINER
                    + ", ?, " + SampleRows.COLUMNS + " FROM samples WHERE id BETWEEN ? AND ?";

    private static final String OLDEST_POLL = "SELECT at FROM polls WHERE at < ? ORDER BY at LIMIT 1";
    private static final String DELETE_SAMPLES = "DELETE FROM samples WHERE id BETWEEN ? AND ?";
    private static final String DELETE_POLL = "DELETE FROM polls WHERE at = ?";

    /** After so many samples a prune lets others have the writer: a lock of about ten milliseconds. */
    private static final int PRUNED_PER_STEP = 10_000;

    private final Database database;
    private final AddressBook addresses;
    private final Fleet fleet;
    private final PoolBook pools;
    private final SampleRows rows;
    private final SampleHistory history;
    private final PollHistory polls;
    private final InstantSource clock;

    public SqliteMetricStore(Database database, AddressBook addresses, Fleet fleet, InstantSource clock) {
        this.database = database;
        this.addresses = addresses;
        this.fleet = fleet;
        pools = new PoolBook(database);
        rows = new SampleRows(pools);
        this.history = new SampleHistory(database, addresses, rows);
        polls = new PollHistory(database, addresses, pools);
        this.clock = clock;
        database.list("load the latest samples", LATEST, values -> {}, this::learnLatest);
    }

    private MinerAddress learnLatest(Row row) throws SQLException {
        MinerAddress miner = addresses.address((int) row.number());
        long pollAt = row.number();
        fleet.put(List.of(), Instant.ofEpochMilli(pollAt), List.of(rows.read(row, miner, pollAt)));
        return miner;
    }

    @Override
    public void append(Poll poll) {
        long at = Times.keyMillis("at", poll.at());
        Instant pollAt = Instant.ofEpochMilli(at);
        addresses.enter(poll.samples().stream().map(MetricSample::miner).toList());
        pools.enter(poll.samples());
        database.write(
                "append a poll",
                Durability.PROCESS,
                tx -> {
                    List<Miner> changed = changedMiners(poll, pollAt);
                    MinerRows.put(tx, addresses, changed);
                    insert(tx, at, poll.samples());
                    return changed;
                },
                changed -> fleet.put(changed, pollAt, poll.samples()));
    }

    /** Every miner that answered is registered; a name without a sample is written down only where it is known. */
    private List<Miner> changedMiners(Poll poll, Instant pollAt) {
        Map<MinerAddress, MinerIdentity> said = new LinkedHashMap<>();
        for (MetricSample sample : poll.samples()) {
            if (fleet.find(sample.miner()) == null) {
                said.put(sample.miner(), MinerIdentity.UNKNOWN);
            }
        }
        poll.identities().forEach((address, identity) -> {
            if (said.containsKey(address) || fleet.find(address) != null) {
                said.put(address, identity);
            }
        });
        return fleet.changedBy(said, pollAt);
    }

    private void insert(Transaction tx, long at, List<MetricSample> samples) throws SQLException {
        boolean first = tx.bind(NEW_POLL).number(at).number(samples.size()).update() == 1;
        Binder sampleRow = tx.bind(SAMPLE);
        for (MetricSample sample : samples) {
            rows.bind(sampleRow.number(Times.key(at, addresses.number(sample.miner()))), at, sample);
            sampleRow.add();
        }
        tx.runBatch(SAMPLE);
        if (first) {
            tx.bind(LATEST_OF_POLL)
                    .number(at)
                    .number(Times.key(at, 0))
                    .number(Times.key(at, Times.MAX_MINER))
                    .update();
        } else {
            replaceLatest(tx, at, samples);
        }
    }

    /** A poll time again: its other miners may have answered a later poll. */
    private void replaceLatest(Transaction tx, long at, List<MetricSample> samples) throws SQLException {
        Binder latestRow = tx.bind(LATEST_SAMPLE);
        for (MetricSample sample : samples) {
            rows.bind(latestRow.number(addresses.number(sample.miner())).number(at), at, sample);
            latestRow.add();
        }
        tx.runBatch(LATEST_SAMPLE);
        tx.bind(RECOUNT)
                .number(Times.key(at, 0))
                .number(Times.key(at, Times.MAX_MINER))
                .number(at)
                .update();
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
    public int prune(Instant before) {
        long end = Times.keyCeiling(before);
        int total = 0;
        int deleted;
        do {
            deleted = database.write("prune polls", Durability.PROCESS, tx -> pruneStep(tx, end));
            total += deleted;
        } while (deleted > 0);
        return total;
    }

    private static int pruneStep(Transaction tx, long end) throws SQLException {
        int polls = 0;
        int samples = 0;
        while (samples < PRUNED_PER_STEP) {
            long at;
            Binder oldest = tx.bind(OLDEST_POLL).number(end);
            try (var results = oldest.query()) {
                if (!results.next()) {
                    return polls;
                }
                at = results.getLong(1);
            }
            samples += tx.bind(DELETE_SAMPLES)
                    .number(Times.key(at, 0))
                    .number(Times.key(at, Times.MAX_MINER))
                    .update();
            // a poll without samples counts too, lest a step go on for ever
            samples += tx.bind(DELETE_POLL).number(at).update();
            polls++;
        }
        return polls;
    }
}
