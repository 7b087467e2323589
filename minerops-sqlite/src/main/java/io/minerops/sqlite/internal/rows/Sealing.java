package io.minerops.sqlite.internal.rows;

import io.minerops.api.StoreException;
import io.minerops.blocks.Frame;
import io.minerops.blocks.HourSamples;
import io.minerops.blocks.HourToSeal;
import io.minerops.blocks.Millis;
import io.minerops.blocks.MinerSeries;
import io.minerops.blocks.ReadingIds;
import io.minerops.blocks.Rollup;
import io.minerops.blocks.jdbc.Binder;
import io.minerops.blocks.jdbc.Row;
import io.minerops.blocks.jdbc.Stored;
import io.minerops.blocks.jdbc.TickFrames;
import io.minerops.blocks.jdbc.Times;
import io.minerops.sqlite.internal.db.Database;
import io.minerops.sqlite.internal.db.Durability;
import io.minerops.sqlite.internal.db.Transaction;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
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
    /** Numbers in the heap at a time while an hour is sealed: 16 MB. */
    private static final int MAX_CELLS = 2_000_000;

    private static final int COLUMNS_EXPECTED = 36;

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
    private final ReadingIds readings;
    private final TickFrames frames;
    /** One hour at a time, and none while samples are pruned. */
    private final ReentrantLock lock = new ReentrantLock();

    /** What is requested after the close is left to the next start. */
    private final ExecutorService thread = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Sealing::thread, new DiscardPolicy());

    private volatile long requested = Long.MIN_VALUE;
    private volatile boolean closed;

    private record Tick(long at, long written) {}

    /** A row that is to be written. */
    @SuppressWarnings("ArrayRecordComponent") // handed on within this class and never compared
    private record Put(long id, byte[] data) {}

    Sealing(Database database, LatestSamples latest, ReadingIds readings, TickFrames frames) {
        this.database = database;
        this.latest = latest;
        this.readings = readings;
        this.frames = frames;
    }

    private static Thread thread(Runnable work) {
        Thread sealer = new Thread(work, "minerops-seal");
        sealer.setDaemon(true);
        return sealer;
    }

    /** Seals all hours before that of a poll, on a thread of its own, unless that was what was requested last. */
    void request(long pollAt) {
        long hour = Millis.hourOf(pollAt);
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

    /** Moves the rows of earlier versions on the same thread, an hour between other work. */
    void start(MovingOldRows moving) {
        if (moving.begin()) {
            thread.execute(() -> step(moving));
        }
    }

    private void step(MovingOldRows moving) {
        boolean[] more = new boolean[1];
        try {
            pausedFor(() -> more[0] = moving.step());
        } catch (StoreException e) {
            if (!closed) {
                log.warn("samples stay in the form of an earlier version until the next start", e);
            }
        }
        if (more[0] && !closed) {
            thread.execute(() -> step(moving));
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Seals one hour, where it is over by a time and has ticks; whether it did. */
    boolean sealHour(long hour, long now) {
        if (closed || hour + Millis.HOUR > Math.max(now, requested)) {
            return false;
        }
        lock.lock();
        try {
            seal(hour);
        } finally {
            lock.unlock();
        }
        return !closed;
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
            while (oldest != null && !closed && Millis.hourOf(oldest) + Millis.HOUR <= end) {
                seal(Millis.hourOf(oldest));
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
                values -> values.number(hour).number(hour + Millis.HOUR),
                row -> new Tick(row.number(), row.number()));
        if (ticks.isEmpty()) {
            return;
        }
        int group = Math.max(1, MAX_CELLS / COLUMNS_EXPECTED / ticks.size() / HourToSeal.SLICE) * HourToSeal.SLICE;
        int highest = 0;
        for (int first = 0; first == 0 || first <= highest; first += group) {
            HourToSeal collected = collect(hour, ticks, first, first + group);
            highest = Math.max(highest, collected.highest());
            for (int slice = first; slice < first + group; slice += HourToSeal.SLICE) {
                if (collected.has(slice) && !closed) {
                    write(hour, slice, collected.seal(slice, rollups(hour, slice), readings));
                }
            }
        }
        if (!closed) {
            finish(hour, ticks);
        }
    }

    /** Collects the samples of some miners: those of the ticks, then those of blocks that are there. */
    private HourToSeal collect(long hour, List<Tick> ticks, int first, int end) {
        HourToSeal collected = new HourToSeal(first, end);
        for (Tick tick : ticks) {
            Frame kept = frames.find(tick.at, tick.written);
            if (kept != null) {
                collected.add(tick.at, kept);
                continue;
            }
            for (byte[] data : database.list("read a tick", TICK, values -> values.number(tick.at), Row::bytes)) {
                collected.add(tick.at, Stored.frame(data));
            }
        }
        for (Put block : blocks(hour, Math.max(1, first), end)) {
            collected.add(Times.miner(block.id), Stored.block(block.data));
        }
        return collected;
    }

    private List<Put> blocks(long hour, int first, int end) {
        return database.list(
                "read blocks",
                BLOCKS,
                values -> values.number(Times.key(hour, first)).number(Times.key(hour, 0) + end),
                row -> new Put(row.number(), row.bytes()));
    }

    private void write(long hour, int slice, HourToSeal.Slice sealed) {
        byte[] ofHour = Rollup.encode(sealed.rollups(), readings);
        byte[] ofDay = Rollup.encode(day(hour, slice, sealed.rollups()), readings);
        long day = Millis.dayOf(hour);
        database.write("seal samples", Durability.PROCESS, tx -> {
            Binder rows = tx.bind(PUT_BLOCK);
            for (Map.Entry<Integer, byte[]> block : sealed.blocks().entrySet()) {
                rows.number(Times.key(hour, block.getKey()))
                        .bytes(block.getValue())
                        .add();
            }
            tx.runBatch(PUT_BLOCK);
            tx.bind(PUT_HOUR).number(Times.key(hour, slice)).bytes(ofHour).update();
            tx.bind(PUT_DAY).number(Times.key(day, slice)).bytes(ofDay).update();
            latest.write(tx, sealed.blocks().keySet());
            return sealed.blocks().size();
        });
    }

    /** The roll-ups of an hour that are stored already, by miner. */
    private SortedMap<Integer, Rollup> rollups(long hour, int slice) {
        TreeMap<Integer, Rollup> found = new TreeMap<>();
        for (byte[] data :
                database.list("read roll-ups", HOURS, values -> values.number(Times.key(hour, slice)), Row::bytes)) {
            found.putAll(Rollup.readAll(Stored.rollup(data)));
        }
        return found;
    }

    /** The roll-ups of the hour's day, of all its hours in order. */
    private SortedMap<Integer, Rollup> day(long hour, int slice, SortedMap<Integer, Rollup> ofHour) {
        TreeMap<Integer, Rollup> day = new TreeMap<>();
        long begin = Millis.dayOf(hour);
        for (long each = begin; each < begin + Millis.DAY; each += Millis.HOUR) {
            (each == hour ? ofHour : rollups(each, slice))
                    .forEach((number, rollup) -> day.merge(number, rollup, Rollup::then));
        }
        return day;
    }

    /** Writes down when polls were, and deletes what is sealed now. */
    private void finish(long hour, List<Tick> ticks) {
        MinerSeries polls = new MinerSeries();
        for (Put known : blocks(hour, HourSamples.POLLS, HourSamples.POLLS + 1)) {
            polls.add(Stored.block(known.data));
        }
        for (Tick tick : ticks) {
            polls.add(tick.at);
        }
        byte[] times = polls.encode();
        database.write("seal an hour", Durability.PROCESS, tx -> finish(tx, hour, times, ticks));
        ticks.forEach(tick -> frames.forget(tick.at));
    }

    private static int finish(Transaction tx, long hour, byte[] times, List<Tick> ticks) throws SQLException {
        tx.bind(PUT_BLOCK)
                .number(Times.key(hour, HourSamples.POLLS))
                .bytes(times)
                .update();
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
