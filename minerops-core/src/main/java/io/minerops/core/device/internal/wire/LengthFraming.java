package io.minerops.core.device.internal.wire;

/**
 * A reply that begins with its length: four bytes, the lowest first, and then as many bytes of JSON. The length is the
 * device's word and may be anything: nothing is set aside for it.
 */
public final class LengthFraming implements Framing {
    private static final int HEADER_BYTES = 4;

    private final int maxReplyBytes;

    public LengthFraming(int maxReplyBytes) {
        this.maxReplyBytes = maxReplyBytes;
    }

    /** What precedes a message of so many bytes. */
    public static byte[] header(int length) {
        return new byte[] {(byte) length, (byte) (length >>> 8), (byte) (length >>> 16), (byte) (length >>> 24)};
    }

    @Override
    public int scan(byte[] bytes, int from, int to) {
        if (to < HEADER_BYTES) {
            return -1;
        }
        long end = HEADER_BYTES + length(bytes);
        return end > maxReplyBytes ? to : to >= end ? (int) end : -1;
    }

    @Override
    public Reply read(byte[] bytes, int length) {
        if (length < HEADER_BYTES) {
            return new Reply.Truncated(length);
        } else if (bytes[0] == 'H' && bytes[1] == 'T' && bytes[2] == 'T' && bytes[3] == 'P') {
            return new Reply.WebServer();
        }
        long end = HEADER_BYTES + length(bytes);
        if (end > maxReplyBytes) {
            return new Reply.Oversized(maxReplyBytes);
        }
        return length < end ? new Reply.Truncated(length) : ReplyReader.json(bytes, HEADER_BYTES, (int) end);
    }

    private static long length(byte[] bytes) {
        return (bytes[0] & 0xffL) | (bytes[1] & 0xffL) << 8 | (bytes[2] & 0xffL) << 16 | (bytes[3] & 0xffL) << 24;
    }
}
