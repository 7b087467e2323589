package io.minerops.sqlite;

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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store in a file obeys every contract. */
class SqliteContractTest {
    @TempDir
    Path folder;

    private Store openEmpty() {
        return SqliteStore.open(folder.resolve("metrics.db"));
    }

    @Test
    void refuses_every_call_once_it_is_closed() {
        Store store = openEmpty();
        store.close();
        store.close();

        assertThatExceptionOfType(StoreException.class).isThrownBy(store::ping);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.miners().all());
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.metrics().latest());
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.alerts().load());
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.events().prune(Instant.EPOCH));
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.lease().acquire("poll", Duration.ofMinutes(1)))
                .withMessageContaining("metrics.db");
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
}
