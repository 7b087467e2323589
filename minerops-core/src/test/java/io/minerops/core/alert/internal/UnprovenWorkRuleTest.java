package io.minerops.core.alert.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIndex;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.PollColumns;
import io.minerops.api.store.PollQuery;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.backtest.Backtest;
import io.minerops.core.backtest.BacktestReport;
import io.minerops.core.backtest.BacktestRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The rule on a miner whose shares come evenly, so that every figure follows by hand. */
class UnprovenWorkRuleTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-03-01T00:00:00Z");
    private static final double THS = 100;
    private static final double SHARE = 262_144;
    private static final double SHARES_PER_S = THS * 1e12 / 0x1p32 / SHARE;
    private static final int MINUTE_S = 60;

    /** How many TH/s are proven of each that is claimed, by the hour. */
    private DoubleUnaryOperator proven = hour -> 1;

    private double restartEveryHours = 1e9;
    private boolean countsDifficulty = true;

    private BacktestReport after(int hours, Map<String, Double> thresholds) {
        AlertRule rule = AlertRule.builder("unproven", RuleType.UNPROVEN_WORK)
                .thresholds(Thresholds.of(thresholds))
                .build();
        MinerIndex roster = MinerIndex.of(List.of(
                Miner.builder(new MinerAddress("10.0.0.1", 4028), MIDNIGHT).build()));
        return Backtest.run(
                new BacktestRequest(
                        rule,
                        MIDNIGHT,
                        MIDNIGHT.plus(Duration.ofHours(hours)),
                        Duration.ofMinutes(10),
                        BacktestRequest.DEFAULT_MAX_PER_WEEK,
                        null),
                RuleTypes.standard(),
                roster,
                this::polls);
    }

    private void polls(PollQuery query, Predicate<PollColumns> consumer) {
        PollColumns poll = new PollColumns(query.roster(), query.readings());
        double shares = 1_000;
        double elapsed = 10_000;
        Instant at = query.since();
        boolean more = true;
        while (more && at.isBefore(query.until())) {
            double hour = Duration.between(MIDNIGHT, at).toMillis() / 3.6e6;
            boolean restarted = elapsed > restartEveryHours * 3_600;
            elapsed = restarted ? 30 : elapsed + MINUTE_S;
            shares = restarted ? 1 : shares + proven.applyAsDouble(hour) * SHARES_PER_S * MINUTE_S;
            poll.begin(at.toEpochMilli());
            poll.add(0);
            poll.set(Reading.HASHRATE_THS, THS);
            poll.set(Reading.ELAPSED_S, elapsed);
            poll.set(Reading.ACCEPTED, Math.floor(shares));
            poll.set(Reading.ACCEPTED_DIFFICULTY, countsDifficulty ? Math.floor(shares) * SHARE : 0);
            more = consumer.test(poll);
            at = at.plusSeconds(MINUTE_S);
        }
    }

    @Test
    void an_honest_claim_raises_nothing() {
        assertThat(after(96, Map.of()).count()).isZero();
    }

    @Test
    void a_claim_above_the_work_raises_when_enough_of_the_window_is_known_and_says_what_it_is_not() {
        proven = hour -> 1 / 1.1;

        BacktestReport report = after(48, Map.of());

        assertThat(report.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.raisedAt()).isEqualTo(MIDNIGHT.plus(Duration.ofHours(12)));
            assertThat(alert.message())
                    .startsWith("Accepted shares prove 90.9")
                    .contains("of 100 TH/s claimed in the 24 h until 2026-03-01T12:00:00Z: 9.07 % unproven, ")
                    .contains("σ. A developer's fee, rejected shares or a pool that did not answer can be the cause");
        });
    }

    @Test
    void the_alert_ends_when_the_claim_is_true_again() {
        proven = hour -> hour < 36 ? 1 / 1.1 : 1;

        BacktestReport report = after(96, Map.of());

        assertThat(report.alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.endedAt()).isEqualTo(MIDNIGHT.plus(Duration.ofHours(60))));
    }

    @Test
    void what_is_unproven_by_chance_alone_raises_nothing() {
        proven = hour -> 0.94;

        // 24 h have some 7,700 shares: 6 % is 5.3 σ, and one hour's 320 shares are 1.1 σ
        assertThat(after(48, Map.of()).count()).isEqualTo(1);
        assertThat(after(48, Map.of("min_deviations", 6.0)).count()).isZero();
        assertThat(after(48, Map.of("min_unproven_pct", 7.0)).count()).isZero();
        assertThat(after(48, Map.of("window_hours", 2.0)).count()).isZero();
    }

    @Test
    void more_proven_than_claimed_raises_nothing() {
        proven = hour -> 1.5;

        assertThat(after(48, Map.of()).count()).isZero();
    }

    @Test
    void no_share_at_all_is_unproven_by_the_size_that_shares_had() {
        proven = hour -> hour < 24 ? 1 : 0;

        assertThat(after(60, Map.of()).alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.raisedAt()).isEqualTo(MIDNIGHT.plus(Duration.ofHours(36))));
        assertThat(after(72, Map.of("window_hours", 12.0)).alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.endedAt()).isNull());
    }

    @Test
    void counters_that_restart_are_followed_run_by_run() {
        restartEveryHours = 5;

        assertThat(after(96, Map.of()).count()).isZero();
        proven = hour -> 0.9;
        assertThat(after(96, Map.of()).count()).isEqualTo(1);
    }

    @Test
    void a_firmware_that_does_not_count_difficulty_is_not_judged() {
        countsDifficulty = false;
        proven = hour -> 0;

        assertThat(after(96, Map.of()).count()).isZero();
    }
}
