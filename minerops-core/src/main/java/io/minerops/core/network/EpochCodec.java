package io.minerops.core.network;

import io.minerops.api.profit.Epoch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;

/**
 * The epochs as bytes: the number of epochs and of known times, the differences of the compact targets (zigzag), those of
 * the times of the first blocks (seconds), all as varints; then the CRC-32 of what comes before, 4 bytes. Epoch 0 is the
 * first. Times that are not known are the last ones and are calculated.
 */
final class EpochCodec {
    static final String RESOURCE = "epochs.bin";

    private static final int CHECKSUM_BYTES = Integer.BYTES;
    private static final double SECONDS_PER_EPOCH = 600.0 * Epoch.BLOCKS;

    private EpochCodec() {}

    static EpochTable resource() {
        try (InputStream in = EpochCodec.class.getResourceAsStream(RESOURCE)) {
            return decode(Objects.requireNonNull(in, RESOURCE).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of epochs 0 and following, without their estimated times. */
    static byte[] encode(List<Epoch> epochs) {
        List<Epoch> timed =
                epochs.stream().filter(epoch -> !epoch.timeEstimated()).toList();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        varint(out, epochs.size());
        varint(out, timed.size());
        int bits = 0;
        for (Epoch epoch : epochs) {
            int change = epoch.bits() - bits;
            varint(out, Integer.toUnsignedLong(change << 1 ^ change >> 31));
            bits = epoch.bits();
        }
        long time = 0;
        for (Epoch epoch : timed) {
            varint(out, epoch.startedAt().getEpochSecond() - time);
            time = epoch.startedAt().getEpochSecond();
        }
        out.writeBytes(ByteBuffer.allocate(CHECKSUM_BYTES)
                .putInt(checksum(out.toByteArray(), out.size()))
                .array());
        return out.toByteArray();
    }

    /**
     * The table that the bytes hold.
     *
     * @throws IllegalStateException if they are damaged
     */
    static EpochTable decode(byte[] bytes) {
        int length = bytes.length - CHECKSUM_BYTES;
        if (length < 0 || checksum(bytes, length) != ByteBuffer.wrap(bytes).getInt(length)) {
            throw new IllegalStateException("the epoch table is damaged: its checksum does not match");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
        int[] bits = new int[(int) varint(in)];
        int timed = (int) varint(in);
        int before = 0;
        for (int number = 0; number < bits.length; number++) {
            int zigzag = (int) varint(in);
            before += zigzag >>> 1 ^ -(zigzag & 1);
            bits[number] = before;
        }
        List<Epoch> epochs = new ArrayList<>(bits.length);
        double seconds = 0;
        for (int number = 0; number < bits.length; number++) {
            boolean known = number < timed;
            seconds += known ? varint(in) : secondsOf(bits[number - 1], bits[number]);
            epochs.add(new Epoch(number, bits[number], Instant.ofEpochSecond((long) seconds), !known));
        }
        return new EpochTable(epochs);
    }

    /** How long an epoch took, by the difficulty that followed from it; consensus counts one interval too few. */
    private static double secondsOf(int bits, int next) {
        double counted = SECONDS_PER_EPOCH * CompactBits.difficulty(bits) / CompactBits.difficulty(next);
        return counted * Epoch.BLOCKS / (Epoch.BLOCKS - 1);
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while (rest > 0x7f) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
