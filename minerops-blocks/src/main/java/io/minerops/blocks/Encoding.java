package io.minerops.blocks;

/**
 * How the numbers of one column of a block are written. Which is the smallest depends on what the column holds: constant
 * ones are runs, noisy ones are packed, counters and clocks have deltas that are packed unless a few of them are large.
 */
enum Encoding {
    /** Pairs: the signed distance from the number before, how often the number follows. */
    RUNS,
    /** The smallest number, the count of bits, and each number's distance from the smallest in as many bits. */
    PACKED,
    /** The first number and each signed distance from the number before, in as many bytes as it needs. */
    DELTAS,
    /** The first number, then the distances as {@link #PACKED} writes numbers. */
    PACKED_DELTAS,
    /** Doubles: the first, then what differs from the one before without the zero bytes on either side. */
    XOR;

    private static final int MAX_BITS = 56;
    private static final int LOW_NIBBLE = 0xF;
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

    /** The smallest encoding of the first numbers of an array, at least one. */
    static Encoding smallest(long[] numbers, int count, boolean doubles) {
        long min = numbers[0];
        long max = numbers[0];
        long minDelta = Long.MAX_VALUE;
        long maxDelta = Long.MIN_VALUE;
        long deltas = ByteSink.signedSize(numbers[0]);
        long runs = 0;
        int runBegin = 0;
        long before = 0;
        for (int i = 0; i < count; i++) {
            long number = numbers[i];
            if (i > 0) {
                long delta = number - numbers[i - 1];
                min = Math.min(min, number);
                max = Math.max(max, number);
                minDelta = Math.min(minDelta, delta);
                maxDelta = Math.max(maxDelta, delta);
                deltas += ByteSink.signedSize(delta);
            }
            if (i == count - 1 || numbers[i + 1] != number) {
                runs += ByteSink.signedSize(number - before) + ByteSink.unsignedSize(i + 1L - runBegin);
                before = number;
                runBegin = i + 1;
            }
        }
        if (doubles) {
            return runs <= 2L * count ? RUNS : XOR;
        }
        long packed = ByteSink.signedSize(min) + 1 + packedSize(count, bits(max - min));
        long packedDeltas = count == 1
                ? Long.MAX_VALUE
                : ByteSink.signedSize(numbers[0])
                        + ByteSink.signedSize(minDelta)
                        + 1
                        + packedSize(count - 1, bits(maxDelta - minDelta));
        long least = Math.min(Math.min(runs, packed), Math.min(deltas, packedDeltas));
        return least == runs ? RUNS : least == packed ? PACKED : least == packedDeltas ? PACKED_DELTAS : DELTAS;
    }

    void write(ByteSink sink, long[] numbers, int count) {
        switch (this) {
            case RUNS -> writeRuns(sink, numbers, count);
            case PACKED -> writePacked(sink, numbers, count);
            case DELTAS -> {
                sink.putSigned(numbers[0]);
                for (int i = 1; i < count; i++) {
                    sink.putSigned(numbers[i] - numbers[i - 1]);
                }
            }
            case PACKED_DELTAS -> {
                sink.putSigned(numbers[0]);
                long[] deltas = new long[count - 1];
                for (int i = 1; i < count; i++) {
                    deltas[i - 1] = numbers[i] - numbers[i - 1];
                }
                writePacked(sink, deltas, count - 1);
            }
            case XOR -> writeXor(sink, numbers, count);
        }
    }

    /** Reads so many numbers, at least one. */
    void read(ByteSource source, byte[] bytes, long[] into, int count) {
        switch (this) {
            case RUNS -> readRuns(source, into, count);
            case PACKED -> readPacked(source, bytes, into, 0, count);
            case DELTAS -> {
                into[0] = source.getSigned();
                for (int i = 1; i < count; i++) {
                    into[i] = into[i - 1] + source.getSigned();
                }
            }
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

    private static void writePacked(ByteSink sink, long[] numbers, int count) {
        long min = numbers[0];
        long max = numbers[0];
        for (int i = 1; i < count; i++) {
            min = Math.min(min, numbers[i]);
            max = Math.max(max, numbers[i]);
        }
        int bits = bits(max - min);
        sink.putSigned(min);
        sink.put(bits);
        long pending = 0;
        int used = 0;
        for (int i = 0; i < count; i++) {
            pending |= numbers[i] - min << used;
            used += bits;
            // fewer than eight bits are kept, so that the next number's 56 fit too
            int whole = used / Byte.SIZE;
            sink.putBytes(pending, whole);
            pending = whole == Long.BYTES ? 0 : pending >>> whole * Byte.SIZE;
            used -= whole * Byte.SIZE;
        }
        if (used > 0) {
            sink.putBytes(pending, 1);
        }
    }

    private static void readPacked(ByteSource source, byte[] bytes, long[] into, int first, int count) {
        long min = source.getSigned();
        int bits = source.get();
        if (bits > MAX_BITS) {
            throw source.damaged("has numbers of " + bits + " bits; at most " + MAX_BITS + " are accepted");
        }
        int size = packedSize(count - first, bits);
        long bit = (long) source.skip(size) * Byte.SIZE;
        long mask = (1L << bits) - 1;
        for (int i = first; i < count; i++) {
            int at = (int) (bit >>> 3);
            long word = at + Long.BYTES <= bytes.length
                    ? LittleEndian.getLong(bytes, at)
                    : LittleEndian.get(bytes, at, bytes.length - at);
            into[i] = min + (word >>> (int) (bit & 7) & mask);
            bit += bits;
        }
    }

    private static void writeXor(ByteSink sink, long[] numbers, int count) {
        sink.putBytes(numbers[0], Long.BYTES);
        for (int i = 1; i < count; i++) {
            long differs = numbers[i] ^ numbers[i - 1];
            int low = differs == 0 ? 0 : Long.numberOfTrailingZeros(differs) / Byte.SIZE;
            int length = differs == 0 ? 0 : Long.BYTES - low - Long.numberOfLeadingZeros(differs) / Byte.SIZE;
            sink.put(low << 4 | length);
            sink.putBytes(differs >>> low * Byte.SIZE, length);
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
            into[i] = into[i - 1] ^ (length == 0 ? 0 : source.getBytes(length) << low * Byte.SIZE);
        }
    }

    private static int bits(long range) {
        return Long.SIZE - Long.numberOfLeadingZeros(range);
    }

    private static int packedSize(int count, int bits) {
        return (int) (((long) count * bits + 7) / Byte.SIZE);
    }
}
