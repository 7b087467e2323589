package io.minerops.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The keys of a table as they stand in the pages of a file without a write-ahead log, read past SQLite, which gives up a
 * whole query where one page is damaged. A page that is missing or makes no sense costs the keys below it; those of the
 * pages around it name the range. The format: https://www.sqlite.org/fileformat2.html#b_tree_pages
 */
final class TableTree {
    private static final int INNER = 5;
    private static final int LEAF = 13;
    private static final int FILE_HEADER = 100;
    private static final int PAGE_SIZE_AT = 16;
    private static final int MAX_PAGE_SIZE = 65_536;
    private static final int MAX_VARINT = 9;
    private static final int MIN_CELL = 4;

    private final FileChannel file;
    private final int pageSize;
    private final Set<Long> seen = new HashSet<>();
    private final List<Long> keys = new ArrayList<>();
    private final List<Range> lost = new ArrayList<>();

    /** Keys from one to another, both included. */
    record Range(long from, long to) {}

    private TableTree(FileChannel file, int pageSize) {
        this.file = file;
        this.pageSize = pageSize;
    }

    /** Reads the tree of a table from its root page on. */
    static TableTree read(FileChannel file, long root) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(FILE_HEADER);
        file.read(header, 0);
        int size = header.getShort(PAGE_SIZE_AT) & 0xffff;
        TableTree tree = new TableTree(file, size == 1 ? MAX_PAGE_SIZE : size);
        tree.page(root, Long.MIN_VALUE, Long.MAX_VALUE);
        return tree;
    }

    /** The keys that were found, ascending. */
    List<Long> keys() {
        return keys;
    }

    /** The ranges of which no more is known than that they were on unreadable pages, or parts of ranges that were. */
    List<Range> lost() {
        return lost;
    }

    private void page(long number, long from, long to) throws IOException {
        ByteBuffer page = ByteBuffer.allocate(pageSize);
        // a page that is its own ancestor would be read for ever
        boolean whole = number > 0 && seen.add(number) && file.read(page, (number - 1) * pageSize) == pageSize;
        int header = number == 1 ? FILE_HEADER : 0;
        int type = whole ? page.get(header) : 0;
        if (type == LEAF) {
            leaf(page, header, from, to);
        } else if (type == INNER) {
            inner(page, header, from, to);
        } else {
            lost.add(new Range(from, to));
        }
    }

    private void inner(ByteBuffer page, int header, long from, long to) throws IOException {
        int cells = page.getShort(header + 3) & 0xffff;
        long next = from;
        for (int cell = 0; cell < cells; cell++) {
            int at = cellAt(page, header + 12, cell);
            long key = at < 0 ? Long.MIN_VALUE : new Varint(page, at + 4).value;
            if (at < 0 || key < next || key > to) {
                lost.add(new Range(next, to));
                return;
            }
            page(page.getInt(at) & 0xffff_ffffL, next, key);
            if (key == Long.MAX_VALUE) {
                return;
            }
            next = key + 1;
        }
        page(page.getInt(header + 8) & 0xffff_ffffL, next, to);
    }

    private void leaf(ByteBuffer page, int header, long from, long to) {
        int cells = page.getShort(header + 3) & 0xffff;
        long next = from;
        for (int cell = 0; cell < cells; cell++) {
            int at = cellAt(page, header + 8, cell);
            long key = at < 0 ? Long.MIN_VALUE : new Varint(page, new Varint(page, at).end).value;
            if (at < 0 || key < next || key > to) {
                lost.add(new Range(next, to));
                return;
            }
            keys.add(key);
            next = key == Long.MAX_VALUE ? key : key + 1;
        }
    }

    /** Where a cell begins; negative where that cannot be. */
    private int cellAt(ByteBuffer page, int pointers, int cell) {
        int pointer = pointers + 2 * cell;
        int at = pointer + 2 > pageSize ? 0 : page.getShort(pointer) & 0xffff;
        return at > pointers && at + MIN_CELL <= pageSize ? at : -1;
    }

    /** An integer of one to nine bytes; what lies beyond the page counts as zeros. */
    private static final class Varint {
        private final long value;
        private final int end;

        Varint(ByteBuffer page, int begin) {
            long bits = 0;
            int at = begin;
            for (int i = 1; i <= MAX_VARINT; i++) {
                int octet = at < page.limit() ? page.get(at) & 0xff : 0;
                at++;
                if (i == MAX_VARINT) {
                    bits = (bits << 8) | octet;
                    break;
                }
                bits = (bits << 7) | (octet & 0x7f);
                if (octet < 0x80) {
                    break;
                }
            }
            value = bits;
            end = at;
        }
    }
}
