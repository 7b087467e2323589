package io.minerops.postgres.internal.rows;

import io.minerops.blocks.ColumnIds;
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
import io.minerops.postgres.internal.db.Database;
import io.minerops.postgres.internal.db.Transaction;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The ticks of one hour turned into a block for each miner and into roll-ups, inside a transaction. */
final class SealedHour {
    /** Numbers in the heap at a time: 16 MB. */
    private static final int MAX_CELLS = 2_000_000;

    private static final int COLUMNS_EXPECTED = 40;

    private static final String TICKS = "SELECT at, written FROM ticks WHERE at >= ? AND at < ? ORDER BY at, written";
    private static final String BLOCKS = "SELECT miner, data FROM blocks WHERE hour = ? AND miner >= ? AND miner < ?";
    private static final String PUT_BLOCK = Upsert.of("blocks", "hour, miner", "data");
    private static final String HOUR = "SELECT data FROM rollup_hour WHERE hour = ? AND slice = ?";
    private static final String HOURS_OF_DAY =
            "SELECT data FROM rollup_hour WHERE hour >= ? AND hour < ? AND hour <> ? AND slice = ? ORDER BY hour";
    private static final String PUT_HOUR = Upsert.of("rollup_hour", "hour, slice", "data");
    private static final String PUT_DAY = Upsert.of("rollup_day", "day, slice", "data");
    private static final String PUT_LATEST =
            Upsert.of("latest", "miner", "written, poll_at, data") + " WHERE latest.written < excluded.written";
    private static final String DELETE_TICK = "DELETE FROM ticks WHERE at = ? AND written = ?";
    private static final String SEALED = "UPDATE versions SET value = GREATEST(value, ?) WHERE name = 'sealed'";

    private final Transaction tx;
    private final long hour;
    private final ReadingIds readings;
    private final TickFrames frames;
    private final Map<Integer, Latest> latest = new HashMap<>();

    private record Tick(long at, long written) {}

    private record Latest(Tick tick, Frame frame, int row) {}

    @SuppressWarnings("ArrayRecordComponent") // handed on within this class and never compared
    private record Sealed(int miner, byte[] data) {}

    SealedHour(Transaction tx, long hour, ReadingIds readings, TickFrames frames) {
        this.tx = tx;
        this.hour = hour;
        this.readings = readings;
        this.frames = frames;
    }

    void write() throws SQLException {
        List<Tick> ticks = Database.list(
                tx.connection(),
                TICKS,
                values -> values.number(hour).number(hour + Millis.HOUR),
                row -> new Tick(row.number(), row.number()));
        if (ticks.isEmpty()) {
            return;
        }
        // instances that share the fleet write a tick each, and a miner is in one of them
        int polls = (int) ticks.stream().mapToLong(Tick::at).distinct().count();
        int group = Math.max(1, MAX_CELLS / COLUMNS_EXPECTED / polls / HourToSeal.SLICE) * HourToSeal.SLICE;
        int highest = 0;
        for (int first = 0; first == 0 || first <= highest; first += group) {
            HourToSeal collected = collect(ticks, first, first + group);
            highest = Math.max(highest, collected.highest());
            for (int slice = first; slice < first + group; slice += HourToSeal.SLICE) {
                if (collected.has(slice)) {
                    write(slice, collected.seal(slice, rollups(slice), readings));
                }
            }
        }
        writePolls(ticks);
        writeLatest();
        delete(ticks);
    }

    /** Collects the samples of some miners: those of the ticks, then those of blocks that are there. */
    private HourToSeal collect(List<Tick> ticks, int first, int end) throws SQLException {
        HourToSeal collected = new HourToSeal(first, end);
        for (Tick tick : ticks) {
            Frame frame = Hours.frame(tx.connection(), frames, tick.at, tick.written);
            collected.add(tick.at, frame);
            if (first == 0) {
                learn(tick, frame);
            }
        }
        for (Sealed block : blocks(Math.max(1, first), end)) {
            collected.add(block.miner, Stored.block(block.data));
        }
        return collected;
    }

    private void learn(Tick tick, Frame frame) {
        int keys = frame.find(ColumnIds.KEY);
        for (int row = 0; row < frame.rows(); row++) {
            Latest sample = new Latest(tick, frame, row);
            latest.merge(
                    (int) frame.number(keys, row),
                    sample,
                    (known, now) -> known.tick.written < now.tick.written ? now : known);
        }
    }

    private List<Sealed> blocks(int first, int end) throws SQLException {
        return Database.list(
                tx.connection(),
                BLOCKS,
                values -> values.number(hour).number(first).number(end),
                row -> new Sealed((int) row.number(), row.bytes()));
    }

    private void write(int slice, HourToSeal.Slice sealed) throws SQLException {
        Binder rows = tx.bind(PUT_BLOCK);
        for (Map.Entry<Integer, byte[]> block : sealed.blocks().entrySet()) {
            rows.number(hour).number(block.getKey()).bytes(block.getValue()).add();
        }
        tx.runBatch(PUT_BLOCK);
        SortedMap<Integer, Rollup> ofDay = day(slice, sealed.rollups());
        long day = Millis.dayOf(hour);
        tx.bind(PUT_HOUR)
                .number(hour)
                .number(slice)
                .bytes(Rollup.encode(sealed.rollups(), readings))
                .update();
        tx.bind(PUT_DAY)
                .number(day)
                .number(slice)
                .bytes(Rollup.encode(ofDay, readings))
                .update();
        RollupsForPeople.HOURLY.write(tx, hour, sealed.rollups(), readings);
        RollupsForPeople.DAILY.write(tx, day, ofDay, readings);
    }

    /** The roll-ups of the hour that are stored already, by miner. */
    private SortedMap<Integer, Rollup> rollups(int slice) throws SQLException {
        TreeMap<Integer, Rollup> found = new TreeMap<>();
        for (byte[] data : Database.list(
                tx.connection(), HOUR, values -> values.number(hour).number(slice), Row::bytes)) {
            found.putAll(Rollup.readAll(Stored.rollup(data)));
        }
        return found;
    }

    /** The roll-ups of the hour's day, of all its hours in order. */
    private SortedMap<Integer, Rollup> day(int slice, SortedMap<Integer, Rollup> ofHour) throws SQLException {
        long begin = Millis.dayOf(hour);
        SortedMap<Integer, Rollup> day = new TreeMap<>();
        merge(day, begin, hour, slice);
        ofHour.forEach((number, rollup) -> day.merge(number, rollup, Rollup::then));
        merge(day, hour, begin + Millis.DAY, slice);
        return day;
    }

    private void merge(SortedMap<Integer, Rollup> day, long from, long until, int slice) throws SQLException {
        for (byte[] data : Database.list(
                tx.connection(),
                HOURS_OF_DAY,
                values -> values.number(from).number(until).number(hour).number(slice),
                Row::bytes)) {
            Rollup.readAll(Stored.rollup(data)).forEach((number, rollup) -> day.merge(number, rollup, Rollup::then));
        }
    }

    private void writePolls(List<Tick> ticks) throws SQLException {
        MinerSeries polls = new MinerSeries();
        for (Sealed known : blocks(HourSamples.POLLS, HourSamples.POLLS + 1)) {
            polls.add(Stored.block(known.data));
        }
        for (Tick tick : ticks) {
            polls.add(tick.at);
        }
        tx.bind(PUT_BLOCK)
                .number(hour)
                .number(HourSamples.POLLS)
                .bytes(polls.encode())
                .update();
    }

    private void writeLatest() throws SQLException {
        Binder rows = tx.bind(PUT_LATEST);
        for (Map.Entry<Integer, Latest> entry : new TreeMap<>(latest).entrySet()) {
            Latest sample = entry.getValue();
            rows.number(entry.getKey())
                    .number(sample.tick.written)
                    .number(sample.tick.at)
                    .bytes(sample.frame.ofRow(sample.row))
                    .add();
        }
        tx.runBatch(PUT_LATEST);
    }

    private void delete(List<Tick> ticks) throws SQLException {
        Binder rows = tx.bind(DELETE_TICK);
        long last = 0;
        for (Tick tick : ticks) {
            rows.number(tick.at).number(tick.written).add();
            last = Math.max(last, tick.written);
        }
        tx.runBatch(DELETE_TICK);
        tx.bind(SEALED).number(last).update();
    }
}
