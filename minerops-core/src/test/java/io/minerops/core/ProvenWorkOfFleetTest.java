package io.minerops.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerIndex;
import io.minerops.api.miner.ProvenWork;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.PollColumns;
import io.minerops.api.store.PollQuery;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.backtest.Backtest;
import io.minerops.core.backtest.BacktestReport;
import io.minerops.core.backtest.BacktestReport.BacktestAlert;
import io.minerops.core.backtest.BacktestRequest;
import io.minerops.core.job.AlertReport;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.MinerState;
import io.minerops.testkit.fleet.Model;
import io.minerops.testkit.fleet.Trouble;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the shares of simulated miners prove in virtual time, judged by the rule itself. */
@Timeout(300)
class ProvenWorkOfFleetTest {
    private static final double SHARE_DIFFICULTY = 262_144;
    private static final double DEVIATIONS = 4;
    private static final double OVERCLAIMED_SHARE = 1 - 1 / 1.1;

    private final TestClock clock = new TestClock();
    private FleetSimulator fleet = FleetSimulator.builder().miners(1).build();

    private void start(int miners, Model... models) {
        fleet = FleetSimulator.builder()
                .miners(miners)
                .models(models)
                .seed(11)
                .clock(clock)
                .build();
        fleet.start();
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    private static AlertRule.Builder rule() {
        return AlertRule.builder("unproven", RuleType.UNPROVEN_WORK);
    }

    @Nested
    class Polled_over_sockets {
        private final InMemoryStore store = new InMemoryStore();

        private MinerOps open() {
            return MinerOps.builder()
                    .store(store)
                    .clock(clock)
                    .pollInterval(Duration.ofDays(1))
                    .alertInterval(Duration.ofDays(1))
                    .profitabilityInterval(Duration.ofDays(1))
                    .build();
        }

        private List<Alert> watch(MinerOps ops, int hours) {
            List<Alert> raised = new ArrayList<>();
            for (int minute = 0; minute < hours * 60; minute += 15) {
                clock.advance(Duration.ofMinutes(15));
                ops.pollNow();
                AlertReport report = ops.checkAlertsNow();
                raised.addAll(report.raised());
            }
            return raised;
        }

        @Test
        void a_miner_that_claims_too_much_is_found_within_a_window_and_the_others_are_not() {
            start(4, Model.S21_VNISH, Model.S19);
            store.miners().register(fleet.addresses(), clock.instant());
            fleet.trouble(2, Trouble.OVERCLAIM);
            try (MinerOps ops = open()) {
                ops.rules().create(rule().build());

                List<Alert> raised = watch(ops, 25);

                assertThat(raised)
                        .extracting(Alert::miner)
                        .containsExactly(fleet.addresses().get(2));
                assertThat(raised.get(0).message()).contains("% unproven");
                ProvenWork start =
                        ops.fleet().provenSinceStart(fleet.addresses().get(2));
                assertThat(start.unprovenShare()).isCloseTo(OVERCLAIMED_SHARE, within(0.02));
                ProvenWork honest =
                        ops.fleet().provenSinceStart(fleet.addresses().get(1));
                assertThat(honest.unprovenShare()).isCloseTo(0, within(0.02));
            }
        }

        @Test
        void a_rule_that_is_created_later_judges_the_hours_before_it_by_their_roll_ups() {
            start(2, Model.S21_VNISH);
            store.miners().register(fleet.addresses(), clock.instant());
            fleet.trouble(0, Trouble.OVERCLAIM);
            try (MinerOps ops = open()) {
                assertThat(watch(ops, 24)).isEmpty();
                ops.rules().create(rule().build());

                assertThat(ops.checkAlertsNow().raised())
                        .extracting(Alert::miner)
                        .containsExactly(fleet.addresses().get(0));
            }
        }
    }

    @Nested
    class Over_months {
        private static final int POLL_MINUTES = 10;

        private Instant since = TestClock.START;

        private BacktestReport judge(AlertRule rule, int days) {
            List<Miner> miners = fleet.addresses().stream()
                    .map(address -> Miner.builder(address, since).build())
                    .toList();
            return Backtest.run(
                    new BacktestRequest(
                            rule,
                            since,
                            since.plus(Duration.ofDays(days)),
                            Duration.ofHours(1),
                            Double.MAX_VALUE,
                            null),
                    RuleTypes.standard(),
                    MinerIndex.of(miners),
                    this::polls);
        }

        /** The polls of a time, each miner as the simulator has it then. */
        private void polls(PollQuery query, Predicate<PollColumns> consumer) {
            PollColumns poll = new PollColumns(query.roster(), query.readings());
            boolean more = true;
            while (more && clock.instant().isBefore(query.until())) {
                poll.begin(clock.instant().toEpochMilli());
                for (int miner = 0; miner < query.roster().size(); miner++) {
                    MinerState state = fleet.simulated(miner).state();
                    poll.add(query.roster().row(fleet.addresses().get(miner)));
                    poll.set(Reading.HASHRATE_THS, state.hashrateThs());
                    poll.set(Reading.ELAPSED_S, (double) state.elapsedS());
                    poll.set(Reading.ACCEPTED, (double) state.acceptedShares());
                    poll.set(Reading.ACCEPTED_DIFFICULTY, state.acceptedShares() * SHARE_DIFFICULTY);
                }
                more = consumer.test(poll);
                clock.advance(Duration.ofMinutes(POLL_MINUTES));
            }
        }

        @Test
        void a_hundred_miner_months_of_honest_work_raise_nothing_at_4_standard_deviations() {
            start(100, Model.all().toArray(Model[]::new));

            BacktestReport report = judge(
                    rule().thresholds(Thresholds.of("min_deviations", DEVIATIONS))
                            .build(),
                    30);

            assertThat(report.samples()).isEqualTo(100L * 30 * 24 * 60 / POLL_MINUTES);
            assertThat(report.alerts()).isEmpty();
        }

        @Test
        void ten_percent_too_much_is_found_within_the_hours_that_the_statistics_need() {
            start(20, Model.S19_PRO, Model.S21_VNISH);
            for (int miner = 0; miner < 20; miner++) {
                fleet.trouble(miner, Trouble.OVERCLAIM);
            }
            // n shares have a deviation of 1 / sqrt(n); two more for the luck of the draw
            double shares = Math.pow((DEVIATIONS + 2) / OVERCLAIMED_SHARE, 2);
            double slowest = Model.S19_PRO.nominalThs() * 0.97 * 1e12 / 0x1p32 / SHARE_DIFFICULTY;
            int hours = (int) Math.ceil(shares / slowest / 3_600);

            BacktestReport report = judge(
                    rule().thresholds(Thresholds.of("window_hours", hours)).build(), 4);

            assertThat(hours).isBetween(8, 16);
            assertThat(report.alerts())
                    .extracting(BacktestAlert::miner)
                    .containsExactlyInAnyOrderElementsOf(fleet.addresses());
            assertThat(report.alerts())
                    .allSatisfy(
                            alert -> assertThat(alert.raisedAt()).isBefore(since.plus(Duration.ofHours(2L * hours))));
        }
    }
}
