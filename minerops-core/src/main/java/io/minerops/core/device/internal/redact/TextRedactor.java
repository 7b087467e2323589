package io.minerops.core.device.internal.redact;

import io.minerops.core.device.internal.redact.RedactedKeys.Kind;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Masks a text that need not have any form: by what keys stand in it, and by what things look like. */
final class TextRedactor {
    /** Up to three words, then the separator of key and value, be the key quoted or not. */
    private static final Pattern KEY =
            Pattern.compile("((?:[A-Za-z][A-Za-z0-9_.-]{0,30} ){0,2}[A-Za-z][A-Za-z0-9_.-]{0,30})"
                    // backslashes of the value itself stay with it: they may begin an escape
                    + "(\\\\{0,3}\"?\\s{0,3}[=:\\[]\\s{0,3}(?:(\\\\{0,3})\")?)");

    /** What is masked must not begin within an escape of JSON, of which the rest would be left alone. */
    private static final String NOT_IN_ESCAPE = "(?<!\\\\(?:u.{0,3})?)";

    private static final Pattern USER_OF_URL =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]{0,20}:(?:\\\\?/){2})[^\\s\"]{0,512}@");
    private static final Pattern USER_WITH_PASSWORD =
            Pattern.compile(NOT_IN_ESCAPE + "[^\\s\"@:/,|=\\[]{1,128}:(?![/\\\\])[^\\s\"@,|]{1,128}@");
    private static final Pattern USER_AT = Pattern.compile(NOT_IN_ESCAPE + "[^\\s\"@:/,|=\\[{]{1,128}@(?=[A-Za-z0-9])");
    private static final Pattern MAC = Pattern.compile(
            "\\b([0-9A-Fa-f]{2}([:-])[0-9A-Fa-f]{2}\\2[0-9A-Fa-f]{2}\\2)[0-9A-Fa-f]{2}\\2[0-9A-Fa-f]{2}\\2[0-9A-Fa-f]{2}\\b");
    private static final Pattern BITCOIN_ADDRESS = Pattern.compile(
            "\\b(?:(?:bc|tb)1[0-9a-z]{20,87}|[13][1-9A-HJ-NP-Za-km-z]{25,34})\\b(?:\\.[A-Za-z0-9_-]{1,64})?");
    private static final Set<String> LITERALS = Set.of("null", "true", "false");

    private final ReplyRedactor mask;

    TextRedactor(ReplyRedactor mask) {
        this.mask = mask;
    }

    String mask(String text) {
        String shown = USER_OF_URL.matcher(text).replaceAll("$1***@");
        shown = USER_WITH_PASSWORD.matcher(shown).replaceAll("***@");
        if (mask.hidesIdentities()) {
            shown = USER_AT.matcher(shown).replaceAll("***@");
            shown = MAC.matcher(shown).replaceAll("$1**$2**$2**");
            shown = BITCOIN_ADDRESS.matcher(shown).replaceAll("***");
        }
        return values(shown);
    }

    private String values(String text) {
        StringBuilder out = new StringBuilder(text.length());
        Matcher keys = KEY.matcher(text);
        int from = 0;
        while (keys.find(from)) {
            out.append(text, from, keys.end());
            from = keys.end();
            Kind kind = kind(keys.group(1));
            if (mask.hides(kind)) {
                int end = endOfValue(text, from, keys.group(2), keys.group(3));
                out.append(shown(kind, text.substring(from, end)));
                from = end;
            }
        }
        return out.append(text, from, text.length()).toString();
    }

    /** The words before a key may be the end of what stands before it. */
    private static Kind kind(String words) {
        Kind whole = RedactedKeys.kind(words);
        Kind last = RedactedKeys.kind(words.substring(words.lastIndexOf(' ') + 1));
        return whole.compareTo(last) > 0 ? whole : last;
    }

    private String shown(Kind kind, String value) {
        boolean container = value.startsWith("{") || value.startsWith("[");
        boolean masked = value.startsWith(ReplyRedactor.HIDDEN) || value.isBlank() || LITERALS.contains(value.strip());
        return container || masked ? value : mask.shown(kind, value);
    }

    /** A quoted value goes to the next quote, one in brackets to the bracket, any other to what separates fields. */
    private static int endOfValue(String text, int from, String separator, @Nullable String escape) {
        if (from < text.length() && (text.charAt(from) == '{' || text.charAt(from) == '[')) {
            return from;
        }
        if (escape != null && !escape.isEmpty()) {
            return endOfEscaped(text, from, escape.length());
        }
        String ends = escape != null ? "\"\n" : separator.indexOf('[') >= 0 ? "]\"\n" : ",|}]\"\n\0";
        int index = from;
        while (index < text.length() && ends.indexOf(text.charAt(index)) < 0) {
            index += text.charAt(index) == '\\' ? 2 : 1;
        }
        return Math.min(index, text.length());
    }

    /**
     * In a text within a text the quote that ends a value has as many backslashes as the one that began it, or fewer where
     * a text around it ends first; those of the value itself come before them, each doubled at each level.
     */
    private static int endOfEscaped(String text, int from, int backslashes) {
        int index = from;
        while (index < text.length() && text.charAt(index) != '\n') {
            int run = index;
            while (index < text.length() && text.charAt(index) == '\\') {
                index++;
            }
            boolean quote = index < text.length() && text.charAt(index) == '"';
            for (int level = 0; quote && level <= backslashes; level = 2 * level + 1) {
                if ((index - run) % (2 * (level + 1)) == level) {
                    return index - level;
                }
            }
            index = Math.min(index + 1, text.length());
        }
        return index;
    }
}
