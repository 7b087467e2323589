package io.minerops.blocks;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one miner over one hour, a compressed column for the poll times and one for each reading. A column is
 * decoded when it is requested. The bytes are shared and must not change.
 */
public final class Block implements Samples {
    static final char KIND = 'B';
    static final int SOME_ABSENT = 0x80;
    /** A poll each 55 ms. */
    static final int MAX_ROWS = 1 << 16;

    private final byte[] bytes;
    private final int rows;
    private final int[] ids;
    private final int[] scales;
    private final int[] encodings;
    private final int[] begins;
    private final int[] ends;

    private Block(byte[] bytes) {
        Checks.verify(bytes, KIND, "block");
        this.bytes = bytes;
        rows = Checks.rows(bytes);
        if (rows < 1 || rows > MAX_ROWS) {
            throw new DamagedBytesException("block claims " + rows + " rows; 1 to " + MAX_ROWS + " are accepted");
        }
        int columns = Checks.columns(bytes);
        ByteSource source = new ByteSource(bytes, Checks.HEAD, bytes.length, "block of " + columns + " columns");
        if (columns < 1 || columns > source.left()) {
            throw source.damaged("has " + source.left() + " bytes for them");
        }
        ids = new int[columns];
        scales = new int[columns];
        encodings = new int[columns];
        begins = new int[columns];
        ends = new int[columns];
        long id = -1;
        for (int column = 0; column < columns; column++) {
            id = readEntry(source, column, id);
        }
        source.requireEnd();
        if (ids[0] != ColumnIds.KEY || (encodings[0] & SOME_ABSENT) != 0 || scales[0] != 0) {
            throw source.damaged("does not begin with the times of all its rows");
        }
    }

    private long readEntry(ByteSource source, int column, long idBefore) {
        long id = idBefore + 1 + source.getUnsigned();
        if (id < 0 || id > 0xFFFF) {
            throw source.damaged("has a column of id " + id);
        }
        ids[column] = (int) id;
        scales[column] = source.get();
        if (scales[column] > Column.MAX_SCALE && scales[column] != Column.DOUBLES) {
            throw source.damaged("has the scale " + scales[column] + " in column " + id);
        }
        encodings[column] = source.get();
        long length = source.getUnsigned();
        if (length < 0) {
            throw source.damaged("has a length of more than 63 bits in column " + id);
        }
        begins[column] = source.skip(length);
        ends[column] = source.at();
        return id;
    }

    /**
     * The block in bytes.
     *
     * @throws DamagedBytesException if they are not a whole block of this version; a column that is damaged in itself,
     *     which the checksum cannot have let through, is found when it is decoded
     */
    public static Block of(byte[] bytes) {
        return new Block(bytes);
    }

    /** How many samples there are, at least one. */
    public int rows() {
        return rows;
    }

    /** How many columns there are, that of the times included. */
    public int columns() {
        return ids.length;
    }

    /** The id of a column by its position; the first is {@link ColumnIds#KEY}, the poll times. */
    public int id(int column) {
        return ids[column];
    }

    /** The position of a column; -1 where the block has none of that id. */
    public int find(int id) {
        int column = Arrays.binarySearch(ids, id);
        return Math.max(-1, column);
    }

    /** How many bytes the numbers of a column take. */
    public int size(int column) {
        return ends[column] - begins[column];
    }

    @Override
    public long[] times() {
        return numbers(0);
    }

    @Override
    public long @Nullable [] numbersOf(int id) {
        int column = find(id);
        return column < 0 ? null : numbers(column);
    }

    @Override
    public double @Nullable [] valuesOf(int id) {
        int column = find(id);
        return column < 0 ? null : values(column);
    }

    /** The numbers of a column as they are stored; {@link Column#ABSENT} where there is none. */
    public long[] numbers(int column) {
        String name = "column " + ids[column] + " of a block";
        ByteSource source = new ByteSource(bytes, begins[column], ends[column], name);
        long[] numbers = new long[rows];
        int code = encodings[column];
        Encoding encoding = Encoding.of(code & ~SOME_ABSENT, source);
        if ((code & SOME_ABSENT) == 0) {
            encoding.read(source, bytes, numbers, rows);
        } else {
            spread(source, encoding, numbers);
        }
        return numbers;
    }

    /** Reads the numbers of those rows that have one, and moves each to its row. */
    private void spread(ByteSource source, Encoding encoding, long[] numbers) {
        int bitmap = source.skip((rows + 7) / 8);
        int present = 0;
        for (int row = 0; row < rows; row++) {
            present += isPresent(bitmap, row) ? 1 : 0;
        }
        if (present == 0) {
            throw source.damaged("has no values");
        }
        encoding.read(source, bytes, numbers, present);
        for (int row = rows - 1; row >= 0; row--) {
            numbers[row] = isPresent(bitmap, row) ? numbers[--present] : Column.ABSENT;
        }
    }

    private boolean isPresent(int bitmap, int row) {
        return (bytes[bitmap + (row >> 3)] & 1 << (row & 7)) != 0;
    }

    /** The values of a column; NaN where there is none. */
    public double[] values(int column) {
        long[] numbers = numbers(column);
        double[] values = new double[numbers.length];
        for (int row = 0; row < values.length; row++) {
            values[row] = Column.value(numbers[row], scales[column]);
        }
        return values;
    }

    int scale(int column) {
        return scales[column];
    }

    Encoding encoding(int column) {
        return Encoding.of(
                encodings[column] & ~SOME_ABSENT, new ByteSource(bytes, begins[column], ends[column], "block"));
    }
}
