package io.minerops.sqlite.internal.rows;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.HistorySource;
import io.minerops.api.store.MetricRollup;
import io.minerops.api.store.RollupQuery;
import io.minerops.blocks.Frame;
import io.minerops.blocks.HourSamples;
import io.minerops.blocks.Millis;
import io.minerops.blocks.Rollup;
import io.minerops.blocks.RollupReader;
import io.minerops.blocks.jdbc.Times;
import io.minerops.sqlite.internal.db.Database;
import java.sql.Connection;
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
    /** Hours or days that are read in one transaction, some milliseconds long. */
    private static final int SEALED_AT_A_TIME = 48;

    private final Database database;
    private final AddressBook addresses;
    private final Hours.Sources sources;
    private final RollupReader reader;

    RollupHistory(Database database, Hours.Sources sources, RollupReader reader) {
        this.database = database;
        addresses = sources.addresses();
        this.sources = sources;
        this.reader = reader;
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
        MinerAddress miner = query.miner();
        int number = miner == null ? 0 : addresses.find(miner);
        if (number >= 0) {
            Range range = new Range(query, number, consumer, sealed);
            boolean more;
            do {
                // a long transaction would keep the write-ahead log from being reset
                more = database.read("read roll-ups", range::step);
            } while (more);
        }
    }

    /** Goes through one range, an hour or a day at a time. */
    private final class Range {
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
                Predicate<List<MetricRollup>> consumer,
                @Nullable Predicate<MetricRollup.Columns> sealed) {
            this.sealed = sealed;
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
        boolean step(Connection connection) throws SQLException {
            Hours hours = new Hours(connection, sources);
            long from = hours.nextOf(source, next);
            if (from == Long.MAX_VALUE) {
                return false;
            }
            long begin = Math.floorDiv(from, span) * span;
            if (begin >= end) {
                return false;
            }
            long several = Math.min(begin + SEALED_AT_A_TIME * span, ceiling(end));
            if (sealed != null && hours.isRolledUp(begin, several)) {
                next = several;
                return giveSealed(hours, begin, several, sealed);
            }
            next = begin + span;
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

        private boolean giveSealed(Hours hours, long begin, long until, Predicate<MetricRollup.Columns> taker)
                throws SQLException {
            return hours.rollups(
                    source,
                    begin,
                    until,
                    (start, slice) -> taker.test(reader.columns(slice, addresses::address, start)));
        }

        private boolean give(SortedMap<Integer, Rollup> rollups, long begin) {
            int[] ranks = addresses.ranks();
            List<Map.Entry<Integer, Rollup>> ascending = rollups.entrySet().stream()
                    .sorted(Comparator.comparingInt(entry -> ranks[entry.getKey()]))
                    .toList();
            List<MetricRollup> given = new ArrayList<>(ascending.size());
            for (Map.Entry<Integer, Rollup> entry : ascending) {
                given.add(reader.read(entry.getValue(), addresses.address(entry.getKey()), begin));
            }
            return consumer.test(given);
        }
    }
}
