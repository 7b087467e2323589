package io.minerops.blocks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Columns as fleets have them, and as no fleet should. */
final class AnyColumns {
    private static final int MAX_COLUMNS = 12;

    private AnyColumns() {}

    /** Ascending keys from a first one. */
    static Column keys(long first, int rows, Random random) {
        long[] keys = new long[rows];
        long next = first;
        for (int row = 0; row < rows; row++) {
            next += 1 + random.nextInt(3) * random.nextInt(3);
            keys[row] = next;
        }
        return Column.ofNumbers(ColumnIds.KEY, keys);
    }

    /** Values of any kind for some ids, by id. */
    static List<Column> values(int rows, Random random) {
        List<Column> columns = new ArrayList<>();
        int id = ColumnIds.FIRST_READING - 1;
        for (int i = random.nextInt(MAX_COLUMNS); i >= 0; i--) {
            id += 1 + random.nextInt(300);
            columns.add(Column.of(id, random.nextInt(4), values(rows, random.nextInt(8), random)));
        }
        return columns;
    }

    static double[] values(int rows, int kind, Random random) {
        double[] values = new double[rows];
        double level = random.nextInt(10_000);
        double absent = random.nextInt(3) * random.nextDouble();
        for (int row = 0; row < rows; row++) {
            level += kind == 1 ? random.nextInt(5) : 0;
            values[row] = random.nextDouble() < absent ? Double.NaN : value(kind, level, random);
        }
        return values;
    }

    private static double value(int kind, double level, Random random) {
        return switch (kind) {
            case 0, 1 -> level;
            case 2 -> level + random.nextGaussian();
            case 3 -> random.nextInt(50) == 0 ? -1e9 : level + random.nextInt(3);
            case 4 -> random.nextInt(10) == 0 ? random.nextDouble() * 1e-7 : level;
            case 5 -> random.nextInt(20) == 0 ? level / 7 : level;
            case 6 -> random.nextBoolean() ? -0.0 : Double.MIN_VALUE;
            default -> Double.longBitsToDouble(random.nextLong());
        };
    }
}
