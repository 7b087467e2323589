package io.minerops.postgres.internal.rows;

import io.minerops.api.store.HistorySource;
import io.minerops.blocks.Frame;
import io.minerops.blocks.HourSamples;
import io.minerops.blocks.HourToSeal;
import io.minerops.blocks.Millis;
import io.minerops.blocks.jdbc.Binder;
import io.minerops.blocks.jdbc.Row;
import io.minerops.blocks.jdbc.Stored;
import io.minerops.blocks.jdbc.TickFrames;
import io.minerops.blocks.jdbc.Times;
import io.minerops.postgres.internal.db.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.LongStream;

/** Reads what is stored of an hour at one consistent point: sealed blocks, and ticks that are not sealed yet. */
final class Hours {
    /** Polls of an hour, one each half a minute. */
    private static final int POLLS_EXPECTED = 120;

    /** Values in the heap at a time: 32 MB. */
    private static final int MAX_CELLS = 4_000_000;

    private static final int MAX_PARTS = 60;

    private static final String NEXT_TICK = "SELECT MIN(at) FROM ticks WHERE at >= ?";
    private static final String NEXT_BLOCK = "SELECT MIN(hour) FROM blocks WHERE hour >= ?";
    private static final String NEXT_ROLLUP = "SELECT MIN(hour) FROM rollup_hour WHERE hour >= ?";
    private static final String NEXT_DAY = "SELECT MIN(day) FROM rollup_day WHERE day >= ?";
    private static final String PRUNED = "SELECT value FROM versions WHERE name = 'pruned'";
    private static final String TICKS = "SELECT at, written FROM ticks WHERE at >= ? AND at < ? ORDER BY at, written";
    private static final String TICK = "SELECT data FROM ticks WHERE at = ? AND written = ?";
    private static final String BLOCKS = "SELECT miner, data FROM blocks WHERE hour = ? ORDER BY miner";
    private static final String BLOCKS_OF_MINER =
            "SELECT miner, data FROM blocks WHERE hour = ? AND miner IN (?, ?) ORDER BY miner";
    /** Both bounds leave out partitions; the list makes one search of the index of each hour. */
    private static final String BLOCKS_OF_HOURS =
            "SELECT hour, data FROM blocks WHERE hour >= ? AND hour < ? AND hour = ANY (?) AND miner = ?";

    private static final String ROLLUPS =
            "SELECT data FROM rollup_hour WHERE hour = ? AND slice >= ? AND slice < ? ORDER BY slice";
    private static final String DAYS =
            "SELECT data FROM rollup_day WHERE day = ? AND slice >= ? AND slice < ? ORDER BY slice";

    private final Connection connection;
    private final TickFrames frames;
    private final long pruned;

    private record Tick(long at, long written) {}

    /** Which part of an hour is read. Blocks are read whole. */
    record Part(long from, long until, int onlyMiner, IntPredicate wanted, boolean polls) {
        long hour() {
            return Millis.hourOf(from);
        }
    }

    Hours(Connection connection, TickFrames frames) throws SQLException {
        this.connection = connection;
        this.frames = frames;
        pruned = Database.list(connection, PRUNED, values -> {}, Row::number).get(0);
    }

    /** The first time at or after one given at which there may be samples; {@link Long#MAX_VALUE} for none. */
    long next(long from) throws SQLException {
        return Math.min(atLeast(from, first(NEXT_BLOCK, Millis.hourOf(from))), first(NEXT_TICK, from));
    }

    /** The same where hours, or days, of which only roll-ups are left count too. */
    long nextOf(HistorySource source, long from) throws SQLException {
        long next = next(from);
        if (source != HistorySource.RAW) {
            next = Math.min(next, atLeast(from, first(NEXT_ROLLUP, Millis.hourOf(from))));
        }
        if (source == HistorySource.DAILY) {
            next = Math.min(next, atLeast(from, first(NEXT_DAY, Millis.dayOf(from))));
        }
        return next;
    }

    private static long atLeast(long from, long found) {
        return found == Long.MAX_VALUE ? found : Math.max(from, found);
    }

    /** Whether all that is stored of an hour, or of a day, is in its roll-ups. */
    boolean isRolledUp(long begin, long end) throws SQLException {
        return first(NEXT_TICK, begin) >= end;
    }

    private long first(String sql, long from) throws SQLException {
        Long found = Database.list(
                        connection, sql, values -> values.number(from), row -> new Long[] {row.numberOrNull()})
                .get(0)[0];
        return found == null ? Long.MAX_VALUE : found;
    }

    /** The roll-ups of an hour or day: a frame for each slice of miners, or that of one miner's slice. */
    List<Frame> rollups(HistorySource source, long begin, int onlyMiner) throws SQLException {
        String sql = source == HistorySource.DAILY ? DAYS : ROLLUPS;
        int slice = HourToSeal.sliceOf(onlyMiner);
        int end = onlyMiner > 0 ? slice + HourToSeal.SLICE : Times.MAX_MINER;
        return Database.list(
                connection,
                sql,
                values -> values.number(begin).number(slice).number(end),
                row -> Stored.rollup(row.bytes()));
    }

    /** The samples of a part of one hour; those of a block may lie outside the part. */
    HourSamples load(Part part) throws SQLException {
        HourSamples hour = new HourSamples(part.onlyMiner, part.wanted);
        readBlocks(part, hour);
        readTicks(part, hour);
        return hour;
    }

    /**
     * The samples of one miner in a time, by the beginning of their hour; those of a block may lie outside the time. It
     * takes two round trips, however long the time is.
     */
    SortedMap<Long, HourSamples> load(int miner, long from, long until) throws SQLException {
        SortedMap<Long, HourSamples> found = new TreeMap<>();
        long first = Millis.hourOf(from);
        long[] hours = LongStream.iterate(first, hour -> hour < until, hour -> hour + Millis.HOUR)
                .toArray();
        try (PreparedStatement statement = connection.prepareStatement(BLOCKS_OF_HOURS)) {
            statement.setLong(1, first);
            statement.setLong(2, until);
            statement.setObject(3, hours);
            statement.setLong(4, miner);
            try (ResultSet results = statement.executeQuery()) {
                while (results.next()) {
                    of(miner, results.getLong(1), found).add(miner, Stored.block(results.getBytes(2)));
                }
            }
        }
        for (Tick tick : ticks(from, until)) {
            of(miner, Millis.hourOf(tick.at), found).add(tick.at, frame(connection, frames, tick.at, tick.written));
        }
        return found;
    }

    private static HourSamples of(int miner, long hour, SortedMap<Long, HourSamples> found) {
        return found.computeIfAbsent(hour, begin -> new HourSamples(miner, one -> one == miner));
    }

    private List<Tick> ticks(long from, long until) throws SQLException {
        return Database.list(
                connection,
                TICKS,
                values -> values.number(from).number(until),
                row -> new Tick(row.number(), row.number()));
    }

    private void readBlocks(Part part, HourSamples hour) throws SQLException {
        boolean one = part.onlyMiner > 0;
        try (PreparedStatement statement = connection.prepareStatement(one ? BLOCKS_OF_MINER : BLOCKS)) {
            Binder query = new Binder(statement).number(part.hour());
            if (one) {
                query.number(part.polls ? HourSamples.POLLS : part.onlyMiner).number(part.onlyMiner);
            }
            try (ResultSet results = query.query()) {
                while (results.next()) {
                    int number = results.getInt(1);
                    if (number == HourSamples.POLLS ? part.polls : part.wanted.test(number)) {
                        hour.add(number, Stored.block(results.getBytes(2)));
                    }
                }
            }
        }
    }

    private void readTicks(Part part, HourSamples hour) throws SQLException {
        for (Tick tick : ticks(part.from, part.until)) {
            hour.add(tick.at, frame(connection, frames, tick.at, tick.written));
            hour.addPoll(tick.at);
        }
    }

    /** A tick, decoded; the last ones are in the heap. */
    static Frame frame(Connection connection, TickFrames frames, long at, long written) throws SQLException {
        Frame kept = frames.find(at, written);
        if (kept != null) {
            return kept;
        }
        byte[] data = Database.list(
                        connection, TICK, values -> values.number(at).number(written), Row::bytes)
                .get(0);
        Frame frame = Stored.frame(data);
        frames.put(at, written, frame, data.length);
        return frame;
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
