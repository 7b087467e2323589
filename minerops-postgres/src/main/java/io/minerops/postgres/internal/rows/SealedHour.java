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
import io.minerops.blocks.jdbc.Stored;
import io.minerops.postgres.internal.db.Database;
import io.minerops.postgres.internal.db.Transaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ticks of one hour turned into a block for each miner and into roll-ups, some miners in each transaction. Table
 * {@code sealing} has how far it is: a process that dies leaves the rest to the next one. The ticks stay until all
 * miners are sealed, and a reader that finds a sample in a tick and in a block takes it once.
 */
final class SealedHour {
    /** Miners of a transaction; of 120 polls each, they are 10 MB in the heap. */
    private static final int MINERS_AT_A_TIME = 2 * HourToSeal.SLICE;

    private static final int COLUMNS_EXPECTED = 40;

    /** The part of the heap that holds the ticks of the hour, so that they are read once. */
    private static final int PART_OF_HEAP = 4;

    /** The part of the heap for numbers where the ticks are not held, so that they are read a few times only. */
    private static final int PART_FOR_CELLS = 8;

    private static final int TICKS_AT_A_TIME = 8;
    private static final int LATEST_AT_A_TIME = 5_000;

    private static final String OF_HOUR = " FROM ticks WHERE at >= ? AND at < ? AND written <= ?";
    private static final String TICKS = "SELECT at, written, octet_length(data)" + OF_HOUR + " ORDER BY at, written";
    private static final String DATA = "SELECT at, written, data" + OF_HOUR + " ORDER BY at, written";
    private static final String DELETE_TICKS = "DELETE" + OF_HOUR;
    private static final String LAST = "SELECT COALESCE(MAX(written), -1) FROM ticks WHERE at >= ? AND at < ?";
    private static final String POSITION = "SELECT next, written FROM sealing WHERE hour = ?";
    private static final String PUT_POSITION = Upsert.of("sealing", "hour", "next, written");
    private static final String END = "DELETE FROM sealing WHERE hour = ?";
    private static final String BLOCKS = "SELECT miner, data FROM blocks WHERE hour = ? AND miner >= ? AND miner < ?";
    private static final String PUT_BLOCKS = Upsert.ofMany("blocks", "hour, miner", "data", "?", "integer", "bytea");
    private static final String HOURS_OF_DAY = "SELECT hour, slice, data FROM rollup_hour"
            + " WHERE hour >= ? AND hour < ? AND slice >= ? AND slice < ? ORDER BY hour";
    private static final String PUT_HOUR = Upsert.ofMany("rollup_hour", "hour, slice", "data", "?", "integer", "bytea");
    private static final String PUT_DAY = Upsert.ofMany("rollup_day", "day, slice", "data", "?", "integer", "bytea");
    private static final String PUT_LATEST = "INSERT INTO latest (miner, written, poll_at, data)"
            + " SELECT * FROM unnest(?::integer[], ?::bigint[], ?::bigint[], ?::bytea[])"
            + " ON CONFLICT (miner) DO UPDATE SET written = excluded.written, poll_at = excluded.poll_at,"
            + " data = excluded.data WHERE latest.written < excluded.written";
    private static final String SEALED = "UPDATE versions SET value = GREATEST(value, ?) WHERE name = 'sealed'";

    private final long hour;
    private final ReadingIds readings;
    private final Map<Tick, Frame> held = new HashMap<>();

    private record Tick(long at, long written, long size) {}

    private record Latest(Tick tick, Frame frame, int row) {}

    @SuppressWarnings("ArrayRecordComponent") // handed on within this class and never compared
    private record Stretch(long hour, int number, byte[] data) {}

    /**
     * How far an hour is sealed.
     *
     * @param next the first miner that is not
     * @param written the last write of samples that is part of it; a later one is sealed after it
     */
    private record Position(int next, long written) {}

    private interface EachTick {
        void take(Tick tick, Frame frame);
    }

    SealedHour(long hour, ReadingIds readings) {
        this.hour = hour;
        this.readings = readings;
    }

    /** Seals the next miners; false when the hour is sealed. */
    boolean step(Transaction tx) throws SQLException {
        Position position = position(tx);
        List<Tick> ticks = Database.list(
                tx.connection(),
                TICKS,
                values -> ofHour(values, position.written),
                row -> new Tick(row.number(), row.number(), row.number()));
        if (ticks.isEmpty()) {
            // pruned since
            tx.bind(END).number(hour).update();
            return false;
        }
        int group = group(ticks);
        int first = position.next;
        HourToSeal collected = collect(tx, ticks, first, first + group, position.written);
        while (collected.isEmpty() && first + group <= collected.highest()) {
            first += group;
            collected = collect(tx, ticks, first, first + group, position.written);
        }
        write(tx, collected, first, first + group);
        if (first + group <= collected.highest()) {
            tx.bind(PUT_POSITION)
                    .number(hour)
                    .number(first + group)
                    .number(position.written)
                    .update();
            return true;
        }
        finish(tx, ticks, position.written);
        return false;
    }

    private Position position(Transaction tx) throws SQLException {
        List<Position> begun = Database.list(
                tx.connection(),
                POSITION,
                values -> values.number(hour),
                row -> new Position((int) row.number(), row.number()));
        return begun.isEmpty()
                ? new Position(0, Transaction.first(tx.bind(LAST).number(hour).number(hour + Millis.HOUR)))
                : begun.get(0);
    }

    private Binder ofHour(Binder values, long written) throws SQLException {
        return values.number(hour).number(hour + Millis.HOUR).number(written);
    }

    private static boolean fit(List<Tick> ticks) {
        return ticks.stream().mapToLong(Tick::size).sum()
                <= Runtime.getRuntime().maxMemory() / PART_OF_HEAP;
    }

    /** How many miners are sealed at a time. Instances that share the fleet write a tick each, and a miner is in one of them. */
    private static int group(List<Tick> ticks) {
        if (fit(ticks)) {
            return MINERS_AT_A_TIME;
        }
        long cells = Runtime.getRuntime().maxMemory() / PART_FOR_CELLS / Long.BYTES;
        long polls = ticks.stream().mapToLong(Tick::at).distinct().count();
        return Math.max(
                MINERS_AT_A_TIME, (int) (cells / COLUMNS_EXPECTED / polls / HourToSeal.SLICE) * HourToSeal.SLICE);
    }

    /** Gives the ticks one after another, from the heap where they are held. */
    private void forEach(Transaction tx, List<Tick> ticks, long written, EachTick each) throws SQLException {
        if (held.keySet().containsAll(ticks)) {
            for (Tick tick : ticks) {
                each.take(tick, Objects.requireNonNull(held.get(tick)));
            }
            return;
        }
        boolean hold = fit(ticks);
        held.clear();
        try (PreparedStatement statement = tx.connection().prepareStatement(DATA)) {
            statement.setFetchSize(TICKS_AT_A_TIME);
            try (ResultSet results = ofHour(new Binder(statement), written).query()) {
                while (results.next()) {
                    byte[] data = results.getBytes(3);
                    Tick tick = new Tick(results.getLong(1), results.getLong(2), data.length);
                    Frame frame = Stored.frame(data);
                    if (hold) {
                        held.put(tick, frame);
                    }
                    each.take(tick, frame);
                }
            }
        }
    }

    /** Collects the samples of some miners: those of the ticks, then those of blocks that are there. */
    private HourToSeal collect(Transaction tx, List<Tick> ticks, int first, int end, long written) throws SQLException {
        HourToSeal collected = new HourToSeal(first, end);
        forEach(tx, ticks, written, (tick, frame) -> collected.add(tick.at, frame));
        for (Stretch block : blocks(tx, Math.max(1, first), end)) {
            collected.add(block.number, Stored.block(block.data));
        }
        return collected;
    }

    private List<Stretch> blocks(Transaction tx, int first, int end) throws SQLException {
        return Database.list(
                tx.connection(),
                BLOCKS,
                values -> values.number(hour).number(first).number(end),
                row -> new Stretch(hour, (int) row.number(), row.bytes()));
    }

    private void write(Transaction tx, HourToSeal collected, int first, int end) throws SQLException {
        long day = Millis.dayOf(hour);
        List<Stretch> stored = Database.list(
                tx.connection(),
                HOURS_OF_DAY,
                values -> values.number(day)
                        .number(day + Millis.DAY)
                        .number(first)
                        .number(end),
                row -> new Stretch(row.number(), (int) row.number(), row.bytes()));
        SortedMap<Integer, byte[]> blocks = new TreeMap<>();
        SortedMap<Integer, byte[]> hours = new TreeMap<>();
        SortedMap<Integer, byte[]> days = new TreeMap<>();
        SortedMap<Integer, Rollup> hourly = new TreeMap<>();
        SortedMap<Integer, Rollup> daily = new TreeMap<>();
        for (int slice = first; slice < end; slice += HourToSeal.SLICE) {
            if (collected.has(slice)) {
                HourToSeal.Slice sealed = collected.seal(slice, of(stored, hour, slice), readings);
                SortedMap<Integer, Rollup> ofDay = day(stored, slice, sealed.rollups());
                blocks.putAll(sealed.blocks());
                hours.put(slice, Rollup.encode(sealed.rollups(), readings));
                days.put(slice, Rollup.encode(ofDay, readings));
                hourly.putAll(sealed.rollups());
                daily.putAll(ofDay);
            }
        }
        Upsert.run(tx, PUT_BLOCKS, hour, blocks);
        Upsert.run(tx, PUT_HOUR, hour, hours);
        Upsert.run(tx, PUT_DAY, day, days);
        RollupsForPeople.HOURLY.write(tx, hour, hourly, readings);
        RollupsForPeople.DAILY.write(tx, day, daily, readings);
    }

    /** The roll-ups of an hour that are stored already, by miner. */
    private static SortedMap<Integer, Rollup> of(List<Stretch> stored, long hour, int slice) {
        SortedMap<Integer, Rollup> found = new TreeMap<>();
        for (Stretch row : stored) {
            if (row.hour == hour && row.number == slice) {
                found.putAll(Rollup.readAll(Stored.rollup(row.data)));
            }
        }
        return found;
    }

    /** The roll-ups of the hour's day, of all its hours in order. */
    private SortedMap<Integer, Rollup> day(List<Stretch> stored, int slice, SortedMap<Integer, Rollup> ofHour) {
        SortedMap<Long, SortedMap<Integer, Rollup>> hours = new TreeMap<>();
        for (Stretch row : stored) {
            if (row.number == slice) {
                hours.put(row.hour, Rollup.readAll(Stored.rollup(row.data)));
            }
        }
        hours.put(hour, ofHour);
        SortedMap<Integer, Rollup> day = new TreeMap<>();
        for (SortedMap<Integer, Rollup> each : hours.values()) {
            each.forEach((number, rollup) -> day.merge(number, rollup, Rollup::then));
        }
        return day;
    }

    private void finish(Transaction tx, List<Tick> ticks, long written) throws SQLException {
        MinerSeries polls = new MinerSeries();
        for (Stretch known : blocks(tx, HourSamples.POLLS, HourSamples.POLLS + 1)) {
            polls.add(Stored.block(known.data));
        }
        ticks.forEach(tick -> polls.add(tick.at));
        Upsert.run(tx, PUT_BLOCKS, hour, new TreeMap<>(Map.of(HourSamples.POLLS, polls.encode())));
        writeLatest(tx, ticks, written);
        ofHour(tx.bind(DELETE_TICKS), written).update();
        tx.bind(SEALED).number(written).update();
        tx.bind(END).number(hour).update();
    }

    private void writeLatest(Transaction tx, List<Tick> ticks, long written) throws SQLException {
        TreeMap<Integer, Latest> latest = new TreeMap<>();
        forEach(tx, ticks, written, (tick, frame) -> {
            int keys = frame.find(ColumnIds.KEY);
            for (int row = 0; row < frame.rows(); row++) {
                Latest sample = new Latest(tick, frame, row);
                latest.merge(
                        (int) frame.number(keys, row),
                        sample,
                        (known, now) -> known.tick.written < now.tick.written ? now : known);
            }
        });
        List<Integer> numbers = List.copyOf(latest.keySet());
        for (int from = 0; from < numbers.size(); from += LATEST_AT_A_TIME) {
            List<Integer> some = numbers.subList(from, Math.min(numbers.size(), from + LATEST_AT_A_TIME));
            List<Latest> samples = new ArrayList<>(some.size());
            some.forEach(number -> samples.add(Objects.requireNonNull(latest.get(number))));
            PreparedStatement statement = tx.statement(PUT_LATEST);
            statement.setObject(1, Upsert.numbers(some));
            statement.setObject(
                    2, samples.stream().mapToLong(sample -> sample.tick.written).toArray());
            statement.setObject(
                    3, samples.stream().mapToLong(sample -> sample.tick.at).toArray());
            statement.setObject(
                    4,
                    samples.stream()
                            .map(sample -> sample.frame.ofRow(sample.row))
                            .toArray(byte[][]::new));
            statement.executeUpdate();
        }
    }
}
