package io.minerops.core.alert.internal;

/** Compares texts with patterns in which {@code *} stands for any characters, none included; case does not matter. */
final class Wildcards {
    private Wildcards() {}

    /** Whether a part of a text is what the pattern says; takes time linear in both for each {@code *}. */
    static boolean match(String pattern, String text, int from, int to) {
        int at = from;
        int next = 0;
        int star = -1;
        int resume = from;
        while (at < to) {
            if (next < pattern.length() && pattern.charAt(next) == '*') {
                star = next++;
                resume = at;
            } else if (next < pattern.length() && same(pattern.charAt(next), text.charAt(at))) {
                next++;
                at++;
            } else if (star >= 0) {
                next = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (next < pattern.length() && pattern.charAt(next) == '*') {
            next++;
        }
        return next == pattern.length();
    }

    private static boolean same(char one, char other) {
        return Character.toLowerCase(one) == Character.toLowerCase(other);
    }
}
