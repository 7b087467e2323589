package io.minerops.core.alert;

import io.minerops.core.alert.type.Rows;
import java.util.Arrays;

/** A set of rows, one bit each, that loops over the fleet can take a word at a time. */
final class RowBits implements Rows {
    private final int size;
    private final long[] words;

    RowBits(int size) {
        this.size = size;
        words = new long[wordsFor(size)];
    }

    static int wordsFor(int rows) {
        return (rows + Long.SIZE - 1) / Long.SIZE;
    }

    /** The words themselves, row 0 in the lowest bit of the first; not to be written to outside this package. */
    long[] words() {
        return words;
    }

    void set(int row) {
        words[row >>> 6] |= 1L << row;
    }

    boolean get(int row) {
        return (words[row >>> 6] & 1L << row) != 0;
    }

    void setAll() {
        Arrays.fill(words, -1);
        if (size % Long.SIZE != 0) {
            words[words.length - 1] = -1L >>> (Long.SIZE - size % Long.SIZE);
        }
    }

    void clear() {
        Arrays.fill(words, 0);
    }

    void or(RowBits other) {
        for (int word = 0; word < words.length; word++) {
            words[word] |= other.words[word];
        }
    }

    void and(RowBits other) {
        for (int word = 0; word < words.length; word++) {
            words[word] &= other.words[word];
        }
    }

    @Override
    public int count() {
        int count = 0;
        for (long word : words) {
            count += Long.bitCount(word);
        }
        return count;
    }

    @Override
    public int next(int row) {
        int word = row >>> 6;
        if (word >= words.length) {
            return -1;
        }
        long left = words[word] & -1L << row;
        while (left == 0) {
            if (++word == words.length) {
                return -1;
            }
            left = words[word];
        }
        return word * Long.SIZE + Long.numberOfTrailingZeros(left);
    }

    boolean isEmpty() {
        for (long word : words) {
            if (word != 0) {
                return false;
            }
        }
        return true;
    }

    /** The rows in the set, ascending. */
    int[] rows() {
        int[] rows = new int[count()];
        int next = 0;
        for (int word = 0; word < words.length; word++) {
            for (long left = words[word]; left != 0; left &= left - 1) {
                rows[next++] = word * Long.SIZE + Long.numberOfTrailingZeros(left);
            }
        }
        return rows;
    }
}
