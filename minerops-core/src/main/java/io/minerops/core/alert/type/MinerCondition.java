package io.minerops.core.alert.type;

/** A rule's thresholds made ready to judge each miner by itself. Implementations are immutable and pure. */
public non-sealed interface MinerCondition extends Condition {
    /** Judges the miner of one row of the context's snapshot. */
    Verdict judge(CheckContext check, int row);

    /** Describes in text and numbers what {@link #judge} saw; called only when an alert begins or ends. */
    Finding describe(CheckContext check, int row);

    /**
     * Finds the rows that {@link #judge} would call {@link Verdict#VIOLATED}, and perhaps more: each is judged before
     * anything follows from it. This is what every check does for every miner, so a type that many rules have is worth
     * a loop over the snapshot's columns, as {@link ColumnScan} has them; by default each row is judged.
     *
     * @param from the first row, a multiple of 64
     * @param to the row after the last
     * @param found where the rows are marked, all clear before: row {@code from + i} in bit {@code i % 64} of word
     *     {@code i / 64}
     */
    default void scan(CheckContext check, int from, int to, long[] found) {
        for (int row = from; row < to; row++) {
            if (judge(check, row) == Verdict.VIOLATED) {
                found[(row - from) >>> 6] |= 1L << (row - from);
            }
        }
    }
}
