package io.minerops.core.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementPeriodTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static StatementPeriod parse(String kind, String text, ZoneId zone) {
        return StatementPeriod.parse(StatementPeriod.Kind.valueOf(kind), text, zone);
    }

    @ParameterizedTest
    @CsvSource({
        "DAY, 2026-10-25, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z, 25",
        "DAY, 2026-03-29, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z, 23",
        "DAY, 2026-07-01, 2026-06-30T22:00:00Z, 2026-07-01T22:00:00Z, 24",
        "WEEK, 2026-W43, 2026-10-18T22:00:00Z, 2026-10-25T23:00:00Z, 7",
        "WEEK, 2026-W53, 2026-12-27T23:00:00Z, 2027-01-03T23:00:00Z, 7",
        "MONTH, 2026-10, 2026-09-30T22:00:00Z, 2026-10-31T23:00:00Z, 31",
        "MONTH, 2028-02, 2028-01-31T23:00:00Z, 2028-02-29T23:00:00Z, 29",
        "YEAR, 2026, 2025-12-31T23:00:00Z, 2026-12-31T23:00:00Z, 12",
    })
    void a_period_has_the_days_of_its_zone_and_its_parts_cover_it(
            String kind, String text, Instant from, Instant until, int parts) {
        StatementPeriod period = parse(kind, text, BERLIN);

        assertThat(period.from()).isEqualTo(from);
        assertThat(period.until()).isEqualTo(until);
        assertThat(period.name()).isEqualTo(text);
        assertThat(period.partEnds()).hasSize(parts).isSorted().last().isEqualTo(until);
    }

    @Test
    void each_hour_of_a_day_with_a_clock_change_is_a_part() {
        List<Instant> ends = parse("DAY", "2026-10-25", BERLIN).partEnds();

        for (int hour = 1; hour < ends.size(); hour++) {
            assertThat(Duration.between(ends.get(hour - 1), ends.get(hour))).isEqualTo(Duration.ofHours(1));
        }
    }

    @Test
    void a_day_at_a_half_hour_offset_begins_within_an_hour_of_utc() {
        StatementPeriod day = parse("DAY", "2026-10-25", ZoneId.of("Asia/Kolkata"));

        assertThat(day.from()).isEqualTo("2026-10-24T18:30:00Z");
        assertThat(day.partEnds()).hasSize(24);
    }

    @Test
    void a_moment_lies_in_the_period_of_its_zone_and_each_has_one_before() {
        Instant newYear = Instant.parse("2025-12-31T23:30:00Z");

        assertThat(StatementPeriod.containing(StatementPeriod.Kind.MONTH, newYear, BERLIN)
                        .name())
                .isEqualTo("2026-01");
        assertThat(StatementPeriod.containing(StatementPeriod.Kind.MONTH, newYear, BERLIN)
                        .previous()
                        .name())
                .isEqualTo("2025-12");
        assertThat(parse("WEEK", "2026-W01", BERLIN).previous().name()).isEqualTo("2025-W52");
        assertThat(parse("YEAR", "2026", BERLIN).previous().name()).isEqualTo("2025");
    }

    @ParameterizedTest
    @CsvSource({
        "DAY, 2026-02-29",
        "DAY, 2026-2-1",
        "DAY, 2026-10",
        "WEEK, 2026-W54",
        "WEEK, 2025-W53",
        "WEEK, 2026-10",
        "MONTH, 2026-13",
        "MONTH, 2026-10-01",
        "MONTH, '2026-10 '",
        "MONTH, 2008-12",
        "YEAR, 26",
        "YEAR, +12026",
        "YEAR, ٢٠٢٦",
    })
    void a_text_that_is_no_period_is_refused_by_name_and_value(String kind, String text) {
        assertThatThrownBy(() -> parse(kind, text, BERLIN))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageStartingWith("of must be a " + kind.toLowerCase(Locale.ROOT))
                .hasMessageContaining(text);
    }
}
