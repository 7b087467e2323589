package io.minerops.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minerops.api.StoreException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.AlertBatch;
import io.minerops.api.store.AlertQuery;
import io.minerops.api.store.AlertRow;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** At most one alert per rule and miner is open. */
class OneOpenAlertTest {
    private static final int THREADS = 8;
    private static final int MINERS = 25;

    @TempDir
    Path folder;

    private SqliteStore store;
    private AlertRule rule;

    @BeforeEach
    void open() {
        store = SqliteStore.open(folder.resolve("metrics.db"));
        rule = SmallFleet.rule(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void checks_that_race_and_try_again_raise_each_alert_once() throws Exception {
        CyclicBarrier loaded = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        int refused = 0;
        int raised = 0;
        try {
            List<Future<int[]>> racers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                racers.add(threads.submit(() -> raiseAll(loaded)));
            }
            for (Future<int[]> racer : racers) {
                int[] counts = racer.get(60, TimeUnit.SECONDS);
                raised += counts[0];
                refused += counts[1];
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(raised).isEqualTo(MINERS);
        assertThat(refused).isEqualTo(MINERS * (THREADS - 1));
        assertThat(store.alerts().find(AlertQuery.newest(1_000)).items()).hasSize(MINERS);
        assertThat(store.outbox().due(SmallFleet.second(99), 1_000)).hasSize(MINERS);
    }

    /**
     * Raises the alert of each miner in turn. All threads have loaded the same state before one of them writes, so that
     * one succeeds and all others are refused, whatever the machine does; gives how many were raised and refused.
     */
    private int[] raiseAll(CyclicBarrier loaded) throws Exception {
        int[] counts = new int[2];
        for (int number = 1; number <= MINERS; number++) {
            MinerAddress miner = SmallFleet.miner(number);
            ConditionKey key = new ConditionKey(rule.id(), miner);
            long version = store.alerts().load().version();
            loaded.await(60, TimeUnit.SECONDS);
            boolean applied = store.alerts()
                    .apply(SmallFleet.raising(version, rule, miner, SmallFleet.second(1)))
                    .isPresent();
            counts[applied ? 0 : 1]++;
            assertThat(store.alerts().load().conditions()).containsKey(key);
            loaded.await(60, TimeUnit.SECONDS);
        }
        return counts;
    }

    @Test
    void a_batch_that_would_open_a_second_alert_is_refused_whole_and_the_secret_stays_out_of_the_refusal() {
        MinerAddress first = SmallFleet.miner(1);
        MinerAddress second = SmallFleet.miner(2);
        AlertState before = store.alerts().load();
        AlertBatch twice = new AlertBatch(
                before.version(),
                SmallFleet.second(1),
                List.of(raised(second), raised(first), raised(first)),
                List.of(),
                Map.of(),
                Map.of());

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.alerts().apply(twice))
                .satisfies(refusal -> assertThat(trace(refusal)).doesNotContain(SmallFleet.SECRET));

        assertThat(store.alerts().load()).isEqualTo(before);
        assertThat(store.alerts().find(AlertQuery.newest(10)).items()).isEmpty();
        assertThat(store.outbox().due(SmallFleet.second(99), 10)).isEmpty();
    }

    @Test
    void the_writer_works_on_after_a_refused_batch() {
        a_batch_that_would_open_a_second_alert_is_refused_whole_and_the_secret_stays_out_of_the_refusal();

        Optional<List<Long>> applied = store.alerts()
                .apply(SmallFleet.raising(
                        store.alerts().load().version(), rule, SmallFleet.miner(1), SmallFleet.second(2)));

        assertThat(applied).isPresent();
        assertThat(store.alerts().find(AlertQuery.newest(10)).items()).hasSize(1);
    }

    @Test
    void changing_an_alert_that_is_not_stored_is_refused() {
        AlertRow row = new AlertRow(
                raised(SmallFleet.miner(1))
                        .row()
                        .alert()
                        .numbered(42)
                        .closed(AlertStatus.RESOLVED, SmallFleet.second(1), "cool"),
                List.of(),
                true);
        AlertBatch batch = new AlertBatch(
                store.alerts().version(),
                SmallFleet.second(1),
                List.of(),
                List.of(new AlertBatch.Entry(row, List.of())),
                Map.of(),
                Map.of());

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.alerts().apply(batch))
                .withMessageContaining("alert 42");
    }

    private AlertBatch.Entry raised(MinerAddress miner) {
        return SmallFleet.raised(rule, miner, SmallFleet.second(1));
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
