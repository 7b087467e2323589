package com.example;

import io.minerops.core.MinerOps;
import io.minerops.core.alert.DefaultRules;
import io.minerops.core.discovery.MinerRange;
import io.minerops.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Monitors a range of addresses until Enter is pressed, with the samples in a database of their own:
 * {@code WatchWithOwnMetrics minerops.db jdbc:sqlite:samples.db 192.168.1.0/24}.
 */
public final class WatchWithOwnMetrics {
    private WatchWithOwnMetrics() {}

    public static void main(String... args) throws IOException {
        try (MinerOps ops = over(Path.of(args[0]), args[1], args[2])) {
            ops.start();
            System.in.read();
        }
    }

    static MinerOps over(Path database, String samples, String range) {
        return MinerOps.builder()
                .store(SqliteStore.open(database))
                .metrics(SqlMetrics.open(samples))
                .miners(MinerRange.parse(range))
                .rulesIfNone(DefaultRules.standard())
                .build();
    }
}
