package io.minerops.server.curtail;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.Set;

/** Days as text. */
final class ShedDays {
    private ShedDays() {}

    /** Days such as {@code 2026-07-13,2026-07-14}. */
    static Set<LocalDate> parse(String text) {
        Set<LocalDate> days = new LinkedHashSet<>();
        for (String day : text.split(",", -1)) {
            try {
                days.add(LocalDate.parse(day.strip()));
            } catch (DateTimeException e) {
                throw new InvalidArgumentException(
                        "excluded", "excluded must be days such as 2026-07-13,2026-07-14, not " + Check.quote(text));
            }
        }
        return days;
    }
}
