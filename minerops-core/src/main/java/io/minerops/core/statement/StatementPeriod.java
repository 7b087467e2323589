package io.minerops.core.statement;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A calendar period in a time zone. Its days have 23 or 25 hours where the clock changes.
 *
 * <p>Energy and production are stored by the hour of UTC. In a zone at a half-hour offset such an hour crosses midnight; it
 * belongs to the day in which it begins. So the days of a month add up to the month in every zone, and a day at such an
 * offset is the 24 hours that begin within it.
 *
 * @param kind how long it is
 * @param start its first day; of a week, a Monday
 * @param zone the zone in which its days begin
 */
public record StatementPeriod(Kind kind, LocalDate start, ZoneId zone) {
    /** The year of the first block. */
    private static final int FIRST_YEAR = 2009;

    private static final int LAST_YEAR = 9999;

    /** How long a period is. */
    public enum Kind {
        /** A day, written as {@code 2026-10-25}. */
        DAY("2026-10-25", "[0-9]{4}-[0-9]{2}-[0-9]{2}", ""),
        /** A week from Monday, written by ISO 8601 as {@code 2026-W43}. */
        WEEK("2026-W43", "[0-9]{4}-W[0-9]{2}", "-1"),
        /** A month, written as {@code 2026-10}. */
        MONTH("2026-10", "[0-9]{4}-[0-9]{2}", "-01"),
        /** A year, written as {@code 2026}. */
        YEAR("2026", "[0-9]{4}", "-01-01");

        private final String example;
        private final Pattern pattern;

        /** What makes a date of the text. */
        private final String suffix;

        Kind(String example, String pattern, String suffix) {
            this.example = example;
            this.pattern = Pattern.compile(pattern);
            this.suffix = suffix;
        }

        /** The name in lower case. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** A period of this kind, as it is written. */
        public String example() {
            return example;
        }

        private LocalDate startOf(LocalDate date) {
            return switch (this) {
                case DAY -> date;
                case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                case MONTH -> date.withDayOfMonth(1);
                case YEAR -> date.withDayOfYear(1);
            };
        }
    }

    /**
     * Checks the year and the first day.
     *
     * @throws InvalidArgumentException ({@code of}) if no such period begins on that day, or before 2009 or after 9999
     */
    public StatementPeriod {
        Objects.requireNonNull(zone, "zone");
        Check.between("of", start.getYear(), FIRST_YEAR - 1, LAST_YEAR);
        if (!kind.startOf(start).equals(start)) {
            throw new InvalidArgumentException("of", "of must be the first day of a " + kind.key() + ", not " + start);
        }
    }

    /**
     * The period of that name.
     *
     * @param text as {@link #name} gives it
     * @throws InvalidArgumentException ({@code of}) if there is none
     */
    public static StatementPeriod parse(Kind kind, String text, ZoneId zone) {
        if (kind.pattern.matcher(text).matches()) {
            try {
                LocalDate start = kind == Kind.WEEK
                        ? LocalDate.parse(text + kind.suffix, DateTimeFormatter.ISO_WEEK_DATE)
                        : LocalDate.parse(text + kind.suffix);
                if (start.getYear() >= FIRST_YEAR) {
                    return new StatementPeriod(kind, start, zone);
                }
            } catch (DateTimeException noSuchDate) {
                throw refused(kind, text, noSuchDate);
            }
        }
        throw refused(kind, text, null);
    }

    private static InvalidArgumentException refused(Kind kind, String text, @Nullable Exception cause) {
        InvalidArgumentException refused = new InvalidArgumentException(
                "of",
                "of must be a " + kind.key() + " from " + FIRST_YEAR + " on, such as " + kind.example + ", not "
                        + Check.quote(text));
        if (cause != null) {
            refused.initCause(cause);
        }
        return refused;
    }

    /** The period in which a moment lies. */
    public static StatementPeriod containing(Kind kind, Instant moment, ZoneId zone) {
        return new StatementPeriod(kind, kind.startOf(LocalDate.ofInstant(moment, zone)), zone);
    }

    /** The period before this one. */
    public StatementPeriod previous() {
        return new StatementPeriod(kind, kind.startOf(start.minusDays(1)), zone);
    }

    /** The period after this one. */
    public StatementPeriod next() {
        return new StatementPeriod(kind, end(), zone);
    }

    private LocalDate end() {
        return switch (kind) {
            case DAY -> start.plusDays(1);
            case WEEK -> start.plusWeeks(1);
            case MONTH -> start.plusMonths(1);
            case YEAR -> start.plusYears(1);
        };
    }

    /** When it begins. */
    public Instant from() {
        return start.atStartOfDay(zone).toInstant();
    }

    /** When it ends, exclusive. */
    public Instant until() {
        return end().atStartOfDay(zone).toInstant();
    }

    /** Its name, such as {@code 2026-10}; {@link #parse} reads it. */
    public String name() {
        String date = kind == Kind.WEEK ? DateTimeFormatter.ISO_WEEK_DATE.format(start) : start.toString();
        return date.substring(0, date.length() - kind.suffix.length());
    }

    /** The ends of its parts, ascending: the hours of a day, the days of a week or month, the months of a year. */
    public List<Instant> partEnds() {
        List<Instant> ends = new ArrayList<>();
        if (kind == Kind.DAY) {
            Instant until = until();
            for (Instant hour = from(); hour.isBefore(until); hour = hour.plus(1, ChronoUnit.HOURS)) {
                Instant end = hour.plus(1, ChronoUnit.HOURS);
                ends.add(end.isBefore(until) ? end : until);
            }
            return ends;
        }
        ChronoUnit unit = kind == Kind.YEAR ? ChronoUnit.MONTHS : ChronoUnit.DAYS;
        for (LocalDate day = start.plus(1, unit); !day.isAfter(end()); day = day.plus(1, unit)) {
            ends.add(day.atStartOfDay(zone).toInstant());
        }
        return ends;
    }
}
