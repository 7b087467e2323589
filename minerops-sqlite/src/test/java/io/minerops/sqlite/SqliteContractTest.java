package io.minerops.sqlite;

import io.minerops.api.store.Lease;
import io.minerops.api.store.Store;
import io.minerops.testkit.contract.AlertStoreContract;
import io.minerops.testkit.contract.BoardStoreContract;
import io.minerops.testkit.contract.ClosedStoreContract;
import io.minerops.testkit.contract.EventStoreContract;
import io.minerops.testkit.contract.FactStoreContract;
import io.minerops.testkit.contract.LeaseContract;
import io.minerops.testkit.contract.MetricStoreContract;
import io.minerops.testkit.contract.MinerStoreContract;
import io.minerops.testkit.contract.OutboxStoreContract;
import io.minerops.testkit.contract.PollHistoryContract;
import io.minerops.testkit.contract.ReaddressContract;
import io.minerops.testkit.contract.RollupContract;
import io.minerops.testkit.contract.RuleStoreContract;
import io.minerops.testkit.contract.SilenceStoreContract;
import io.minerops.testkit.contract.SnapshotStoreContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The store in a file fulfils every contract. */
class SqliteContractTest {
    @TempDir
    Path folder;

    private Store openEmpty() {
        return SqliteStore.open(folder.resolve("metrics.db"));
    }

    @Nested
    class Closed extends ClosedStoreContract {
        @Override
        protected Store openEmptyStore() {
            return openEmpty();
        }
    }

    @Nested
    class Leases extends LeaseContract {
        private final List<Store> opened = new ArrayList<>();

        @Override
        protected Lease lease() {
            Store store = openEmpty();
            opened.add(store);
            return store.lease();
        }

        @AfterEach
        void closeStore() {
            opened.forEach(Store::close);
        }
    }

    @Nested
    class Metrics extends MetricStoreContract {
        @Override
        protected Store openEmptyStore() {
            return openEmpty();
        }
    }

    @Nested
    class Polls extends PollHistoryContract {
        @Override
        protected Store openEmptyStore() {
            return openEmpty();
        }
    }

    @Nested
    class Rollups extends RollupContract {
        @Override
        protected Store openEmptyStore() {
            return openEmpty();
        }
    }

    @Nested
    class Miners extends MinerStoreContract {
        @Override
        protected Store openEmptyStore() {
            return openEmpty();
        }
    }

    @Nested
    class Readdressed extends ReaddressContract {
        @Override
        protected Store openEmptyStore() {
            return openEmpty();
        }
    }

    @Nested
    class Rules extends RuleStoreContract {
        @Override
        protected Store openEmptyStore() {
            return openEmpty();
        }
    }

    @Nested
    class Alerts extends AlertStoreContract {
        @Override
        protected Store openEmptyStore() {
            return openEmpty();
        }
    }

    @Nested
    class Silences extends SilenceStoreContract {
        @Override
        protected Store openEmptyStore() {
            return openEmpty();
        }
    }

    @Nested
    class Outbox extends OutboxStoreContract {
        @Override
        protected Store openEmptyStore() {
            return openEmpty();
        }
    }

    @Nested
    class Snapshots extends SnapshotStoreContract {
        @Override
        protected Store openEmptyStore() {
            return openEmpty();
        }
    }

    @Nested
    class Events extends EventStoreContract {
        @Override
        protected Store openEmptyStore() {
            return openEmpty();
        }
    }

    @Nested
    class Facts extends FactStoreContract {
        @Override
        protected Store openEmptyStore() {
            return openEmpty();
        }
    }

    @Nested
    class Boards extends BoardStoreContract {
        @Override
        protected Store openEmptyStore() {
            return openEmpty();
        }
    }
}
