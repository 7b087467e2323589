package io.minerops.core.device.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The reply of a device's web server: HTTP/1.0 or 1.1 with a body of JSON, delimited by a length, by chunks or by the
 * end of the connection (RFC 9112, section 6.3). Only what a device may answer to one request on a connection that is
 * closed after it: no redirects, no compression, no trailers that matter.
 */
public final class HttpFraming implements Framing {
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_SIZE_LINE_BYTES = 64;
    private static final int MAX_SIZE_DIGITS = 7;
    private static final Pattern REALM = Pattern.compile(
            "^www-authenticate:[^\\r\\n]{0,200}?\\brealm=\"([^\"\\r\\n]{1,120})\"",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private enum Body {
        UNTIL_CLOSED,
        BY_LENGTH,
        CHUNKED,
        NONE
    }

    private int bodyAt = -1;
    private int status;
    private Body body = Body.UNTIL_CLOSED;
    private long endAt;
    private int chunkAt;
    private boolean whole;
    private @Nullable String fault;
    private int chunkBytes;
    private @Nullable String encoding;
    private @Nullable String realm;

    @Override
    public int scan(byte[] bytes, int from, int to) {
        if (bodyAt < 0) {
            bodyAt = endOfHeader(bytes, Math.max(0, from - 3), to);
            if (bodyAt < 0) {
                boolean endless = to > MAX_HEADER_BYTES || !beginsAsHttp(bytes, to);
                fault = endless ? "no HTTP reply" : null;
                return endless ? to : -1;
            }
            readHeader(new String(bytes, 0, bodyAt, StandardCharsets.ISO_8859_1));
        }
        whole = fault == null
                && switch (body) {
                    case UNTIL_CLOSED -> false;
                    case BY_LENGTH -> to >= endAt;
                    case CHUNKED -> walkChunks(bytes, to);
                    case NONE -> true;
                };
        return whole || fault != null ? to : -1;
    }

    @Override
    public Reply read(byte[] bytes, int length) {
        if (bodyAt < 0 && fault == null) {
            return new Reply.Truncated(length);
        } else if (fault != null) {
            return new Reply.Foreign(fault);
        } else if (status == 401 || status == 403) {
            return new Reply.Denied(realm);
        } else if (status < 200 || status > 299) {
            return new Reply.Unknown("HTTP status " + status);
        } else if (!whole && body != Body.UNTIL_CLOSED) {
            return new Reply.Truncated(length);
        } else if (encoding != null) {
            return new Reply.Unreadable(
                    "encoded as " + DeviceText.quote(encoding) + ", which was not requested", false);
        } else if (body == Body.CHUNKED) {
            return ReplyReader.json(joinedChunks(bytes), 0, chunkBytes);
        }
        return ReplyReader.json(bytes, bodyAt, body == Body.BY_LENGTH ? (int) endAt : length);
    }

    /** The index after the empty line, or -1 where it has not come. */
    private static int endOfHeader(byte[] bytes, int from, int to) {
        for (int index = from; index + 3 < to; index++) {
            if (bytes[index] == '\r'
                    && bytes[index + 1] == '\n'
                    && bytes[index + 2] == '\r'
                    && bytes[index + 3] == '\n') {
                return index + 4;
            }
        }
        return -1;
    }

    private static boolean beginsAsHttp(byte[] bytes, int to) {
        String start = new String(bytes, 0, Math.min(to, 5), StandardCharsets.ISO_8859_1);
        return "HTTP/".startsWith(start);
    }

    private void readHeader(String header) {
        String[] lines = header.split("\r\n", -1);
        String[] statusLine = lines[0].split(" ", 3);
        status = statusLine.length > 1 && statusLine[1].matches("[1-5]\\d\\d") ? Integer.parseInt(statusLine[1]) : -1;
        if (status < 0) {
            fault = "no HTTP status";
        }
        if (status < 200 || status == 204 || status > 299) {
            // what a refusal goes on to say is of no use
            body = Body.NONE;
            realm = realm(header);
            return;
        }
        for (int index = 1; index < lines.length; index++) {
            int colon = lines[index].indexOf(':');
            String name = colon < 0 ? "" : lines[index].substring(0, colon).toLowerCase(Locale.ROOT);
            readField(name, lines[index].substring(colon + 1).strip());
        }
    }

    /** What a refusal without a login names as that which is kept from the caller (RFC 9110, section 11.5). */
    private static @Nullable String realm(String header) {
        Matcher named = REALM.matcher(header);
        return named.find() ? DeviceText.clean(named.group(1)) : null;
    }

    private void readField(String name, String value) {
        if (name.equals("content-encoding") && !value.equalsIgnoreCase("identity")) {
            encoding = value;
        } else if (name.equals("transfer-encoding")) {
            if (value.equalsIgnoreCase("chunked")) {
                body = Body.CHUNKED;
                chunkAt = bodyAt;
            } else {
                fault = "a transfer encoding other than chunked";
            }
        } else if (name.equals("content-length") && body != Body.CHUNKED) {
            if (value.matches("\\d{1,10}")) {
                body = Body.BY_LENGTH;
                endAt = bodyAt + Long.parseLong(value);
            } else {
                fault = "a content length that is no number";
            }
        }
    }

    /** Looks for the end of every chunk that is whole; true once the last has come. */
    private boolean walkChunks(byte[] bytes, int to) {
        while (true) {
            int line = lineEnd(bytes, chunkAt, Math.min(to, chunkAt + MAX_SIZE_LINE_BYTES));
            if (line < 0) {
                fault = to - chunkAt >= MAX_SIZE_LINE_BYTES ? "a chunk without a size" : null;
                return false;
            }
            int size = size(bytes, chunkAt, line);
            if (size < 0) {
                fault = "a chunk size that is no number";
                return false;
            } else if (size == 0) {
                return true;
            }
            long next = line + 2L + size + 2L;
            if (next > to) {
                return false;
            }
            chunkBytes += size;
            chunkAt = (int) next;
        }
    }

    /** The body of the chunks that were walked over; nothing of it is kept before the reply is whole. */
    private byte[] joinedChunks(byte[] bytes) {
        byte[] joined = new byte[chunkBytes];
        int filled = 0;
        for (int at = bodyAt; at < chunkAt; ) {
            int line = lineEnd(bytes, at, chunkAt);
            int size = size(bytes, at, line);
            System.arraycopy(bytes, line + 2, joined, filled, size);
            filled += size;
            at = line + 2 + size + 2;
        }
        return joined;
    }

    private static int lineEnd(byte[] bytes, int from, int to) {
        for (int index = from; index + 1 < to; index++) {
            if (bytes[index] == '\r' && bytes[index + 1] == '\n') {
                return index;
            }
        }
        return -1;
    }

    /**
     * A size in hexadecimal, perhaps with extensions after a semicolon; -1 where it is not. Digit by digit: a hostile
     * reply may have a chunk for every byte.
     */
    private static int size(byte[] bytes, int from, int to) {
        int size = 0;
        int digits = 0;
        for (int index = from; index < to && bytes[index] != ';'; index++) {
            int digit = Character.digit(bytes[index], 16);
            if (digit >= 0 && digits < MAX_SIZE_DIGITS) {
                size = size * 16 + digit;
                digits++;
            } else if (digit >= 0 || (bytes[index] != ' ' && bytes[index] != '\t')) {
                return -1;
            }
        }
        return digits == 0 ? -1 : size;
    }
}
