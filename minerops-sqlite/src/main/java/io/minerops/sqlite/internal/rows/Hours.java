package io.minerops.sqlite.internal.rows;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.HistorySource;
import io.minerops.blocks.Frame;
import io.minerops.blocks.HourSamples;
import io.minerops.blocks.HourToSeal;
import io.minerops.blocks.Millis;
import io.minerops.blocks.TickCodec;
import io.minerops.blocks.jdbc.Binder;
import io.minerops.blocks.jdbc.Row;
import io.minerops.blocks.jdbc.Stored;
import io.minerops.blocks.jdbc.TickFrames;
import io.minerops.blocks.jdbc.Times;
import io.minerops.sqlite.internal.db.Statements;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Reads what is stored of an hour, wherever it is: rows of earlier versions, sealed blocks, and ticks that are not
 * sealed yet. A sample that is in several of them is the same in all, or newest in the last of them.
 */
final class Hours {
    /** Polls of an hour, one each half a minute. */
    private static final int POLLS_EXPECTED = 120;

    /** Values in the heap at a time: 32 MB. */
    private static final int MAX_CELLS = 4_000_000;

    private static final int MAX_PARTS = 60;

    static final String TICKS = "SELECT at, written FROM ticks WHERE at >= ? AND at < ? ORDER BY at";
    private static final String TICK = "SELECT data FROM ticks WHERE at = ?";
    static final String BLOCKS = "SELECT id, data FROM blocks WHERE id >= ? AND id < ? ORDER BY id";
    static final String BLOCK = "SELECT id, data FROM blocks WHERE id = ?";
    static final String ROWS =
            "SELECT id, " + SampleRows.COLUMNS + " FROM samples WHERE id >= ? AND id < ? ORDER BY id";
    /** A look-up by key at each poll time. CROSS JOIN keeps the polls outside, whatever the statistics say. */
    static final String ROWS_OF_MINER = "SELECT s.id, " + SampleRows.COLUMNS
            + " FROM polls p CROSS JOIN samples s ON s.id = (p.at << " + Times.MINER_BITS
            + " | ?) WHERE p.at >= ? AND p.at < ? ORDER BY p.at";

    private static final String ROW_TIMES = "SELECT at FROM polls WHERE at >= ? AND at < ? ORDER BY at";

    private static final String NEXT_TICK = "SELECT MIN(at) FROM ticks WHERE at >= ?";
    private static final String NEXT_BLOCK = "SELECT MIN(id) FROM blocks WHERE id >= ?";
    private static final String NEXT_ROW = "SELECT MIN(at) FROM polls WHERE at >= ?";
    private static final String NEXT_ROLLUP = "SELECT MIN(id) FROM rollup_hour WHERE id >= ?";
    private static final String NEXT_DAY = "SELECT MIN(id) FROM rollup_day WHERE id >= ?";
    static final String ROLLUPS = "SELECT data FROM rollup_hour WHERE id >= ? AND id < ? ORDER BY id";
    private static final String DAYS = "SELECT data FROM rollup_day WHERE id >= ? AND id < ? ORDER BY id";
    private static final String ROLLUPS_WITH_ID =
            "SELECT id, data FROM rollup_hour WHERE id >= ? AND id < ? ORDER BY id";
    private static final String DAYS_WITH_ID = "SELECT id, data FROM rollup_day WHERE id >= ? AND id < ? ORDER BY id";
    private static final String PRUNED = "SELECT COALESCE(pruned_before, 0) FROM state WHERE id = ?";

    private final Connection connection;
    private final AddressBook addresses;
    private final SampleRows rows;
    private final TickCodec ticks;
    private final Statements statements;
    private final TickFrames frames;
    private final long firstTick;
    private final long firstRow;
    private final long pruned;

    /** Which part of an hour is read. Blocks are read whole. */
    record Part(long from, long until, int onlyMiner, IntPredicate wanted, boolean polls) {
        long hour() {
            return Millis.hourOf(from);
        }
    }

    /** What hours are read with, the same for every read. */
    record Sources(Statements statements, AddressBook addresses, SampleRows rows, TickCodec ticks, TickFrames frames) {}

    Hours(Connection connection, Sources sources) throws SQLException {
        this.connection = connection;
        statements = sources.statements;
        addresses = sources.addresses;
        rows = sources.rows;
        ticks = sources.ticks;
        frames = sources.frames;
        firstTick = first(NEXT_TICK, 0);
        firstRow = first(NEXT_ROW, 0);
        pruned = first(PRUNED, 1);
    }

    /** The first time at or after one given at which there may be samples; {@link Long#MAX_VALUE} for none. */
    long next(long from) throws SQLException {
        long block = first(NEXT_BLOCK, Times.key(Millis.hourOf(from), HourSamples.POLLS));
        long sealed = block == Long.MAX_VALUE ? block : Math.max(from, Times.keyTime(block));
        long tick = first(NEXT_TICK, from);
        long row = firstRow == Long.MAX_VALUE ? firstRow : first(NEXT_ROW, from);
        return Math.min(sealed, Math.min(tick, row));
    }

    /** The same where hours, or days, of which only roll-ups are left count too. */
    long nextOf(HistorySource source, long from) throws SQLException {
        long next = next(from);
        if (source != HistorySource.RAW) {
            next = Math.min(next, nextRollup(NEXT_ROLLUP, Millis.hourOf(from), from));
        }
        if (source == HistorySource.DAILY) {
            next = Math.min(next, nextRollup(NEXT_DAY, Millis.dayOf(from), from));
        }
        return next;
    }

    private long nextRollup(String sql, long begin, long from) throws SQLException {
        long rollup = first(sql, Times.key(begin, 0));
        return rollup == Long.MAX_VALUE ? rollup : Math.max(from, Times.keyTime(rollup));
    }

    /** Whether all that is stored of an hour, or of a day, is in its roll-ups. */
    boolean isRolledUp(long begin, long end) throws SQLException {
        return (firstTick >= end || first(NEXT_TICK, begin) >= end)
                && (firstRow >= end || first(NEXT_ROW, begin) >= end);
    }

    /** The roll-ups of an hour or day: a frame for each slice of miners, or that of one miner's slice. */
    List<Frame> rollups(HistorySource source, long begin, int onlyMiner) throws SQLException {
        int slice = HourToSeal.sliceOf(onlyMiner);
        long first = Times.key(begin, slice);
        long end = onlyMiner > 0 ? first + 1 : first + Times.MAX_MINER + 1;
        List<Frame> found = new ArrayList<>();
        try (ResultSet results = bind(source == HistorySource.DAILY ? DAYS : ROLLUPS)
                .number(first)
                .number(end)
                .query()) {
            while (results.next()) {
                found.add(Stored.rollup(results.getBytes(1)));
            }
        }
        return found;
    }

    /** Takes a frame of roll-ups and the hour or day of it, and returns whether more are wanted. */
    interface RollupConsumer {
        boolean take(long begin, Frame slice) throws SQLException;
    }

    /** Gives the stored roll-ups of the hours or days that begin in a range, ascending; false where no more were wanted. */
    boolean rollups(HistorySource source, long since, long until, RollupConsumer consumer) throws SQLException {
        try (ResultSet results = bind(source == HistorySource.DAILY ? DAYS_WITH_ID : ROLLUPS_WITH_ID)
                .number(Times.key(since, 0))
                .number(Times.key(until, 0))
                .query()) {
            while (results.next()) {
                if (!consumer.take(Times.keyTime(results.getLong(1)), Stored.rollup(results.getBytes(2)))) {
                    return false;
                }
            }
        }
        return true;
    }

    private long first(String sql, long from) throws SQLException {
        try (ResultSet results = bind(sql).number(from).query()) {
            Row row = new Row(results);
            Long found = row.next() ? row.numberOrNull() : null;
            return found == null ? Long.MAX_VALUE : found;
        }
    }

    private Binder bind(String sql) throws SQLException {
        return statements.bind(connection, sql);
    }

    /** The samples of a part of one hour; those of a block may lie outside the part. */
    HourSamples load(Part part) throws SQLException {
        HourSamples hour = new HourSamples(part.onlyMiner, part.wanted);
        if (firstRow < part.until) {
            readRows(part, hour);
        }
        readBlocks(part, hour);
        if (firstTick < part.until) {
            readTicks(part, hour);
        }
        return hour;
    }

    private void readBlocks(Part part, HourSamples hour) throws SQLException {
        long first = Times.key(part.hour(), HourSamples.POLLS);
        if (part.onlyMiner == 0) {
            takeBlocks(bind(BLOCKS).number(first).number(first + Times.MAX_MINER + 1), part, hour);
            return;
        }
        if (part.polls) {
            takeBlocks(bind(BLOCK).number(first), part, hour);
        }
        takeBlocks(bind(BLOCK).number(first + part.onlyMiner), part, hour);
    }

    private static void takeBlocks(Binder query, Part part, HourSamples hour) throws SQLException {
        try (ResultSet results = query.query()) {
            while (results.next()) {
                int number = Times.miner(results.getLong(1));
                if (number == HourSamples.POLLS ? part.polls : part.wanted.test(number)) {
                    hour.add(number, Stored.block(results.getBytes(2)));
                }
            }
        }
    }

    private void readTicks(Part part, HourSamples hour) throws SQLException {
        try (ResultSet results =
                bind(TICKS).number(part.from).number(part.until).query()) {
            while (results.next()) {
                long at = results.getLong(1);
                hour.add(at, tick(at, results.getLong(2)));
                hour.addPoll(at);
            }
        }
    }

    private Frame tick(long at, long written) throws SQLException {
        Frame kept = frames.find(at, written);
        if (kept != null) {
            return kept;
        }
        try (ResultSet results = bind(TICK).number(at).query()) {
            byte[] data = results.getBytes(1);
            Frame frame = Stored.frame(data);
            frames.put(at, written, frame, data.length);
            return frame;
        }
    }

    /** Rows of earlier versions, poll by poll as if each had been stored as a tick. */
    private void readRows(Part part, HourSamples hour) throws SQLException {
        Binder query = part.onlyMiner == 0
                ? bind(ROWS).number(Times.key(part.from, 0)).number(Times.key(part.until, 0))
                : bind(ROWS_OF_MINER).number(part.onlyMiner).number(part.from).number(part.until);
        List<MetricSample> poll = new ArrayList<>();
        long pollAt = -1;
        try (ResultSet results = query.query()) {
            Row row = new Row(results);
            while (row.next()) {
                long key = row.number();
                long at = Times.keyTime(key);
                if (at != pollAt) {
                    takeRows(pollAt, poll, hour);
                    pollAt = at;
                }
                int number = Times.miner(key);
                if (part.wanted.test(number)) {
                    MinerAddress miner = addresses.address(number);
                    poll.add(rows.read(row, miner, at));
                }
            }
        }
        takeRows(pollAt, poll, hour);
        if (part.polls) {
            try (ResultSet results =
                    bind(ROW_TIMES).number(part.from).number(part.until).query()) {
                while (results.next()) {
                    hour.addPoll(results.getLong(1));
                }
            }
        }
    }

    private void takeRows(long at, List<MetricSample> poll, HourSamples hour) {
        if (!poll.isEmpty()) {
            hour.add(
                    at,
                    Frame.of(ticks.encodeExactly(
                            at, poll, addresses.numbers(poll).numbers())));
            poll.clear();
        }
    }

    /** The first time of an hour, that of the time given, at which samples are not pruned. */
    long floor(long at) {
        long hour = Millis.hourOf(at);
        return hour == Millis.hourOf(pruned) ? pruned : hour;
    }

    /** In how many parts an hour is to be read so that its samples fit into the heap. */
    static int parts(int miners, int columns) {
        return 1 + (int) ((long) miners * columns * POLLS_EXPECTED / MAX_CELLS);
    }

    /** The end of the part of an hour that a time belongs to. */
    static long endOfPart(long at, int parts) {
        long hour = Millis.hourOf(at);
        long length = Millis.HOUR / Math.min(parts, MAX_PARTS);
        long end = hour + ((at - hour) / length + 1) * length;
        return Math.min(end, hour + Millis.HOUR);
    }
}
