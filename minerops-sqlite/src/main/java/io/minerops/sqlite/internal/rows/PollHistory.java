package io.minerops.sqlite.internal.rows;

import io.minerops.api.miner.MinerIndex;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.PollColumns;
import io.minerops.api.store.PollQuery;
import io.minerops.blocks.Column;
import io.minerops.blocks.ColumnIds;
import io.minerops.blocks.Samples;
import io.minerops.sqlite.internal.db.Database;
import io.minerops.sqlite.internal.db.Times;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads history poll by poll as columns; of a block only the requested columns are decoded. */
final class PollHistory {
    private static final int NOT_REQUESTED = -1;

    private final Database database;
    private final AddressBook addresses;
    private final SampleRows rows;
    private final TickCodec ticks;
    private final ReadingBook readings;
    private final PoolBook pools;

    PollHistory(
            Database database,
            AddressBook addresses,
            SampleRows rows,
            TickCodec ticks,
            ReadingBook readings,
            PoolBook pools) {
        this.database = database;
        this.addresses = addresses;
        this.rows = rows;
        this.ticks = ticks;
        this.readings = readings;
        this.pools = pools;
    }

    void read(PollQuery query, Predicate<PollColumns> consumer) {
        Reader reader = new Reader(query, consumer);
        boolean more;
        do {
            // a long transaction would keep the write-ahead log from being reset
            more = database.read("read polls", reader::step);
        } while (more);
    }

    /** The row of each address number in a roster. */
    private int[] rowsByNumber(MinerIndex roster) {
        int[] numbers = new int[roster.size()];
        for (int row = 0; row < numbers.length; row++) {
            numbers[row] = addresses.find(roster.miner(row).address());
        }
        int[] byNumber = new int[Arrays.stream(numbers).max().orElse(0) + 1];
        Arrays.fill(byNumber, NOT_REQUESTED);
        for (int row = 0; row < numbers.length; row++) {
            if (numbers[row] >= 0) {
                byNumber[numbers[row]] = row;
            }
        }
        return byNumber;
    }

    /** Goes through one range of polls, a part of an hour at a time. */
    private final class Reader {
        private final Predicate<PollColumns> consumer;
        private final PollColumns poll;
        private final Reading[] requested;
        private final boolean power;
        private final boolean pool;
        private final int[] rowByNumber;
        /** The number of the one requested miner; 0 for several, which are found among all. */
        private final int onlyMiner;

        private final int parts;
        private final long end;
        private long next;
        private boolean wanted = true;

        Reader(PollQuery query, Predicate<PollColumns> consumer) {
            this.consumer = consumer;
            List<Reading> queried = query.readings().stream().sorted().toList();
            requested = queried.toArray(Reading[]::new);
            power = queried.contains(Reading.POWER_W);
            pool = queried.contains(Reading.POOLS_ALIVE);
            poll = new PollColumns(query.roster(), queried);
            rowByNumber = rowsByNumber(query.roster());
            onlyMiner = query.roster().size() == 1 && rowByNumber.length > 1 ? rowByNumber.length - 1 : 0;
            parts = Hours.parts(query.roster().size(), Reading.count());
            next = Times.keyCeiling(query.since());
            end = Times.keyCeiling(query.until());
        }

        private boolean requests(int number) {
            return number < rowByNumber.length && rowByNumber[number] != NOT_REQUESTED;
        }

        /** Reads the next part; false at the end. */
        boolean step(Connection connection) throws SQLException {
            Hours hours = new Hours(connection, addresses, rows, ticks);
            long from = hours.next(next);
            if (from >= end) {
                return false;
            }
            long until = Math.min(end, Hours.endOfPart(from, parts));
            give(
                    hours.load(new Hours.Part(from, until, onlyMiner, this::requests, true)),
                    Math.max(from, hours.floor(from)),
                    until);
            next = until;
            return wanted;
        }

        private void give(Hours.Hour hour, long from, long until) {
            List<OfMiner> miners = new ArrayList<>(hour.miners().size());
            hour.miners().forEach((number, samples) -> miners.add(new OfMiner(rowByNumber[number], samples, from)));
            for (long at : hour.polls().subSet(from, until)) {
                poll.begin(at);
                for (OfMiner miner : miners) {
                    miner.addTo(poll, at);
                }
                wanted = consumer.test(poll);
                if (!wanted) {
                    return;
                }
            }
        }

        /** The requested columns of one miner. */
        private final class OfMiner {
            private final int row;
            private final long[] times;
            private final double[] @Nullable [] values = new double[requested.length][];
            private final long @Nullable [] estimated;
            private final long @Nullable [] named;
            private final long @Nullable [] state;
            private int sample;

            OfMiner(int row, Samples samples, long from) {
                this.row = row;
                times = samples.times();
                sample = SampleReader.firstFrom(times, from);
                for (int i = 0; i < requested.length; i++) {
                    int id = readings.id(requested[i]);
                    values[i] = id == 0 ? null : samples.valuesOf(id);
                }
                estimated = power ? samples.numbersOf(ColumnIds.POWER_ESTIMATED) : null;
                named = pool ? samples.numbersOf(ColumnIds.POOL) : null;
                state = samples.numbersOf(ColumnIds.STATE);
            }

            void addTo(PollColumns target, long at) {
                while (sample < times.length && times[sample] < at) {
                    sample++;
                }
                if (sample == times.length || times[sample] != at) {
                    return;
                }
                target.add(row);
                for (int i = 0; i < requested.length; i++) {
                    double[] column = values[i];
                    if (column != null) {
                        target.set(requested[i], column[sample]);
                    }
                }
                target.powerEstimated(estimated != null && estimated[sample] == 1);
                if (named != null && named[sample] != Column.ABSENT) {
                    target.pool(pools.pool(named[sample]));
                }
                if (state != null) {
                    target.state(ColumnIds.state(state[sample]));
                }
                sample++;
            }
        }
    }
}
