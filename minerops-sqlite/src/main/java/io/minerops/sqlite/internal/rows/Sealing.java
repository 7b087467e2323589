package io.minerops.sqlite.internal.rows;

import io.minerops.api.StoreException;
import io.minerops.blocks.Block;
import io.minerops.blocks.Frame;
import io.minerops.blocks.MinerSeries;
import io.minerops.blocks.Rollup;
import io.minerops.sqlite.internal.db.Binder;
import io.minerops.sqlite.internal.db.Database;
import io.minerops.sqlite.internal.db.Durability;
import io.minerops.sqlite.internal.db.Times;
import io.minerops.sqlite.internal.db.Transaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the ticks of an hour that is over into a block per miner and into roll-ups, a slice of miners in each transaction.
 * The ticks are deleted in the last one, so that a process that dies between two slices leaves an hour that is read the
 * same and sealed again from the beginning: a block that is there takes its samples in again, and changes nothing.
 */
final class Sealing implements AutoCloseable {
    /** Miners of one transaction and of one row of roll-ups: a lock of about ten milliseconds. */
    static final int SLICE = 128;

    private static final long DAY_MS = 86_400_000;

    /** Numbers in the heap at a time while an hour is sealed: 16 MB. */
    private static final int MAX_CELLS = 2_000_000;

    private static final int COLUMNS_EXPECTED = 22;

    private static final String OLDEST = "SELECT MIN(at) FROM ticks";
    private static final String OF_HOUR = "SELECT at, written FROM ticks WHERE at >= ? AND at < ? ORDER BY at";
    private static final String TICK = "SELECT data FROM ticks WHERE at = ?";
    private static final String BLOCKS = "SELECT id, data FROM blocks WHERE id >= ? AND id < ?";
    private static final String PUT_BLOCK = "INSERT OR REPLACE INTO blocks (id, data) VALUES (?, ?)";
    private static final String HOURS = "SELECT data FROM rollup_hour WHERE id = ?";
    private static final String PUT_HOUR = "INSERT OR REPLACE INTO rollup_hour (id, data) VALUES (?, ?)";
    private static final String PUT_DAY = "INSERT OR REPLACE INTO rollup_day (id, data) VALUES (?, ?)";
    /** A tick that was stored again meanwhile stays, and is sealed the next time. */
    private static final String DELETE_TICK = "DELETE FROM ticks WHERE at = ? AND written = ?";

    private static final Logger log = LoggerFactory.getLogger(Sealing.class);

    private final Database database;
    private final LatestSamples latest;
    private final ReadingBook readings;
    /** One hour at a time, and none while samples are pruned. */
    private final ReentrantLock lock = new ReentrantLock();

    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread sealer = new Thread(work, "minerops-seal");
        sealer.setDaemon(true);
        return sealer;
    });

    private volatile long requested = Long.MIN_VALUE;
    private volatile boolean closed;

    private record Tick(long at, long written) {}

    /** A row that is to be written. */
    @SuppressWarnings("ArrayRecordComponent") // handed on within this class and never compared
    private record Put(long id, byte[] data) {}

    Sealing(Database database, LatestSamples latest, ReadingBook readings) {
        this.database = database;
        this.latest = latest;
        this.readings = readings;
    }

    /** Seals all hours before that of a poll, on a thread of its own, unless that was what was requested last. */
    void request(long pollAt) {
        long hour = Math.floorDiv(pollAt, Hours.MS) * Hours.MS;
        if (hour != requested && !closed) {
            requested = hour;
            thread.execute(() -> {
                try {
                    sealBefore(hour);
                } catch (StoreException e) {
                    if (!closed) {
                        log.warn("hours before {} are not sealed; their samples are kept as they are", hour, e);
                    }
                }
            });
        }
    }

    /** Runs a step while no hour is being sealed. */
    void pausedFor(Runnable step) {
        lock.lock();
        try {
            step.run();
        } finally {
            lock.unlock();
        }
    }

    /** Seals all hours that end by a time; returns how many there were. */
    int sealBefore(long end) {
        lock.lock();
        try {
            int sealed = 0;
            Long oldest = oldest();
            while (oldest != null && !closed && Math.floorDiv(oldest, Hours.MS) * Hours.MS + Hours.MS <= end) {
                seal(Math.floorDiv(oldest, Hours.MS) * Hours.MS);
                sealed++;
                oldest = oldest();
            }
            return sealed;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Long oldest() {
        return database.list("find hours to seal", OLDEST, values -> {}, row -> Optional.ofNullable(row.numberOrNull()))
                .get(0)
                .orElse(null);
    }

    private void seal(long hour) {
        List<Tick> ticks = database.list(
                "list ticks",
                OF_HOUR,
                values -> values.number(hour).number(hour + Hours.MS),
                row -> new Tick(row.number(), row.number()));
        int group = Math.max(1, MAX_CELLS / COLUMNS_EXPECTED / ticks.size() / SLICE) * SLICE;
        int highest = 0;
        for (int first = 0; first == 0 || first <= highest; first += group) {
            TreeMap<Integer, MinerSeries> miners = new TreeMap<>();
            Set<Integer> sealed = new HashSet<>();
            highest = Math.max(highest, collect(hour, ticks, first, first + group, miners, sealed));
            for (int slice = first; slice < first + group; slice += SLICE) {
                SortedMap<Integer, MinerSeries> some = miners.subMap(slice, slice + SLICE);
                if (!some.isEmpty() && !closed) {
                    write(hour, slice, some, sealed);
                }
            }
        }
        if (!closed) {
            finish(hour, ticks);
        }
    }

    /** Collects the samples of some miners: those of blocks that are there, then those of the ticks; the highest number. */
    private int collect(
            long hour,
            List<Tick> ticks,
            int first,
            int end,
            SortedMap<Integer, MinerSeries> miners,
            Set<Integer> sealed) {
        int highest = 0;
        for (Tick tick : ticks) {
            for (byte[] data :
                    database.list("read a tick", TICK, values -> values.number(tick.at), row -> row.bytes())) {
                Frame frame = Stored.frame(data);
                int keys = frame.find(0);
                for (int row = 0; row < frame.rows(); row++) {
                    int number = (int) frame.number(keys, row);
                    highest = Math.max(highest, number);
                    if (number >= first && number < end) {
                        miners.computeIfAbsent(number, one -> new MinerSeries()).add(tick.at, frame, row);
                    }
                }
            }
        }
        for (Put block : blocks(hour, Math.max(1, first), end)) {
            MinerSeries ticksOfMiner = miners.get(Times.miner(block.id));
            if (ticksOfMiner != null) {
                MinerSeries both = new MinerSeries();
                both.add(Stored.block(block.data));
                both.add(Block.of(ticksOfMiner.encode()));
                miners.put(Times.miner(block.id), both);
                sealed.add(Times.miner(block.id));
            }
        }
        return highest;
    }

    private List<Put> blocks(long hour, int first, int end) {
        return database.list(
                "read blocks",
                BLOCKS,
                values -> values.number(Times.key(hour, first)).number(Times.key(hour, 0) + end),
                row -> new Put(row.number(), row.bytes()));
    }

    private void write(long hour, int slice, SortedMap<Integer, MinerSeries> miners, Set<Integer> sealed) {
        List<Put> blocks = new ArrayList<>(miners.size());
        SortedMap<Integer, Rollup> rollups = rollups(hour, slice);
        for (Map.Entry<Integer, MinerSeries> miner : miners.entrySet()) {
            blocks.add(new Put(Times.key(hour, miner.getKey()), miner.getValue().encode()));
            Rollup fresh = miner.getValue().rollup();
            boolean whole = sealed.contains(miner.getKey());
            // a roll-up whose block was pruned knows more than the poll that came so late
            rollups.merge(miner.getKey(), fresh, (known, now) -> whole ? now : known.then(now));
        }
        byte[] ofHour = Rollup.encode(rollups, readings);
        byte[] ofDay = Rollup.encode(day(hour, slice, rollups), readings);
        long day = Math.floorDiv(hour, DAY_MS) * DAY_MS;
        database.write("seal samples", Durability.PROCESS, tx -> {
            Binder rows = tx.bind(PUT_BLOCK);
            for (Put block : blocks) {
                rows.number(block.id).bytes(block.data).add();
            }
            tx.runBatch(PUT_BLOCK);
            tx.bind(PUT_HOUR).number(Times.key(hour, slice)).bytes(ofHour).update();
            tx.bind(PUT_DAY).number(Times.key(day, slice)).bytes(ofDay).update();
            latest.write(tx, miners.keySet());
            return blocks.size();
        });
    }

    /** The roll-ups of an hour that are stored already, by miner. */
    private SortedMap<Integer, Rollup> rollups(long hour, int slice) {
        TreeMap<Integer, Rollup> found = new TreeMap<>();
        for (byte[] data : database.list(
                "read roll-ups", HOURS, values -> values.number(Times.key(hour, slice)), row -> row.bytes())) {
            Frame frame = Stored.rollup(data);
            for (int row = 0; row < frame.rows(); row++) {
                found.put((int) frame.number(frame.find(0), row), Rollup.read(frame, row));
            }
        }
        return found;
    }

    /** The roll-ups of the hour's day, of all its hours in order. */
    private SortedMap<Integer, Rollup> day(long hour, int slice, SortedMap<Integer, Rollup> ofHour) {
        TreeMap<Integer, Rollup> day = new TreeMap<>();
        long begin = Math.floorDiv(hour, DAY_MS) * DAY_MS;
        for (long each = begin; each < begin + DAY_MS; each += Hours.MS) {
            (each == hour ? ofHour : rollups(each, slice))
                    .forEach((number, rollup) -> day.merge(number, rollup, Rollup::then));
        }
        return day;
    }

    /** Writes down when polls were, and deletes what is sealed now. */
    private void finish(long hour, List<Tick> ticks) {
        MinerSeries polls = new MinerSeries();
        for (Put known : blocks(hour, Hours.POLLS, Hours.POLLS + 1)) {
            polls.add(Stored.block(known.data));
        }
        for (Tick tick : ticks) {
            polls.add(tick.at);
        }
        byte[] times = polls.encode();
        database.write("seal an hour", Durability.PROCESS, tx -> finish(tx, hour, times, ticks));
    }

    private static int finish(Transaction tx, long hour, byte[] times, List<Tick> ticks) throws SQLException {
        tx.bind(PUT_BLOCK).number(Times.key(hour, Hours.POLLS)).bytes(times).update();
        Binder rows = tx.bind(DELETE_TICK);
        for (Tick tick : ticks) {
            rows.number(tick.at).number(tick.written).add();
        }
        return tx.runBatch(DELETE_TICK).length;
    }

    /** Ends after the slice that is being written; the rest of its hour is sealed after the next start. */
    @Override
    public void close() {
        closed = true;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                log.warn("a slice of samples is still being sealed a minute after the store was to close");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
