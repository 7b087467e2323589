package io.minerops.blocks.jdbc;

import io.minerops.blocks.Frame;
import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ticks that were written or read last, decoded: the hour that is not sealed yet is read again and again, and one
 * miner's row of a tick is a few bytes of hundreds of thousands. The heap gives them up before it is full.
 */
public final class TickFrames {
    private static final long MAX_BYTES = 64L << 20;

    private final Map<Long, Kept> frames = new LinkedHashMap<>();
    private long bytes;

    private record Kept(long written, int size, SoftReference<Frame> frame) {}

    /** A tick as a write of that number left it; null where it is not kept. */
    public synchronized @Nullable Frame find(long at, long written) {
        Kept kept = frames.get(at);
        return kept == null || kept.written != written ? null : kept.frame.get();
    }

    public synchronized void put(long at, long written, Frame frame, int size) {
        forget(at);
        frames.put(at, new Kept(written, size, new SoftReference<>(frame)));
        bytes += size;
        while (bytes > MAX_BYTES) {
            forget(frames.keySet().iterator().next());
        }
    }

    public synchronized void forget(long at) {
        Kept kept = frames.remove(at);
        bytes -= kept == null ? 0 : kept.size;
    }
}
