package io.minerops.tariff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minerops.tariff.Schedule.Window;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.Month;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/**
 * The commercial case with demand charges of the System Advisor Model (NREL, ssc, utilityrate5), which publishes
 * 104,614.5 USD for the year.
 */
class CommercialCaseTest {
    /** 1 January is a Monday. */
    private static final Instant START = Instant.parse("2018-01-01T08:00:00Z");

    private static final double PUBLISHED_USD = 104_614.5;

    @Test
    void costs_what_is_published_for_the_year() throws IOException {
        Bill bill = plan().bill(load());

        assertThat(bill.amountDue()).isEqualByComparingTo("104614.49");
        assertThat(bill.total()).isCloseTo(PUBLISHED_USD, within(0.05));
    }

    @Test
    void costs_as_much_in_the_form_of_the_rate_database() throws IOException {
        UrdbRate rate = UrdbRate.read(new UrdbRate(plan(), Map.of()).write(), RatePlan.zone("-08:00"), Set.of());

        assertThat(rate.plan().bill(load()).amountDue()).isEqualByComparingTo("104614.49");
    }

    @Test
    void costs_in_a_year_the_sum_of_its_months() throws IOException {
        Bill year = plan().bill(load());

        double sum = 0;
        for (Month month : Month.values()) {
            LoadProfile part = load().between(
                            begin(YearMonth.of(2018, month)),
                            begin(YearMonth.of(2018, month).plusMonths(1)));
            Bill bill = plan().bill(part);
            assertThat(bill.total()).isCloseTo(year.total(YearMonth.of(2018, month)), within(1e-9));
            sum += bill.total();
        }
        assertThat(sum).isCloseTo(year.total(), within(1e-8));
    }

    @Test
    void costs_as_much_by_five_minutes_as_by_the_hour() throws IOException {
        LoadProfile hourly = load();
        double[] kw = new double[hourly.size() * 12];
        for (int i = 0; i < kw.length; i++) {
            kw[i] = hourly.kw(i / 12);
        }

        Bill bill = plan().bill(LoadProfile.of(START, Duration.ofMinutes(5), kw));

        assertThat(bill.amountDue()).isEqualByComparingTo("104614.49");
    }

    private static Instant begin(YearMonth month) {
        return month.atDay(1).atStartOfDay(RatePlan.zone("-08:00")).toInstant();
    }

    private static RatePlan plan() {
        Set<Month> summer = Set.of(Month.MAY, Month.JUNE, Month.JULY, Month.AUGUST, Month.SEPTEMBER, Month.OCTOBER);
        Set<Month> winter = new TreeSet<>(Schedule.ALL_MONTHS);
        winter.removeAll(summer);
        List<Rate> energy = List.of(
                Rate.of("summer peak", 0.05),
                Rate.of("summer", 0.075),
                Rate.of("winter peak", 0.06),
                Rate.of("winter", 0.05));
        Schedule schedule = Schedule.of(
                energy,
                List.of(
                        new Window(0, summer, Schedule.WEEKDAYS, 15, 20),
                        new Window(1, summer, Schedule.WEEKDAYS, 20, 15),
                        new Window(1, summer, WEEKEND, 0, 24),
                        new Window(2, winter, Schedule.WEEKDAYS, 15, 20)),
                3);
        List<Rate> demand = List.of(tiered("peak", 20, 15), tiered("off-peak", 10, 5));
        Schedule peak = Schedule.of(demand, List.of(new Window(0, Schedule.ALL_MONTHS, Schedule.WEEKDAYS, 15, 20)), 1);
        return RatePlan.of(
                "commercial",
                "-08:00",
                new Charge.Energy("energy", Charge.TierUnit.KWH, schedule, energy),
                new Charge.Demand("demand", false, 0, peak, demand),
                new Charge.Fixed("fixed charge", 30, Charge.Per.MONTH));
    }

    private static final Set<DayOfWeek> WEEKEND = Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    private static Rate tiered(String name, double first, double above) {
        return new Rate(name, List.of(Rate.Tier.upTo(100, first), Rate.Tier.of(above)));
    }

    private static LoadProfile load() throws IOException {
        try (InputStream in = CommercialCaseTest.class.getResourceAsStream("commercial-load.txt")) {
            double[] kw = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMapToDouble(day -> DoubleStream.of(Arrays.stream(day.split(" "))
                            .mapToDouble(hour -> Integer.parseInt(hour, 36) / 1e4)
                            .toArray()))
                    .toArray();
            return LoadProfile.hourly(START, kw);
        }
    }
}
