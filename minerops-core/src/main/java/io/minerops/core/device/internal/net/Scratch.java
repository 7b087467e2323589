package io.minerops.core.device.internal.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** Room for what one read brings, used by one exchange after the other. */
public final class Scratch {
    /** The most that one read brings. */
    static final int BYTES = 64 * 1024;

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

    /** Copies so many bytes of what the last read brought. */
    void copyTo(byte[] target, int at, int count) {
        System.arraycopy(bytes, 0, target, at, count);
    }
}
