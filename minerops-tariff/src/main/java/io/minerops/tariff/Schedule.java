package io.minerops.tariff;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which period applies in which hour, by month, day of the week and hour of the clock on the wall of the site. A period
 * is the index of a {@link Rate}. Every hour has exactly one: where windows leave a gap or overlap, there is no schedule.
 * A holiday counts as a Sunday. Immutable.
 *
 * <pre>{@code
 * Schedule.of(
 *         List.of(Rate.of("peak", 0.14), Rate.of("off-peak", 0.05)),
 *         List.of(new Schedule.Window(0, Schedule.ALL_MONTHS, Schedule.WEEKDAYS, 15, 20)),
 *         1);
 * }</pre>
 */
public final class Schedule {
    /** January to December. */
    public static final Set<Month> ALL_MONTHS = Set.of(Month.values());

    /** Monday to Sunday. */
    public static final Set<DayOfWeek> ALL_DAYS = Set.of(DayOfWeek.values());

    /** Monday to Friday. */
    public static final Set<DayOfWeek> WEEKDAYS =
            Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY);

    /** The most periods of one schedule. */
    public static final int MAX_PERIODS = 127;

    static final int MONTHS = 12;
    static final int DAYS = 7;
    static final int HOURS = 24;
    private static final byte NONE = -1;

    /** By month, day and hour. */
    private final byte[] periods;

    private Schedule(byte[] periods) {
        this.periods = periods;
    }

    /**
     * A span of hours of a period.
     *
     * @param period the index of the rate, 0 to {@value #MAX_PERIODS} − 1
     * @param months the months
     * @param days the days of the week
     * @param fromHour the first hour, 0 to 23
     * @param toHour the hour before which it ends, 1 to 24; not after {@code fromHour}: the span is that up to midnight
     *     and that from midnight on, of the same days
     */
    public record Window(int period, Set<Month> months, Set<DayOfWeek> days, int fromHour, int toHour) {
        public Window {
            Check.between("period", period, 0, MAX_PERIODS - 1);
            Check.between("from_hour", fromHour, 0, HOURS - 1);
            Check.between("to_hour", toHour, 1, HOURS);
            months = Set.copyOf(months);
            days = Set.copyOf(days);
        }

        private boolean has(Month month, DayOfWeek day, int hour) {
            boolean inHours = fromHour < toHour ? hour >= fromHour && hour < toHour : hour >= fromHour || hour < toHour;
            return inHours && months.contains(month) && days.contains(day);
        }
    }

    /** Period 0 in every hour. */
    public static Schedule always() {
        return new Schedule(new byte[MONTHS * DAYS * HOURS]);
    }

    /**
     * A schedule from windows.
     *
     * @param rates the rates, whose names errors show
     * @param windows the windows, in any order
     * @param rest the period of all other hours; null where the windows must cover every hour
     * @throws InvalidArgumentException ({@code schedule}) that names the first hour that no window or two windows have
     */
    public static Schedule of(List<Rate> rates, List<Window> windows, @Nullable Integer rest) {
        byte[] periods = new byte[MONTHS * DAYS * HOURS];
        Arrays.fill(periods, NONE);
        for (Window window : windows) {
            fill(periods, window, rates);
        }
        for (int cell = 0; cell < periods.length; cell++) {
            if (periods[cell] == NONE) {
                if (rest == null) {
                    throw new InvalidArgumentException(
                            "schedule",
                            "schedule has a gap: no rate for " + shown(cell)
                                    + "; add a window or a rate for the remaining hours");
                }
                periods[cell] = (byte) Check.between("rest", rest, 0, rates.size() - 1);
            }
        }
        return new Schedule(periods);
    }

    private static void fill(byte[] periods, Window window, List<Rate> rates) {
        Check.between("period", window.period(), 0, rates.size() - 1);
        for (int cell = 0; cell < periods.length; cell++) {
            if (!window.has(month(cell), day(cell), cell % HOURS)) {
                continue;
            }
            if (periods[cell] != NONE) {
                throw new InvalidArgumentException(
                        "schedule",
                        "schedule overlaps: both "
                                + Check.quote(rates.get(periods[cell]).name()) + " and "
                                + Check.quote(rates.get(window.period()).name()) + " apply on " + shown(cell));
            }
            periods[cell] = (byte) window.period();
        }
    }

    /**
     * A schedule by month alone.
     *
     * @param periods the period of January to December
     */
    public static Schedule ofMonths(List<Integer> periods) {
        requireSize("months", periods.size(), MONTHS);
        byte[] cells = new byte[MONTHS * DAYS * HOURS];
        for (int cell = 0; cell < cells.length; cell++) {
            cells[cell] = checked("months", periods.get(cell / (DAYS * HOURS)));
        }
        return new Schedule(cells);
    }

    /**
     * A schedule of 12 months × 24 hours for weekdays and for weekends.
     *
     * @param weekday the periods of Monday to Friday, by month and hour
     * @param weekend the periods of Saturday, Sunday and holidays
     */
    public static Schedule ofWeek(List<List<Integer>> weekday, List<List<Integer>> weekend) {
        requireSize("weekday", weekday.size(), MONTHS);
        requireSize("weekend", weekend.size(), MONTHS);
        byte[] cells = new byte[MONTHS * DAYS * HOURS];
        for (int cell = 0; cell < cells.length; cell++) {
            boolean weekdays = WEEKDAYS.contains(day(cell));
            String table = weekdays ? "weekday" : "weekend";
            int month = cell / (DAYS * HOURS);
            List<Integer> hours = (weekdays ? weekday : weekend).get(month);
            requireSize(table + "[" + month + "]", hours.size(), HOURS);
            cells[cell] = checked(table + "[" + month + "][" + cell % HOURS + "]", hours.get(cell % HOURS));
        }
        return new Schedule(cells);
    }

    /**
     * The period of an hour.
     *
     * @param hour the hour of the clock on the wall, 0 to 23
     */
    public int period(Month month, DayOfWeek day, int hour) {
        Check.between("hour", hour, 0, HOURS - 1);
        return periods[((month.getValue() - 1) * DAYS + day.getValue() - 1) * HOURS + hour];
    }

    /** How many rates it needs: the highest period and one. */
    public int size() {
        int highest = 0;
        for (byte period : periods) {
            highest = Math.max(highest, period);
        }
        return highest + 1;
    }

    /** Whether the period depends on the month alone. */
    boolean isByMonth() {
        for (int cell = 0; cell < periods.length; cell++) {
            if (periods[cell] != periods[cell - cell % (DAYS * HOURS)]) {
                return false;
            }
        }
        return true;
    }

    private static String shown(int cell) {
        return day(cell).getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " "
                + String.format(Locale.ROOT, "%02d:00", cell % HOURS) + " in "
                + month(cell).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    private static Month month(int cell) {
        return Month.of(cell / (DAYS * HOURS) + 1);
    }

    private static DayOfWeek day(int cell) {
        return DayOfWeek.of(cell / HOURS % DAYS + 1);
    }

    private static byte checked(String name, int period) {
        return (byte) Check.between(name, period, 0, MAX_PERIODS - 1);
    }

    private static void requireSize(String name, int size, int expected) {
        if (size != expected) {
            throw new InvalidArgumentException(name, name + " must have " + expected + " entries, not " + size);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Schedule schedule && Arrays.equals(periods, schedule.periods);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(periods);
    }

    @Override
    public String toString() {
        return "Schedule of " + size() + " periods";
    }
}
