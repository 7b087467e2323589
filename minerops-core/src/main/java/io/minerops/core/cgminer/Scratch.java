package io.minerops.core.cgminer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;

/** Room for what one read brings, used by one exchange after the other. */
final class Scratch {
    private static final int BYTES = 64 * 1024;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);
    private final byte[] bytes = new byte[BYTES];

    /** Reads what is there; how many bytes came, or -1 at the end. */
    int read(ReadableByteChannel channel) throws IOException {
        buffer.clear();
        int count = channel.read(buffer);
        if (count > 0) {
            buffer.flip().get(bytes, 0, count);
        }
        return count;
    }

    /** What the last read brought, and after it what is left of earlier ones; valid until the next read. */
    byte[] bytes() {
        return bytes;
    }

    /**
     * The bytes that were there before, and so many of those that the last read brought.
     *
     * @param before the earlier bytes and perhaps more room
     * @param used how many of these are in use
     * @param most the most that may ever be kept
     */
    byte[] appendedTo(byte[] before, int used, int more, int most) {
        int needed = used + more;
        byte[] all = needed <= before.length ? before : Arrays.copyOf(before, Math.min(most, needed * 2));
        System.arraycopy(bytes, 0, all, used, more);
        return all;
    }
}
