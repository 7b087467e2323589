package io.minerops.blocks;

/** A range of bytes, read from its beginning; reading past its end fails. */
final class ByteSource {
    private static final int SEVEN_BITS = 0x7F;

    private final byte[] bytes;
    private final int end;
    private final String name;
    private int at;

    ByteSource(byte[] bytes, int begin, int end, String name) {
        this.bytes = bytes;
        this.at = begin;
        this.end = end;
        this.name = name;
    }

    int at() {
        return at;
    }

    int left() {
        return end - at;
    }

    int get() {
        if (at >= end) {
            throw damaged("ends in the middle of a number");
        }
        return bytes[at++] & 0xFF;
    }

    /** A number as {@link ByteSink#putUnsigned} writes it. */
    long getUnsigned() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = get();
            value |= (long) (next & SEVEN_BITS) << shift;
            if (next <= SEVEN_BITS) {
                return value;
            }
        }
        throw damaged("has a number of more than 64 bits");
    }

    /** A number as {@link ByteSink#putSigned} writes it. */
    long getSigned() {
        long value = getUnsigned();
        return value >>> 1 ^ -(value & 1);
    }

    /** The number in the next bytes, lowest first. */
    long getBytes(int count) {
        return LittleEndian.get(bytes, skip(count), count);
    }

    /** Leaves bytes out; where they begin. */
    int skip(long count) {
        if (count > left()) {
            throw damaged("ends " + (count - left()) + " bytes early");
        }
        int begin = at;
        at += (int) count;
        return begin;
    }

    /** Fails unless all was read. */
    void requireEnd() {
        if (at != end) {
            throw damaged("has " + left() + " bytes too many");
        }
    }

    DamagedBytesException damaged(String what) {
        return new DamagedBytesException(name + " " + what);
    }
}
