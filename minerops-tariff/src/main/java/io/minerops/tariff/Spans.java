package io.minerops.tariff;

import java.time.DayOfWeek;
import java.time.Month;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Spans of months, days and hours as text, such as {@code Jun-Sep}, {@code Mon-Fri} and {@code 15-20}. */
final class Spans {
    private static final Pattern HOURS = Pattern.compile("(\\d{1,2})\\s*-\\s*(\\d{1,2})");
    private static final int SHORTEST_NAME = 3;

    /**
     * Hours of a day.
     *
     * @param from the first, 0 to 23
     * @param to the hour before which they end, 1 to 24; not after {@code from}: over midnight
     */
    record Hours(int from, int to) {}

    private Spans() {}

    static Set<Month> months(Tree rate) {
        return rate.has("months")
                ? names(Month.class, "months such as Jun-Sep or Dec", rate.path("months"), texts(rate, "months"))
                : Schedule.ALL_MONTHS;
    }

    static Set<DayOfWeek> days(Tree rate) {
        return rate.has("days")
                ? names(DayOfWeek.class, "days such as Mon-Fri or Sun", rate.path("days"), texts(rate, "days"))
                : Schedule.ALL_DAYS;
    }

    static List<Hours> hours(Tree rate) {
        if (!rate.has("hours")) {
            return List.of(new Hours(0, Schedule.HOURS));
        }
        List<Hours> spans = new ArrayList<>();
        for (String text : texts(rate, "hours")) {
            Matcher span = HOURS.matcher(text);
            int from = span.matches() ? Integer.parseInt(span.group(1)) : -1;
            int to = span.matches() ? Integer.parseInt(span.group(2)) : -1;
            if (from < 0 || from >= Schedule.HOURS || to < 1 || to > Schedule.HOURS || from == to) {
                throw Tree.bad(rate.path("hours"), "hours such as 15-20 or 22-6, from 0 to 24", text);
            }
            spans.add(new Hours(from, to));
        }
        return spans;
    }

    /** A text, with commas between its parts, or a list of texts. */
    private static List<String> texts(Tree rate, String field) {
        Object value = rate.fields().get(field);
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).map(String::strip).toList();
        }
        return List.of(rate.text(field).strip().split("\\s*,\\s*"));
    }

    private static <E extends Enum<E>> Set<E> names(Class<E> type, String accepted, String path, List<String> texts) {
        List<E> all = List.of(type.getEnumConstants());
        Set<E> found = EnumSet.noneOf(type);
        for (String text : texts) {
            String[] ends = text.split("\\s*-\\s*", 2);
            int first = index(all, ends[0]);
            int last = index(all, ends[ends.length - 1]);
            if (first < 0 || last < 0) {
                throw Tree.bad(path, accepted, text);
            }
            // a span may go over the end of the year or the week
            for (int i = first; ; i = (i + 1) % all.size()) {
                found.add(all.get(i));
                if (i == last) {
                    break;
                }
            }
        }
        return found;
    }

    private static <E extends Enum<E>> int index(List<E> all, @Nullable String text) {
        String name = text == null ? "" : text.toUpperCase(Locale.ROOT);
        for (int i = 0; i < all.size(); i++) {
            if (name.length() >= SHORTEST_NAME && all.get(i).name().startsWith(name)) {
                return i;
            }
        }
        return -1;
    }
}
