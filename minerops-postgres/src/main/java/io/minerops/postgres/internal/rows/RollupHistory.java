package io.minerops.postgres.internal.rows;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.HistorySource;
import io.minerops.api.store.MetricRollup;
import io.minerops.api.store.RollupQuery;
import io.minerops.blocks.Frame;
import io.minerops.blocks.HourSamples;
import io.minerops.blocks.Millis;
import io.minerops.blocks.ReadingIds;
import io.minerops.blocks.Rollup;
import io.minerops.blocks.RollupReader;
import io.minerops.blocks.jdbc.TickFrames;
import io.minerops.blocks.jdbc.Times;
import io.minerops.postgres.internal.db.Database;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads roll-ups: those that are stored, and those of hours and days that are not sealed yet from their samples. */
final class RollupHistory {
    private final Database database;
    private final NameBook book;
    private final ReadingIds readings;
    private final TickFrames frames;

    RollupHistory(Database database, NameBook book, ReadingIds readings, TickFrames frames) {
        this.database = database;
        this.book = book;
        this.readings = readings;
        this.frames = frames;
    }

    void read(RollupQuery query, Predicate<MetricRollup> consumer) {
        read(
                query,
                rollups -> {
                    for (MetricRollup rollup : rollups) {
                        if (!consumer.test(rollup)) {
                            return false;
                        }
                    }
                    return true;
                },
                null);
    }

    void readColumns(RollupQuery query, Predicate<MetricRollup.Columns> consumer) {
        read(
                query,
                rollups -> rollups.isEmpty() || consumer.test(MetricRollup.Columns.of(rollups)),
                query.miner() == null ? consumer : null);
    }

    /** Gives whole hours or days, those that are sealed as stored where a consumer takes them so. */
    private void read(
            RollupQuery query,
            Predicate<List<MetricRollup>> consumer,
            @Nullable Predicate<MetricRollup.Columns> sealed) {
        database.readOnce("read roll-ups", connection -> {
            Names names = book.of(connection);
            MinerAddress miner = query.miner();
            int number = miner == null ? 0 : names.find(miner);
            if (number >= 0) {
                Range range = new Range(query, number, names, new RollupReader(readings, names), consumer, sealed);
                Hours hours = new Hours(connection, frames);
                while (range.step(hours)) {
                    // each step is an hour or a day
                }
            }
            return number;
        });
    }

    /** Goes through one range, an hour or a day at a time. */
    private static final class Range {
        private final Names names;
        private final RollupReader reader;
        private final HistorySource source;
        private final long span;
        private final int onlyMiner;
        private final Predicate<List<MetricRollup>> consumer;
        private final @Nullable Predicate<MetricRollup.Columns> sealed;
        private final long end;
        private long next;

        Range(
                RollupQuery query,
                int onlyMiner,
                Names names,
                RollupReader reader,
                Predicate<List<MetricRollup>> consumer,
                @Nullable Predicate<MetricRollup.Columns> sealed) {
            this.sealed = sealed;
            this.names = names;
            this.reader = reader;
            source = query.span();
            span = source == HistorySource.DAILY ? Millis.DAY : Millis.HOUR;
            this.onlyMiner = onlyMiner;
            this.consumer = consumer;
            next = ceiling(Times.keyCeiling(query.since()));
            end = Times.keyCeiling(query.until());
        }

        private long ceiling(long at) {
            return Math.floorDiv(at + span - 1, span) * span;
        }

        /** Reads the next hour or day; false at the end. */
        boolean step(Hours hours) throws SQLException {
            long from = hours.nextOf(source, next);
            if (from == Long.MAX_VALUE) {
                return false;
            }
            long begin = Math.floorDiv(from, span) * span;
            if (begin >= end) {
                return false;
            }
            next = begin + span;
            if (sealed != null && hours.isRolledUp(begin, next)) {
                return giveSealed(hours, begin, sealed);
            }
            return give(source == HistorySource.DAILY ? day(hours, begin) : hour(hours, begin), begin);
        }

        private SortedMap<Integer, Rollup> day(Hours hours, long day) throws SQLException {
            if (hours.isRolledUp(day, day + Millis.DAY)) {
                return stored(hours, HistorySource.DAILY, day);
            }
            SortedMap<Integer, Rollup> all = new TreeMap<>();
            for (long hour = day; hour < day + Millis.DAY; hour += Millis.HOUR) {
                hour(hours, hour).forEach((number, rollup) -> all.merge(number, rollup, Rollup::then));
            }
            return all;
        }

        private SortedMap<Integer, Rollup> hour(Hours hours, long hour) throws SQLException {
            SortedMap<Integer, Rollup> stored = stored(hours, HistorySource.HOURLY, hour);
            if (hours.isRolledUp(hour, hour + Millis.HOUR)) {
                return stored;
            }
            HourSamples samples = hours.load(new Hours.Part(
                    hour, hour + Millis.HOUR, onlyMiner, one -> onlyMiner == 0 || one == onlyMiner, false));
            return reader.of(samples, stored);
        }

        private SortedMap<Integer, Rollup> stored(Hours hours, HistorySource source, long begin) throws SQLException {
            SortedMap<Integer, Rollup> found = new TreeMap<>();
            for (Frame slice : hours.rollups(source, begin, onlyMiner)) {
                int row = onlyMiner > 0 ? slice.row(onlyMiner) : -1;
                if (row >= 0) {
                    found.put(onlyMiner, Rollup.read(slice, row));
                } else if (onlyMiner == 0) {
                    found.putAll(Rollup.readAll(slice));
                }
            }
            return found;
        }

        private boolean giveSealed(Hours hours, long begin, Predicate<MetricRollup.Columns> taker) throws SQLException {
            for (Frame slice : hours.rollups(source, begin, 0)) {
                if (!taker.test(reader.columns(slice, names::address, begin))) {
                    return false;
                }
            }
            return true;
        }

        private boolean give(SortedMap<Integer, Rollup> rollups, long begin) {
            int[] ranks = names.ranks();
            List<Map.Entry<Integer, Rollup>> ascending = rollups.entrySet().stream()
                    .sorted(Comparator.comparingInt(entry -> ranks[entry.getKey()]))
                    .toList();
            List<MetricRollup> given = new ArrayList<>(ascending.size());
            for (Map.Entry<Integer, Rollup> entry : ascending) {
                given.add(reader.read(entry.getValue(), names.address(entry.getKey()), begin));
            }
            return consumer.test(given);
        }
    }
}
