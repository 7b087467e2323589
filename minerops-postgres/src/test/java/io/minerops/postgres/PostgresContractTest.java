package io.minerops.postgres;

import io.minerops.api.store.Lease;
import io.minerops.api.store.Store;
import io.minerops.testkit.contract.AlertStoreContract;
import io.minerops.testkit.contract.BoardStoreContract;
import io.minerops.testkit.contract.ClosedStoreContract;
import io.minerops.testkit.contract.EventStoreContract;
import io.minerops.testkit.contract.FactStoreContract;
import io.minerops.testkit.contract.FencingContract;
import io.minerops.testkit.contract.MetricStoreContract;
import io.minerops.testkit.contract.MinerStoreContract;
import io.minerops.testkit.contract.OutboxStoreContract;
import io.minerops.testkit.contract.PollHistoryContract;
import io.minerops.testkit.contract.ReaddressContract;
import io.minerops.testkit.contract.RollupContract;
import io.minerops.testkit.contract.RuleStoreContract;
import io.minerops.testkit.contract.SharedLeaseContract;
import io.minerops.testkit.contract.SilenceStoreContract;
import io.minerops.testkit.contract.SnapshotStoreContract;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The store on a real server fulfils every contract. */
class PostgresContractTest {
    private static Store openEmpty() {
        return PostgresStore.open(TestServer.empty());
    }

    /** The clock is the server's: what ends later ends earlier instead. */
    private static void endEarlier(PostgresOptions options, Duration time) {
        try {
            TestServer.execute(
                    options, "UPDATE leases SET until = until - interval '" + time.toMillis() + " milliseconds'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Nested
    class Closed extends ClosedStoreContract {
        @Override
        protected Store openEmptyStore() {
            return openEmpty();
        }
    }

    @Nested
    class Fencing extends FencingContract {
        private final PostgresOptions options = TestServer.empty();
        private final List<Store> opened = new ArrayList<>();

        private Store open(String instance) {
            Store store = PostgresStore.open(options.withInstance(instance));
            opened.add(store);
            return store;
        }

        @Override
        protected Store openEmptyStore() {
            return open("one");
        }

        @Override
        protected Store another() {
            return open("other");
        }

        @Override
        protected void pass(Duration time) {
            endEarlier(options, time);
        }

        @AfterEach
        void closeStores() {
            opened.forEach(Store::close);
        }
    }

    @Nested
    class Leases extends SharedLeaseContract {
        private final PostgresOptions options = TestServer.empty();
        private final List<Store> opened = new ArrayList<>();

        @Override
        protected Lease lease() {
            Store store = PostgresStore.open(options);
            opened.add(store);
            return store.lease();
        }

        @Override
        protected Lease another() {
            Store store = PostgresStore.open(options.withInstance("another"));
            opened.add(store);
            return store.lease();
        }

        @Override
        protected void pass(Duration time) {
            endEarlier(options, time);
        }

        @AfterEach
        void closeStores() {
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
    class Rollups extends RollupContract {
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
    class Boards extends BoardStoreContract {
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
}
