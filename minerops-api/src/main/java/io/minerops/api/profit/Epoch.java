package io.minerops.api.profit;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import java.time.Instant;
import java.util.Objects;

/**
 * {@value #BLOCKS} blocks of one difficulty.
 *
 * @param number 0 for the first
 * @param bits the compact target in the headers of its blocks, not 0
 * @param startedAt the time in the header of its first block
 * @param timeEstimated whether that time is calculated rather than known
 */
public record Epoch(int number, int bits, Instant startedAt, boolean timeEstimated) {
    /** Blocks from one change of the difficulty to the next. */
    public static final int BLOCKS = 2_016;

    /** The highest number: its blocks have the heights that fit an {@code int}. */
    public static final int MAX_NUMBER = Integer.MAX_VALUE / BLOCKS - 1;

    public Epoch {
        Check.between("epoch", number, 0, MAX_NUMBER);
        Objects.requireNonNull(startedAt, "startedAt");
        if (bits == 0) {
            throw new InvalidArgumentException("bits", "bits must be a compact target, not 0");
        }
    }

    /** The height of its first block. */
    public long firstHeight() {
        return (long) number * BLOCKS;
    }
}
