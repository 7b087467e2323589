package io.minerops.api.alert;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many alerts there are.
 *
 * @param byStatus alerts of each status; a status without alerts counts 0
 * @param openBySeverity open alerts (active or acknowledged) of each severity; 0 where there are none
 * @param activeBySeverity active alerts of each severity; 0 where there are none
 * @param since24h alerts raised within the last 24 hours
 */
public record AlertCounts(
        Map<AlertStatus, Long> byStatus,
        Map<Severity, Long> openBySeverity,
        Map<Severity, Long> activeBySeverity,
        long since24h) {
    public AlertCounts {
        byStatus = complete(AlertStatus.class, byStatus);
        openBySeverity = complete(Severity.class, openBySeverity);
        activeBySeverity = complete(Severity.class, activeBySeverity);
    }

    /** All alerts that are stored. */
    public long total() {
        return byStatus.values().stream().mapToLong(Long::longValue).sum();
    }

    private static <K extends Enum<K>> Map<K, Long> complete(Class<K> keys, Map<K, Long> counts) {
        Map<K, Long> all = new EnumMap<>(keys);
        for (K key : keys.getEnumConstants()) {
            all.put(key, counts.getOrDefault(key, 0L));
        }
        return Collections.unmodifiableMap(all);
    }
}
