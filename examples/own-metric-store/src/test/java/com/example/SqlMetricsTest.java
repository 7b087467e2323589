package com.example;

import io.minerops.api.store.StandaloneMetricStore;
import io.minerops.api.store.Store;
import io.minerops.testkit.contract.ClosedStoreContract;
import io.minerops.testkit.contract.PollHistoryContract;
import io.minerops.testkit.contract.ReaddressContract;
import io.minerops.testkit.contract.StandaloneMetricStoreContract;
import io.minerops.testkit.memory.InMemoryStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contracts of a metric store, alone and beside a store in memory. */
class SqlMetricsTest {
    @TempDir
    private Path folder;

    private SqlMetrics open() {
        return SqlMetrics.open("jdbc:sqlite:" + folder.resolve("samples.db"));
    }

    @Nested
    class Metrics extends StandaloneMetricStoreContract {
        @Override
        protected StandaloneMetricStore openEmptyMetrics() {
            return open();
        }
    }

    @Nested
    class Polls extends PollHistoryContract {
        @Override
        protected Store openEmptyStore() {
            return new InMemoryStore().withMetrics(open());
        }
    }

    @Nested
    class Moves extends ReaddressContract {
        @Override
        protected Store openEmptyStore() {
            return new InMemoryStore().withMetrics(open());
        }
    }

    @Nested
    class Closed extends ClosedStoreContract {
        @Override
        protected Store openEmptyStore() {
            return new InMemoryStore().withMetrics(open());
        }
    }
}
