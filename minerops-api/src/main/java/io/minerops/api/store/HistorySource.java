package io.minerops.api.store;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a store reads history from, the finest first. */
public enum HistorySource {
    /** The samples as they were polled. */
    RAW(null),
    /** What each hour came to. */
    HOURLY(Duration.ofHours(1)),
    /** What each UTC day came to. */
    DAILY(Duration.ofDays(1));

    private final @Nullable Duration span;

    HistorySource(@Nullable Duration span) {
        this.span = span;
    }

    /** How long a time one of it is about; null for samples. */
    public @Nullable Duration span() {
        return span;
    }

    /** The lower-case name, as shown in JSON. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The coarsest that a step of that length can be made of; null for samples as they are. */
    public static HistorySource ofStep(@Nullable Duration step) {
        if (step == null) {
            return RAW;
        }
        long millis = step.toMillis();
        return millis % Duration.ofDays(1).toMillis() == 0
                ? DAILY
                : millis % Duration.ofHours(1).toMillis() == 0 ? HOURLY : RAW;
    }
}
