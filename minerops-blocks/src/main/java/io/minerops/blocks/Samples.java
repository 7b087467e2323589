package io.minerops.blocks;

import org.jspecify.annotations.Nullable;

/** Samples of one miner, ascending by time: a sealed block, or a series that is not sealed yet. */
public interface Samples {
    /** The poll times, ms since the epoch. */
    long[] times();

    /** The numbers of a column, one for each time, {@link Column#ABSENT} where there is none; null where it has none. */
    long @Nullable [] numbersOf(int id);

    /** The values of a column, one for each time, NaN where there is none; null where it has none. */
    double @Nullable [] valuesOf(int id);
}
