package io.minerops.core.device.internal.net;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of replies all readings hold at a time, raw and parsed: each reply has its own limit, and many of them
 * together would fill the heap all the same. Only small uses may take it to the last byte, so that devices with long
 * replies leave room for those with usual ones. Thread-safe.
 */
public final class ReplyMemory {
    /** The share of the heap that replies may take unless a size is given. */
    static final int SHARE_OF_HEAP = 8;

    private static final int PARTS = 8;

    /** While more of it is in use, no more devices are turned to. */
    private static final int PARTS_OF_ADMISSION = 5;

    /** What takes less is small: the parsed reply of most devices. */
    private static final int SMALL_BYTES = 16 * 1024;

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /** For what bytes are taken: how many eighths of the limit may be in use afterwards. */
    enum Use {
        /** Room for the longest reply, for one that is longer than one read. */
        LONG_REPLY(4),
        /** The first bytes of a reply, and what a reading that goes on keeps of the replies before. */
        USUAL(6);

        private final int parts;

        Use(int parts) {
            this.parts = parts;
        }
    }

    /**
     * @param limit bytes, above 0
     */
    public ReplyMemory(long limit) {
        this.limit = limit;
    }

    /** An eighth of the heap, but no less than four of the longest replies. */
    public static long shareOfHeap(int maxReplyBytes) {
        return Math.max(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, 4L * maxReplyBytes);
    }

    /** Takes so many bytes, or none; says which. */
    boolean take(long bytes, Use use) {
        long most = bytes <= SMALL_BYTES ? limit : limit / PARTS * use.parts;
        for (long before = used.get(); before + bytes <= most; before = used.get()) {
            if (used.compareAndSet(before, before + bytes)) {
                return true;
            }
        }
        return false;
    }

    /** Gives back what was taken. */
    void release(long bytes) {
        used.addAndGet(-bytes);
    }

    /** Whether too much is in use for another device to be read. */
    boolean isShort() {
        return used.get() > limit / PARTS * PARTS_OF_ADMISSION;
    }

    /** Bytes in use. */
    long used() {
        return used.get();
    }

    /** A quarter of it, bytes. */
    long quarter() {
        return limit / 4;
    }

    /** The same text whatever is in use, so that a log or an event can be compared with the one before. */
    @Override
    public String toString() {
        return "the " + limit / 1024 + " KiB for replies are in use";
    }
}
