package io.minerops.core.alert.type;

/** Rows of a snapshot, ascending. */
public interface Rows {
    /** How many there are. */
    int count();

    /** The first of them at that row or after it; -1 where there is none. */
    int next(int row);
}
