package io.minerops.rules.test;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them in tests: {@code 90s}, {@code 2m}, {@code 1h30m}, {@code 2d}. */
final class Durations {
    private static final Pattern FORM =
            Pattern.compile("(?:(\\d{1,4})d)?(?:(\\d{1,5})h)?(?:(\\d{1,6})m)?(?:(\\d{1,8})s)?");
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int MINUTES_PER_HOUR = 60;
    private static final int HOURS_PER_DAY = 24;

    private Durations() {}

    /**
     * The time that a text names.
     *
     * @throws InvalidArgumentException if it names none
     */
    static Duration parse(String name, String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (text.isBlank() || !matcher.matches()) {
            throw new InvalidArgumentException(
                    name, name + " must be a time such as 90s, 2m or 1h30m, not " + Check.quote(text));
        }
        return Duration.ofDays(part(matcher, 1))
                .plusHours(part(matcher, 2))
                .plusMinutes(part(matcher, 3))
                .plusSeconds(part(matcher, 4));
    }

    private static long part(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** The shortest such text. */
    static String shown(Duration time) {
        long seconds = time.toSeconds();
        long minutes = seconds / SECONDS_PER_MINUTE;
        long hours = minutes / MINUTES_PER_HOUR;
        StringBuilder text = new StringBuilder();
        append(text, hours / HOURS_PER_DAY, 'd');
        append(text, hours % HOURS_PER_DAY, 'h');
        append(text, minutes % MINUTES_PER_HOUR, 'm');
        append(text, seconds % SECONDS_PER_MINUTE, 's');
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static void append(StringBuilder text, long count, char unit) {
        if (count > 0) {
            text.append(count).append(unit);
        }
    }
}
