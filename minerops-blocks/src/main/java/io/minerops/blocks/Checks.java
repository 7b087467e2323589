package io.minerops.blocks;

import java.util.zip.CRC32C;

/** The head that frames and blocks share: kind, version, count of columns, count of rows, checksum. */
final class Checks {
    static final int VERSION = 1;
    static final int HEAD = 12;
    static final int MAX_ROWS = 1 << 20;

    private static final int VERSION_AT = 1;
    private static final int COLUMNS_AT = 2;
    private static final int ROWS_AT = 4;
    private static final int CHECKSUM_AT = 8;

    private Checks() {}

    /** Writes the head over the first bytes; the rest must be complete. */
    static byte[] close(byte[] bytes, char kind, int columns, int rows) {
        if (rows > MAX_ROWS || columns > 0xFFFF) {
            throw new IllegalArgumentException(
                    "at most " + MAX_ROWS + " rows and 65535 columns, not " + rows + " and " + columns);
        }
        bytes[0] = (byte) kind;
        bytes[VERSION_AT] = VERSION;
        LittleEndian.putShort(bytes, COLUMNS_AT, columns);
        LittleEndian.putInt(bytes, ROWS_AT, rows);
        LittleEndian.putInt(bytes, CHECKSUM_AT, checksum(bytes));
        return bytes;
    }

    /** Fails unless the bytes have the kind, the version and the checksum. */
    static void verify(byte[] bytes, char kind, String what) {
        if (bytes.length < HEAD) {
            throw new DamagedBytesException(
                    what + " of " + bytes.length + " bytes is shorter than its head of " + HEAD);
        }
        if (bytes[0] != kind) {
            throw new DamagedBytesException(what + " begins with byte " + (bytes[0] & 0xFF) + ", not " + (int) kind);
        }
        if (bytes[VERSION_AT] != VERSION) {
            throw new DamagedBytesException(what + " has format version " + (bytes[VERSION_AT] & 0xFF)
                    + ", and this program reads version " + VERSION);
        }
        int stored = LittleEndian.getInt(bytes, CHECKSUM_AT);
        int found = checksum(bytes);
        if (stored != found) {
            throw new DamagedBytesException(what + " has the checksum " + Integer.toHexString(stored) + ", and its "
                    + bytes.length + " bytes give " + Integer.toHexString(found));
        }
        int rows = LittleEndian.getInt(bytes, ROWS_AT);
        if (rows < 0 || rows > MAX_ROWS) {
            throw new DamagedBytesException(what + " claims " + rows + " rows; at most " + MAX_ROWS + " are accepted");
        }
    }

    static int columns(byte[] bytes) {
        return LittleEndian.getShort(bytes, COLUMNS_AT);
    }

    static int rows(byte[] bytes) {
        return LittleEndian.getInt(bytes, ROWS_AT);
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CHECKSUM_AT);
        crc.update(bytes, HEAD, bytes.length - HEAD);
        return (int) crc.getValue();
    }
}
