package io.minerops.sqlite.internal.rows;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.blocks.Frame;
import io.minerops.blocks.TickCodec;
import io.minerops.blocks.jdbc.Binder;
import io.minerops.blocks.jdbc.Row;
import io.minerops.blocks.jdbc.Stored;
import io.minerops.sqlite.internal.db.Database;
import io.minerops.sqlite.internal.db.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The latest sample of each miner is in the heap, and table {@code latest} behind it moves when an hour is sealed: at a
 * start the ticks that were written since give the rest. Each write of samples has a number, so that what was appended
 * last is known whatever its time.
 */
final class LatestSamples {
    static final String ALL = "SELECT miner, written, poll_at, data FROM latest";
    /** What schema 8 and older wrote. */
    private static final String ROWS = "SELECT miner, written, poll_at, " + SampleRows.COLUMNS + " FROM latest_rows";
    /** A removed miner: its samples up to that write are not its latest if it comes back. */
    static final String FORGET = "INSERT OR REPLACE INTO latest (miner, written, poll_at, data)"
            + " VALUES (?, (SELECT MAX(COALESCE((SELECT MAX(written) FROM ticks), 0),"
            + " COALESCE((SELECT MAX(written) FROM latest_rows), 0),"
            + " COALESCE((SELECT MAX(written) FROM latest), 0))), " + LatestSamples.REMOVED + ", x'')";

    private static final long REMOVED = -1;
    private static final String PUT =
            "INSERT OR REPLACE INTO latest (miner, written, poll_at, data) VALUES (?, ?, ?, ?)";
    private static final String NEWEST_FIRST = "SELECT at, written FROM ticks WHERE written > 0 ORDER BY written DESC";
    private static final String TICK = "SELECT data FROM ticks WHERE at = ?";

    private final Database database;
    private final AddressBook addresses;
    private final Fleet fleet;
    private final SampleRows rows;
    private final TickCodec ticks;
    private final AtomicLong written = new AtomicLong();

    private record Tick(long at, long written) {}

    LatestSamples(Database database, AddressBook addresses, Fleet fleet, SampleRows rows, TickCodec ticks) {
        this.database = database;
        this.addresses = addresses;
        this.fleet = fleet;
        this.rows = rows;
        this.ticks = ticks;
    }

    /** The number of the next write; for use inside a transaction of the writer. */
    long nextWrite() {
        return written.incrementAndGet();
    }

    /** Fills the heap from the file. */
    void load() {
        Map<Integer, Long> known = new HashMap<>();
        database.list("load the latest samples", ROWS, values -> {}, row -> learn(row, known, rows::read));
        database.list("load the latest samples", ALL, values -> {}, row -> learn(row, known, this::read));
        List<Tick> newestFirst =
                database.list("list ticks", NEWEST_FIRST, values -> {}, row -> new Tick(row.number(), row.number()));
        int missing = fleet.all().size();
        for (Tick tick : newestFirst) {
            written.accumulateAndGet(tick.written, Math::max);
            for (byte[] data : database.list("read a tick", TICK, values -> values.number(tick.at), Row::bytes)) {
                missing -= missing > 0 ? learn(tick, Stored.frame(data), known) : 0;
            }
            if (missing <= 0) {
                return;
            }
        }
    }

    private interface Reader {
        MetricSample read(Row row, MinerAddress miner, long pollAt) throws SQLException;
    }

    /** Takes in a row that is no older than what is known; a removed miner's latest sample is forgotten. */
    private int learn(Row row, Map<Integer, Long> known, Reader reader) throws SQLException {
        int number = (int) row.number();
        long writtenThen = row.number();
        written.accumulateAndGet(writtenThen, Math::max);
        if (writtenThen < known.getOrDefault(number, Long.MIN_VALUE)) {
            return number;
        }
        known.put(number, writtenThen);
        long pollAt = row.number();
        MinerAddress miner = addresses.address(number);
        if (pollAt == REMOVED) {
            fleet.forgetLatest(miner);
        } else {
            fleet.put(Instant.ofEpochMilli(pollAt), reader.read(row, miner, pollAt));
        }
        return number;
    }

    private MetricSample read(Row row, MinerAddress miner, long pollAt) throws SQLException {
        return ticks.read(Stored.latest(row.bytes()), 0, miner, pollAt);
    }

    /** Takes in samples that are newer than what is known; how many miners' latest one was found. */
    private int learn(Tick tick, Frame frame, Map<Integer, Long> known) {
        int found = 0;
        int keys = frame.find(0);
        for (int row = 0; row < frame.rows(); row++) {
            int number = (int) frame.number(keys, row);
            Long writtenThen = known.get(number);
            if (writtenThen == null || writtenThen < tick.written) {
                known.put(number, Long.MAX_VALUE);
                MinerAddress miner = addresses.address(number);
                if (fleet.find(miner) != null) {
                    found++;
                    MetricSample sample = ticks.read(frame, row, miner, tick.at);
                    fleet.put(Instant.ofEpochMilli(tick.at), sample);
                }
            }
        }
        return found;
    }

    /** Writes what the heap holds of some miners, in a transaction of the writer, which nothing can have changed since. */
    void write(Transaction tx, Collection<Integer> numbers) throws SQLException {
        Binder row = tx.bind(PUT);
        long now = written.get();
        for (int number : numbers) {
            Fleet.Latest latest = fleet.latest(addresses.address(number));
            if (latest != null) {
                long pollAt = latest.pollAt().toEpochMilli();
                byte[] data = ticks.encode(pollAt, List.of(latest.sample()), new int[] {number});
                row.number(number).number(now).number(pollAt).bytes(data).add();
            }
        }
        tx.runBatch(PUT);
    }
}
