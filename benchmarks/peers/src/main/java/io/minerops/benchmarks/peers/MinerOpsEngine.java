package io.minerops.benchmarks.peers;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.store.HistoryQuery;
import io.minerops.sqlite.SqliteStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;

/** The SQLite store, sealing on its own thread. */
final class MinerOpsEngine implements StorePeers.Engine {
    private static final int UNSEALED = 2 * 3_600 / StorePeers.POLL_S;
    private static final long PAUSE_MS = 50;

    private final Path file;
    private final SqliteStore store;

    MinerOpsEngine(Path folder) {
        file = folder.resolve("metrics.db");
        store = SqliteStore.open(file);
    }

    @Override
    public void append(Poll poll) {
        store.metrics().append(poll);
    }

    @Override
    public void settle() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            while (true) {
                try (ResultSet ticks = statement.executeQuery("SELECT COUNT(*) FROM ticks")) {
                    if (ticks.getInt(1) < UNSEALED) {
                        return;
                    }
                }
                Thread.sleep(PAUSE_MS);
            }
        }
    }

    @Override
    public long latest() {
        return store.metrics().latest().size();
    }

    @Override
    public long day(MinerAddress miner, Instant until) {
        long[] count = new long[1];
        store.metrics()
                .history(
                        new HistoryQuery(miner, until.minus(Duration.ofDays(1)), until, null, Integer.MAX_VALUE),
                        (at, sample) -> count[0]++);
        return count[0];
    }

    @Override
    public void close() {
        store.close();
    }
}
