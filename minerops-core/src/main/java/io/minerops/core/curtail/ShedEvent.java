package io.minerops.core.curtail;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A time in which load was shed, and what it is compared with.
 *
 * @param from the begin, a multiple of the step
 * @param until the end, exclusive, a multiple of the step; at most {@value LoadSeries#MAX_INTERVALS} steps later
 * @param step the length of an interval; it divides a day, and is a minute or more
 * @param zone the zone of the site, which decides what the same time of another day is
 * @param givenKw the load that would have been drawn, kW, 0 or more; null: the mean of the same time of the last
 *     {@value #DAYS} comparable days
 * @param excluded days that do not count as comparable, such as those of other events
 */
public record ShedEvent(
        Instant from,
        Instant until,
        Duration step,
        ZoneId zone,
        @Nullable Double givenKw,
        Set<LocalDate> excluded) {
    /** The name of the method by which {@link #givenKw} is the baseline. */
    public static final String GIVEN = "given";

    /** The name of the method by which the mean of the last {@value #DAYS} comparable days is the baseline. */
    public static final String TEN_OF_TEN = "10-of-10";

    /** How many comparable days count. */
    static final int DAYS = 10;

    /** How far back comparable days are looked for. */
    private static final int LOOKED_AT = 90;

    /**
     * Checks the figures.
     *
     * @throws InvalidArgumentException that names the figure that is out of its range
     */
    public ShedEvent {
        LoadSeries.intervals(from, until, step);
        if (givenKw != null) {
            Check.between("baseline_kw", givenKw, 0, 1e9);
        }
        excluded = Set.copyOf(excluded);
    }

    /**
     * A zone by its name, for the constructor.
     *
     * @throws InvalidArgumentException ({@code zone}) if there is none of that name
     */
    public static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new InvalidArgumentException(
                    "zone", "zone must be a time zone such as America/Chicago, not " + Check.quote(name));
        }
    }

    /** The name of the method of the baseline. */
    public String method() {
        return givenKw == null ? TEN_OF_TEN : GIVEN;
    }

    int intervals() {
        return LoadSeries.intervals(from, until, step);
    }

    /**
     * The report of what was shed.
     *
     * @param loads fills in what was drawn from a time on
     * @throws InvalidArgumentException ({@code from}) where an interval of the event has no sample, ({@code baseline}) where
     *     there are not enough comparable days
     */
    public ShedReport report(BiConsumer<Instant, LoadSeries> loads) {
        LoadSeries actual = load(loads, from);
        for (int i = 0; i < actual.measured.length; i++) {
            if (actual.measured[i] == 0) {
                throw new InvalidArgumentException(
                        "from",
                        "no miner has a sample with a power in the interval at " + from.plus(step.multipliedBy(i)));
            }
        }
        List<LocalDate> days = new ArrayList<>();
        double[] baselineW = new double[intervals()];
        if (givenKw == null) {
            addDays(loads, days, baselineW);
        } else {
            Arrays.fill(baselineW, givenKw * 1_000);
        }
        return ShedReport.of(this, days, baselineW, actual);
    }

    private LoadSeries load(BiConsumer<Instant, LoadSeries> loads, Instant begin) {
        LoadSeries load = new LoadSeries(begin, step, intervals());
        loads.accept(begin, load);
        return load;
    }

    private void addDays(BiConsumer<Instant, LoadSeries> loads, List<LocalDate> days, double[] baselineW) {
        ZonedDateTime begin = from.atZone(zone);
        for (int back = 1; back <= LOOKED_AT && days.size() < DAYS; back++) {
            ZonedDateTime same = begin.minusDays(back);
            boolean comparable = isWeekend(same) == isWeekend(begin)
                    && !same.toInstant().plus(Duration.between(from, until)).isAfter(from)
                    && !excluded.contains(same.toLocalDate());
            LoadSeries load = comparable ? load(loads, same.toInstant()) : null;
            if (load != null && load.isComplete()) {
                days.add(same.toLocalDate());
                for (int i = 0; i < baselineW.length; i++) {
                    baselineW[i] += load.watts[i] / DAYS;
                }
            }
        }
        if (days.size() < DAYS) {
            throw new InvalidArgumentException(
                    "baseline",
                    "baseline " + TEN_OF_TEN + " requires " + DAYS + (isWeekend(begin) ? " weekend days" : " weekdays")
                            + " with samples at the same time within " + LOOKED_AT + " days before " + from
                            + ", there are "
                            + days.size() + "; give the baseline instead");
        }
    }

    private static boolean isWeekend(ZonedDateTime at) {
        return at.getDayOfWeek() == DayOfWeek.SATURDAY || at.getDayOfWeek() == DayOfWeek.SUNDAY;
    }
}
