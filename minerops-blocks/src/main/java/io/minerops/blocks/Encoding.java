package io.minerops.blocks;

import java.util.Arrays;

/**
 * How the numbers of one column of a block are written. Which is the smallest depends on what the column holds: constant
 * ones are runs, noisy ones are packed, and counters and clocks have packed deltas. The few numbers that would widen all
 * the others, such as those of a restart, are written apart.
 */
enum Encoding {
    /** Pairs: the signed distance from the number before, how often the number follows. */
    RUNS,
    /** A base, the count of bits, each number's distance from the base in as many bits; then the numbers that do not fit. */
    PACKED,
    /** The first number, then the distances from the number before as {@link #PACKED} writes numbers. */
    PACKED_DELTAS,
    /** Doubles: the first, then what differs from the one before without the zero bytes on either side. */
    XOR;

    private static final int MAX_BITS = 56;
    private static final int LOW_NIBBLE = 0xF;

    /** Of so many numbers at most one is written apart; more of them would cost more than the bits that they save. */
    private static final int NUMBERS_PER_EXCEPTION = 8;

    /** Runs that take less than a byte for so many numbers are not compared with anything. */
    private static final int NUMBERS_PER_BYTE = 4;

    private static final Encoding[] ALL = values();

    static Encoding of(int code, ByteSource source) {
        if (code >= ALL.length) {
            throw source.damaged("has the encoding " + code);
        }
        return ALL[code];
    }

    @SuppressWarnings("EnumOrdinal") // the codes are those of the format; the order of the constants never changes
    int code() {
        return ordinal();
    }

    /** Writes the first numbers of an array, at least one, in the encoding that takes the fewest bytes. */
    static Encoding writeSmallest(ByteSink sink, long[] numbers, int count, boolean doubles) {
        ByteSink runs = new ByteSink();
        writeRuns(runs, numbers, count);
        if (doubles) {
            ByteSink xor = new ByteSink();
            writeXor(xor, numbers, count);
            sink.putAll(runs.size() <= xor.size() ? runs : xor);
            return runs.size() <= xor.size() ? RUNS : XOR;
        }
        if (runs.size() <= count / NUMBERS_PER_BYTE) {
            sink.putAll(runs);
            return RUNS;
        }
        ByteSink packed = new ByteSink();
        writePacked(packed, numbers, count);
        ByteSink deltas = new ByteSink();
        writeDeltas(deltas, numbers, count);
        ByteSink least = runs.size() <= packed.size() ? runs : packed;
        least = least.size() <= deltas.size() ? least : deltas;
        sink.putAll(least);
        return least == runs ? RUNS : least == packed ? PACKED : PACKED_DELTAS;
    }

    /** Reads so many numbers, at least one. */
    void read(ByteSource source, byte[] bytes, long[] into, int count) {
        switch (this) {
            case RUNS -> readRuns(source, into, count);
            case PACKED -> readPacked(source, bytes, into, 0, count);
            case PACKED_DELTAS -> {
                into[0] = source.getSigned();
                readPacked(source, bytes, into, 1, count);
                for (int i = 1; i < count; i++) {
                    into[i] += into[i - 1];
                }
            }
            case XOR -> readXor(source, into, count);
        }
        source.requireEnd();
    }

    private static void writeRuns(ByteSink sink, long[] numbers, int count) {
        long before = 0;
        int begin = 0;
        for (int i = 1; i <= count; i++) {
            if (i == count || numbers[i] != numbers[begin]) {
                sink.putSigned(numbers[begin] - before);
                sink.putUnsigned(i - (long) begin);
                before = numbers[begin];
                begin = i;
            }
        }
    }

    private static void readRuns(ByteSource source, long[] into, int count) {
        long number = 0;
        int filled = 0;
        while (filled < count) {
            number += source.getSigned();
            long length = source.getUnsigned();
            if (length < 1 || length > count - filled) {
                throw source.damaged("has a run of " + length + " where " + (count - filled) + " rows are left");
            }
            int end = filled + (int) length;
            while (filled < end) {
                into[filled++] = number;
            }
        }
    }

    private static void writeDeltas(ByteSink sink, long[] numbers, int count) {
        sink.putSigned(numbers[0]);
        long[] deltas = new long[count - 1];
        for (int i = 1; i < count; i++) {
            deltas[i - 1] = numbers[i] - numbers[i - 1];
        }
        writePacked(sink, deltas, count - 1);
    }

    private static void writePacked(ByteSink sink, long[] numbers, int count) {
        Window window = Window.of(numbers, count);
        sink.putSigned(window.base);
        sink.put(window.bits);
        long pending = 0;
        int used = 0;
        for (int i = 0; i < count; i++) {
            pending |= window.holds(numbers[i]) ? (numbers[i] - window.base) << used : 0;
            used += window.bits;
            // fewer than eight bits are kept, so that the next number's 56 fit too
            int whole = used / Byte.SIZE;
            sink.putBytes(pending, whole);
            pending = whole == Long.BYTES ? 0 : pending >>> (whole * Byte.SIZE);
            used -= whole * Byte.SIZE;
        }
        if (used > 0) {
            sink.putBytes(pending, 1);
        }
        int next = 0;
        for (int i = 0; i < count; i++) {
            if (!window.holds(numbers[i])) {
                sink.putUnsigned((long) i - next);
                sink.putSigned(numbers[i] - window.base);
                next = i + 1;
            }
        }
    }

    /** The numbers that are written in a few bits each: base to base + 2^bits - 1. */
    private record Window(long base, int bits) {
        boolean holds(long number) {
            return number >= base && (number - base) >>> bits == 0;
        }

        /** The window that makes the whole smallest, of those that leave few numbers out. */
        static Window of(long[] numbers, int count) {
            if (count == 0) {
                return new Window(0, 0);
            }
            long[] sorted = Arrays.copyOf(numbers, count);
            Arrays.sort(sorted);
            long range = sorted[count - 1] - sorted[0];
            Window best = new Window(sorted[0], bitsOf(range));
            long least = packedSize(count, best.bits);
            int apart = 1 + ByteSink.signedSize(range);
            for (int bits = best.bits - 1; bits >= 0; bits--) {
                int first = fullest(sorted, bits);
                int left = count - held(sorted, first, bits);
                long size = packedSize(count, bits) + (long) left * apart;
                if (left > count / NUMBERS_PER_EXCEPTION) {
                    break;
                }
                if (size < least) {
                    best = new Window(sorted[first], bits);
                    least = size;
                }
            }
            return best;
        }

        /** Where the window begins that holds most of the numbers. */
        private static int fullest(long[] sorted, int bits) {
            int best = 0;
            int held = 0;
            int end = 0;
            for (int first = 0; first < sorted.length; first++) {
                while (end < sorted.length && (sorted[end] - sorted[first]) >>> bits == 0) {
                    end++;
                }
                if (end - first > held) {
                    held = end - first;
                    best = first;
                }
            }
            return best;
        }

        private static int held(long[] sorted, int first, int bits) {
            int end = first;
            while (end < sorted.length && (sorted[end] - sorted[first]) >>> bits == 0) {
                end++;
            }
            return end - first;
        }
    }

    private static void readPacked(ByteSource source, byte[] bytes, long[] into, int first, int count) {
        long base = source.getSigned();
        int bits = source.get();
        if (bits > MAX_BITS) {
            throw source.damaged("has numbers of " + bits + " bits; at most " + MAX_BITS + " are accepted");
        }
        long bit = (long) source.skip(packedSize(count - first, bits)) * Byte.SIZE;
        long mask = (1L << bits) - 1;
        for (int i = first; i < count; i++) {
            int at = (int) (bit >>> 3);
            long word = at + Long.BYTES <= bytes.length
                    ? LittleEndian.getLong(bytes, at)
                    : LittleEndian.get(bytes, at, bytes.length - at);
            into[i] = base + (word >>> (int) (bit & 7) & mask);
            bit += bits;
        }
        long next = first;
        while (source.left() > 0) {
            long skipped = source.getUnsigned();
            if (skipped < 0 || skipped >= count - next) {
                throw source.damaged("has " + skipped + " numbers before one that stands apart, where " + (count - next)
                        + " are left");
            }
            next += skipped;
            into[(int) next] = base + source.getSigned();
            next++;
        }
    }

    private static void writeXor(ByteSink sink, long[] numbers, int count) {
        sink.putBytes(numbers[0], Long.BYTES);
        for (int i = 1; i < count; i++) {
            long differs = numbers[i] ^ numbers[i - 1];
            int low = differs == 0 ? 0 : Long.numberOfTrailingZeros(differs) / Byte.SIZE;
            int length = differs == 0 ? 0 : Long.BYTES - low - Long.numberOfLeadingZeros(differs) / Byte.SIZE;
            sink.put(low << 4 | length);
            sink.putBytes(differs >>> (low * Byte.SIZE), length);
        }
    }

    private static void readXor(ByteSource source, long[] into, int count) {
        into[0] = source.getBytes(Long.BYTES);
        for (int i = 1; i < count; i++) {
            int control = source.get();
            int low = control >>> 4;
            int length = control & LOW_NIBBLE;
            if (low + length > Long.BYTES) {
                throw source.damaged("has a double of " + (low + length) + " bytes");
            }
            into[i] = into[i - 1] ^ (length == 0 ? 0 : source.getBytes(length) << (low * Byte.SIZE));
        }
    }

    private static int bitsOf(long range) {
        return Long.SIZE - Long.numberOfLeadingZeros(range);
    }

    private static int packedSize(int count, int bits) {
        return (int) (((long) count * bits + 7) / Byte.SIZE);
    }
}
