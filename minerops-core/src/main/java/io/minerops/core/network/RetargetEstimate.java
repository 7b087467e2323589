package io.minerops.core.network;

import io.minerops.api.internal.Check;
import io.minerops.api.profit.Epoch;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The next change of the difficulty, by the blocks of the epoch so far; the formula is that of mempool.space, so that the
 * figures agree.
 *
 * @param nextHeight the height of the first block of the next epoch
 * @param remainingBlocks blocks until then, 1 to {@value Epoch#BLOCKS}
 * @param changePct the expected change of the difficulty, %, -75 to 300
 * @param meanSpacing mean time between the blocks of the epoch so far, whole milliseconds
 * @param expectedSpacing the same for the blocks to come: early in an epoch the last 504 blocks count
 * @param expectedBlocks how many blocks the epoch would have by now at one in 600 s
 * @param at when the next epoch is expected
 */
public record RetargetEstimate(
        long nextHeight,
        int remainingBlocks,
        double changePct,
        Duration meanSpacing,
        Duration expectedSpacing,
        double expectedBlocks,
        Instant at) {
    /** Blocks of the window that the estimate looks at early in an epoch. */
    public static final int WINDOW_BLOCKS = 504;

    private static final double TARGET_SECONDS = 600;

    /**
     * What is known of the chain.
     *
     * @param height the height of the last block, 0 or more
     * @param epochStartedAt the time of the first block of its epoch
     * @param lastBlockAt the time of the last block; only that of the last block of an epoch is used
     * @param windowStartedAt the time of the block {@value #WINDOW_BLOCKS} blocks ago; null where it is not known: the
     *     first days of an epoch give a rough figure then
     * @param previousChangePct the last change of the difficulty, %, which scales the part of the window before it
     */
    public record Chain(
            long height,
            Instant epochStartedAt,
            Instant lastBlockAt,
            @Nullable Instant windowStartedAt,
            double previousChangePct) {
        public Chain {
            Check.between("height", (double) height, 0, Integer.MAX_VALUE);
        }
    }

    /** The estimate at a moment. */
    public static RetargetEstimate of(Chain chain, Instant now) {
        int blocks = (int) (chain.height() % Epoch.BLOCKS);
        double elapsed = Math.max(0, seconds(chain.epochStartedAt(), now));
        double spacing = blocks == 0 ? TARGET_SECONDS : elapsed / blocks;
        double expected = spacing;
        double change;
        Instant window = chain.windowStartedAt();
        if (window != null && blocks < WINDOW_BLOCKS - 1) {
            double before = seconds(window, chain.epochStartedAt()) * (1 + chain.previousChangePct() / 100);
            expected = (elapsed + before) / (WINDOW_BLOCKS - 1);
            change = (TARGET_SECONDS / ((elapsed + before) / WINDOW_BLOCKS) - 1) * 100;
        } else {
            Instant end = blocks == Epoch.BLOCKS - 1 ? chain.lastBlockAt() : now;
            change = (TARGET_SECONDS / (seconds(chain.epochStartedAt(), end) / (blocks + 1)) - 1) * 100;
        }
        int remaining = Epoch.BLOCKS - blocks;
        Duration toCome = millis(expected);
        return new RetargetEstimate(
                chain.height() + remaining,
                remaining,
                CompactBits.limited(change),
                millis(spacing),
                toCome,
                elapsed / TARGET_SECONDS,
                now.plus(toCome.multipliedBy(remaining)));
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1e3;
    }

    private static Duration millis(double seconds) {
        return Duration.ofMillis((long) Math.floor(seconds * 1_000));
    }
}
