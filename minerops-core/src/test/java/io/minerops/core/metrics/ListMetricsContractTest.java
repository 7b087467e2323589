package io.minerops.core.metrics;

import io.minerops.api.store.StandaloneMetricStore;
import io.minerops.api.store.Store;
import io.minerops.testkit.contract.AlertStoreContract;
import io.minerops.testkit.contract.ClosedStoreContract;
import io.minerops.testkit.contract.MinerStoreContract;
import io.minerops.testkit.contract.PollHistoryContract;
import io.minerops.testkit.contract.ReaddressContract;
import io.minerops.testkit.contract.RollupContract;
import io.minerops.testkit.contract.StandaloneMetricStoreContract;
import io.minerops.testkit.memory.InMemoryStore;
import org.junit.jupiter.api.Nested;

/** A metric store beside another store keeps the contracts of a whole store. */
class ListMetricsContractTest {
    private static Store combined() {
        return new InMemoryStore().withMetrics(new ListMetrics());
    }

    @Nested
    class Metrics extends StandaloneMetricStoreContract {
        @Override
        protected StandaloneMetricStore openEmptyMetrics() {
            return new ListMetrics();
        }
    }

    @Nested
    class Polls extends PollHistoryContract {
        @Override
        protected Store openEmptyStore() {
            return combined();
        }
    }

    @Nested
    class Rollups extends RollupContract {
        @Override
        protected Store openEmptyStore() {
            return combined();
        }
    }

    @Nested
    class Miners extends MinerStoreContract {
        @Override
        protected Store openEmptyStore() {
            return combined();
        }
    }

    @Nested
    class Readdressed extends ReaddressContract {
        @Override
        protected Store openEmptyStore() {
            return combined();
        }
    }

    @Nested
    class Alerts extends AlertStoreContract {
        @Override
        protected Store openEmptyStore() {
            return combined();
        }
    }

    @Nested
    class Closed extends ClosedStoreContract {
        @Override
        protected Store openEmptyStore() {
            return combined();
        }
    }
}
