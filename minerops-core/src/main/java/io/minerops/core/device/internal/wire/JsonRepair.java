package io.minerops.core.device.internal.wire;

import java.util.Locale;
import java.util.Set;

/**
 * Mends the faults that miners' JSON is known for, in one walk that knows where strings begin and end, so that no text
 * of the device is ever altered. Mended are: a comma that is missing, leading, trailing or doubled; a lost first brace;
 * a value that is missing or is {@code nan} or {@code inf} (both become null, never 0); an array that holds
 * {@code key:value}; escapes that JSON does not know; raw control characters in strings; what follows the value.
 */
final class JsonRepair {
    /** How deep arrays and objects may be nested. */
    static final int MAX_DEPTH = 32;

    private static final Set<String> NOT_NUMBERS =
            Set.of("nan", "-nan", "+nan", "inf", "-inf", "+inf", "infinity", "-infinity", "+infinity");
    private static final String SHORT_ESCAPES = "\"\\/bfnrt";

    /** What came of a repair. */
    sealed interface Result {}

    /** A text that holds one closed value, and the number of repaired faults. */
    record Repaired(String json, int repairs) implements Result {}

    /** The text ends before its value does. */
    record Truncated() implements Result {}

    /** The value is nested deeper than {@link #MAX_DEPTH}. */
    record TooDeep() implements Result {}

    private enum Last {
        OPENED,
        COLON,
        VALUE
    }

    private final String text;
    private final StringBuilder out;
    private final boolean[] isArray = new boolean[MAX_DEPTH];
    private final boolean[] turned = new boolean[MAX_DEPTH];
    private final int[] openedAt = new int[MAX_DEPTH];
    private int at;
    private int depth;
    private int repairs;
    private boolean comma;
    private boolean truncated;
    private Last last = Last.OPENED;

    private JsonRepair(String text) {
        this.text = text;
        this.out = new StringBuilder(text.length() + 16);
    }

    /** Mends the first value of the text. */
    static Result repair(String text) {
        return new JsonRepair(text).run();
    }

    private Result run() {
        skipBlanks();
        if (at < text.length() && text.charAt(at) == ',') {
            at++;
            repairs++;
            open('{');
        }
        do {
            skipBlanks();
            if (at >= text.length() || truncated) {
                return new Truncated();
            }
            if (!token(text.charAt(at))) {
                return new TooDeep();
            }
        } while (depth > 0 && !truncated);
        if (truncated) {
            return new Truncated();
        }
        skipBlanks();
        if (at < text.length()) {
            repairs++;
        }
        return new Repaired(out.toString(), repairs);
    }

    private boolean token(char next) {
        switch (next) {
            case '{', '[' -> {
                if (depth == MAX_DEPTH) {
                    return false;
                }
                at++;
                beforeValue();
                open(next);
            }
            case '}', ']' -> {
                at++;
                close(next);
            }
            case ',' -> {
                at++;
                comma();
            }
            case ':' -> {
                at++;
                colon();
            }
            case '"' -> {
                at++;
                beforeValue();
                string();
                last = Last.VALUE;
            }
            default -> {
                beforeValue();
                bareWord();
                last = Last.VALUE;
            }
        }
        return true;
    }

    private void open(char bracket) {
        isArray[depth] = bracket == '[';
        turned[depth] = false;
        openedAt[depth] = out.length();
        depth++;
        out.append(bracket);
        last = Last.OPENED;
    }

    private void close(char bracket) {
        missingValue();
        if (comma) {
            comma = false;
            repairs++;
        }
        depth--;
        out.append(depth >= 0 && turned[depth] && bracket == ']' ? '}' : bracket);
        last = Last.VALUE;
    }

    private void comma() {
        missingValue();
        if (comma) {
            repairs++;
        }
        comma = true;
    }

    private void colon() {
        if (depth > 0 && isArray[depth - 1]) {
            isArray[depth - 1] = false;
            turned[depth - 1] = true;
            out.setCharAt(openedAt[depth - 1], '{');
            repairs++;
        }
        out.append(':');
        last = Last.COLON;
    }

    private void missingValue() {
        if (last == Last.COLON) {
            out.append("null");
            repairs++;
            last = Last.VALUE;
        }
    }

    private void beforeValue() {
        if (last == Last.VALUE) {
            out.append(',');
            if (!comma) {
                repairs++;
            }
        } else if (comma) {
            repairs++;
        }
        comma = false;
    }

    private void string() {
        out.append('"');
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (next == '"') {
                out.append('"');
                return;
            } else if (next == '\\') {
                escape();
            } else {
                literal(next);
            }
        }
        truncated = true;
    }

    private void escape() {
        if (at >= text.length()) {
            return;
        }
        char escaped = text.charAt(at);
        if (SHORT_ESCAPES.indexOf(escaped) >= 0) {
            at++;
            out.append('\\').append(escaped);
        } else if (escaped == 'u' && fourHexDigits(at + 1)) {
            out.append('\\').append(text, at, at + 5);
            at += 5;
        } else {
            at++;
            repairs++;
            literal(escaped);
        }
    }

    private void literal(char next) {
        if (next < ' ') {
            repairs++;
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) next));
        } else {
            out.append(next);
        }
    }

    private boolean fourHexDigits(int from) {
        if (from + 4 > text.length()) {
            return false;
        }
        for (int index = from; index < from + 4; index++) {
            if (Character.digit(text.charAt(index), 16) < 0 || text.charAt(index) > 'f') {
                return false;
            }
        }
        return true;
    }

    private void bareWord() {
        int start = at;
        while (at < text.length() && !endsWord(text.charAt(at))) {
            at++;
        }
        String word = text.substring(start, at);
        if (NOT_NUMBERS.contains(word.toLowerCase(Locale.ROOT))) {
            repairs++;
            out.append("null");
        } else {
            out.append(word);
        }
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
    }

    private static boolean endsWord(char next) {
        return next <= ' ' || "{}[],:\"".indexOf(next) >= 0;
    }
}
