package io.minerops.core.device.internal.redact;

import io.minerops.core.device.internal.redact.RedactedKeys.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes out of a device's reply what must not be shown, and leaves the rest as it came, faults and all: a report of a
 * fault is about these. JSON is walked with an eye to where strings begin and end; then what is left is looked through
 * once more as text, which covers the plain form of the protocol, HTTP heads, texts within texts and JSON so broken that
 * strings end in the wrong position. When in doubt it hides. Takes time in proportion to the reply.
 */
public final class ReplyRedactor {
    /** Hides what lets others in: passwords, tokens, sessions, the user part of URLs. For the eyes of the operator. */
    public static final ReplyRedactor SECRETS = new ReplyRedactor(Kind.SECRET);

    /**
     * Hides who and which too: accounts and workers at pools, Bitcoin addresses, mail addresses, serial numbers, names
     * of wireless networks and the last half of hardware addresses. For reports that leave the house.
     */
    public static final ReplyRedactor REPORT = new ReplyRedactor(Kind.MAC);

    /** The replacement of hidden values. */
    public static final String HIDDEN = "***";

    private static final Set<String> LITERALS = Set.of("null", "true", "false", "");
    private static final Pattern BARE_MAC = Pattern.compile("([0-9A-Fa-f]{6})[0-9A-Fa-f]{6}");

    private final Kind least;
    private final TextRedactor texts;

    private ReplyRedactor(Kind least) {
        this.least = least;
        texts = new TextRedactor(this);
    }

    /** The reply as text, masked; bytes that are no UTF-8 become replacement characters. */
    public String mask(byte[] reply) {
        return mask(new String(reply, StandardCharsets.UTF_8));
    }

    /** The reply, masked. */
    public String mask(String reply) {
        return texts.mask(new Walk(reply).run());
    }

    /** The value that stands under a key of a reply, or of what was made of one, masked. */
    public String value(String key, String value) {
        return texts.mask(shown(RedactedKeys.kind(key), value));
    }

    /** Whether names, serial numbers and addresses are hidden too. */
    boolean hidesIdentities() {
        return hides(Kind.IDENTITY);
    }

    boolean hides(Kind kind) {
        return kind.compareTo(least) >= 0 && kind != Kind.OPEN;
    }

    /** A value of that kind as it may be shown. */
    String shown(Kind kind, String value) {
        if (value.isBlank() || !hides(kind)) {
            return value;
        }
        return kind == Kind.MAC ? BARE_MAC.matcher(value).replaceAll("$1******") : HIDDEN;
    }

    /** One walk over a reply that may be JSON, well-formed or not. */
    private final class Walk {
        private final String text;
        private final StringBuilder out;
        private final Deque<Kind> containers = new ArrayDeque<>();
        private Kind pending = Kind.OPEN;
        private boolean keyed;
        private int at;

        Walk(String text) {
            this.text = text;
            out = new StringBuilder(text.length());
        }

        String run() {
            while (at < text.length()) {
                char next = text.charAt(at);
                if (next == '"') {
                    string();
                } else if (keyed && next != '{' && next != '[' && !Character.isWhitespace(next) && next != ':') {
                    bareValue();
                } else {
                    structure(next);
                    out.append(next);
                    at++;
                }
            }
            return out.toString();
        }

        private void structure(char next) {
            switch (next) {
                case '{', '[' -> {
                    containers.push(kindHere());
                    forgetKey();
                }
                case '}', ']' -> {
                    containers.poll();
                    forgetKey();
                }
                case ',' -> forgetKey();
                default -> {
                    // blanks, colons and what does not belong there change nothing
                }
            }
        }

        private void string() {
            int end = endOfString();
            String content = text.substring(at + 1, end);
            boolean closed = end < text.length();
            at = closed ? end + 1 : end;
            boolean key = closed && !keyed && colonFollows();
            out.append('"').append(key ? content : shown(kindHere(), content));
            if (closed) {
                out.append('"');
            }
            keyed = key;
            pending = key ? RedactedKeys.kind(content) : Kind.OPEN;
        }

        /** A number, a literal, or what a device writes instead. */
        private void bareValue() {
            int end = at;
            while (end < text.length() && ",}]\"\n\0".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            String value = text.substring(at, end);
            boolean hidden = kindHere() != Kind.OPEN && hides(kindHere()) && !LITERALS.contains(value.strip());
            out.append(hidden ? '"' + shown(kindHere(), value) + '"' : value);
            at = end;
            forgetKey();
        }

        private Kind kindHere() {
            Kind around = containers.isEmpty() ? Kind.OPEN : containers.peek();
            return pending.compareTo(around) > 0 ? pending : around;
        }

        private void forgetKey() {
            keyed = false;
            pending = Kind.OPEN;
        }

        /** The index of the quote that closes the string here, or the end of the text. */
        private int endOfString() {
            int index = at + 1;
            while (index < text.length() && text.charAt(index) != '"') {
                index += text.charAt(index) == '\\' ? 2 : 1;
            }
            return Math.min(index, text.length());
        }

        private boolean colonFollows() {
            int index = at;
            while (index < text.length() && Character.isWhitespace(text.charAt(index))) {
                index++;
            }
            return index < text.length() && text.charAt(index) == ':';
        }
    }
}
