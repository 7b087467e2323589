package io.minerops.core.device.internal.redact;

import io.minerops.core.device.internal.redact.RedactedKeys.Kind;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks in a response what identifies the owner or grants access: accounts, passwords, tokens, addresses of hardware,
 * mail and Bitcoin, serial numbers, names of wireless networks. It knows them by the same keys as reports of faults do,
 * but masks them in place: letters and digits become {@code x}, digits of numbers {@code 1}, and all other bytes stay.
 * So the length of a reply, its faults and what it measures are those that came, and it can be replayed. It does not
 * parse, takes any bytes, and takes time in proportion to them.
 */
public final class FixtureRedactor {
    private static final int MAX_KEY = 64;
    private static final int MAX_VALUE = 512;
    private static final int NOWHERE = -1;

    /** What is known by its look, wherever it stands. */
    private static final Pattern LOOKS = Pattern.compile(
            "(?<![0-9A-Fa-f])(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}(?![0-9A-Fa-f])"
                    + "|(?<=://|:\\\\/\\\\/)[^\\s\"@/]{1,200}(?=@)"
                    + "|[^\\s\"@:/,|=\\[{]{1,128}@(?=[A-Za-z0-9])"
                    + "|\\b(?:(?:bc|tb)1[0-9a-z]{20,87}|[13][1-9A-HJ-NP-Za-km-z]{25,34})\\b(?:\\.[A-Za-z0-9_-]{1,64})?");

    /** The text form {@code key=value}, and {@code key[value]} as it stands within other texts. */
    private static final Pattern KEY_IN_TEXT = Pattern.compile("([A-Za-z][A-Za-z0-9_-]{0,30})([\\[=])");

    private final byte[] reply;
    private boolean secret;
    private int depth;
    private int coveredFrom = NOWHERE;
    private int at;

    private FixtureRedactor(byte[] reply) {
        this.reply = reply;
    }

    /**
     * The reply with what is secret covered, in the same length; the bytes given are left as they are.
     *
     * @param reply one reply without what frames it, whole or not
     */
    public static byte[] cover(byte[] reply) {
        FixtureRedactor mask = new FixtureRedactor(reply.clone());
        String text = new String(reply, StandardCharsets.ISO_8859_1);
        mask.coverLooks(text);
        mask.coverKeysInText(text);
        mask.walk();
        return mask.reply;
    }

    private void coverLooks(String text) {
        Matcher looks = LOOKS.matcher(text);
        while (looks.find()) {
            cover(looks.start(), looks.end());
        }
    }

    private void coverKeysInText(String text) {
        Matcher keys = KEY_IN_TEXT.matcher(text);
        while (keys.find()) {
            if (RedactedKeys.kind(keys.group(1)) != Kind.OPEN) {
                String ends = keys.group(2).equals("[") ? "]\"" : ",|\"\n\0";
                int end = keys.end();
                while (end < text.length() && end - keys.end() < MAX_VALUE && ends.indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                cover(keys.end(), end);
            }
        }
    }

    /** Goes through strings and brackets: a value is covered for its key, or for that of what it stands in. */
    private void walk() {
        while (at < reply.length) {
            byte next = reply[at];
            if (next == '"') {
                string();
            } else {
                if (next == '{' || next == '[') {
                    open();
                } else if (next == '}' || next == ']') {
                    close();
                } else if (next == ',') {
                    secret = false;
                } else if (isCovered() && next >= '0' && next <= '9') {
                    // still a number, and none that begins with a zero
                    reply[at] = '1';
                }
                at++;
            }
        }
    }

    private void string() {
        int from = at + 1;
        int end = from;
        while (end < reply.length && reply[end] != '"') {
            end += reply[end] == '\\' ? 2 : 1;
        }
        end = Math.min(end, reply.length);
        at = Math.min(end + 1, reply.length);
        if (isKey()) {
            secret = end - from <= MAX_KEY
                    && RedactedKeys.kind(new String(reply, from, end - from, StandardCharsets.ISO_8859_1)) != Kind.OPEN;
        } else if (isCovered()) {
            cover(from, end);
        }
    }

    private void open() {
        if (secret && coveredFrom == NOWHERE) {
            coveredFrom = depth;
        }
        secret = false;
        depth++;
    }

    private void close() {
        depth--;
        secret = false;
        if (depth <= coveredFrom) {
            coveredFrom = NOWHERE;
        }
    }

    private boolean isCovered() {
        return secret || coveredFrom != NOWHERE;
    }

    private boolean isKey() {
        int next = at;
        while (next < reply.length && reply[next] > 0 && reply[next] <= ' ') {
            next++;
        }
        return next < reply.length && reply[next] == ':';
    }

    /** Escapes stay as they are: a covered one would be a fault that the reply does not have. */
    private void cover(int from, int to) {
        int index = from;
        while (index < to) {
            if (reply[index] == '\\') {
                index += index + 1 < to && reply[index + 1] == 'u' ? 6 : 2;
            } else {
                boolean covered = reply[index] < 0 || Character.isLetterOrDigit(reply[index]);
                reply[index] = covered ? (byte) 'x' : reply[index];
                index++;
            }
        }
    }
}
