package io.minerops.notify.internal;

/** Makes text of devices, people and services fit to be shown: one line, no control characters, a limited length. */
public final class PlainText {
    /** The most characters of a text that came from outside. */
    public static final int MAX_CHARACTERS = 256;

    private static final String ELLIPSIS = "…";
    private static final int REPLACEMENT = 0xFFFD;

    /** How one code point is written where it could mean something. */
    @FunctionalInterface
    public interface Escape {
        /** The code point as it is. */
        Escape NONE = Character::toString;

        /** {@code & < >}, as Slack wants it. */
        Escape SLACK = codePoint -> switch (codePoint) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            default -> Character.toString(codePoint);
        };

        /** For text and for attributes in quotes. */
        Escape HTML = codePoint -> switch (codePoint) {
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> SLACK.of(codePoint);
        };

        /** Markdown as Discord reads it: a backslash before what could begin a format, a mention or a link. */
        Escape DISCORD = codePoint -> "\\*_~`|<>[]()#@:-".indexOf(codePoint) >= 0
                ? "\\" + Character.toString(codePoint)
                : Character.toString(codePoint);

        /** The text that stands for the code point. */
        String of(int codePoint);
    }

    private PlainText() {}

    /** The text on one line, without control characters, cut at {@link #MAX_CHARACTERS}. */
    public static String line(String text) {
        return line(text, MAX_CHARACTERS);
    }

    /** The text on one line, without control characters, cut at {@code max} characters. */
    public static String line(String text, int max) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), max + 1));
        int at = 0;
        while (at < text.length() && line.length() <= max) {
            int codePoint = text.codePointAt(at);
            at += Character.charCount(codePoint);
            appendVisible(line, codePoint);
        }
        // blanks at the end of a part are not the text's end
        return cut(at < text.length() ? line.toString() : line.toString().strip(), max);
    }

    /** The text, with an ellipsis for what goes beyond {@code max} characters (1 or more); no character is halved. */
    public static String cut(String text, int max) {
        return escaped(text, max, Escape.NONE);
    }

    /** The text escaped, with an ellipsis for what goes beyond {@code max} characters; no escape is halved. */
    public static String escaped(String text, int max, Escape escape) {
        StringBuilder escaped = new StringBuilder(Math.min(text.length(), max) + 16);
        int fitting = 0;
        for (int at = 0; at < text.length(); ) {
            int codePoint = text.codePointAt(at);
            at += Character.charCount(codePoint);
            escaped.append(escape.of(codePoint));
            if (escaped.length() > max) {
                return escaped.substring(0, fitting) + ELLIPSIS;
            }
            if (escaped.length() < max) {
                fitting = escaped.length();
            }
        }
        return escaped.toString();
    }

    private static void appendVisible(StringBuilder line, int codePoint) {
        switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> line.append(' ');
            case Character.SURROGATE -> line.appendCodePoint(REPLACEMENT);
            case Character.FORMAT -> {
                // the joiner holds emoji together; the other format characters can only hide or turn text
                if (codePoint == 0x200D) {
                    line.appendCodePoint(codePoint);
                }
            }
            default -> line.appendCodePoint(codePoint);
        }
    }
}
