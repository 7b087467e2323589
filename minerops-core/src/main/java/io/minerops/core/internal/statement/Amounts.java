package io.minerops.core.internal.statement;

import io.minerops.api.internal.CompensatedSum;
import java.util.Arrays;

/**
 * Sums of each {@link Figure} by row. Each is kept in two doubles as {@link CompensatedSum} does, here in arrays, for there
 * are some fifty for each miner. Not thread-safe.
 */
final class Amounts {
    private double[] sums;
    private double[] roundedOff;

    Amounts(int rows) {
        sums = new double[rows * Figure.COUNT];
        roundedOff = new double[sums.length];
    }

    void grow(int rows) {
        sums = Arrays.copyOf(sums, rows * Figure.COUNT);
        roundedOff = Arrays.copyOf(roundedOff, sums.length);
    }

    void add(int row, int figure, double term) {
        if (term == 0) {
            return;
        }
        int at = row * Figure.COUNT + figure;
        double sum = sums[at];
        double next = sum + term;
        roundedOff[at] += Math.abs(sum) >= Math.abs(term) ? (sum - next) + term : (term - next) + sum;
        sums[at] = next;
    }

    /** Adds the sums of another one, which is then empty. */
    void take(Amounts other) {
        for (int at = 0; at < other.sums.length; at++) {
            if (other.sums[at] != 0) {
                add(at / Figure.COUNT, at % Figure.COUNT, other.sums[at]);
                add(at / Figure.COUNT, at % Figure.COUNT, other.roundedOff[at]);
            }
        }
        Arrays.fill(other.sums, 0);
        Arrays.fill(other.roundedOff, 0);
    }

    boolean has(int row) {
        return sums[row * Figure.COUNT + Figure.TOTAL_S] > 0;
    }

    /** Each figure of some rows together. */
    double[] sum(Iterable<Integer> rows) {
        double[] all = new double[Figure.COUNT];
        for (int figure = 0; figure < Figure.COUNT; figure++) {
            CompensatedSum sum = new CompensatedSum();
            for (int row : rows) {
                sum.add(sums[row * Figure.COUNT + figure]);
                sum.add(roundedOff[row * Figure.COUNT + figure]);
            }
            all[figure] = sum.value();
        }
        return all;
    }
}
