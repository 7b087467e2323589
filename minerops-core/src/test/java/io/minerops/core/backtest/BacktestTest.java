package io.minerops.core.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.AlertQuery;
import io.minerops.core.alert.AlertEngine;
import io.minerops.core.alert.RuleSet;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.alert.internal.change.AlertWriter;
import io.minerops.core.alert.type.Economics;
import io.minerops.core.alert.type.EvaluationContext;
import io.minerops.core.backtest.BacktestReport.BacktestAlert;
import io.minerops.core.backtest.BacktestReport.Candidate;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a rule would have done: as a table of short histories, and held against the engine step by step. */
class BacktestTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final MinerAddress MINER = MinerAddress.of("10.0.0.1");
    private static final AlertRule HOT = AlertRule.builder("hot", RuleType.TEMP)
            .cooldown(Duration.ofMinutes(10))
            .build();

    private final InMemoryStore store = new InMemoryStore();

    private static Instant minute(int minutes) {
        return START.plus(Duration.ofMinutes(minutes));
    }

    private BacktestTest says(int minutes, Reading reading, double value) {
        store.metrics()
                .append(Poll.of(
                        minute(minutes),
                        List.of(MetricSample.builder(MINER, minute(minutes))
                                .set(reading, value)
                                .build())));
        return this;
    }

    private BacktestReport run(AlertRule rule, int minutes, double maxPerWeek) {
        return Backtest.run(
                new BacktestRequest(rule, START, minute(minutes), Duration.ofMinutes(1), maxPerWeek, null),
                RuleTypes.standard(),
                store.metrics().latest().roster(),
                store.metrics()::polls);
    }

    @Test
    void alerts_are_reported_with_their_beginning_and_end() {
        for (int minute = 0; minute < 30; minute++) {
            says(minute, Reading.AVG_TEMP_C, (minute >= 5 && minute < 9) || minute >= 20 ? 90 : 60);
        }

        BacktestReport report = run(HOT, 30, 5);

        assertThat(report.alerts())
                .extracting(BacktestAlert::miner, BacktestAlert::raisedAt, BacktestAlert::endedAt)
                .containsExactly(tuple(MINER, minute(5), minute(9)), tuple(MINER, minute(20), null));
        assertThat(report.count()).isEqualTo(2);
        assertThat(report.openTime()).isEqualTo(Duration.ofMinutes(4 + 9));
        assertThat(report.longest()).isEqualTo(Duration.ofMinutes(9));
        assertThat(report.byMiner()).isEqualTo(Map.of(MINER, 2));
        assertThat(report.polls()).isEqualTo(30);
        assertThat(report.samples()).isEqualTo(30);
        assertThat(report.checks()).isEqualTo(30);
        assertThat(report.observed()).isEqualTo(Duration.ofMinutes(29));
        assertThat(report.perWeek()).isEqualTo(2 * 7 * 24 * 60 / 29.0);
    }

    private BacktestReport withMoney(double usdPerAlert, @Nullable Economics economics) {
        return Backtest.run(
                new BacktestRequest(
                        HOT,
                        START,
                        minute(600),
                        Duration.ofMinutes(1),
                        5,
                        at -> Optional.ofNullable(economics),
                        usdPerAlert),
                RuleTypes.standard(),
                store.metrics().latest().roster(),
                store.metrics()::polls);
    }

    /** One long time at 90 °C without work, and many short ones at 70 °C without a loss. */
    private void one_trouble_that_costs_and_many_that_do_not() {
        store.miners().put(Miner.builder(MINER, START).nominalThs(100.0).build());
        for (int minute = 0; minute < 600; minute++) {
            boolean hot = minute >= 300 && minute < 420;
            store.metrics()
                    .append(Poll.of(
                            minute(minute),
                            List.of(MetricSample.builder(MINER, minute(minute))
                                    .set(Reading.AVG_TEMP_C, hot ? 92 : minute % 10 < 3 ? 74 : 40)
                                    .set(Reading.HASHRATE_THS, hot ? 0 : 100)
                                    .build())));
        }
    }

    @Test
    void the_cheapest_value_is_that_whose_alerts_cost_least_less_what_they_find() {
        one_trouble_that_costs_and_many_that_do_not();

        BacktestReport report = withMoney(0.2, new Economics(0.24, 0.05));

        assertThat(report.foundUsd()).as("two hours of 100 TH/s").isCloseTo(2.0, within(0.03));
        Candidate cheapest = Objects.requireNonNull(report.cheapest());
        assertThat(cheapest.count()).isEqualTo(1);
        assertThat(cheapest.foundUsd()).isCloseTo(2.0, within(0.03));
        assertThat(cheapest.value()).isBetween(74.0, 92.0);
        assertThat(report.candidates())
                .anySatisfy(other -> assertThat(other.count()).isGreaterThan(10));
        Candidate dear = Objects.requireNonNull(
                withMoney(1_000, new Economics(0.24, 0.05)).cheapest());
        assertThat(dear.count()).as("no alert is worth that").isZero();
    }

    @Test
    void without_a_market_or_without_the_wish_no_money_is_named() {
        one_trouble_that_costs_and_many_that_do_not();

        BacktestReport unknown = withMoney(0.2, null);

        assertThat(unknown.foundUsd()).isNull();
        assertThat(unknown.cheapest()).isNull();
        assertThat(unknown.warnings()).anyMatch(warning -> warning.startsWith("What miners lost is not known"));
        BacktestReport unwanted = run(HOT, 600, 5);
        assertThat(unwanted.cheapest()).isNull();
        assertThat(unwanted.candidates()).allMatch(candidate -> candidate.foundUsd() == null);
    }

    @Test
    void the_suggestion_is_the_strictest_value_that_is_quiet_enough() {
        for (int minute = 0; minute < 7 * 24 * 60; minute += 2) {
            says(minute, Reading.AVG_TEMP_C, minute % (24 * 60) == 600 ? 88 : 60);
        }

        BacktestReport often = run(HOT, 7 * 24 * 60, 6.5);
        BacktestReport daily = run(HOT, 7 * 24 * 60, 7.5);

        assertThat(often.count()).isEqualTo(7);
        Candidate quiet = Objects.requireNonNull(often.suggestion());
        assertThat(quiet.value()).as("no alert any more").isGreaterThanOrEqualTo(88);
        assertThat(quiet.perWeek()).isLessThanOrEqualTo(6.5);
        Candidate loud = Objects.requireNonNull(daily.suggestion());
        assertThat(loud.value()).as("seven a week are well").isBetween(60.0, 64.0);
    }

    @Test
    void a_gap_between_polls_makes_no_miner_offline() {
        AlertRule offline = AlertRule.builder("offline", RuleType.OFFLINE)
                .thresholds(Thresholds.of("max_age_minutes", 5))
                .build();
        MinerAddress other = MinerAddress.of("10.0.0.2");
        for (int minute = 0; minute < 120; minute++) {
            if (minute < 30 || minute >= 90) {
                says(minute, Reading.AVG_TEMP_C, 60);
            }
            if (minute < 100 && (minute < 30 || minute >= 90)) {
                store.metrics()
                        .append(Poll.of(
                                minute(minute),
                                List.of(MetricSample.builder(other, minute(minute))
                                        .build())));
            }
        }

        BacktestReport report = run(offline, 120, 5);

        assertThat(report.alerts())
                .extracting(BacktestAlert::miner, BacktestAlert::raisedAt)
                .containsExactly(tuple(other, minute(105)));
        assertThat(report.warnings()).anyMatch(warning -> warning.startsWith("The history has 1 gap"));
    }

    @Test
    void an_extra_poll_does_not_change_the_usual_gap() {
        for (int minute = 0; minute < 60; minute++) {
            says(minute, Reading.AVG_TEMP_C, minute < 30 ? 60 : 90);
        }
        store.metrics()
                .append(Poll.of(
                        minute(10).plusSeconds(1),
                        List.of(MetricSample.builder(MINER, minute(10).plusSeconds(1))
                                .set(Reading.AVG_TEMP_C, 60)
                                .build())));

        BacktestReport report = run(HOT, 60, 5);

        assertThat(report.warnings()).noneMatch(warning -> warning.startsWith("The history has"));
        assertThat(report.observed()).isEqualTo(Duration.ofMinutes(59));
    }

    @Test
    void rules_that_look_back_have_their_window() {
        for (int minute = 0; minute < 40; minute++) {
            says(minute, Reading.AVG_TEMP_C, minute < 20 ? 60 : minute < 25 ? 60 + 4 * (minute - 19) : 80);
        }
        AlertRule rise = AlertRule.builder("rise", RuleType.RATE_OF_CHANGE)
                .thresholds(Thresholds.of(Map.of("avg_temp_c", 15.0, "within_minutes", 10.0)))
                .build();

        assertThat(run(rise, 40, 5).alerts())
                .extracting(BacktestAlert::raisedAt)
                .containsExactly(minute(23));
    }

    @Test
    void a_clearing_limit_that_would_contradict_another_value_is_dropped() {
        AlertRule rule = HOT.toBuilder()
                .thresholds(Thresholds.of(Map.of("temp_c", 80.0, "clear_c", 75.0)))
                .build();

        AlertRule lower = Objects.requireNonNull(Backtest.with(rule, "temp_c", 60, RuleTypes.standard()));
        AlertRule higher = Objects.requireNonNull(Backtest.with(rule, "temp_c", 90, RuleTypes.standard()));

        assertThat(lower.thresholds().asMap()).isEqualTo(Map.of("temp_c", 60.0));
        assertThat(higher.thresholds().asMap()).isEqualTo(Map.of("temp_c", 90.0, "clear_c", 75.0));
    }

    @Test
    void without_history_there_is_a_word_of_it_and_no_alert() {
        store.miners().put(Miner.builder(MINER, START).build());

        BacktestReport report = run(HOT, 60, 5);

        assertThat(report.count()).isZero();
        assertThat(report.firstPoll()).isNull();
        assertThat(report.warnings()).contains("There is no history in that time.");
    }

    @Test
    void a_rule_that_cannot_be_watched_is_refused() {
        AlertRule bad = HOT.toBuilder().thresholds(Thresholds.of("tempp", 1)).build();

        assertThatExceptionOfType(InvalidArgumentException.class).isThrownBy(() -> run(bad, 60, 5));
    }

    @Property(tries = 100)
    void it_raises_what_the_engine_raises_step_by_step(
            @ForAll @Size(min = 1, max = 120) List<@DoubleRange(min = 60, max = 100) Double> celsius,
            @ForAll @IntRange(max = 30) int cooldown,
            @ForAll @IntRange(max = 5) int pending) {
        InMemoryStore live = new InMemoryStore();
        AlertRule rule = HOT.toBuilder()
                .thresholds(Thresholds.of("for_minutes", pending))
                .cooldown(Duration.ofMinutes(cooldown))
                .build();
        RuleSet rules = RuleSet.compile(List.of(live.rules().create(rule, START)));
        List<Instant> raised = new ArrayList<>();
        for (int minute = 0; minute < celsius.size(); minute++) {
            says(minute, Reading.AVG_TEMP_C, celsius.get(minute));
            live.metrics()
                    .append(Poll.of(
                            minute(minute),
                            List.of(MetricSample.builder(MINER, minute(minute))
                                    .set(Reading.AVG_TEMP_C, celsius.get(minute))
                                    .build())));
            new AlertWriter(live.alerts())
                    .apply(AlertEngine.evaluate(
                            rules,
                            live.metrics().latest(),
                            live.alerts().load(),
                            minute(minute),
                            EvaluationContext.NONE));
        }
        live.alerts().find(AlertQuery.newest(1_000)).items().stream()
                .map(Alert::createdAt)
                .sorted()
                .forEach(raised::add);

        assertThat(run(rule, celsius.size(), 5).alerts())
                .extracting(BacktestAlert::raisedAt)
                .isEqualTo(raised);
    }
}
