package com.example;

import io.minerops.api.StoreException;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.api.store.HistoryQuery;
import io.minerops.api.store.MinerStore;
import io.minerops.api.store.StandaloneMetricStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Samples in two tables of an SQL database, one row a sample, and the latest samples in the heap. One connection; all
 * methods take turns on it.
 */
public final class SqlMetrics implements StandaloneMetricStore {
    private static final String COLUMNS =
            "(at INTEGER, miner TEXT, read_at INTEGER, estimated INTEGER, url TEXT, worker TEXT, state TEXT,"
                    + " readings TEXT, ";
    private static final String[] SCHEMA = {
        "CREATE TABLE IF NOT EXISTS samples " + COLUMNS + "PRIMARY KEY (at, miner))",
        "CREATE TABLE IF NOT EXISTS latest " + COLUMNS + "PRIMARY KEY (miner))",
        "CREATE TABLE IF NOT EXISTS moves (last INTEGER NOT NULL)",
        "INSERT INTO moves SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM moves)",
    };

    private record Row(Instant at, MetricSample sample) {
        MinerAddress miner() {
            return sample.miner();
        }
    }

    private interface Step<T> {
        T run() throws SQLException;
    }

    private final Connection database;
    private final Map<MinerAddress, Row> latest = new HashMap<>();
    private long lastMove;

    private SqlMetrics(Connection database) {
        this.database = database;
    }

    /** Opens the database of a JDBC URL, such as {@code jdbc:sqlite:samples.db}. */
    public static SqlMetrics open(String url) {
        try {
            SqlMetrics metrics = new SqlMetrics(DriverManager.getConnection(url));
            metrics.inTransaction(() -> {
                for (String sql : SCHEMA) {
                    metrics.update(sql);
                }
                return null;
            });
            metrics.load();
            return metrics;
        } catch (SQLException e) {
            throw new StoreException("the samples cannot be opened at " + url, e);
        }
    }

    private void load() {
        inTransaction(() -> {
            List<Row> rows = rows("SELECT * FROM latest");
            long last = number("SELECT last FROM moves");
            latest.clear();
            rows.forEach(row -> latest.put(row.miner(), row));
            lastMove = last;
            return null;
        });
    }

    @Override
    public synchronized void append(Poll poll) {
        inTransaction(() -> {
            insert("samples", poll);
            insert("latest", poll);
            return null;
        });
        poll.samples().forEach(sample -> latest.put(sample.miner(), new Row(poll.at(), sample)));
    }

    private void insert(String table, Poll poll) throws SQLException {
        String sql = "INSERT OR REPLACE INTO " + table + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
        try (PreparedStatement row = database.prepareStatement(sql)) {
            for (MetricSample sample : poll.samples()) {
                Pool pool = sample.pool();
                bind(
                        row,
                        poll.at().toEpochMilli(),
                        sample.miner().toString(),
                        sample.readAt().toEpochMilli(),
                        sample.powerEstimated() ? 1 : 0,
                        pool == null ? null : pool.url(),
                        pool == null ? null : pool.worker(),
                        sample.state().name(),
                        text(sample));
                row.addBatch();
            }
            row.executeBatch();
        }
    }

    private static String text(MetricSample sample) {
        return Reading.all().stream()
                .filter(reading -> !Double.isNaN(sample.value(reading)))
                .map(reading -> reading.key() + "=" + sample.value(reading))
                .collect(Collectors.joining(" "));
    }

    @Override
    public synchronized FleetSnapshot latest() {
        FleetSnapshot.Builder snapshot = FleetSnapshot.builder(Instant.now(), latest.size());
        for (Row row : latest.values()) {
            snapshot.row(Miner.builder(row.miner(), row.at()).build()).sample(row.at(), row.sample());
        }
        return snapshot.build();
    }

    @Override
    public void history(HistoryQuery query, BiConsumer<Instant, MetricSample> consumer) {
        Map<Instant, Map<MinerAddress, List<MetricSample>>> buckets = new TreeMap<>();
        for (Row row : between(query)) {
            long step = query.step() == null ? 1 : query.step().toMillis();
            long millis = row.at().toEpochMilli();
            buckets.computeIfAbsent(Instant.ofEpochMilli(millis - Math.floorMod(millis, step)), at -> new TreeMap<>())
                    .computeIfAbsent(row.miner(), miner -> new ArrayList<>())
                    .add(row.sample());
        }
        buckets.entrySet().stream()
                .flatMap(bucket -> bucket.getValue().values().stream()
                        .map(samples -> new Row(bucket.getKey(), mean(bucket.getKey(), samples))))
                .limit(query.limit())
                .forEach(row -> consumer.accept(row.at(), row.sample()));
    }

    private synchronized List<Row> between(HistoryQuery query) {
        String miner = query.miner() == null ? "%" : query.miner().toString();
        return inTransaction(() -> rows(
                "SELECT * FROM samples WHERE at >= ? AND at < ? AND miner LIKE ? ORDER BY at",
                query.since().toEpochMilli(),
                query.until().toEpochMilli(),
                miner));
    }

    private static MetricSample mean(Instant at, List<MetricSample> samples) {
        MetricSample last = samples.get(samples.size() - 1);
        if (samples.size() == 1) {
            return last;
        }
        MetricSample.Builder mean = MetricSample.builder(last.miner(), at)
                .powerEstimated(samples.stream().anyMatch(MetricSample::powerEstimated));
        for (MetricSample sample : samples) {
            if (sample.state() != WorkState.UNKNOWN) {
                mean.state(sample.state());
            }
            if (sample.pool() != null) {
                mean.pool(sample.pool());
            }
        }
        for (Reading reading : Reading.all()) {
            samples.stream()
                    .flatMapToDouble(sample -> sample.reading(reading).stream())
                    .average()
                    .ifPresent(value -> mean.set(reading, value));
        }
        return mean.build();
    }

    @Override
    public synchronized int prune(Instant before) {
        return inTransaction(() -> {
            long polls = number("SELECT COUNT(DISTINCT at) FROM samples WHERE at < ?", before.toEpochMilli());
            update("DELETE FROM samples WHERE at < ?", before.toEpochMilli());
            return (int) polls;
        });
    }

    @Override
    public synchronized void move(MinerStore.Move move) {
        if (move.number() <= lastMove) {
            return;
        }
        String from = move.from().toString();
        String to = move.to().toString();
        inTransaction(() -> {
            for (String table : List.of("samples", "latest")) {
                update("UPDATE " + table + " SET miner = '' WHERE miner = ?", to);
                update("UPDATE " + table + " SET miner = ? WHERE miner = ?", to, from);
                update("UPDATE " + table + " SET miner = ? WHERE miner = ''", from);
            }
            // with the samples, in one transaction: so the move is never made twice
            return update("UPDATE moves SET last = ?", move.number());
        });
        load();
    }

    @Override
    public synchronized long lastMove() {
        return lastMove;
    }

    @Override
    public synchronized void forget(MinerAddress miner) {
        inTransaction(() -> update("DELETE FROM latest WHERE miner = ?", miner.toString()));
        latest.remove(miner);
    }

    @Override
    public synchronized void close() {
        try {
            database.close();
        } catch (SQLException e) {
            throw new StoreException("the samples cannot be closed", e);
        }
    }

    private synchronized <T> T inTransaction(Step<T> step) {
        try {
            database.setAutoCommit(false);
            try {
                T result = step.run();
                database.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                database.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new StoreException("the samples cannot be read or written", e);
        }
    }

    private int update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    private long number(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? result.getLong(1) : 0;
            }
        }
    }

    private List<Row> rows(String sql, Object... values) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(new Row(Instant.ofEpochMilli(result.getLong("at")), sample(result)));
                }
            }
        }
        return rows;
    }

    private static MetricSample sample(ResultSet row) throws SQLException {
        String url = row.getString("url");
        MetricSample.Builder sample = MetricSample.builder(
                        MinerAddress.parse(row.getString("miner")), Instant.ofEpochMilli(row.getLong("read_at")))
                .powerEstimated(row.getInt("estimated") == 1)
                .pool(url == null ? null : new Pool(url, row.getString("worker")))
                .state(WorkState.valueOf(row.getString("state")));
        Map<String, Double> values = Stream.of(row.getString("readings").split(" "))
                .filter(one -> !one.isEmpty())
                .map(one -> one.split("="))
                .collect(Collectors.toMap(one -> one[0], one -> Double.valueOf(one[1])));
        for (Reading reading : Reading.all()) {
            sample.set(reading, values.getOrDefault(reading.key(), Double.NaN));
        }
        return sample.build();
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
