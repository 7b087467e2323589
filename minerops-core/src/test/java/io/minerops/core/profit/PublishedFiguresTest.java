package io.minerops.core.profit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.profit.Tariff;
import io.minerops.core.network.CompactBits;
import io.minerops.core.network.EpochTable;
import io.minerops.core.network.Subsidy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures that others published, against those of the library; difficulty and subsidy come from the table of epochs. */
class PublishedFiguresTest {
    private static final EpochTable EPOCHS = EpochTable.shipped();

    /**
     * Hashprices of Hashrate Index (weekly round-ups of hashrateindex.com), USD per PH/s and day, with the price of that
     * day or week in USD and the share of the fees in the reward.
     */
    @Nested
    class Hashprice {
        @ParameterizedTest
        @CsvSource({
            "2021-08-07, 43629, 0.0134, 383.5, 0.01",
            "2021-10-24, 60028, 0.0107, 380.0, -0.03",
            "2025-11-03, 106935, 0.0062, 43.33, 0.09"
        })
        void agrees_to_a_tenth_of_a_percent_with_price_and_fees_of_that_day(
                LocalDate date, double price, double feeShare, double published, double errorPct) {
            assertThat(errorPct(hashprice(date, price, feeShare), published))
                    .isCloseTo(errorPct, within(0.005))
                    .isBetween(-0.1, 0.1);
        }

        @ParameterizedTest
        @CsvSource({
            "2024-11-12, 87235, 0.0482, 55.97, 1.27",
            "2025-03-03, 86350, 0.0193, 49.4, 1.34",
            "2026-01-12, 91132, 0.0055, 39.53, -0.51"
        })
        void agrees_to_two_percent_with_price_and_fees_of_about_that_day(
                LocalDate date, double price, double feeShare, double published, double errorPct) {
            assertThat(errorPct(hashprice(date, price, feeShare), published))
                    .isCloseTo(errorPct, within(0.005))
                    .isBetween(-2.0, 2.0);
        }

        @ParameterizedTest
        @CsvSource({"2024-09-16, 58000, 39.87, -1.32", "2024-10-07, 63450, 45.92, -1.74"})
        void is_below_by_the_share_of_the_fees_where_they_are_left_out(
                LocalDate date, double price, double published, double errorPct) {
            assertThat(errorPct(hashprice(date, price, 0), published))
                    .isCloseTo(errorPct, within(0.005))
                    .isBetween(-2.0, 0.0);
        }

        private static double hashprice(LocalDate date, double price, double feeShare) {
            Instant noon = date.atTime(12, 0).toInstant(ZoneOffset.UTC);
            double subsidy = Subsidy.atHeight(EPOCHS.heightAt(noon));
            ProfitabilityInputs petahash = ProfitabilityInputs.builder()
                    .hashrateThs(1_000)
                    .powerW(0)
                    .tariff(new Tariff(0))
                    .btcPriceUsd(price)
                    .networkDifficulty(
                            CompactBits.difficulty(EPOCHS.at(noon).orElseThrow().bits()))
                    .subsidyBtc(subsidy)
                    .networkFeesBtcPerBlock(subsidy * feeShare / (1 - feeShare))
                    .build();
            return ProfitabilityCalculator.daily(petahash).estimatedRevenueUsdPerDay();
        }
    }

    /** The monthly production of Riot Platforms by its releases: mean operating hashrate, EH/s, and BTC produced. */
    @Nested
    class Production {
        @ParameterizedTest
        @CsvSource({
            "2024-06, 11.4, 255, 256.5",
            "2024-07, 15.5, 370, 371.7",
            "2024-08, 14.5, 322, 318.1",
            "2023-07, 5.4, 410, 401.5",
            "2023-08, 4.5, 333, 329.1"
        })
        void agrees_to_three_percent_without_and_with_fees(
                YearMonth month, double ehs, double published, double withoutFees) {
            assertThat(produced(month, ehs, 0).btc()).isCloseTo(withoutFees, within(withoutFees * 0.003));
            assertThat(errorPct(produced(month, ehs, 0).btc(), published)).isBetween(-3.0, 3.0);
            assertThat(errorPct(produced(month, ehs, 0.02).btc(), published)).isBetween(-3.0, 3.0);
        }

        private static PastProduction produced(YearMonth month, double ehs, double feesToSubsidy) {
            Instant from = month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
            Instant to = month.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
            double fees = feesToSubsidy * Subsidy.atHeight(EPOCHS.heightAt(from));
            return PastProduction.of(EPOCHS, ehs * 1e6, fees, from, to);
        }
    }

    @Nested
    class Past {
        private final Instant halving = EPOCHS.timeOf(839_999);

        @Test
        void has_the_subsidy_of_each_side_of_a_halving() {
            double before = btc(halving.minusSeconds(3_600), halving);
            double after = btc(halving, halving.plusSeconds(3_600));

            assertThat(before).isCloseTo(2 * after, within(1e-12));
            assertThat(btc(halving.minusSeconds(3_600), halving.plusSeconds(3_600)))
                    .isCloseTo(before + after, within(1e-12));
        }

        @Test
        void is_the_sum_of_its_hours() {
            Instant from = Instant.parse("2024-03-31T00:00:00Z");
            double sum = 0;
            for (int hour = 0; hour < 24 * 30; hour++) {
                sum += btc(from.plus(Duration.ofHours(hour)), from.plus(Duration.ofHours(hour + 1)));
            }

            assertThat(btc(from, from.plus(Duration.ofDays(30)))).isCloseTo(sum, within(1e-9));
        }

        @Test
        void counts_the_time_of_unknown_difficulty_apart() {
            Instant end = EPOCHS.epochs().get(473).startedAt().plus(Duration.ofDays(14));

            PastProduction past =
                    PastProduction.of(EPOCHS, 1e6, 0, end.minus(Duration.ofHours(1)), end.plus(Duration.ofHours(2)));

            assertThat(past.covered()).isEqualTo(Duration.ofHours(1));
            assertThat(past.notCovered()).isEqualTo(Duration.ofHours(2));
            assertThat(past.btc()).isEqualTo(btc(end.minus(Duration.ofHours(1)), end));
        }

        @Test
        void of_no_time_is_nothing() {
            assertThat(PastProduction.of(EPOCHS, 1e6, 0, halving, halving))
                    .isEqualTo(new PastProduction(0, Duration.ZERO, Duration.ZERO));
        }

        private static double btc(Instant from, Instant to) {
            return PastProduction.of(EPOCHS, 1e6, 0, from, to).btc();
        }
    }

    private static double errorPct(double ours, double published) {
        return (ours / published - 1) * 100;
    }
}
