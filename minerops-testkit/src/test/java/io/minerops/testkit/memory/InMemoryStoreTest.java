package io.minerops.testkit.memory;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minerops.api.Store;
import io.minerops.api.StoreException;
import io.minerops.testkit.contract.AlertStoreContract;
import io.minerops.testkit.contract.EventStoreContract;
import io.minerops.testkit.contract.MetricStoreContract;
import io.minerops.testkit.contract.MinerStoreContract;
import io.minerops.testkit.contract.OutboxStoreContract;
import io.minerops.testkit.contract.PollHistoryContract;
import io.minerops.testkit.contract.ReaddressContract;
import io.minerops.testkit.contract.RuleStoreContract;
import io.minerops.testkit.contract.SilenceStoreContract;
import io.minerops.testkit.contract.SnapshotStoreContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The store in memory obeys every contract. */
class InMemoryStoreTest {
    @Test
    void refuses_every_call_once_it_is_closed() {
        Store store = new InMemoryStore();
        store.close();

        assertThatExceptionOfType(StoreException.class).isThrownBy(store::ping);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.miners().all());
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
}
