package io.minerops.tariff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.internal.CompensatedSum;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds of every bill. */
class BillTest {
    private static final double RELATIVE = 1e-12;

    @Property(tries = 200)
    void is_the_sum_of_its_lines_and_each_line_its_quantity_times_its_price(@ForAll long seed) {
        Random random = new Random(seed);
        ZoneId zone = AnyPlans.zone(random);
        LoadProfile load = AnyPlans.load(random, zone, LocalDate.of(2026, 3, 1), LocalDate.of(2026, 5, 1));
        Bill bill = AnyPlans.plan(random, zone, load).bill(load);

        BigDecimal sum = BigDecimal.ZERO;
        double size = 0;
        for (Bill.Line line : bill.lines()) {
            sum = sum.add(BigDecimal.valueOf(line.amount()));
            size += Math.abs(line.amount());
            assertThat(line.amount())
                    .isCloseTo(line.quantity() * line.price(), within(Math.abs(line.amount()) * RELATIVE));
        }
        assertThat(bill.total()).isCloseTo(sum.doubleValue(), within(size * RELATIVE));
    }

    @Property(tries = 50)
    void of_a_year_is_the_sum_of_those_of_its_months(@ForAll long seed) {
        Random random = new Random(seed);
        ZoneId zone = AnyPlans.zone(random);
        LoadProfile year = AnyPlans.load(random, zone, LocalDate.of(2026, 1, 1), LocalDate.of(2027, 1, 1));
        RatePlan plan = AnyPlans.plan(random, zone, year);
        Bill bill = plan.bill(year);

        CompensatedSum months = new CompensatedSum();
        double size = 0;
        for (YearMonth month = YearMonth.of(2026, 1); month.getYear() == 2026; month = month.plusMonths(1)) {
            Instant from = month.atDay(1).atStartOfDay(zone).toInstant();
            Instant to = month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
            double total = plan.bill(year.between(from, to)).total();
            assertThat(total).isCloseTo(bill.total(month), within(1e-9));
            months.add(total);
            size += Math.abs(total);
        }
        assertThat(months.value()).isCloseTo(bill.total(), within(size * RELATIVE));
    }

    @Property(tries = 200)
    void holds_all_energy_of_the_load(@ForAll long seed) {
        Random random = new Random(seed);
        ZoneId zone = AnyPlans.zone(random);
        LoadProfile load = AnyPlans.load(random, zone, LocalDate.of(2026, 10, 1), LocalDate.of(2026, 12, 1));

        Bill bill = AnyPlans.plan(random, zone, load).bill(load);

        for (String charge : List.of("energy", "market")) {
            double kwh = bill.lines().stream()
                    .filter(line -> line.charge().equals(charge))
                    .mapToDouble(Bill.Line::quantity)
                    .sum();
            assertThat(kwh).isCloseTo(load.kwh(), within(1e-6));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "America/Chicago, 2026-03-08, 23",
        "America/Chicago, 2026-07-04, 24",
        "America/Chicago, 2026-11-01, 25",
        "Europe/Berlin, 2026-03-29, 23",
        "Europe/Berlin, 2026-10-25, 25"
    })
    void of_a_day_is_the_sum_of_those_of_its_hours(ZoneId zone, LocalDate day, int hours) {
        Instant start = day.atStartOfDay(zone).toInstant();
        Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
        double[] kw = new Random(1).doubles(hours, 10, 100).toArray();
        LoadProfile load = LoadProfile.hourly(start, kw);
        assertThat(load.end()).isEqualTo(end);
        double[] prices = new Random(2).doubles(hours * 12L, -0.158, 0.3).toArray();
        Random random = new Random(3);
        RatePlan plan = RatePlan.of(
                "plan",
                zone.getId(),
                new Charge.Energy(
                        "energy",
                        Charge.TierUnit.KWH,
                        AnyPlans.week(random, 3),
                        List.of(Rate.of("a", 0.1), Rate.of("b", -0.02), Rate.of("c", 0.3))),
                new Charge.Market("market", PriceSeries.of(start, Duration.ofMinutes(5), prices), 0.01, 0),
                new Charge.Fixed("meter", 2.4, Charge.Per.DAY));

        CompensatedSum sum = new CompensatedSum();
        for (Instant hour = start; hour.isBefore(end); hour = hour.plus(1, ChronoUnit.HOURS)) {
            sum.add(plan.bill(load.between(hour, hour.plus(1, ChronoUnit.HOURS)))
                    .total());
        }
        Bill bill = plan.bill(load);
        assertThat(sum.value()).isCloseTo(bill.total(), within(1e-12));
        assertThat(bill.total("meter")).isCloseTo(2.4, within(1e-14));
    }

    @Test
    void rounds_once_and_half_even() {
        assertThat(bill(0.004, 0.004, 0.004).amountDue()).isEqualByComparingTo("0.01");
        assertThat(bill(0.125).amountDue()).isEqualByComparingTo("0.12");
        assertThat(bill(0.375).amountDue()).isEqualByComparingTo("0.38");
        assertThat(bill(-0.125).amountDue()).isEqualByComparingTo("-0.12");
    }

    private static Bill bill(double... amounts) {
        List<Bill.Line> lines = Arrays.stream(amounts)
                .mapToObj(amount -> new Bill.Line(YearMonth.of(2026, 1), "c", "i", 1, "kWh", amount, amount))
                .toList();
        return new Bill(Currency.getInstance("USD"), Instant.EPOCH, Instant.EPOCH, lines);
    }
}
