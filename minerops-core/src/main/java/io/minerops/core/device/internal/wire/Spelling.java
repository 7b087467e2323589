package io.minerops.core.device.internal.wire;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Brings the spellings of one name together: {@code Max Chip}, {@code MAX_CHIP} and {@code maxChip} are the same.
 * Separators count only between digits, where they part two numbers: {@code temp1_1} is not {@code temp11}.
 */
public final class Spelling {
    /** Names that our code looks up are few; those that devices send are not kept. */
    private static final int MAX_KEPT = 4_096;

    private static final Map<String, String> KEPT = new ConcurrentHashMap<>();

    private Spelling() {}

    /** The common form of a name that a device sends. */
    public static String of(String name) {
        StringBuilder common = new StringBuilder(name.length());
        for (int index = 0; index < name.length(); index++) {
            char next = name.charAt(index);
            if (!isSeparator(next)) {
                common.append(next);
            } else if (isDigit(name, index - 1) && isDigit(name, index + 1)) {
                common.append('_');
            }
        }
        return common.toString().toLowerCase(Locale.ROOT);
    }

    /** The common form of a name that our code looks up, found once. */
    public static String ofKey(String key) {
        String known = KEPT.get(key);
        if (known == null) {
            known = of(key);
            if (KEPT.size() < MAX_KEPT) {
                KEPT.put(key, known);
            }
        }
        return known;
    }

    private static boolean isSeparator(char next) {
        return next == ' ' || next == '_' || next == '-';
    }

    private static boolean isDigit(String name, int index) {
        return index >= 0 && index < name.length() && name.charAt(index) >= '0' && name.charAt(index) <= '9';
    }
}
