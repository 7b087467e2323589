package io.minerops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.Secret;
import io.minerops.postgres.internal.db.ConnectionSettings;
import io.minerops.postgres.internal.db.Database;
import io.minerops.postgres.internal.db.Version;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An instance that is suspended within a transaction that writes. */
class SuspendedWriterTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final long WAIT_S = 60;

    private final PostgresOptions options = TestServer.empty();

    private Database open() {
        return Database.open(new ConnectionSettings(
                options.url(), "postgres", Secret.of("postgres"), options.schema(), options.connections()));
    }

    @Test
    void holds_its_locks_for_5_s_and_makes_its_step_again() throws Exception {
        PostgresStore.open(options).close();
        try (Database suspended = open();
                Database other = open()) {
            long before = other.write("read a version", tx -> tx.lock(Version.WRITTEN));
            CountDownLatch locked = new CountDownLatch(1);
            CountDownLatch resumed = new CountDownLatch(1);
            AtomicInteger runs = new AtomicInteger();
            CompletableFuture<Long> step = CompletableFuture.supplyAsync(() -> suspended.write("count", tx -> {
                long moved = tx.move(Version.WRITTEN);
                if (runs.incrementAndGet() == 1) {
                    locked.countDown();
                    awaitUninterruptibly(resumed);
                }
                // what the suspended one does next finds its transaction gone
                return tx.lock(Version.WRITTEN) == moved ? moved : -1;
            }));
            assertThat(locked.await(WAIT_S, TimeUnit.SECONDS)).isTrue();
            long begin = System.nanoTime();

            long seen = other.write("take the lock", tx -> tx.lock(Version.WRITTEN));

            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(LIMIT.minusSeconds(1), LIMIT.multipliedBy(4));
            assertThat(seen).isEqualTo(before);
            resumed.countDown();
            assertThat(step.get(WAIT_S, TimeUnit.SECONDS)).isEqualTo(before + 1);
            assertThat(runs).hasValue(2);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertThat(latch.await(WAIT_S, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
