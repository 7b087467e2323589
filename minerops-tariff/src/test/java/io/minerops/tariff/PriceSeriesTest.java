package io.minerops.tariff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PriceSeriesTest {
    private static final Instant START = Instant.parse("2026-11-01T05:00:00Z");
    private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");

    @Test
    void finds_the_price_of_a_time_and_the_mean_of_a_span() {
        PriceSeries prices = PriceSeries.of(START, Duration.ofMinutes(15), 0.1, 0.2, -0.3);

        assertThat(prices.at(START.plusSeconds(899))).isEqualTo(0.1);
        assertThat(prices.at(START.plusSeconds(900))).isEqualTo(0.2);
        assertThat(prices.mean(START.plusSeconds(600), START.plusSeconds(2_100)))
                .isCloseTo((0.1 * 300 + 0.2 * 900 - 0.3 * 300) / 1_500, within(1e-15));
        assertThatThrownBy(() -> prices.at(START.minusSeconds(1)))
                .hasMessageContaining("no price for 2026-11-01T04:59:59Z");
        assertThatThrownBy(() -> prices.at(prices.end())).hasMessageContaining("no price for 2026-11-01T05:45:00Z");
    }

    @Test
    void names_a_gap_and_an_overlap() {
        Instant next = START.plusSeconds(3_600);
        assertThatThrownBy(() -> PriceSeries.of(null, Map.of(START, 0.1, next, 0.1, next.plusSeconds(7_200), 0.1)))
                .hasMessageContaining("gap: none from 2026-11-01T07:00:00Z to 2026-11-01T08:00:00Z");
        assertThatThrownBy(() -> PriceSeries.of(Duration.ofHours(1), Map.of(START, 0.1, START.plusSeconds(1_800), 0.1)))
                .hasMessageContaining("overlap")
                .hasMessageContaining("2026-11-01T05:30:00Z");
        assertThatThrownBy(() -> PriceSeries.of(null, Map.of(START, 0.1))).hasMessageContaining("two values");
        assertThatThrownBy(() -> PriceSeries.of(START, Duration.ofHours(1), 0.1, Double.NaN))
                .hasMessageContaining("price at 2026-11-01T06:00:00Z")
                .hasMessageContaining("NaN");
    }

    @Test
    void reads_prices_per_mwh_with_offsets_and_negative_ones() {
        PriceSeries prices = PriceCsv.parse(
                List.of("start,usd_per_mwh,zone", "2026-11-01T00:00-05:00,41.2,HB", "", "2026-11-01T06:00Z, -158 ,HB"),
                CHICAGO);

        assertThat(prices).isEqualTo(PriceSeries.of(START, Duration.ofHours(1), 0.0412, -0.158));
    }

    @Test
    void reads_the_hour_twice_when_clocks_go_back() {
        PriceSeries prices = PriceCsv.parse(
                List.of(
                        "time,eur_per_kwh",
                        "2026-11-01T00:00,0.1",
                        "2026-11-01T01:00,0.2",
                        "2026-11-01 01:00,0.3",
                        "2026-11-01T02:00,0.4"),
                CHICAGO);

        assertThat(prices).isEqualTo(PriceSeries.of(START, Duration.ofHours(1), 0.1, 0.2, 0.3, 0.4));
    }

    @Test
    void names_the_line_that_cannot_be_read() {
        assertThatThrownBy(() -> parse()).hasMessageContaining("empty");
        assertThatThrownBy(() -> parse("start,price")).hasMessageContaining("_per_mwh or _per_kwh");
        assertThatThrownBy(() -> parse("start,usd_per_mwh", "2026-03-08T02:00,1"))
                .hasMessageContaining("line 2 has a time that clocks in America/Chicago skip");
        assertThatThrownBy(() -> parse("start,usd_per_mwh", "yesterday,1")).hasMessageContaining("\"yesterday\"");
        assertThatThrownBy(() -> parse("start,usd_per_mwh", "2026-03-08T01:00Z,cheap"))
                .hasMessageContaining("line 2 must have a price")
                .hasMessageContaining("\"cheap\"");
        assertThatThrownBy(() -> parse("start,usd_per_mwh", "2026-03-08T01:00Z"))
                .hasMessageContaining("two columns");
        assertThatThrownBy(() -> parse("start,usd_per_mwh", "2026-03-08T01:00Z,1", "2026-03-08T01:00Z,1"))
                .hasMessageContaining("line 3 overlaps");
        assertThatThrownBy(() ->
                        parse("start,usd_per_mwh", "2026-03-08T01:00Z,1", "2026-03-08T02:00Z,1", "2026-03-08T04:00Z,1"))
                .hasMessageContaining("gap: none from 2026-03-08T03:00:00Z to 2026-03-08T04:00:00Z");
    }

    private static PriceSeries parse(String... lines) {
        return PriceCsv.parse(List.of(lines), CHICAGO);
    }
}
