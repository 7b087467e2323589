package io.minerops.blocks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in bytes, lowest byte first. */
final class LittleEndian {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}

    static int getShort(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at) & 0xFFFF;
    }

    static void putShort(byte[] bytes, int at, int value) {
        SHORT.set(bytes, at, (short) value);
    }

    static int getInt(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static void putInt(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }

    static long getLong(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static void putLong(byte[] bytes, int at, long value) {
        LONG.set(bytes, at, value);
    }

    /** The unsigned number in the next {@code width} bytes, 0 to 8. */
    static long get(byte[] bytes, int at, int width) {
        if (width == 0) {
            return 0;
        }
        if (at + Long.BYTES <= bytes.length) {
            long all = getLong(bytes, at);
            return width == Long.BYTES ? all : all & ((1L << (width * Byte.SIZE)) - 1);
        }
        long value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = (value << Byte.SIZE) | (bytes[at + i] & 0xFF);
        }
        return value;
    }

    /** Writes the low {@code width} bytes; what stands behind them may be overwritten, so write in ascending order. */
    static void put(byte[] bytes, int at, int width, long value) {
        if (at + Long.BYTES <= bytes.length) {
            putLong(bytes, at, value);
        } else {
            long left = value;
            for (int i = 0; i < width; i++) {
                bytes[at + i] = (byte) left;
                left >>>= Byte.SIZE;
            }
        }
    }
}
