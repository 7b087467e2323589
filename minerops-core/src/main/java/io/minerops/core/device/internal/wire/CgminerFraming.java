package io.minerops.core.device.internal.wire;

/**
 * Finds where a reply ends while its bytes come in: at the first NUL outside a string, or where the JSON value is
 * closed. Devices may keep the connection open after that, so waiting for its end would be waiting for the deadline.
 * What does not look like JSON ends at NUL or at the end of its first line.
 */
public final class CgminerFraming implements Framing {
    private enum Kind {
        UNKNOWN,
        JSON,
        TEXT
    }

    private Kind kind = Kind.UNKNOWN;
    private int depth;
    private boolean inString;
    private boolean escaped;
    private int end = -1;

    /**
     * {@inheritDoc}
     *
     * <p>The index is the one after the reply's last byte.
     */
    @Override
    public int scan(byte[] bytes, int from, int to) {
        end = endOf(bytes, from, to);
        return end;
    }

    private int endOf(byte[] bytes, int from, int to) {
        for (int index = from; index < to; index++) {
            byte next = bytes[index];
            if (inString) {
                inside(next);
            } else if (next == 0) {
                return index;
            } else if (kind == Kind.JSON) {
                if (outside(next)) {
                    return index + 1;
                }
            } else if (kind == Kind.TEXT) {
                if (next == '\n') {
                    return index + 1;
                }
            } else {
                open(next);
            }
        }
        return -1;
    }

    @Override
    public Reply read(byte[] bytes, int length) {
        int until = end < 0 ? length : end;
        if (kind != Kind.JSON) {
            return ReplyReader.text(bytes, until);
        }
        Reply reply = ReplyReader.objectOnly(ReplyReader.json(bytes, 0, until));
        boolean garbage = end >= 0 && garbageFollows(bytes, end, length);
        return garbage && reply instanceof Reply.Value value
                ? new Reply.Value(value.root(), value.repairs() + 1)
                : reply;
    }

    private static boolean garbageFollows(byte[] bytes, int end, int length) {
        for (int index = end; index < length && bytes[index] != 0; index++) {
            if (!blank(bytes[index])) {
                return true;
            }
        }
        return false;
    }

    private void open(byte first) {
        if (first == '{' || first == '[' || first == ',') {
            // some firmwares lose the first brace: what is left begins with a comma
            kind = Kind.JSON;
            depth = 1;
        } else if (!blank(first)) {
            kind = Kind.TEXT;
        }
    }

    private void inside(byte next) {
        if (escaped) {
            escaped = false;
        } else if (next == '\\') {
            escaped = true;
        } else if (next == '"') {
            inString = false;
        }
    }

    private boolean outside(byte next) {
        switch (next) {
            case '"' -> inString = true;
            case '{', '[' -> depth++;
            case '}', ']' -> depth--;
            default -> {
                return false;
            }
        }
        return depth == 0;
    }

    private static boolean blank(byte next) {
        return next == ' ' || next == '\t' || next == '\r' || next == '\n';
    }
}
