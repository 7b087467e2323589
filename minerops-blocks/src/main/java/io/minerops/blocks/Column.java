package io.minerops.blocks;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One column of rows as whole numbers: a value is its number divided by ten to the power of the scale, or the number is
 * the bits of a double. Not to be changed once made.
 */
public final class Column {
    /** The number of a row that has no value. */
    public static final long ABSENT = Long.MIN_VALUE;

    /** The scale of a column whose numbers are the bits of doubles. */
    static final int DOUBLES = 255;

    static final int MAX_SCALE = 15;

    /** What rounding may change a value by, relative: half of what the stores promise. */
    private static final double TOLERANCE = 5e-4;

    /** A double holds every whole number up to here. */
    private static final long MAX_EXACT = 1L << 53;

    private static final double[] POWERS = new double[MAX_SCALE + 1];
    private static final long[] WHOLE_POWERS = new long[MAX_SCALE + 1];

    static {
        WHOLE_POWERS[0] = 1;
        for (int i = 1; i <= MAX_SCALE; i++) {
            WHOLE_POWERS[i] = WHOLE_POWERS[i - 1] * 10;
        }
        Arrays.setAll(POWERS, i -> WHOLE_POWERS[i]);
    }

    private final int id;
    private final int scale;
    private final long[] numbers;

    Column(int id, int scale, long[] numbers) {
        this.id = id;
        this.scale = scale;
        this.numbers = numbers;
    }

    /** A column of whole numbers, {@link #ABSENT} where there is none. The array is kept. */
    public static Column ofNumbers(int id, long[] numbers) {
        return new Column(id, 0, numbers);
    }

    /**
     * A column of values, NaN where there is none. Each value is rounded to the fewest decimals, at least those given, that
     * keep it within 0.05 %; a value that has no more than these stays what it is. Values that whole numbers cannot hold
     * make it a column of doubles, in which each stays what it is.
     */
    public static Column of(int id, int decimals, double[] values) {
        long[] numbers = new long[values.length];
        byte[] own = null;
        int scale = decimals;
        for (int row = 0; row < values.length; row++) {
            double scaled = values[row] * POWERS[decimals];
            double rounded = Math.rint(scaled);
            if (Math.abs(rounded - scaled) <= TOLERANCE * Math.abs(scaled) && Math.abs(rounded) <= MAX_EXACT) {
                numbers[row] = (long) rounded;
            } else if (Double.isNaN(scaled)) {
                numbers[row] = ABSENT;
            } else {
                int needed = decimals(values[row], decimals + 1);
                if (needed > MAX_SCALE) {
                    return ofDoubles(id, values);
                }
                own = own == null ? new byte[values.length] : own;
                own[row] = (byte) (needed - decimals);
                numbers[row] = (long) Math.rint(values[row] * POWERS[needed]);
                scale = Math.max(scale, needed);
            }
        }
        return own == null || rescale(numbers, own, scale - decimals)
                ? new Column(id, scale, numbers)
                : ofDoubles(id, values);
    }

    /** The value as {@link #of} stores it, unless another value of its column needs doubles. */
    static double rounded(int decimals, double value) {
        int needed = decimals(value, decimals);
        return needed > MAX_SCALE ? value : Math.rint(value * POWERS[needed]) / POWERS[needed] + 0.0;
    }

    private static int decimals(double value, int fewest) {
        for (int decimals = fewest; decimals <= MAX_SCALE; decimals++) {
            double scaled = value * POWERS[decimals];
            double rounded = Math.rint(scaled);
            if (!(Math.abs(rounded) <= MAX_EXACT)) {
                break;
            }
            if (Math.abs(rounded - scaled) <= TOLERANCE * Math.abs(scaled)) {
                return decimals;
            }
        }
        return MAX_SCALE + 1;
    }

    /** Brings numbers of several scales to one; false where one becomes too large. */
    private static boolean rescale(long[] numbers, byte[] own, int added) {
        for (int row = 0; row < numbers.length; row++) {
            if (numbers[row] != ABSENT) {
                long power = WHOLE_POWERS[added - own[row]];
                if (Math.abs(numbers[row]) > MAX_EXACT / power) {
                    return false;
                }
                numbers[row] *= power;
            }
        }
        return true;
    }

    /**
     * A column of values as they are, to the last bit, NaN where there is none: whole numbers where some decimals, at least
     * those given, are all that every value has, and doubles elsewhere.
     */
    public static Column exact(int id, int decimals, double[] values) {
        for (int scale = decimals; scale <= MAX_SCALE; scale++) {
            long[] numbers = exactly(values, scale);
            if (numbers != null) {
                return new Column(id, scale, numbers);
            }
        }
        return ofDoubles(id, values);
    }

    /** Values as numbers of that scale; null where one is not the same when it is read again. */
    private static long @Nullable [] exactly(double[] values, int scale) {
        long[] numbers = new long[values.length];
        for (int row = 0; row < values.length; row++) {
            double rounded = Math.rint(values[row] * POWERS[scale]);
            if (Double.isNaN(rounded)) {
                numbers[row] = ABSENT;
            } else if (Math.abs(rounded) <= MAX_EXACT && rounded / POWERS[scale] == values[row]) {
                numbers[row] = (long) rounded;
            } else {
                return null;
            }
        }
        return numbers;
    }

    /** A column of values as they are, to the last bit; NaN where there is none. */
    public static Column ofDoubles(int id, double[] values) {
        long[] numbers = new long[values.length];
        // plus zero: the bits of a negative zero mean absent
        Arrays.setAll(
                numbers, row -> Double.isNaN(values[row]) ? ABSENT : Double.doubleToRawLongBits(values[row] + 0.0));
        return new Column(id, DOUBLES, numbers);
    }

    /** The column's id, see {@link ColumnIds}. */
    public int id() {
        return id;
    }

    /** How many rows there are. */
    public int rows() {
        return numbers.length;
    }

    /** The number of a row as it is stored; {@link #ABSENT} where there is none. */
    public long number(int row) {
        return numbers[row];
    }

    /** The value of a row; NaN where there is none. */
    public double value(int row) {
        return value(numbers[row], scale);
    }

    int scale() {
        return scale;
    }

    /** Whether no row has a value. */
    boolean isEmpty() {
        for (long number : numbers) {
            if (number != ABSENT) {
                return false;
            }
        }
        return true;
    }

    static double value(long number, int scale) {
        if (number == ABSENT) {
            return Double.NaN;
        }
        return scale == DOUBLES ? Double.longBitsToDouble(number) : number / POWERS[scale];
    }

    /** A number in a larger scale, or as the bits of a double; for what {@link #fits}. */
    static long rescaled(long number, int from, int to) {
        if (number == ABSENT || from == to) {
            return number;
        }
        return to == DOUBLES ? Double.doubleToRawLongBits(value(number, from) + 0.0) : number * WHOLE_POWERS[to - from];
    }

    /** Whether a number stays exact in a larger scale. */
    static boolean fits(long number, int from, int to) {
        return to == DOUBLES
                || number == ABSENT
                || (from != DOUBLES && Math.abs(number) <= MAX_EXACT / WHOLE_POWERS[to - from]);
    }
}
