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
import java.util.HashMap;
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
    private final Map<Integer, Known> latest = new HashMap<>();
    private SortedMap<MinerAddress, Registered> miners = new TreeMap<>();
    private long minersVersion = -1;
    private long namesVersion = -1;
    private long cursor = -1;
    private @Nullable MinerIndex roster;
    private @Nullable FleetSnapshot unchanged;

    private record Known(long written, Instant pollAt, MetricSample sample, boolean appended) {}

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
            Known known = latest.get(number);
            if (known != null && known.written <= written) {
                latest.remove(number);
            }
            return number;
        });
    }

    /** Takes in samples that this instance wrote. */
    synchronized void put(long written, Instant pollAt, List<MetricSample> samples, int[] numbers) {
        for (int i = 0; i < numbers.length; i++) {
            learn(numbers[i], new Known(written, pollAt, samples.get(i), true));
        }
    }

    private void learn(int number, Known sample) {
        Known known = latest.get(number);
        if (known == null || known.written < sample.written) {
            latest.put(number, sample);
            unchanged = null;
        }
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
            Database.list(connection, TICKS, values -> values.number(cursor).text(own), row -> take(row, ticks, names));
            cursor = versions.of(Version.WRITTEN);
            if (first) {
                forgetRemoved(connection);
            }
        }
        FleetSnapshot last = unchanged;
        if (last == null || registry != miners) {
            last = build(takenAt, registry);
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
            learn(number, new Known(written, Instant.ofEpochMilli(pollAt), sample, false));
        }
        return number;
    }

    private int take(Row row, TickCodec ticks, Names names) throws SQLException {
        long at = row.number();
        long written = row.number();
        Frame frame = Stored.frame(row.bytes());
        int keys = frame.find(ColumnIds.KEY);
        for (int i = 0; i < frame.rows(); i++) {
            int number = (int) frame.number(keys, i);
            Known known = latest.get(number);
            if (known == null || known.written < written) {
                MetricSample sample = ticks.read(frame, i, names.address(number), at);
                learn(number, new Known(written, Instant.ofEpochMilli(at), sample, false));
            }
        }
        return frame.rows();
    }

    private FleetSnapshot build(Instant takenAt, SortedMap<MinerAddress, Registered> registry) {
        MinerIndex index = registry == miners ? roster : null;
        if (index == null) {
            index = MinerIndex.of(
                    registry.values().stream().map(Registered::miner).toList());
            roster = registry == miners ? index : roster;
        }
        FleetSnapshot.Builder snapshot = FleetSnapshot.builder(takenAt, index);
        registry.forEach((address, registered) -> {
            snapshot.row();
            Known known = latest.get(registered.number);
            if (known != null) {
                MetricSample sample = known.sample.miner().equals(address) ? known.sample : known.sample.at(address);
                if (known.appended) {
                    TickCodec.show(snapshot, known.pollAt, sample);
                } else {
                    snapshot.sample(known.pollAt, sample);
                }
            }
        });
        return snapshot.build();
    }
}
