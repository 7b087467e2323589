package io.minerops.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.StoreException;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerClient;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.api.profit.Difficulty;
import io.minerops.api.profit.DifficultySource;
import io.minerops.api.profit.PriceSource;
import io.minerops.api.profit.Quote;
import io.minerops.api.store.HistoryQuery;
import io.minerops.api.store.Store;
import io.minerops.core.MinerOps;
import io.minerops.core.TestClock;
import io.minerops.core.job.Job;
import io.minerops.core.profit.WhatIf;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A metric store of one's own beside a store for everything else. */
class OwnMetricsTest {
    private static final MinerAddress HOME = MinerAddress.of("10.0.0.1");
    private static final MinerAddress ELSEWHERE = MinerAddress.of("10.0.0.2");

    private final TestClock clock = new TestClock();
    private final Devices devices = new Devices(clock);
    private final InMemoryStore base = new InMemoryStore();
    private final ListMetrics samples = new ListMetrics();
    private final MinerOps ops = MinerOps.builder()
            .store(base)
            .metrics(samples)
            .minerClient(devices)
            .priceSource(new FixedPrice(clock))
            .difficultySource(new FixedDifficulty(clock))
            .metricsRetention(Duration.ofHours(1))
            .clock(clock)
            .without(Job.values())
            .build();

    @AfterEach
    void close() {
        ops.close();
    }

    private void poll() {
        ops.fleet().register(List.of(HOME));
        assertThat(ops.pollNow().answered()).isEqualTo(1);
        clock.advance(Duration.ofMinutes(1));
    }

    private List<Double> temperatures(MinerAddress miner) {
        List<Double> found = new ArrayList<>();
        ops.fleet()
                .history(
                        new HistoryQuery(miner, TestClock.START, clock.instant(), null, 100),
                        (at, sample) -> found.add(sample.value(Reading.AVG_TEMP_C)));
        return found;
    }

    private int samplesOfBase() {
        int[] count = new int[1];
        base.metrics()
                .history(
                        new HistoryQuery(null, TestClock.START, clock.instant(), null, 100),
                        (at, sample) -> count[0]++);
        return count[0];
    }

    @Test
    void a_poll_goes_to_it_and_the_fleet_is_read_from_it() {
        devices.at(HOME, 70);

        poll();

        assertThat(samplesOfBase()).isZero();
        assertThat(samples.latest().value(Reading.AVG_TEMP_C, 0)).isEqualTo(70);
        assertThat(ops.fleet().latest().value(Reading.AVG_TEMP_C, 0)).isEqualTo(70);
        assertThat(ops.fleet().latest().miner(0).mac()).isEqualTo(Devices.MAC);
        assertThat(ops.fleet().summary().online()).isEqualTo(1);
        assertThat(temperatures(HOME)).containsExactly(70.0);
    }

    @Test
    void alerts_and_backtests_and_profitability_read_from_it() {
        AlertRule hot = ops.rules()
                .create(AlertRule.builder("hot", RuleType.TEMP)
                        .thresholds(Thresholds.of("temp_c", 80))
                        .build());
        devices.at(HOME, 95);

        poll();

        assertThat(ops.checkAlertsNow().raised()).extracting(Alert::miner).containsExactly(HOME);
        assertThat(ops.profitability().current(null, true, WhatIf.NOTHING).minerCount())
                .isEqualTo(1);
        assertThat(ops.rules()
                        .backtest(hot, Duration.ofHours(1), Duration.ofSeconds(30), 7)
                        .samples())
                .isEqualTo(1);
    }

    @Test
    void the_history_of_a_miner_that_answers_elsewhere_follows_it() {
        devices.at(HOME, 70);
        poll();
        devices.remove(HOME);
        devices.at(ELSEWHERE, 71);
        ops.fleet().register(List.of(ELSEWHERE));

        ops.pollNow();
        clock.advance(Duration.ofMinutes(1));

        assertThat(ops.fleet().all()).extracting(Miner::address).containsExactly(ELSEWHERE);
        assertThat(temperatures(ELSEWHERE)).containsExactly(70.0, 71.0);
        assertThat(temperatures(HOME)).isEmpty();
        assertThat(samples.lastMove()).isEqualTo(1);
    }

    @Test
    void a_removed_miner_is_forgotten_and_its_history_stays() {
        devices.at(HOME, 70);
        poll();

        assertThat(ops.fleet().remove(HOME)).isTrue();

        assertThat(samples.latest().size()).isZero();
        assertThat(ops.fleet().latest().size()).isZero();
        assertThat(temperatures(HOME)).containsExactly(70.0);
    }

    @Test
    void retention_prunes_it() {
        for (int minute = 0; minute < 63; minute++) {
            devices.at(HOME, 20 + minute);
            poll();
        }

        ops.run(Job.PRUNE_HISTORY);

        // kept: the hour up to the last poll
        assertThat(temperatures(HOME)).hasSize(61).startsWith(22.0);
    }

    @Test
    void a_move_that_a_dead_process_left_half_done_is_completed_by_the_next_one() {
        devices.at(HOME, 70);
        poll();
        // what a process does that dies after the transaction of the registry
        base.miners().readdress(HOME, ELSEWHERE);

        Store reopened = base.withMetrics(samples);

        FleetSnapshot latest = reopened.metrics().latest();
        assertThat(latest.value(Reading.AVG_TEMP_C, latest.row(ELSEWHERE))).isEqualTo(70);
        assertThat(latest.row(HOME)).isNegative();
        assertThat(samples.lastMove()).isEqualTo(1);
    }

    @Test
    void a_move_that_it_could_not_take_is_completed_before_the_next_sample() {
        devices.at(HOME, 70);
        poll();
        samples.down(true);
        Store store = ops.store();
        assertThatThrownBy(() -> store.miners().readdress(HOME, ELSEWHERE)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store.metrics().latest()).isInstanceOf(StoreException.class);

        samples.down(false);
        MetricSample next = MetricSample.builder(ELSEWHERE, clock.instant())
                .set(Reading.AVG_TEMP_C, 71)
                .build();
        store.metrics().append(Poll.of(clock.instant(), List.of(next)));
        clock.advance(Duration.ofMinutes(1));

        assertThat(temperatures(ELSEWHERE)).containsExactly(70.0, 71.0);
        assertThat(temperatures(HOME)).isEmpty();
    }

    @Test
    void it_is_closed_with_the_rest() {
        ops.close();

        assertThat(samples.closed()).isTrue();
    }

    private record FixedPrice(TestClock clock) implements PriceSource {
        @Override
        public String name() {
            return "fixed";
        }

        @Override
        public CompletionStage<Quote> btcPrice(Currency currency) {
            return CompletableFuture.completedFuture(new Quote(60_000, currency, name(), clock.instant(), false));
        }
    }

    private record FixedDifficulty(TestClock clock) implements DifficultySource {
        @Override
        public String name() {
            return "fixed";
        }

        @Override
        public CompletionStage<Difficulty> difficulty() {
            return CompletableFuture.completedFuture(new Difficulty(1e14, name(), clock.instant(), false));
        }
    }

    /** Devices that answer at once. */
    private static final class Devices implements MinerClient {
        static final String MAC = "02:00:00:00:00:01";

        private final TestClock clock;
        private final Map<MinerAddress, Double> temperatures = new ConcurrentHashMap<>();

        Devices(TestClock clock) {
            this.clock = clock;
        }

        void at(MinerAddress address, double temperature) {
            temperatures.put(address, temperature);
        }

        void remove(MinerAddress address) {
            temperatures.remove(address);
        }

        @Override
        public CompletionStage<MinerReading> read(MinerAddress miner, Duration deadline) {
            return CompletableFuture.completedFuture(reading(miner));
        }

        private MinerReading reading(MinerAddress miner) {
            Double temperature = temperatures.get(miner);
            if (temperature == null) {
                return new MinerReading.Refused(miner, "nothing is there");
            }
            Instant now = clock.instant();
            MetricSample sample = MetricSample.builder(miner, now)
                    .set(Reading.AVG_TEMP_C, temperature)
                    .set(Reading.HASHRATE_THS, 100)
                    .set(Reading.POWER_W, 3_000)
                    .build();
            MinerIdentity identity = new MinerIdentity("Bitmain", "Antminer S21", null, MAC, null, null);
            return new MinerReading.Ok(sample, identity, 0, List.of(), Set.of());
        }

        @Override
        public void close() {}
    }
}
