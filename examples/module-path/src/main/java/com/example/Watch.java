package com.example;

import io.minerops.core.MinerOps;
import io.minerops.core.alert.DefaultRules;
import io.minerops.sqlite.SqliteStore;
import java.nio.file.Path;

/** Wires the library up from a module. */
public final class Watch {
    private Watch() {}

    public static MinerOps over(Path database) {
        return MinerOps.builder()
                .store(SqliteStore.open(database))
                .rulesIfNone(DefaultRules.standard())
                .build();
    }
}
