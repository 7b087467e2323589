package io.minerops.blocks;

import io.minerops.api.miner.Pool;
import org.jspecify.annotations.Nullable;

/** The numbers that a store has given to pools. Thread-safe. */
public interface PoolNumbers {
    /** The number of a pool; {@link Column#ABSENT} for none and for one that has no number. */
    long number(@Nullable Pool pool);

    /** The pool of a number; null for {@link Column#ABSENT} and for a number that was never given. */
    @Nullable
    Pool pool(long number);
}
