package io.minerops.postgres.internal.rows;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.MinerIndex;
import io.minerops.blocks.ColumnIds;
import io.minerops.blocks.Frame;
import io.minerops.blocks.ReadingIds;
import io.minerops.blocks.TickCodec;
import io.minerops.blocks.jdbc.Row;
import io.minerops.blocks.jdbc.Stored;
import io.minerops.postgres.internal.db.Database;
import io.minerops.postgres.internal.db.Version;
import io.minerops.postgres.internal.db.Versions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A copy of the registry and of each miner's latest sample in the heap, brought up to the point that a transaction sees:
 * what has not changed since the last time is not read again.
 */
final class Fleet {
    /** In column {@code poll_at}: a removed miner, whose samples up to that write are not its latest. */
    static final long REMOVED = -1;

    private static final String LATEST = "SELECT miner, written, poll_at, data FROM latest WHERE written > ?";
    private static final String REMOVALS = "SELECT miner, written FROM latest WHERE poll_at = " + REMOVED;
    private static final String TICKS =
            "SELECT at, written, data FROM ticks WHERE written > ? AND writer <> ? ORDER BY written";

    private final NameBook book;
    private final ReadingIds readings;
    private final String writer;
    /** By the number of the miner; null where it has none. */
    private @Nullable Known[] latest = new Known[1_024];

    private SortedMap<MinerAddress, Registered> miners = new TreeMap<>();
    private long minersVersion = -1;
    private long namesVersion = -1;
    private long cursor = -1;
    private @Nullable MinerIndex roster;
    private @Nullable FleetSnapshot unchanged;

    /** A miner's latest sample. */
    private sealed interface Known {
        /** The number of the write that brought it. */
        long written();

        void show(FleetSnapshot.Builder snapshot, MinerAddress address, TickCodec ticks);
    }

    private record Sample(long written, Instant pollAt, MetricSample sample, boolean appended) implements Known {
        @Override
        public void show(FleetSnapshot.Builder snapshot, MinerAddress address, TickCodec ticks) {
            MetricSample own = sample.miner().equals(address) ? sample : sample.at(address);
            if (appended) {
                TickCodec.show(snapshot, pollAt, own);
            } else {
                snapshot.sample(pollAt, own);
            }
        }
    }

    private record RowOfTick(long written, Instant pollAt, Frame tick, int row) implements Known {
        @Override
        public void show(FleetSnapshot.Builder snapshot, MinerAddress address, TickCodec ticks) {
            ticks.show(snapshot, pollAt, tick, row);
        }
    }

    private record Registered(int number, Miner miner) {}

    Fleet(NameBook book, ReadingIds readings, String writer) {
        this.book = book;
        this.readings = readings;
        this.writer = writer;
    }

    /** Every registered miner by address, at the point that a transaction sees. */
    synchronized List<Miner> miners(Connection connection) throws SQLException {
        return registry(connection).values().stream().map(Registered::miner).toList();
    }

    synchronized @Nullable Miner find(Connection connection, MinerAddress address) throws SQLException {
        Registered found = registry(connection).get(address);
        return found == null ? null : found.miner;
    }

    /** What these identities change: the miners that they make known, and those of which they say something new. */
    synchronized List<Miner> changedBy(Connection connection, Map<MinerAddress, MinerIdentity> identities, Instant at)
            throws SQLException {
        SortedMap<MinerAddress, Registered> known = registry(connection);
        List<Miner> changed = new ArrayList<>();
        identities.forEach((address, identity) -> {
            Registered registered = known.get(address);
            Miner before = registered == null ? null : registered.miner;
            Miner merged = (before == null ? Miner.builder(address, at).build() : before).with(identity);
            if (!merged.equals(before)) {
                changed.add(merged);
            }
        });
        return changed;
    }

    private SortedMap<MinerAddress, Registered> registry(Connection connection) throws SQLException {
        Versions versions = Versions.of(connection);
        return registry(connection, versions, book.of(connection, versions));
    }

    private SortedMap<MinerAddress, Registered> registry(Connection connection, Versions versions, Names names)
            throws SQLException {
        long wanted = versions.of(Version.MINERS);
        if (wanted == minersVersion && names.version() == namesVersion) {
            return miners;
        }
        SortedMap<MinerAddress, Registered> loaded = new TreeMap<>();
        for (Registered each : Database.list(connection, MinerRows.ALL, values -> {}, row -> registered(row, names))) {
            loaded.put(each.miner.address(), each);
        }
        if (wanted < minersVersion || names.version() < namesVersion) {
            // a transaction that began before the last one: what it sees is of no use to others
            return loaded;
        }
        miners = loaded;
        minersVersion = wanted;
        namesVersion = names.version();
        roster = null;
        unchanged = null;
        forgetRemoved(connection);
        return loaded;
    }

    private static Registered registered(Row row, Names names) throws SQLException {
        int number = (int) row.number();
        return new Registered(number, MinerRows.read(row, names.address(number)));
    }

    private void forgetRemoved(Connection connection) throws SQLException {
        Database.list(connection, REMOVALS, values -> {}, row -> {
            int number = (int) row.number();
            long written = row.number();
            Known known = known(number);
            if (known != null && known.written() <= written) {
                latest[number] = null;
            }
            return number;
        });
    }

    /** Takes in samples that this instance wrote. */
    synchronized void put(long written, Instant pollAt, List<MetricSample> samples, int[] numbers) {
        for (int i = 0; i < numbers.length; i++) {
            learn(numbers[i], new Sample(written, pollAt, samples.get(i), true));
        }
    }

    private void learn(int number, Known sample) {
        Known known = known(number);
        if (known == null || known.written() < sample.written()) {
            if (number >= latest.length) {
                latest = Arrays.copyOf(latest, Math.max(number + 1, latest.length * 2));
            }
            latest[number] = sample;
            unchanged = null;
        }
    }

    private @Nullable Known known(int number) {
        return number < latest.length ? latest[number] : null;
    }

    /** The fleet at the point that a transaction sees; the same snapshot until something changes. */
    synchronized FleetSnapshot snapshot(Connection connection, Instant takenAt) throws SQLException {
        Versions versions = Versions.of(connection);
        Names names = book.of(connection, versions);
        SortedMap<MinerAddress, Registered> registry = registry(connection, versions, names);
        if (versions.of(Version.WRITTEN) > cursor) {
            TickCodec ticks = new TickCodec(readings, names);
            if (versions.of(Version.SEALED) > cursor) {
                Database.list(connection, LATEST, values -> values.number(cursor), row -> learn(row, ticks, names));
            }
            boolean first = cursor < 0;
            String own = first ? "" : writer;
            Database.list(connection, TICKS, values -> values.number(cursor).text(own), this::take);
            cursor = versions.of(Version.WRITTEN);
            if (first) {
                forgetRemoved(connection);
            }
        }
        FleetSnapshot last = unchanged;
        if (last == null || registry != miners) {
            last = build(takenAt, registry, new TickCodec(readings, names));
            unchanged = registry == miners ? last : null;
        }
        return last;
    }

    private int learn(Row row, TickCodec ticks, Names names) throws SQLException {
        int number = (int) row.number();
        long written = row.number();
        long pollAt = row.number();
        if (pollAt != REMOVED) {
            MetricSample sample = ticks.read(Stored.latest(row.bytes()), 0, names.address(number), pollAt);
            learn(number, new Sample(written, Instant.ofEpochMilli(pollAt), sample, false));
        }
        return number;
    }

    private int take(Row row) throws SQLException {
        Instant at = Instant.ofEpochMilli(row.number());
        long written = row.number();
        Frame frame = Stored.frame(row.bytes());
        int keys = frame.find(ColumnIds.KEY);
        for (int i = 0; i < frame.rows(); i++) {
            learn((int) frame.number(keys, i), new RowOfTick(written, at, frame, i));
        }
        return frame.rows();
    }

    private FleetSnapshot build(Instant takenAt, SortedMap<MinerAddress, Registered> registry, TickCodec ticks) {
        MinerIndex index = registry == miners ? roster : null;
        if (index == null) {
            index = MinerIndex.of(
                    registry.values().stream().map(Registered::miner).toList());
            roster = registry == miners ? index : roster;
        }
        FleetSnapshot.Builder snapshot = FleetSnapshot.builder(takenAt, index);
        registry.forEach((address, registered) -> {
            snapshot.row();
            Known known = known(registered.number);
            if (known != null) {
                known.show(snapshot, address, ticks);
            }
        });
        return snapshot.build();
    }
}
