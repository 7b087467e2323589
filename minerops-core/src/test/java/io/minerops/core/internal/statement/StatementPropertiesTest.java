package io.minerops.core.internal.statement;

import static io.minerops.core.internal.statement.HourFixture.address;
import static io.minerops.core.internal.statement.HourFixture.market;
import static io.minerops.core.internal.statement.HourFixture.tariff;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerIndex;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.api.store.MetricRollup;
import io.minerops.core.alert.type.Economics;
import io.minerops.core.statement.Statement;
import io.minerops.core.statement.StatementPeriod;
import io.minerops.core.statement.StatementReport;
import io.minerops.core.statement.StatementRequest;
import io.minerops.core.statement.Waterfall;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;

class StatementPropertiesTest {
    private static final double PRECISION = 1e-11;

    /** Every figure that adds up; the lines of the waterfall follow. */
    private static final Map<String, ToDoubleFunction<Statement>> FIGURES = Map.of(
            "kwh", Statement::kwh,
            "cost", statement -> Double.isNaN(statement.costUsd()) ? 0 : statement.costUsd(),
            "work", Statement::workTh,
            "btc", Statement::btcExpected,
            "revenue", statement -> Double.isNaN(statement.revenueUsd()) ? 0 : statement.revenueUsd(),
            "proven", statement -> statement.proven().btc(),
            "mining", statement -> statement.time().miningS(),
            "offline", statement -> statement.time().offlineS(),
            "all time", statement -> statement.time().totalS());

    /** A fleet of a period, made of a seed. */
    record Case(StatementPeriod period, int miners, long seed) {
        List<Miner> roster() {
            Random random = new Random(seed);
            List<Miner> roster = new ArrayList<>();
            for (int number = 0; number < miners; number++) {
                roster.add(Miner.builder(address(number), period.from().minus(Duration.ofDays(1)))
                        .nominalThs(random.nextInt(4) == 0 ? null : 90 + 20 * random.nextDouble())
                        .nominalEfficiencyJPerTh(random.nextBoolean() ? null : 25.0)
                        .powerPriceUsdPerKwh(random.nextInt(3) == 0 ? random.nextDouble() - 0.1 : null)
                        .tags(random.nextBoolean() ? List.of("rack") : List.of())
                        .build());
            }
            return roster;
        }

        List<MetricRollup> rollups() {
            Random random = new Random(seed + 1);
            List<MetricRollup> rollups = new ArrayList<>();
            for (Instant hour = period.from(); hour.isBefore(period.until()); hour = hour.plus(Duration.ofHours(1))) {
                boolean polled = random.nextInt(10) > 0;
                for (int number = 0; number < miners; number++) {
                    MetricRollup rollup = rollup(HourFixture.of(address(number), hour), random);
                    if (polled && rollup != null) {
                        rollups.add(rollup);
                    }
                }
            }
            return rollups;
        }

        private static @Nullable MetricRollup rollup(HourFixture hour, Random random) {
            int samples = random.nextInt(3) == 0 ? 2 + random.nextInt(58) : 60;
            double ths = 80 + 40 * random.nextDouble();
            switch (random.nextInt(6)) {
                case 0 -> {
                    return null;
                }
                case 1 -> hour.rate(samples, 0).power(samples, 40).state(WorkState.PAUSED, samples);
                case 2 -> hour.rate(samples, ths);
                default ->
                    hour.rate(samples, ths)
                            .power(samples, 3_000 + 500 * random.nextDouble())
                            .counter(Reading.ACCEPTED, 0, 1_000, 1_000)
                            .counter(Reading.REJECTED, 7, 30, 30)
                            .proven((samples - 1) * 60, 8e7 * random.nextDouble(), 1 + random.nextInt(900));
            }
            return hour.rollup();
        }

        /** A price of each hour, unknown in some; a difficulty that changes with the days. */
        Terms terms(Instant hour) {
            Random random = new Random(seed * 31 + hour.getEpochSecond());
            random.nextInt();
            double price = random.nextInt(8) == 0 ? Double.NaN : 80_000 + 9_000 * random.nextDouble();
            long days = Duration.between(period.from(), hour).toDays();
            Economics.Basis market = random.nextInt(12) == 0
                    ? null
                    : market(price, 150e12 * (1 + days / 100.0), days > 2 ? 1.5625 : 3.125, Economics.Assumed.FEES);
            return new Terms(market, tariff(random.nextInt(9) == 0 ? Double.NaN : random.nextDouble() - 0.1));
        }

        StatementReport report(StatementPeriod of, StatementRequest.@Nullable By by) {
            StatementCalculator calculator = new StatementCalculator(
                    MinerIndex.of(roster()), new StatementRequest(of, by, null), of.until(), this::terms);
            rollups().stream()
                    .filter(rollup -> !rollup.start().isBefore(of.from()))
                    .filter(rollup -> rollup.start().isBefore(of.until()))
                    .forEach(rollup -> calculator.add(MetricRollup.Columns.of(List.of(rollup))));
            return calculator.finish();
        }
    }

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<StatementPeriod> periods = Arbitraries.of(
                period("DAY", "2026-10-25", "Europe/Berlin"),
                period("DAY", "2026-03-29", "Europe/Berlin"),
                period("DAY", "2026-07-01", "Asia/Tokyo"),
                period("DAY", "2026-03-08", "America/Chicago"),
                period("WEEK", "2026-W43", "Europe/Berlin"));
        return Combinators.combine(periods, Arbitraries.integers().between(1, 6), Arbitraries.longs())
                .as(Case::new);
    }

    private static StatementPeriod period(String kind, String text, String zone) {
        return StatementPeriod.parse(StatementPeriod.Kind.valueOf(kind), text, ZoneId.of(zone));
    }

    private static void count(Case of) {
        long hours = Duration.between(of.period().from(), of.period().until()).toHours();
        Statistics.label("hours").collect(hours).coverage(coverage -> {
            coverage.check(23L).percentage(share -> share > 10);
            coverage.check(25L).percentage(share -> share > 5);
            coverage.check(169L).percentage(share -> share > 5);
        });
        Statistics.label("miners").collect(of.miners() == 1 ? "one" : "more").coverage(coverage -> {
            coverage.check("one").percentage(share -> share > 5);
            coverage.check("more").percentage(share -> share > 50);
        });
    }

    private static void addUp(Statement whole, List<Statement> parts) {
        FIGURES.forEach((name, figure) -> {
            double scale = parts.stream()
                    .mapToDouble(part -> Math.abs(figure.applyAsDouble(part)))
                    .sum();
            assertThat(parts.stream().mapToDouble(figure).sum())
                    .as(name)
                    .isCloseTo(figure.applyAsDouble(whole), within(PRECISION * scale + 1e-300));
        });
    }

    private static void linesAddUp(Statement whole, List<Statement> parts) {
        for (int line = 0; line < whole.waterfall().lines().size(); line++) {
            int step = line;
            double nameplate = whole.waterfall().lines().get(0).btc();
            assertThat(parts.stream()
                            .mapToDouble(
                                    part -> part.waterfall().lines().get(step).btc())
                            .sum())
                    .as(whole.waterfall().lines().get(line).step().key())
                    .isCloseTo(whole.waterfall().lines().get(line).btc(), within(PRECISION * nameplate + 1e-300));
        }
    }

    @Property(tries = 100)
    void the_fleet_is_the_sum_of_its_miners(@ForAll("cases") Case of) {
        count(of);
        StatementReport report = of.report(of.period(), StatementRequest.By.MINER);

        assertThat(report.groups()).hasSize(of.miners());
        addUp(report.total(), report.groups());
        linesAddUp(report.total(), report.groups());
    }

    @Property(tries = 100)
    void a_period_is_the_sum_of_its_parts_with_23_and_25_hours_too(@ForAll("cases") Case of) {
        count(of);
        StatementReport report = of.report(of.period(), null);

        assertThat(report.parts()).hasSize(of.period().partEnds().size());
        addUp(report.total(), report.parts());
        linesAddUp(report.total(), report.parts());
    }

    @Property(tries = 10)
    void a_month_is_the_sum_of_the_statements_of_its_days(@ForAll long seed) {
        Case of = new Case(period("MONTH", "2026-10", "Europe/Berlin"), 3, seed);
        List<Statement> days = new ArrayList<>();
        for (int day = 1; day <= 31; day++) {
            StatementPeriod one = period("DAY", "2026-10-" + (day < 10 ? "0" : "") + day, "Europe/Berlin");
            days.add(of.report(one, null).total());
        }

        addUp(of.report(of.period(), null).total(), days);
    }

    @Property(tries = 100)
    void the_waterfall_ends_at_what_the_accepted_work_of_each_hour_brings(@ForAll("cases") Case of) {
        count(of);
        BigDecimal btc = BigDecimal.ZERO;
        BigDecimal usd = BigDecimal.ZERO;
        for (MetricRollup rollup : of.rollups()) {
            Economics.Basis market = of.terms(rollup.start()).market();
            MinerHour hour = MinerHour.of(MetricRollup.Columns.of(List.of(rollup)), 0);
            if (market != null) {
                double rejected = Double.isNaN(hour.rejected()) ? 0 : hour.rejected();
                double earned = hour.workTh() * (1 - rejected) * market.btcPerTh();
                btc = btc.add(BigDecimal.valueOf(earned));
                if (!Double.isNaN(market.btcPriceUsd())) {
                    usd = usd.add(BigDecimal.valueOf(earned).multiply(BigDecimal.valueOf(market.btcPriceUsd())));
                }
            }
        }
        Statement total = of.report(of.period(), null).total();
        Waterfall waterfall = total.waterfall();
        double nameplate = waterfall.lines().get(0).btc();
        double nameplateUsd = waterfall.lines().get(0).usd();

        assertThat(waterfall.earnedBtc()).isCloseTo(btc.doubleValue(), within(PRECISION * nameplate + 1e-300));
        if (!Double.isNaN(nameplateUsd)) {
            assertThat(waterfall.earnedUsd()).isCloseTo(usd.doubleValue(), within(PRECISION * nameplateUsd + 1e-300));
        }
        assertThat(total.time().totalS())
                .isEqualTo(
                        of.miners()
                                * (double) Duration.between(
                                                of.period().from(), of.period().until())
                                        .toSeconds(),
                        within(1e-6));
    }
}
