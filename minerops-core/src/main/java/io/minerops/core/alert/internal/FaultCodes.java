package io.minerops.core.alert.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which faults a rule counts.
 *
 * @param counted patterns of codes, {@code *} standing for any characters; empty for every code
 * @param ignored patterns of codes that never count
 */
record FaultCodes(List<String> counted, List<String> ignored) {
    boolean count(String code) {
        return (counted.isEmpty() || matches(counted, code)) && !matches(ignored, code);
    }

    static boolean matches(List<String> patterns, String code) {
        for (int i = 0; i < patterns.size(); i++) {
            if (Wildcards.match(patterns.get(i), code, 0, code.length())) {
                return true;
            }
        }
        return false;
    }

    /** A fault as a message names it. */
    static String named(String code, String message, @Nullable Integer slot) {
        return code + (message.isEmpty() ? "" : " (" + message + ")") + (slot == null ? "" : " on board " + slot);
    }
}
