package io.minerops.core.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** The headers of the first blocks of the epochs in the checkpoints of bitcoinj, a list that is independent of ours. */
final class BitcoinjCheckpoints {
    /** What a checkpoint says of a block: the time in its header, Unix seconds, and its compact target. */
    record Checkpoint(long height, long time, int bits) {}

    private static final String RESOURCE = "/org.bitcoin.production.checkpoints.txt";
    private static final int HEADER_BYTES = 80;
    private static final int TIME_OFFSET = 68;
    private static final int BITS_OFFSET = 72;

    private BitcoinjCheckpoints() {}

    static List<Checkpoint> all() {
        // after three lines: a title, the number of signatures and that of checkpoints
        return text().lines().skip(3).map(BitcoinjCheckpoints::checkpoint).toList();
    }

    /** Chain work of 12 or 32 bytes, the height, and the header. */
    private static Checkpoint checkpoint(String line) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(line));
        int header = bytes.capacity() - HEADER_BYTES;
        long height = bytes.getInt(header - Integer.BYTES);
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        long time = Integer.toUnsignedLong(bytes.getInt(header + TIME_OFFSET));
        return new Checkpoint(height, time, bytes.getInt(header + BITS_OFFSET));
    }

    private static String text() {
        try (InputStream in = BitcoinjCheckpoints.class.getResourceAsStream(RESOURCE)) {
            return new String(Objects.requireNonNull(in, RESOURCE).readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
