package io.minerops.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The first 100 bytes of a file. They are the same in all files of this program but for counters, so that they can be
 * written again. The format: https://www.sqlite.org/fileformat2.html#the_database_header
 */
final class FileHeader {
    private static final int BYTES = 100;
    private static final int PAGE_SIZE = 4_096;
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int CHANGES_AT = 24;
    private static final int PAGES_AT = 28;
    private static final int COOKIE_AT = 40;
    private static final int FORMAT_AT = 44;
    private static final int ENCODING_AT = 56;
    private static final int VALID_FOR_AT = 92;
    private static final int VERSION_AT = 96;
    private static final int SQLITE_VERSION = 3_045_000;
    private static final byte WAL = 2;
    private static final byte[] FRACTIONS = {0, 64, 32, 32};
    private static final int INNER = 5;
    private static final int LEAF = 13;

    private FileHeader() {}

    /** Writes the header of a file again where it is not one; a file whose first page is no list of tables stays as it is. */
    static void restore(Path copy) throws IOException {
        try (FileChannel file = FileChannel.open(copy, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer found = ByteBuffer.allocate(BYTES + 1);
            file.read(found, 0);
            int type = found.get(BYTES);
            ByteBuffer whole = header(file.size());
            if ((type == INNER || type == LEAF) && !isHeader(found, whole)) {
                file.write(whole, 0);
            }
        }
    }

    private static boolean isHeader(ByteBuffer found, ByteBuffer whole) {
        int format = found.getInt(FORMAT_AT);
        // the magic and the page size; the two bytes that follow are the journal's mode
        return found.slice(0, MAGIC.length + 2).equals(whole.slice(0, MAGIC.length + 2))
                && found.slice(MAGIC.length + 4, FRACTIONS.length).equals(ByteBuffer.wrap(FRACTIONS))
                && format >= 1
                && format <= 4
                && found.getInt(ENCODING_AT) == 1;
    }

    private static ByteBuffer header(long bytes) {
        return ByteBuffer.allocate(BYTES)
                .put(MAGIC)
                .putShort((short) PAGE_SIZE)
                .put(WAL)
                .put(WAL)
                .put(FRACTIONS)
                .putInt(CHANGES_AT, 1)
                .putInt(PAGES_AT, (int) (bytes / PAGE_SIZE))
                .putInt(COOKIE_AT, 1)
                .putInt(FORMAT_AT, 4)
                .putInt(ENCODING_AT, 1)
                .putInt(VALID_FOR_AT, 1)
                .putInt(VERSION_AT, SQLITE_VERSION)
                .rewind();
    }
}
