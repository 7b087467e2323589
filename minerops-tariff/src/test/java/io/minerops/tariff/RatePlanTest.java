package io.minerops.tariff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.InvalidArgumentException;
import io.minerops.tariff.Schedule.Window;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RatePlanTest {
    private static final String CHICAGO = "America/Chicago";
    private static final Instant JANUARY = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant FEBRUARY = Instant.parse("2026-02-01T00:00:00Z");
    private static final double JANUARY_HOURS = 744;

    private static RatePlan utc(Charge... charges) {
        return RatePlan.of("plan", "UTC", charges);
    }

    private static Bill january(double kw, Charge... charges) {
        return utc(charges).bill(LoadProfile.constant(JANUARY, FEBRUARY, kw));
    }

    private static List<Rate> tiered(double limit) {
        return List.of(new Rate("all", List.of(Rate.Tier.upTo(limit, 0.10), Rate.Tier.of(0.20))));
    }

    @Nested
    class Energy {
        @Test
        void costs_a_flat_price_in_every_hour() {
            assertThat(january(10, Charge.Energy.flat(0.05)).total()).isCloseTo(372, within(1e-9));
        }

        @Test
        void costs_less_than_nothing_where_the_price_is_negative() {
            assertThat(january(10, Charge.Energy.flat(-0.158)).total()).isCloseTo(-1175.52, within(1e-9));
        }

        @Test
        void costs_the_price_of_the_next_tier_above_a_limit_of_the_month() {
            Charge charge = new Charge.Energy("energy", Charge.TierUnit.KWH, Schedule.always(), tiered(1_000));

            Bill bill = january(10, charge);

            assertThat(bill.lines()).extracting(Bill.Line::quantity).containsExactly(1_000.0, 6_440.0);
            assertThat(bill.total()).isCloseTo(1_000 * 0.10 + 6_440 * 0.20, within(1e-9));
        }

        @Test
        void has_limits_per_kw_of_the_highest_load_where_they_count_that() {
            Charge charge = new Charge.Energy("energy", Charge.TierUnit.KWH_PER_KW, Schedule.always(), tiered(300));

            assertThat(january(10, charge).lines())
                    .extracting(Bill.Line::quantity)
                    .containsExactly(3_000.0, 4_440.0);
        }

        @Test
        void has_limits_per_day_where_they_count_that() {
            Charge charge = new Charge.Energy("energy", Charge.TierUnit.KWH_DAILY, Schedule.always(), tiered(100));

            assertThat(january(10, charge).lines())
                    .extracting(Bill.Line::quantity)
                    .containsExactly(3_100.0, 4_340.0);
        }

        @Test
        void that_is_fed_in_is_credited_and_does_not_count_for_the_tiers() {
            List<Rate> rates = List.of(new Rate(
                    "all",
                    List.of(new Rate.Tier(5, 0.10, 0, 0.04), new Rate.Tier(1e9, 0.20, 0, 0.03), Rate.Tier.of(1))));
            Charge charge = new Charge.Energy("energy", Charge.TierUnit.KWH, Schedule.always(), rates);

            Bill bill = utc(charge).bill(LoadProfile.hourly(JANUARY, 4, -3, 2, -3));

            assertThat(bill.total()).isCloseTo(5 * 0.10 + 1 * 0.20 - 3 * 0.04 - 3 * 0.03, within(1e-12));
        }

        @Test
        void costs_by_the_clock_on_the_wall_before_and_after_it_changes() {
            Schedule schedule = Schedule.of(
                    List.of(Rate.of("peak", 1), Rate.of("rest", 0)),
                    List.of(new Window(0, Schedule.ALL_MONTHS, Schedule.ALL_DAYS, 15, 20)),
                    1);
            RatePlan plan = RatePlan.of(
                    "plan",
                    CHICAGO,
                    new Charge.Energy(
                            "energy", Charge.TierUnit.KWH, schedule, List.of(Rate.of("peak", 1), Rate.of("rest", 0))));

            assertThat(plan.priceAt(Instant.parse("2026-03-07T20:59:00Z"))).isZero();
            assertThat(plan.priceAt(Instant.parse("2026-03-07T21:00:00Z"))).isEqualTo(1);
            assertThat(plan.priceAt(Instant.parse("2026-03-08T20:00:00Z"))).isEqualTo(1);
            assertThat(plan.priceAt(Instant.parse("2026-03-09T01:00:00Z"))).isZero();
        }

        @Test
        void costs_on_a_holiday_what_it_costs_on_a_sunday() {
            List<Rate> rates = List.of(Rate.of("weekday", 0.2), Rate.of("weekend", 0.1));
            Schedule schedule =
                    Schedule.of(rates, List.of(new Window(0, Schedule.ALL_MONTHS, Schedule.WEEKDAYS, 0, 24)), 1);
            RatePlan plan = RatePlan.of(
                            "plan", CHICAGO, new Charge.Energy("energy", Charge.TierUnit.KWH, schedule, rates))
                    .withHolidays(Set.of(LocalDate.of(2026, 12, 25)));

            assertThat(plan.priceAt(Instant.parse("2026-12-25T05:59:59Z"))).isEqualTo(0.2);
            assertThat(plan.priceAt(Instant.parse("2026-12-25T06:00:00Z"))).isEqualTo(0.1);
            assertThat(plan.priceAt(Instant.parse("2026-12-26T05:59:59Z"))).isEqualTo(0.1);
        }
    }

    @Nested
    class Demand {
        private Charge.Demand demand(boolean daily, int window) {
            return new Charge.Demand(
                    "demand",
                    daily,
                    window,
                    Schedule.always(),
                    List.of(new Rate("all", List.of(Rate.Tier.upTo(100, 20), Rate.Tier.of(15)))));
        }

        @Test
        void costs_by_the_highest_load_of_the_month_and_its_tiers() {
            Bill bill = utc(demand(false, 0)).bill(LoadProfile.hourly(JANUARY, 40, 130, 20));

            assertThat(bill.total()).isEqualTo(100 * 20 + 30 * 15);
        }

        @Test
        void costs_by_the_highest_load_of_each_day_where_it_is_daily() {
            double[] kw = new double[48];
            kw[5] = 130;
            kw[30] = 50;

            assertThat(utc(demand(true, 0))
                            .bill(LoadProfile.hourly(JANUARY, kw))
                            .total())
                    .isEqualTo(100 * 20 + 30 * 15 + 50 * 20);
        }

        @Test
        void counts_the_mean_of_its_window() {
            LoadProfile load = LoadProfile.of(JANUARY, Duration.ofMinutes(5), 10, 20, 90, 60, 60, 60);

            assertThat(utc(demand(false, 0)).bill(load).total()).isEqualTo(90 * 20);
            assertThat(utc(demand(false, 15)).bill(load).total()).isEqualTo(60 * 20);
        }

        @Test
        void does_not_count_what_is_fed_in() {
            assertThat(utc(demand(false, 0))
                            .bill(LoadProfile.hourly(JANUARY, -40))
                            .lines())
                    .isEmpty();
        }

        @Test
        void at_the_peaks_of_the_grid_costs_by_the_load_at_that_time() {
            Charge charge = new Charge.CoincidentPeak(
                    "4CP",
                    List.of(Instant.parse("2026-01-01T01:30:00Z"), Instant.parse("2026-06-01T17:00:00Z")),
                    Duration.ofHours(1),
                    4);

            Bill bill = utc(charge).bill(LoadProfile.hourly(JANUARY, 500, 100, 200, 900));

            assertThat(bill.total()).isEqualTo(150 * 4);
            assertThat(bill.lines()).hasSize(1);
        }

        @Test
        void at_a_peak_that_the_load_does_not_cover_is_an_error() {
            Charge charge = new Charge.CoincidentPeak("4CP", List.of(JANUARY), Duration.ofHours(2), 4);

            assertThatThrownBy(() -> utc(charge).bill(LoadProfile.hourly(JANUARY, 1)))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("2026-01-01T01:00:00Z");
        }
    }

    @Nested
    class Amounts {
        @Test
        void of_a_month_a_day_and_a_year_are_due_by_the_time_covered() {
            assertThat(january(0, new Charge.Fixed("m", 30, Charge.Per.MONTH)).total())
                    .isEqualTo(30);
            assertThat(january(0, new Charge.Fixed("d", 2, Charge.Per.DAY)).total())
                    .isEqualTo(62);
            assertThat(january(0, new Charge.Fixed("y", 120, Charge.Per.YEAR)).total())
                    .isEqualTo(10);
            LoadProfile day = LoadProfile.constant(JANUARY, JANUARY.plus(Duration.ofDays(1)), 0);
            assertThat(utc(new Charge.Fixed("m", 31, Charge.Per.MONTH))
                            .bill(day)
                            .total())
                    .isCloseTo(1, within(1e-15));
        }

        @Test
        void fall_short_of_the_minimum_or_do_not() {
            Charge energy = Charge.Energy.flat(0.05);
            Charge minimum = new Charge.Minimum("minimum charge", 100, Charge.Per.MONTH);

            Bill less = january(1, minimum, energy);
            assertThat(less.total()).isCloseTo(100, within(1e-12));
            assertThat(less.total("minimum charge")).isCloseTo(100 - JANUARY_HOURS * 0.05, within(1e-9));
            assertThat(january(10, minimum, energy).total("minimum charge")).isZero();
        }

        @Test
        void are_credited_for_load_that_was_shed_when_the_grid_called() {
            Charge credit = new Charge.Curtailment(
                    "emergency response",
                    List.of(new Charge.Curtailment.Event(
                            Instant.parse("2026-01-01T01:30:00Z"), Instant.parse("2026-01-01T03:00:00Z"))),
                    100,
                    0.5);

            Bill bill = utc(credit).bill(LoadProfile.hourly(JANUARY, 0, 20, 130, 0));

            assertThat(bill.total()).isCloseTo(-0.5 * 40, within(1e-12));
        }

        @Test
        void are_not_credited_twice() {
            Charge.Curtailment.Event first = new Charge.Curtailment.Event(JANUARY, FEBRUARY);
            assertThatThrownBy(() -> new Charge.Curtailment("c", List.of(first, first), 1, 1))
                    .hasMessageContaining("overlap");
        }
    }

    @Nested
    class Markets {
        private Charge.Market market(double feedInShare, double... prices) {
            return new Charge.Market(
                    "market", PriceSeries.of(JANUARY, Duration.ofMinutes(5), prices), 0.01, feedInShare);
        }

        @Test
        void bill_an_hour_at_the_mean_of_its_five_minutes() {
            double[] prices = new double[12];
            Arrays.fill(prices, 0.05);
            prices[3] = -0.158;

            Bill bill = utc(market(0, prices)).bill(LoadProfile.hourly(JANUARY, 10));

            assertThat(bill.total()).isCloseTo(10 * ((11 * 0.05 - 0.158) / 12 + 0.01), within(1e-12));
        }

        @Test
        void pay_their_share_for_what_is_fed_in() {
            LoadProfile load = LoadProfile.of(JANUARY, Duration.ofMinutes(5), -12, 24);

            assertThat(utc(market(0.8, 0.05, 0.10)).bill(load).total())
                    .isCloseTo(-1 * 0.05 * 0.8 + 2 * 0.11, within(1e-12));
        }

        @Test
        void without_a_price_for_an_hour_are_an_error_that_names_it() {
            assertThatThrownBy(() -> utc(market(0, 0.05)).bill(LoadProfile.hourly(JANUARY, 1)))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessage("no price for 2026-01-01T00:05:00Z; there are prices from 2026-01-01T00:00:00Z to"
                            + " 2026-01-01T00:05:00Z");
        }

        @Test
        void add_to_a_price_by_period() {
            RatePlan plan = utc(market(0, 0.05, 0.07), Charge.Energy.flat(0.02));

            assertThat(plan.priceAt(JANUARY)).isCloseTo(0.08, within(1e-15));
            PriceSeries prices = plan.prices(JANUARY, JANUARY.plusSeconds(600), Duration.ofMinutes(10));
            assertThat(prices.size()).isOne();
            assertThat(prices.price(0)).isCloseTo(0.09, within(1e-15));
        }
    }

    @Test
    void a_zone_that_does_not_exist_is_named() {
        assertThatThrownBy(() -> RatePlan.of("plan", "Texas", Charge.Energy.flat(1)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("\"Texas\"")
                .hasMessageContaining("America/Chicago");
    }

    @Test
    void a_plan_without_energy_charge_has_no_price() {
        assertThatThrownBy(() ->
                        utc(new Charge.Fixed("meter", 1, Charge.Per.MONTH)).priceAt(JANUARY))
                .hasMessageContaining("\"plan\" has no energy charge");
    }

    @Test
    void an_interval_across_an_hour_of_the_clock_is_refused() {
        RatePlan plan = RatePlan.of("plan", "Asia/Kolkata", Charge.Energy.flat(1));

        assertThatThrownBy(() -> plan.bill(LoadProfile.hourly(JANUARY, 1)))
                .hasMessageContaining("Asia/Kolkata")
                .hasMessageContaining("use a shorter step");
        assertThat(plan.bill(LoadProfile.of(JANUARY, Duration.ofMinutes(30), 1)).total())
                .isEqualTo(0.5);
    }

    @Test
    void a_load_with_a_gap_is_refused() {
        assertThatThrownBy(() -> LoadProfile.hourly(JANUARY, 1, Double.NaN))
                .hasMessageContaining("gap")
                .hasMessageContaining("2026-01-01T01:00:00Z");
        assertThatThrownBy(() -> LoadProfile.hourly(JANUARY)).hasMessageContaining("has none");
        assertThatThrownBy(() -> LoadProfile.of(JANUARY, Duration.ofMinutes(7), 1))
                .hasMessageContaining("PT7M");
        assertThatThrownBy(() -> LoadProfile.hourly(JANUARY, 1).between(JANUARY, FEBRUARY))
                .hasMessageContaining("2026-02-01");
    }

    @Test
    void a_schedule_with_a_gap_or_an_overlap_names_the_hour() {
        List<Rate> rates = List.of(Rate.of("peak", 1), Rate.of("night", 0));
        Window peak = new Window(0, Schedule.ALL_MONTHS, Schedule.ALL_DAYS, 6, 22);

        assertThatThrownBy(() -> Schedule.of(rates, List.of(peak), null))
                .hasMessageContaining("gap: no rate for Monday 00:00 in January");
        assertThatThrownBy(() -> Schedule.of(
                        rates, List.of(peak, new Window(1, Schedule.ALL_MONTHS, Set.of(DayOfWeek.SUNDAY), 21, 24)), 1))
                .hasMessageContaining("both \"peak\" and \"night\" apply on Sunday 21:00 in January");
        assertThat(Schedule.of(rates, List.of(peak, new Window(1, Schedule.ALL_MONTHS, Schedule.ALL_DAYS, 22, 6)), null)
                        .size())
                .isEqualTo(2);
    }

    @Test
    void tiers_with_a_gap_or_an_overlap_are_refused() {
        assertThatThrownBy(() -> new Rate("a", List.of(Rate.Tier.upTo(10, 1))))
                .hasMessageContaining("no tier above 10");
        assertThatThrownBy(() -> new Rate("a", List.of(Rate.Tier.upTo(10, 1), Rate.Tier.upTo(5, 1), Rate.Tier.of(1))))
                .hasMessageContaining("limit of tier 2 must be above 10");
        assertThatThrownBy(() -> new Charge.Energy(
                        "e",
                        Charge.TierUnit.KWH,
                        Schedule.ofMonths(List.of(0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0)),
                        List.of(Rate.of("a", 1))))
                .hasMessageContaining("a rate for each period");
    }
}
