package io.minerops.core.cgminer;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of replies all readings hold at a time, raw and parsed: each reply has its own limit, and many of them
 * together would fill the heap all the same. Not all uses may take it to the last byte, so that devices with long
 * replies leave room for those with usual ones. Thread-safe.
 */
final class ReplyMemory {
    /** The share of the heap that replies may take unless a size is given. */
    static final int SHARE_OF_HEAP = 8;

    private static final int QUARTERS = 4;

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /** For what bytes are taken: how many quarters of the limit may be in use afterwards. */
    enum Use {
        /** More room for a reply that is longer than one read. */
        LONG_REPLY(2),
        /** The first bytes of a reply, and what a reading that goes on keeps of the replies before. */
        USUAL(4);

        private final int quarters;

        Use(int quarters) {
            this.quarters = quarters;
        }
    }

    /**
     * @param limit bytes, above 0
     */
    ReplyMemory(long limit) {
        this.limit = limit;
    }

    /** An eighth of the heap, but no less than four of the longest replies. */
    static long shareOfHeap(int maxReplyBytes) {
        return Math.max(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, 4L * maxReplyBytes);
    }

    /** Takes so many bytes, or none; says which. */
    boolean take(long bytes, Use use) {
        long most = limit / QUARTERS * use.quarters;
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
        return used.get() > limit / QUARTERS * 3;
    }

    /** Bytes in use. */
    long used() {
        return used.get();
    }

    /** A quarter of it, bytes. */
    long quarter() {
        return limit / QUARTERS;
    }

    /** The same words whatever is in use, so that a log or an event can be compared with the one before. */
    @Override
    public String toString() {
        return "the " + limit / 1024 + " KiB for replies are in use";
    }
}
