package io.minerops.server.certify;

/** Texts in HTML: escaped, cut, without control characters. */
final class Html {
    private static final int MAX_CHARACTERS = 240;

    private Html() {}

    /** A text as the content of an element or of a quoted attribute. */
    static String text(String text) {
        return text(text, MAX_CHARACTERS);
    }

    /** The same of at most so many characters. */
    static String text(String text, int max) {
        StringBuilder escaped = new StringBuilder();
        int[] codePoints = text.codePoints().limit(max + 1L).toArray();
        for (int index = 0; index < Math.min(max, codePoints.length); index++) {
            int next = codePoints[index];
            switch (next) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> {
                    // a right-to-left override would turn the text around it
                    boolean shown = !Character.isISOControl(next)
                            && Character.getType(next) != Character.FORMAT
                            && Character.getType(next) != Character.SURROGATE;
                    escaped.append(shown ? Character.toString(next) : "\uFFFD");
                }
            }
        }
        return codePoints.length > max ? escaped.append('…').toString() : escaped.toString();
    }
}
