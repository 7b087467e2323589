package io.minerops.core.service;

import static io.minerops.core.alert.type.Economics.Assumed.DIFFICULTY;
import static io.minerops.core.alert.type.Economics.Assumed.FEES;
import static io.minerops.core.alert.type.Economics.Assumed.PRICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.minerops.api.profit.Profitability;
import io.minerops.api.profit.ProfitabilitySnapshot;
import io.minerops.api.profit.Tariff;
import io.minerops.core.alert.type.Economics;
import io.minerops.core.network.CompactBits;
import io.minerops.core.network.EpochTable;
import io.minerops.core.profit.ProfitabilityCalculator;
import io.minerops.core.profit.ProfitabilityInputs;
import io.minerops.core.profit.ProfitabilitySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PastEconomicsTest {
    private static final EpochTable EPOCHS = EpochTable.shipped();
    private static final Instant BEFORE = Instant.parse("2024-04-18T12:00:00Z");
    private static final Instant AFTER = Instant.parse("2024-04-21T12:00:00Z");
    private static final Instant UNKNOWN = Instant.parse("2026-11-20T12:00:00Z");

    private static double revenue(PastEconomics past, Instant at) {
        return past.apply(at).orElseThrow().revenueUsdPerThDay();
    }

    private static double expected(double price, double difficulty, double subsidy, double fees) {
        return ProfitabilityCalculator.daily(ProfitabilityInputs.builder()
                        .hashrateThs(1)
                        .powerW(0)
                        .tariff(new Tariff(0))
                        .btcPriceUsd(price)
                        .networkDifficulty(difficulty)
                        .subsidyBtc(subsidy)
                        .networkFeesBtcPerBlock(fees)
                        .build())
                .estimatedRevenueUsdPerDay();
    }

    private static double difficulty(Instant at) {
        return CompactBits.difficulty(EPOCHS.at(at).orElseThrow().bits());
    }

    private static ProfitabilitySnapshot stored(Instant at, double price, double difficulty) {
        Profitability figures = new Profitability(price, difficulty, 0, 0, 0, 0, 0, 0, 0, 0, null, null, null, null);
        return new ProfitabilitySnapshot(at, null, 0, false, figures);
    }

    private static PastEconomics past(PastEconomics.Now now, ProfitabilitySnapshot... fleet) {
        return new PastEconomics(List.of(fleet), EPOCHS, ProfitabilitySettings.of(new Tariff(0.07)), now);
    }

    @Test
    void each_hour_has_its_difficulty_and_its_subsidy() {
        PastEconomics past = past(new PastEconomics.Now(64_000.0, 1.5e14, 0));

        assertThat(revenue(past, BEFORE)).isCloseTo(expected(64_000, difficulty(BEFORE), 6.25, 0), within(1e-12));
        assertThat(revenue(past, AFTER)).isCloseTo(expected(64_000, difficulty(AFTER), 3.125, 0), within(1e-12));
        assertThat(past.apply(AFTER).orElseThrow().tariffUsdPerKwh()).isEqualTo(0.07);
    }

    private static Economics.Basis basis(PastEconomics past, Instant at) {
        return Objects.requireNonNull(past.apply(at).orElseThrow().basis());
    }

    @Test
    void the_price_is_that_of_the_snapshot_of_the_hour() {
        PastEconomics past =
                past(new PastEconomics.Now(90_000.0, 1.5e14, 0.02), stored(BEFORE.plusSeconds(900), 61_000, 1));

        assertThat(revenue(past, BEFORE)).isCloseTo(expected(61_000, difficulty(BEFORE), 6.25, 0.02), within(1e-12));
        assertThat(basis(past, BEFORE))
                .isEqualTo(new Economics.Basis(61_000, difficulty(BEFORE), 6.25, 0.02, 0, Set.of(FEES)));
    }

    @Test
    void the_price_of_an_hour_without_a_snapshot_is_assumed_to_be_that_of_the_nearest() {
        Instant later = BEFORE.plus(Duration.ofHours(20));
        PastEconomics past =
                past(new PastEconomics.Now(90_000.0, 1.5e14, 0), stored(BEFORE, 61_000, 1), stored(later, 62_000, 1));

        assertThat(basis(past, BEFORE.minus(Duration.ofDays(9))).btcPriceUsd()).isEqualTo(61_000);
        assertThat(basis(past, BEFORE.plus(Duration.ofHours(10))).btcPriceUsd()).isEqualTo(61_000);
        assertThat(basis(past, BEFORE.plus(Duration.ofHours(11))).btcPriceUsd()).isEqualTo(62_000);
        assertThat(basis(past, later.plus(Duration.ofDays(9))).btcPriceUsd()).isEqualTo(62_000);
        assertThat(basis(past, BEFORE.plus(Duration.ofHours(10))).assumed()).containsExactlyInAnyOrder(PRICE, FEES);
    }

    @Test
    void beyond_the_table_the_difficulty_is_that_of_the_snapshot_else_that_of_the_nearest() {
        PastEconomics past =
                past(new PastEconomics.Now(90_000.0, 1.5e14, 0), stored(UNKNOWN.plusSeconds(900), 88_000, 1.4e14));

        assertThat(revenue(past, UNKNOWN)).isCloseTo(expected(88_000, 1.4e14, 3.125, 0), within(1e-12));
        assertThat(basis(past, UNKNOWN).assumed()).containsExactly(FEES);
        assertThat(revenue(past, UNKNOWN.plus(Duration.ofDays(1))))
                .isCloseTo(expected(88_000, 1.4e14, 3.125, 0), within(1e-12));
        assertThat(basis(past, UNKNOWN.plus(Duration.ofDays(1))).assumed())
                .containsExactlyInAnyOrder(PRICE, DIFFICULTY, FEES);
    }

    @Test
    void where_nothing_is_stored_price_and_difficulty_are_assumed_to_be_those_of_now() {
        PastEconomics past = past(new PastEconomics.Now(90_000.0, 1.5e14, 0));

        assertThat(revenue(past, UNKNOWN)).isCloseTo(expected(90_000, 1.5e14, 3.125, 0), within(1e-12));
        assertThat(past.apply(UNKNOWN).orElseThrow().priceAssumed()).isTrue();
    }

    @Test
    void what_a_terahash_brings_is_the_revenue_of_a_day_by_the_price_and_the_seconds() {
        PastEconomics past = new PastEconomics(
                List.of(),
                EPOCHS,
                new ProfitabilitySettings(new Tariff(0.07), 2, 0),
                new PastEconomics.Now(64_000.0, 1.5e14, 0.02));

        assertThat(basis(past, BEFORE).btcPerTh() * 64_000 * 86_400)
                .isCloseTo(revenue(past, BEFORE), withinPercentage(1e-10));
    }

    @Test
    void without_a_price_or_a_difficulty_nothing_is_known() {
        assertThat(past(new PastEconomics.Now(null, 1.5e14, 0)).apply(BEFORE)).isEmpty();
        assertThat(past(new PastEconomics.Now(90_000.0, null, 0)).apply(UNKNOWN))
                .isEmpty();
        assertThat(past(new PastEconomics.Now(90_000.0, null, 0)).apply(BEFORE)).isPresent();
    }
}
