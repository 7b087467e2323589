package io.minerops.testkit.memory;

import io.minerops.api.store.Lease;
import io.minerops.api.store.Store;
import io.minerops.testkit.contract.AlertStoreContract;
import io.minerops.testkit.contract.BoardStoreContract;
import io.minerops.testkit.contract.ClosedStoreContract;
import io.minerops.testkit.contract.EventStoreContract;
import io.minerops.testkit.contract.FactStoreContract;
import io.minerops.testkit.contract.FencingContract;
import io.minerops.testkit.contract.LeaseContract;
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
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;

/** The store in memory fulfils every contract. */
class InMemoryStoreTest {
    @Nested
    class Closed extends ClosedStoreContract {
        @Override
        protected Store openEmptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class Leases extends LeaseContract {
        @Override
        protected Lease lease() {
            return new InMemoryStore().lease();
        }
    }

    @Nested
    class SharedLeases extends SharedLeaseContract {
        private Instant now = Instant.parse("2026-11-20T12:00:00Z");
        private final Function<String, Store> shared = InMemoryStore.shared(() -> now);

        @Override
        protected Lease lease() {
            return shared.apply("one").lease();
        }

        @Override
        protected Lease another() {
            return shared.apply("other").lease();
        }

        @Override
        protected void pass(Duration time) {
            now = now.plus(time);
        }
    }

    @Nested
    class Fencing extends FencingContract {
        private Instant now = Instant.parse("2026-11-20T12:00:00Z");
        private final Function<String, Store> shared = InMemoryStore.shared(() -> now);

        @Override
        protected Store openEmptyStore() {
            return shared.apply("one");
        }

        @Override
        protected Store another() {
            return shared.apply("other");
        }

        @Override
        protected void pass(Duration time) {
            now = now.plus(time);
        }
    }

    @Nested
    class Metrics extends MetricStoreContract {
        @Override
        protected Store openEmptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class Polls extends PollHistoryContract {
        @Override
        protected Store openEmptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class Rollups extends RollupContract {
        @Override
        protected Store openEmptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class Miners extends MinerStoreContract {
        @Override
        protected Store openEmptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class Readdressed extends ReaddressContract {
        @Override
        protected Store openEmptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class Rules extends RuleStoreContract {
        @Override
        protected Store openEmptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class Alerts extends AlertStoreContract {
        @Override
        protected Store openEmptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class Silences extends SilenceStoreContract {
        @Override
        protected Store openEmptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class Outbox extends OutboxStoreContract {
        @Override
        protected Store openEmptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class Snapshots extends SnapshotStoreContract {
        @Override
        protected Store openEmptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class Events extends EventStoreContract {
        @Override
        protected Store openEmptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class Facts extends FactStoreContract {
        @Override
        protected Store openEmptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class Boards extends BoardStoreContract {
        @Override
        protected Store openEmptyStore() {
            return new InMemoryStore();
        }
    }
}
