package io.minerops.core.profit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.profit.Profitability;
import io.minerops.api.profit.Tariff;
import io.minerops.core.profit.Projection.Assumptions;
import io.minerops.core.profit.Projection.Month;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectionTest {
    private static final Instant JANUARY = Instant.parse("2027-01-01T00:00:00Z");
    private static final ProfitabilityInputs NOW = ProfitabilityInputs.builder()
            .hashrateThs(200)
            .powerW(3_500)
            .tariff(new Tariff(0.05))
            .btcPriceUsd(90_000)
            .networkDifficulty(150e12)
            .subsidyBtc(3.125)
            .networkFeesBtcPerBlock(0.05)
            .poolFeePct(2)
            .build();
    private static final Profitability DAY = ProfitabilityCalculator.daily(NOW);

    @Test
    void without_growth_is_days_times_the_day() {
        Projection year = Projection.of(NOW, steady(JANUARY, ZoneOffset.UTC, 12, 0));

        assertThat(year.months()).hasSize(12).extracting(Month::month).startsWith(YearMonth.of(2027, 1));
        assertThat(year.profitUsd()).isCloseTo(DAY.yearlyProfitUsd(), within(1e-6));
        assertThat(year.months().get(1).btc()).isCloseTo(DAY.estimatedBtcPerDay() * 28, within(1e-12));
    }

    @Test
    void begins_within_a_month() {
        Projection one = Projection.of(NOW, steady(Instant.parse("2027-01-30T12:00:00Z"), ZoneOffset.UTC, 1, 0));

        assertThat(one.months().get(0).days()).isEqualTo(1.5);
        assertThat(one.profitUsd()).isCloseTo(DAY.dailyProfitUsd() * 1.5, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "America/Chicago", "Asia/Kathmandu"})
    void counts_the_hours_of_clock_changes(String zone) {
        ZoneId zoneId = ZoneId.of(zone);
        Instant start = YearMonth.of(2027, 1).atDay(1).atStartOfDay(zoneId).toInstant();

        Projection year = Projection.of(NOW, steady(start, zoneId, 12, 0));

        assertThat(year.months().stream().mapToDouble(Month::days).sum()).isCloseTo(365, within(1e-9));
    }

    @Test
    void counts_a_month_with_a_short_day() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Instant march = YearMonth.of(2027, 3).atDay(1).atStartOfDay(berlin).toInstant();

        Projection one = Projection.of(NOW, steady(march, berlin, 1, 0));

        assertThat(one.months().get(0).days() * 24).isCloseTo(31 * 24 - 1, within(1e-9));
    }

    @Test
    void halves_the_subsidy_in_the_block_in_which_it_halves() {
        long height = 1_050_000 - 1 - 144 * 10;
        Assumptions tenDaysBefore = new Assumptions(JANUARY, ZoneOffset.UTC, 1, height, 0, 0);

        Month month = Projection.of(NOW, tenDaysBefore).months().get(0);

        double withoutFees = DAY.estimatedBtcPerDay() / 3.175;
        assertThat(month.btc()).isCloseTo(withoutFees * (10 * 3.175 + 21 * (1.5625 + 0.05)), within(1e-10));
        assertThat(month.subsidyBtc()).isEqualTo(1.5625);
    }

    @Test
    void grows_by_the_month() {
        Assumptions growing = new Assumptions(JANUARY, ZoneOffset.UTC, 25, 930_000, 3, -1.5);

        Projection years = Projection.of(NOW, growing);

        double difficulty = years.months().get(12).networkDifficulty()
                / years.months().get(0).networkDifficulty();
        double price =
                years.months().get(12).btcPriceUsd() / years.months().get(0).btcPriceUsd();
        assertThat(difficulty).isCloseTo(Math.pow(1.03, 365 / (365.25 / 12)), within(1e-9));
        assertThat(price).isCloseTo(Math.pow(0.985, 365 / (365.25 / 12)), within(1e-9));
    }

    @Test
    void of_a_day_is_that_of_the_calculator_with_difficulty_and_price_at_noon() {
        Instant lastDay = Instant.parse("2027-01-31T00:00:00Z");
        double half = 0.5 / (365.25 / 12);
        ProfitabilityInputs noon = new ProfitabilityInputs(
                200,
                3_500,
                new Tariff(0.05),
                90_000 * Math.pow(1.02, half),
                150e12 * Math.pow(1.05, half),
                3.125,
                0.05,
                2,
                1);

        Month month = Projection.of(NOW, new Assumptions(lastDay, ZoneOffset.UTC, 1, 930_000, 5, 2))
                .months()
                .get(0);

        Profitability day = ProfitabilityCalculator.daily(noon);
        assertThat(month.revenueUsd())
                .isCloseTo(day.estimatedRevenueUsdPerDay(), within(day.estimatedRevenueUsdPerDay() * 1e-12));
        assertThat(month.profitUsd()).isCloseTo(day.dailyProfitUsd(), within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-75, 100})
    void stays_finite_over_20_years_of_the_greatest_growth(double growth) {
        Projection longest = Projection.of(NOW, steady(JANUARY, ZoneOffset.UTC, 240, growth));

        assertThat(longest.profitUsd()).isFinite();
        assertThat(longest.months())
                .allSatisfy(month ->
                        assertThat(month.networkDifficulty()).isPositive().isFinite());
    }

    @Test
    void pays_back_when_the_profits_are_the_price() {
        Projection years = Projection.of(NOW, steady(JANUARY, ZoneOffset.UTC, 24, 0));

        assertThat(years.paybackDays(DAY.dailyProfitUsd() * 100)).hasValueCloseTo(100.0, within(1e-6));
        assertThat(years.returnPct(years.profitUsd() / 2, 0)).isCloseTo(100, within(1e-9));
    }

    @Test
    void never_pays_back_what_earns_less() {
        Projection year = Projection.of(NOW, steady(JANUARY, ZoneOffset.UTC, 12, 0));

        assertThat(year.paybackDays(year.profitUsd() + 1)).isEmpty();
        assertThat(year.returnPct(year.profitUsd() * 2, year.profitUsd() / 2)).isCloseTo(-25, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-76, -100, -200, Double.NaN, 101})
    void needs_a_growth_that_leaves_something(double growth) {
        assertThatThrownBy(() -> new Assumptions(JANUARY, ZoneOffset.UTC, 1, 0, growth, 0))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("difficulty_growth_pct must be between -75 and 100, not ");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 241})
    void has_1_to_240_months(int months) {
        assertThatThrownBy(() -> steady(JANUARY, ZoneOffset.UTC, months, 0))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("months must be between 1 and 240");
    }

    private static Assumptions steady(Instant start, ZoneId zone, int months, double growth) {
        return new Assumptions(start, zone, months, 930_000, growth, growth);
    }
}
