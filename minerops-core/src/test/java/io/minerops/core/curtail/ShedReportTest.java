package io.minerops.core.curtail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.InvalidArgumentException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An event of two hours on a Wednesday, in a zone, of three miners of 1 kW that are all stopped in it. */
class ShedReportTest {
    private static final ZoneId ZONE = ShedEvent.zone("America/Chicago");
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Instant FROM = Instant.parse("2026-07-15T20:00:00Z");
    private static final Instant UNTIL = FROM.plus(Duration.ofHours(2));

    private static ShedEvent event(@Nullable Double givenKw, LocalDate... excluded) {
        return new ShedEvent(FROM, UNTIL, QUARTER, ZONE, givenKw, Set.of(excluded));
    }

    /** Three miners of 1 kW, but 1.1 kW on Mondays; of 10 W in the event; nothing before June. */
    private static void fill(Instant begin, LoadSeries load) {
        if (begin.isBefore(Instant.parse("2026-06-01T00:00:00Z"))) {
            return;
        }
        DayOfWeek day = begin.atZone(ZONE).getDayOfWeek();
        double watts = begin.equals(FROM) ? 10 : day == DayOfWeek.MONDAY ? 1_100 : 1_000;
        for (int i = 0; i < load.watts.length; i++) {
            for (int miner = 0; miner < 3; miner++) {
                load.add(begin.plus(QUARTER.multipliedBy(i)), watts, miner == 0);
            }
        }
    }

    private static ShedReport report(@Nullable Double givenKw, LocalDate... excluded) {
        return event(givenKw, excluded).report(ShedReportTest::fill);
    }

    @Test
    void compares_the_load_with_the_mean_of_the_last_ten_weekdays() {
        ShedReport report = report(null);

        // two of the ten are Mondays
        assertThat(report.intervals()).hasSize(8).allSatisfy(interval -> {
            assertThat(interval.baselineW()).isEqualTo(3_060);
            assertThat(interval.actualW()).isEqualTo(30);
            assertThat(interval.shedW()).isEqualTo(3_030);
            assertThat(interval.measured()).isEqualTo(3);
            assertThat(interval.estimated()).isEqualTo(1);
        });
        assertThat(report.shedKwh()).isCloseTo(6.06, within(1e-12));
        assertThat(report.days().get(0)).isEqualTo("2026-07-14");
        assertThat(report.days().get(9)).isEqualTo("2026-07-01");
        assertThat(report.days()).noneMatch(day -> day.getDayOfWeek().getValue() > 5);
    }

    @Test
    void leaves_out_days_of_other_events() {
        ShedReport report = report(null, LocalDate.parse("2026-07-13"), LocalDate.parse("2026-07-06"));

        assertThat(report.intervals().get(0).baselineW())
                .as("no Monday but June 29th")
                .isEqualTo(3_030);
        assertThat(report.days()).doesNotContain(LocalDate.parse("2026-07-13"));
    }

    @Test
    void compares_the_load_with_a_given_one() {
        ShedReport report = report(2.5);

        assertThat(report.intervals().get(0).shedW()).isEqualTo(2_470);
        assertThat(report.lines().get(0)).contains("\"baseline\":\"given\",\"baseline_days\":[]");
    }

    @Test
    void shows_what_was_drawn_above_the_baseline_as_negative() {
        assertThat(report(0.0).lines().get(1)).contains("\"baseline_kw\":0.000,\"actual_kw\":0.030,\"shed_kw\":-0.030");
    }

    @Test
    void takes_the_same_time_of_the_clock_over_its_change() {
        Instant noon = Instant.parse("2026-11-02T18:00:00Z");
        ShedEvent event = new ShedEvent(noon, noon.plus(QUARTER), QUARTER, ZONE, null, Set.of());

        ShedReport report =
                event.report((begin, load) -> load.add(begin, begin.atZone(ZONE).getHour(), false));

        // the clock went back on the 1st: noon was at 17:00 before
        assertThat(report.intervals().get(0).baselineW()).isEqualTo(12);
    }

    @Test
    void names_what_lacks_where_there_are_not_enough_comparable_days() {
        ShedEvent early = new ShedEvent(
                FROM.minus(Duration.ofDays(35)),
                FROM.minus(Duration.ofDays(35)).plus(QUARTER),
                QUARTER,
                ZONE,
                null,
                Set.of());

        assertThatThrownBy(() -> early.report(ShedReportTest::fill))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("baseline 10-of-10 requires 10 weekdays with samples at the same time within 90 days before"
                        + " 2026-06-10T20:00:00Z, there are 7; give the baseline instead");
    }

    @Test
    void names_the_interval_without_a_sample() {
        assertThatThrownBy(() -> event(1.0).report((begin, load) -> load.add(begin, 5, false)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("no miner has a sample with a power in the interval at 2026-07-15T20:15:00Z");
    }

    @Test
    void refuses_a_zone_and_a_time_that_do_not_exist() {
        assertThatThrownBy(() -> ShedEvent.zone("Mars/Olympus"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("zone must be a time zone such as America/Chicago, not \"Mars/Olympus\"");
        assertThatThrownBy(() -> new ShedEvent(FROM.plusSeconds(7), UNTIL, QUARTER, ZONE, 1.0, Set.of()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("from must be a multiple of the step (PT15M), not 2026-07-15T20:00:07Z");
        assertThatThrownBy(() -> new ShedEvent(UNTIL, FROM, QUARTER, ZONE, 1.0, Set.of()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("until must be after from");
    }

    private static ShedCheck check(String file) {
        return ShedCheck.of(file.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void is_unchanged_as_it_was_written() {
        ShedReport report = report(null);

        assertThat(check(report.file())).isEqualTo(new ShedCheck(8, null, report.hash()));
    }

    @Test
    void shows_a_change_of_any_byte_and_names_its_line() {
        byte[] file = report(2.5).file().getBytes(StandardCharsets.UTF_8);
        int line = 1;
        for (int i = 0; i < file.length; i++) {
            byte was = file[i];
            for (int other : new int[] {was ^ 1, was ^ 0x20, was ^ 0x80, '0', '\n', ' '}) {
                file[i] = (byte) other;
                if (file[i] != was) {
                    ShedCheck check = ShedCheck.of(file);
                    assertThat(check.fault())
                            .as("byte %d from %c to %d", i, (char) was, other)
                            .isNotNull();
                    assertThat(check.fault())
                            .as("byte %d from %c to %d", i, (char) was, other)
                            .contains("(line " + line + ")");
                }
            }
            file[i] = was;
            line += was == '\n' ? 1 : 0;
        }
    }

    @Test
    void shows_a_byte_that_is_missing_or_too_much() {
        String file = report(2.5).file();
        for (int i = 0; i < file.length(); i++) {
            assertThat(check(file.substring(0, i) + file.substring(i + 1)).fault())
                    .as("without byte %d", i)
                    .isNotNull();
            assertThat(check(file.substring(0, i) + "0" + file.substring(i)).fault())
                    .as("more at byte %d", i)
                    .isNotNull();
            assertThat(check(file.substring(0, i)).fault())
                    .as("cut at byte %d", i)
                    .isNotNull();
        }
        assertThat(check(file + "\n").fault()).isNotNull();
    }

    @Test
    void names_the_first_interval_that_was_changed() {
        String file = report(2.5).file();

        assertThat(check(file.replaceFirst("(?s)(\"interval\":3,.*?\"actual_kw\":)0.030", "$10.010"))
                        .fault())
                .isEqualTo("interval 3 (line 4) was changed: its content does not have its hash");
    }

    @Test
    void shows_an_interval_that_was_taken_out_or_moved() {
        List<String> lines = report(2.5).lines();
        String without = String.join("\n", lines.subList(0, 4)) + "\n" + String.join("\n", lines.subList(5, 10)) + "\n";

        assertThat(check(without).fault())
                .isEqualTo("interval 4 (line 5) does not follow the line before: its previous hash is another one");
    }

    @Test
    void shows_a_line_whose_own_hash_was_made_again() {
        List<String> lines = report(2.5).lines();
        String changed = lines.get(3).replace("\"actual_kw\":0.030", "\"actual_kw\":0.010");
        String hashed = changed.substring(0, changed.indexOf(",\"hash\""));
        String forged = hashed + ",\"hash\":\"" + ShedReport.sha256(hashed.getBytes(StandardCharsets.UTF_8)) + "\"}";
        String file = report(2.5).file().replace(lines.get(3), forged);

        assertThat(check(file).fault()).startsWith("interval 4 (line 5) does not follow the line before");
    }

    @Test
    void an_empty_file_and_another_one_are_no_reports() {
        assertThat(check("").fault()).isNotNull();
        assertThat(check("{\"ok\":true}\n").fault()).isEqualTo("the header (line 1) is not a line of a report");
    }
}
