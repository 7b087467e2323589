package io.minerops.blocks;

import java.util.Arrays;

/** Bytes that grow as they are written. */
final class ByteSink {
    private static final int CAPACITY = 1_024;
    private static final int SEVEN_BITS = 0x7F;

    private byte[] bytes = new byte[CAPACITY];
    private int size;

    int size() {
        return size;
    }

    void put(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    /** An unsigned number, seven bits a byte, lowest first. */
    void putUnsigned(long value) {
        ensure(10);
        long left = value;
        while ((left & ~SEVEN_BITS) != 0) {
            bytes[size++] = (byte) ((left & SEVEN_BITS) | ~SEVEN_BITS);
            left >>>= 7;
        }
        bytes[size++] = (byte) left;
    }

    /** A signed number whose sign is its lowest bit. */
    void putSigned(long value) {
        putUnsigned(zigZag(value));
    }

    /** The low bytes of a number, lowest first. */
    void putBytes(long value, int count) {
        ensure(Long.BYTES);
        LittleEndian.putLong(bytes, size, value);
        size += count;
    }

    void putAll(ByteSink other) {
        ensure(other.size);
        System.arraycopy(other.bytes, 0, bytes, size, other.size);
        size += other.size;
    }

    void clear() {
        size = 0;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void ensure(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    static long zigZag(long value) {
        return (value << 1) ^ (value >> (Long.SIZE - 1));
    }

    /** How many bytes {@link #putSigned} writes. */
    static int signedSize(long value) {
        return (Long.SIZE - Long.numberOfLeadingZeros(zigZag(value) | 1) + 6) / 7;
    }
}
