package io.minerops.blocks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Rows of numbered miners in columns of fixed width, so that any row is found without decoding the others: the samples of
 * one poll, or the roll-ups of some miners. The rows ascend by their key. The bytes are shared and must not change.
 */
public final class Frame {
    private static final char KIND = 'F';
    private static final int ENTRY = 16;
    private static final int SOME_ABSENT = 0x80;
    private static final int SCALE_AT = 2;
    private static final int WIDTH_AT = 3;
    private static final int OFFSET_AT = 4;
    private static final int BASE_AT = 8;

    private final byte[] bytes;
    private final int rows;
    private final int[] ids;
    private final byte[] widths;
    private final int[] scales;
    private final int[] presence;
    private final int[] values;
    private final long[] bases;

    private Frame(byte[] bytes) {
        Checks.verify(bytes, KIND, "frame");
        this.bytes = bytes;
        rows = Checks.rows(bytes);
        int columns = Checks.columns(bytes);
        int data = Checks.HEAD + columns * ENTRY;
        if (bytes.length < data) {
            throw new DamagedBytesException(
                    "frame of " + bytes.length + " bytes is shorter than its directory of " + columns + " columns");
        }
        ids = new int[columns];
        widths = new byte[columns];
        scales = new int[columns];
        presence = new int[columns];
        values = new int[columns];
        bases = new long[columns];
        long end = data;
        for (int column = 0; column < columns; column++) {
            end = readEntry(column, end);
        }
        if (end != bytes.length) {
            throw new DamagedBytesException("frame of " + bytes.length + " bytes must have " + end);
        }
    }

    /** Reads one entry of the directory; the end of its column's data. */
    private long readEntry(int column, long begin) {
        int at = Checks.HEAD + column * ENTRY;
        ids[column] = LittleEndian.getShort(bytes, at);
        scales[column] = bytes[at + SCALE_AT] & 0xFF;
        int width = bytes[at + WIDTH_AT] & SOME_ABSENT - 1;
        boolean someAbsent = (bytes[at + WIDTH_AT] & SOME_ABSENT) != 0;
        bases[column] = LittleEndian.getLong(bytes, at + BASE_AT);
        String name = "column " + ids[column] + " of a frame";
        if (column > 0 && ids[column] <= ids[column - 1]) {
            throw new DamagedBytesException(name + " comes after column " + ids[column - 1]);
        }
        if (scales[column] > Column.MAX_SCALE && scales[column] != Column.DOUBLES) {
            throw new DamagedBytesException(name + " has the scale " + scales[column]);
        }
        if (width > Long.BYTES) {
            throw new DamagedBytesException(name + " has values of " + width + " bytes");
        }
        if (LittleEndian.getInt(bytes, at + OFFSET_AT) != begin) {
            throw new DamagedBytesException(
                    name + " begins at " + LittleEndian.getInt(bytes, at + OFFSET_AT) + ", not at " + begin);
        }
        widths[column] = (byte) width;
        presence[column] = someAbsent ? (int) begin : -1;
        long first = begin + (someAbsent ? (rows + 7) / 8 : 0);
        long end = first + (long) width * rows;
        if (end > bytes.length) {
            throw new DamagedBytesException(
                    name + " ends at " + end + ", behind the last of " + bytes.length + " bytes");
        }
        values[column] = (int) first;
        return end;
    }

    /**
     * The frame in bytes.
     *
     * @throws DamagedBytesException if they are not a whole frame of this version
     */
    public static Frame of(byte[] bytes) {
        return new Frame(bytes);
    }

    /**
     * Columns as bytes; one without any value is left out.
     *
     * @param columns of equal length, ascending by id, the first of them the key, ascending and without absent rows
     */
    public static byte[] encode(List<Column> columns) {
        int rows = columns.get(0).rows();
        List<Column> kept = new ArrayList<>(columns.size());
        for (Column column : columns) {
            if (column.id() == ColumnIds.KEY || !column.isEmpty()) {
                kept.add(column);
            }
        }
        Shape[] shapes = new Shape[kept.size()];
        int size = Checks.HEAD + shapes.length * ENTRY;
        for (int i = 0; i < shapes.length; i++) {
            shapes[i] = Shape.of(kept.get(i));
            size += shapes[i].size(rows);
        }
        byte[] bytes = new byte[size];
        int at = Checks.HEAD + shapes.length * ENTRY;
        for (int i = 0; i < shapes.length; i++) {
            at = writeColumn(bytes, at, kept.get(i), shapes[i]);
        }
        for (int i = 0, data = Checks.HEAD + shapes.length * ENTRY; i < shapes.length; i++) {
            writeEntry(bytes, Checks.HEAD + i * ENTRY, kept.get(i), shapes[i], data);
            data += shapes[i].size(rows);
        }
        return Checks.close(bytes, KIND, shapes.length, rows);
    }

    /** The rows of two frames as bytes; where both have a key, the row of the newer. */
    public static byte[] merge(Frame older, Frame newer) {
        SortedSet<Integer> ids = new TreeSet<>();
        TreeMap<Long, Integer> rows = new TreeMap<>();
        for (Frame frame : List.of(older, newer)) {
            for (int id : frame.ids) {
                ids.add(id);
            }
            int keys = frame.find(ColumnIds.KEY);
            for (int row = 0; row < frame.rows; row++) {
                rows.put(frame.number(keys, row), frame == older ? row : -row - 1);
            }
        }
        List<Column> columns = new ArrayList<>();
        for (int id : ids) {
            columns.add(merge(id, older, newer, rows));
        }
        return encode(columns);
    }

    /** One row as the bytes of a frame of its own. */
    public byte[] ofRow(int row) {
        List<Column> columns = new ArrayList<>(ids.length);
        for (int column = 0; column < ids.length; column++) {
            columns.add(new Column(ids[column], scales[column], new long[] {number(column, row)}));
        }
        return encode(columns);
    }

    /** One column of both: numbers in the larger scale, or doubles where one does not fit it. */
    private static Column merge(int id, Frame older, Frame newer, SortedMap<Long, Integer> rows) {
        int first = older.find(id);
        int second = newer.find(id);
        int scale = Math.max(first < 0 ? 0 : older.scales[first], second < 0 ? 0 : newer.scales[second]);
        long[] numbers = new long[rows.size()];
        double[] values = new double[numbers.length];
        boolean fits = true;
        int row = 0;
        for (int from : rows.values()) {
            Frame frame = from >= 0 ? older : newer;
            int column = from >= 0 ? first : second;
            int source = from >= 0 ? from : -from - 1;
            long number = column < 0 ? Column.ABSENT : frame.number(column, source);
            int own = column < 0 ? scale : frame.scales[column];
            fits &= Column.fits(number, own, scale);
            numbers[row] = fits ? Column.rescaled(number, own, scale) : 0;
            values[row++] = Column.value(number, own);
        }
        return fits ? new Column(id, scale, numbers) : Column.ofDoubles(id, values);
    }

    private static void writeEntry(byte[] bytes, int at, Column column, Shape shape, int data) {
        LittleEndian.putShort(bytes, at, column.id());
        bytes[at + SCALE_AT] = (byte) column.scale();
        bytes[at + WIDTH_AT] = (byte) (shape.width | (shape.someAbsent ? SOME_ABSENT : 0));
        LittleEndian.putInt(bytes, at + OFFSET_AT, data);
        LittleEndian.putLong(bytes, at + BASE_AT, shape.base);
    }

    private static int writeColumn(byte[] bytes, int begin, Column column, Shape shape) {
        int rows = column.rows();
        int at = begin;
        if (shape.someAbsent) {
            for (int row = 0; row < rows; row++) {
                if (column.number(row) != Column.ABSENT) {
                    bytes[at + (row >> 3)] |= (byte) (1 << (row & 7));
                }
            }
            at += (rows + 7) / 8;
        }
        if (shape.width > 0) {
            for (int row = 0; row < rows; row++) {
                long number = column.number(row);
                LittleEndian.put(bytes, at, shape.width, number == Column.ABSENT ? 0 : number - shape.base);
                at += shape.width;
            }
        }
        return at;
    }

    /** How a column is written: numbers as their distance from the smallest, in as few bytes as the largest needs. */
    private record Shape(long base, int width, boolean someAbsent) {
        static Shape of(Column column) {
            long min = Long.MAX_VALUE;
            long max = Long.MIN_VALUE;
            boolean absent = false;
            for (int row = 0; row < column.rows(); row++) {
                long number = column.number(row);
                if (number == Column.ABSENT) {
                    absent = true;
                } else {
                    min = Math.min(min, number);
                    max = Math.max(max, number);
                }
            }
            if (column.scale() == Column.DOUBLES) {
                return new Shape(0, Long.BYTES, absent);
            }
            if (max < min) {
                return new Shape(0, 0, absent);
            }
            int bits = Long.SIZE - Long.numberOfLeadingZeros(max - min);
            return new Shape(min, (bits + 7) / 8, absent);
        }

        int size(int rows) {
            return (someAbsent ? (rows + 7) / 8 : 0) + width * rows;
        }
    }

    /** How many rows there are. */
    public int rows() {
        return rows;
    }

    /** How many columns there are. */
    public int columns() {
        return ids.length;
    }

    /** The id of a column by its position. */
    public int id(int column) {
        return ids[column];
    }

    /** The position of a column; -1 where the frame has none of that id. */
    public int find(int id) {
        return Math.max(-1, Arrays.binarySearch(ids, id));
    }

    /** The number in a row as it is stored; {@link Column#ABSENT} where there is none. */
    public long number(int column, int row) {
        int bits = presence[column];
        if (bits >= 0 && (bytes[bits + (row >> 3)] & 1 << (row & 7)) == 0) {
            return Column.ABSENT;
        }
        int width = widths[column];
        return bases[column] + LittleEndian.get(bytes, values[column] + row * width, width);
    }

    /** The value in a row; NaN where there is none. A column of position -1 has none. */
    public double value(int column, int row) {
        return column < 0 ? Double.NaN : Column.value(number(column, row), scales[column]);
    }

    int scale(int column) {
        return scales[column];
    }

    /** The row of a key; -1 where there is none. */
    public int row(long key) {
        int row = firstRow(key);
        return row < rows && number(find(ColumnIds.KEY), row) == key ? row : -1;
    }

    /** The first row whose key is not below one given; {@link #rows()} where there is none. */
    public int firstRow(long key) {
        int column = find(ColumnIds.KEY);
        int low = 0;
        int high = column < 0 ? 0 : rows;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (number(column, middle) < key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return column < 0 ? rows : low;
    }
}
