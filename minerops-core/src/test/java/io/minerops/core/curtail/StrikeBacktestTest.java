package io.minerops.core.curtail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIndex;
import io.minerops.api.miner.ProvenWork;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.MetricRollup;
import io.minerops.core.alert.type.Economics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Strike prices over hours of miners of 1 kW that earn 0.08 USD an hour. */
class StrikeBacktestTest {
    private static final Instant START = Instant.parse("2026-07-01T00:00:00Z");
    private static final Miner ONE =
            Miner.builder(MinerAddress.of("10.0.0.1"), START).build();
    private static final Miner TWO = Miner.builder(MinerAddress.of("10.0.0.2"), START)
            .powerPriceUsdPerKwh(0.2)
            .build();
    private static final MinerIndex ROSTER = MinerIndex.of(List.of(ONE, TWO));
    private static final StrikeTrial AT_100 =
            new StrikeTrial(100, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, List.of());

    private final List<Double> usdPerKwh = new ArrayList<>();

    private Optional<Economics> economics(Instant at) {
        double price = usdPerKwh.get((int) Duration.between(START, at).toHours());
        return price == Double.NEGATIVE_INFINITY ? Optional.empty() : Optional.of(new Economics(24, price));
    }

    private static MetricRollup.Columns hour(Miner miner, int hour, double wh, double ths) {
        return MetricRollup.Columns.of(List.of(new MetricRollup(
                miner.address(),
                START.plus(Duration.ofHours(hour)),
                Map.of(Reading.POWER_W, new MetricRollup.Of(60, wh, wh, wh, wh)),
                wh,
                ths * 3_600,
                false,
                null,
                Map.of(),
                ProvenWork.NONE)));
    }

    /** One miner of 1 kW and 0.08 TH/s over hours with these prices, USD/MWh. */
    private StrikeReport run(StrikeTrial trial, double... usdPerMwh) {
        StrikeBacktest backtest = new StrikeBacktest(ROSTER, this::economics, trial);
        for (int i = 0; i < usdPerMwh.length; i++) {
            usdPerKwh.add(usdPerMwh[i] / 1_000);
        }
        for (int i = 0; i < usdPerMwh.length; i++) {
            backtest.add(hour(ONE, i, 1_000, 0.08));
        }
        return backtest.report();
    }

    @Test
    void sheds_the_hours_whose_price_is_above_the_strike_price() {
        StrikeReport report = run(AT_100, 50, 120, 100, 300);

        Saving saving = report.trial().saving();
        assertThat(saving.stoppedHours()).isEqualTo(2);
        assertThat(saving.energyKwh()).isCloseTo(2, within(1e-12));
        assertThat(saving.energyUsd()).isCloseTo(0.42, within(1e-12));
        assertThat(saving.revenueUsd()).isCloseTo(0.16, within(1e-12));
    }

    @Test
    void says_what_was() {
        StrikeReport report = run(AT_100, 50, 150);

        assertThat(report.was().minerHours()).isEqualTo(2);
        assertThat(report.was().energyKwh()).isCloseTo(2, within(1e-12));
        assertThat(report.was().energyUsd()).isCloseTo(0.2, within(1e-12));
        assertThat(report.was().revenueUsd()).isCloseTo(0.16, within(1e-12));
        assertThat(report.first()).isEqualTo(START);
        assertThat(report.last()).isEqualTo(START.plus(Duration.ofHours(1)));
    }

    @Test
    void names_the_best_strike_price_of_a_grid() {
        StrikeTrial trial =
                new StrikeTrial(100, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, List.of(40.0, 80.0, 150.0, 500.0));

        StrikeReport report = run(trial, 50, 90, 120, 300, 60);

        assertThat(report.best().strikeUsdPerMwh()).as("what the miner earns").isEqualTo(80);
        assertThat(report.outcomes())
                .extracting(StrikeReport.Outcome::strikeUsdPerMwh)
                .containsExactly(40.0, 80.0, 100.0, 150.0, 500.0);
        assertThat(report.outcomes().get(4).saving()).isEqualTo(Saving.NONE);
    }

    @Test
    void prefers_the_strike_price_that_stops_less_where_two_gain_the_same() {
        StrikeTrial trial = new StrikeTrial(95, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, List.of(100.0, 110.0));

        assertThat(run(trial, 50, 120).best().strikeUsdPerMwh()).isEqualTo(110);
    }

    @Test
    void keeps_miners_stopped_and_running_for_the_minimum_times() {
        StrikeTrial trial = new StrikeTrial(100, Duration.ofHours(2), Duration.ofHours(3), Duration.ZERO, 0, List.of());

        // stopped from 1 to 3 although 2 and 3 are cheap, then running for two hours although 5 is not
        assertThat(run(trial, 50, 150, 50, 50, 50, 150, 50).trial().saving().stoppedHours())
                .isEqualTo(3);
    }

    @Test
    void counts_the_time_without_hashing_after_a_start() {
        StrikeTrial trial = new StrikeTrial(100, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(90), 0, List.of());

        Saving saving = run(trial, 50, 150, 50, 50, 50).trial().saving();

        assertThat(saving.starts()).isEqualTo(1);
        assertThat(saving.revenueUsd()).isCloseTo(0.08 * 2.5, within(1e-12));
    }

    @Test
    void counts_what_a_stopped_miner_draws() {
        StrikeTrial trial = new StrikeTrial(100, Duration.ZERO, Duration.ZERO, Duration.ZERO, 100, List.of());

        assertThat(run(trial, 150).trial().saving().energyKwh()).isCloseTo(0.9, within(1e-12));
    }

    @Test
    void runs_miners_at_negative_prices() {
        assertThat(run(AT_100, -50, -500).trial().saving()).isEqualTo(Saving.NONE);
    }

    @Test
    void judges_each_miner_by_its_own_price() {
        usdPerKwh.addAll(List.of(0.05, 0.15));
        StrikeBacktest backtest = new StrikeBacktest(ROSTER, this::economics, AT_100);
        for (int i = 0; i < 2; i++) {
            backtest.add(hour(ONE, i, 1_000, 0.08));
            backtest.add(hour(TWO, i, 2_000, 0.08));
        }

        StrikeReport report = backtest.report();

        assertThat(report.miners().get(0).saving().energyUsd()).isCloseTo(0.15, within(1e-12));
        assertThat(report.miners().get(1).saving().energyUsd()).isCloseTo(0.8, within(1e-12));
        assertThat(report.trial().saving().energyUsd()).isCloseTo(0.95, within(1e-12));
    }

    @Test
    void counts_what_cannot_be_judged_apart() {
        usdPerKwh.addAll(List.of(0.15, Double.NEGATIVE_INFINITY));
        StrikeBacktest backtest = new StrikeBacktest(ROSTER, this::economics, AT_100);
        backtest.add(hour(ONE, 0, Double.NaN, 0.08));
        backtest.add(hour(TWO, 0, 1_000, Double.NaN));
        backtest.add(hour(Miner.builder(MinerAddress.of("10.0.0.9"), START).build(), 0, 1_000, 1));
        backtest.add(hour(ONE, 1, 1_000, 0.08));

        StrikeReport.Was was = backtest.report().was();

        assertThat(was.hoursWithoutReadings()).isEqualTo(2);
        assertThat(was.hoursOfOthers()).isEqualTo(1);
        assertThat(was.hoursWithoutPrice()).isEqualTo(1);
        assertThat(was.minerHours()).isZero();
    }

    @Test
    void of_no_hours_is_nothing() {
        StrikeReport report = run(AT_100);

        assertThat(report.first()).isNull();
        assertThat(report.best().saving()).isEqualTo(Saving.NONE);
    }

    @Test
    void refuses_a_strike_price_that_is_not_a_number() {
        assertThatThrownBy(() -> new StrikeTrial(Double.NaN, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, List.of()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("strike_usd_per_mwh must be between -1000 and 1000000, not NaN");
    }

    /** Each miner by itself, in a few lines: what the shared state of many miners must come to. */
    @Property(tries = 100)
    void is_the_sum_of_its_miners_each_judged_alone(@ForAll long seed) {
        Random random = new Random(seed);
        usdPerKwh.clear();
        int hours = 1 + random.nextInt(60);
        for (int i = 0; i < hours; i++) {
            usdPerKwh.add(random.nextDouble() * 0.2 - 0.02);
        }
        List<Miner> miners = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Miner.Builder miner = Miner.builder(MinerAddress.of("10.0.1." + i), START);
            miners.add(i % 3 == 0 ? miner.powerPriceUsdPerKwh(0.05 * (i + 1)).build() : miner.build());
        }
        StrikeTrial trial = new StrikeTrial(
                90,
                Duration.ofHours(random.nextInt(4)),
                Duration.ofHours(random.nextInt(4)),
                Duration.ofMinutes(random.nextInt(150)),
                0,
                List.of(60.0, 120.0));
        StrikeBacktest together = new StrikeBacktest(MinerIndex.of(miners), this::economics, trial);
        List<StrikeBacktest> alone = miners.stream()
                .map(miner -> new StrikeBacktest(MinerIndex.of(List.of(miner)), this::economics, trial))
                .toList();
        for (int i = 0; i < hours; i++) {
            for (int row = 0; row < miners.size(); row++) {
                boolean absent = random.nextInt(5) == 0;
                double wh = absent ? Double.NaN : 500 + random.nextInt(1_000);
                MetricRollup.Columns rollup = hour(miners.get(row), i, wh, random.nextDouble());
                together.add(rollup);
                alone.get(row).add(rollup);
            }
        }

        StrikeReport report = together.report();

        for (int outcome = 0; outcome < 3; outcome++) {
            double sum = 0;
            for (StrikeBacktest one : alone) {
                sum += one.report().outcomes().get(outcome).saving().netUsd();
            }
            assertThat(report.outcomes().get(outcome).saving().netUsd()).isCloseTo(sum, within(1e-9));
        }
        double lines = report.miners().stream()
                .mapToDouble(line -> line.saving().netUsd())
                .sum();
        assertThat(report.trial().saving().netUsd()).isCloseTo(lines, within(1e-9));
    }
}
