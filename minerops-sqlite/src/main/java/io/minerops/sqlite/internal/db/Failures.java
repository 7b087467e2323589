package io.minerops.sqlite.internal.db;

import io.minerops.api.StoreException;
import io.minerops.api.StoreException.Reason;
import io.minerops.blocks.DamagedBytesException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says what failed on which file, why, and what to do about it. */
public final class Failures {
    /** The part of a code that says the kind of a failure; the rest says where it happened. */
    private static final int PRIMARY_CODE = 0xff;

    private Failures() {}

    public static StoreException of(String step, Path file, Exception e) {
        if (e instanceof StoreException known) {
            return known;
        }
        String why = why(e);
        Reason kind = e instanceof DamagedRowException ? Reason.DAMAGED : reason(e);
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite) {
                why = reason(sqlite);
                kind = kind(sqlite);
            } else if (cause instanceof StoreException store) {
                kind = store.reason();
            }
        }
        return new StoreException(step + " failed on " + file + ": " + why, e, kind);
    }

    static String why(Exception e) {
        if (e instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** The reason of a failure of the file system, which says it in words of the C library alone. */
    static Reason reason(Exception e) {
        String said = e instanceof FileSystemException file ? String.valueOf(file.getReason()) : "";
        if (e instanceof AccessDeniedException || said.equals("Read-only file system")) {
            return Reason.READ_ONLY;
        }
        return said.equals("No space left on device") || said.equals("Disk quota exceeded")
                ? Reason.DISK_FULL
                : Reason.OTHER;
    }

    /** Whether SQLite or a checksum has found damage: no mistake of this program, no other file and no lock looks like that. */
    public static boolean isProvenDamage(StoreException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof DamagedBytesException
                    || (cause instanceof SQLiteException sqlite
                            && (sqlite.getResultCode().code & PRIMARY_CODE) == SQLiteErrorCode.SQLITE_CORRUPT.code)) {
                return true;
            }
        }
        return false;
    }

    private static Reason kind(SQLiteException e) {
        return switch (SQLiteErrorCode.getErrorCode(e.getResultCode().code & PRIMARY_CODE)) {
            case SQLITE_FULL -> Reason.DISK_FULL;
            case SQLITE_READONLY, SQLITE_PERM -> Reason.READ_ONLY;
            case SQLITE_BUSY, SQLITE_LOCKED -> Reason.LOCKED;
            case SQLITE_CORRUPT, SQLITE_NOTADB -> Reason.DAMAGED;
            default -> Reason.OTHER;
        };
    }

    private static String reason(SQLiteException e) {
        SQLiteErrorCode code = e.getResultCode();
        if (code == SQLiteErrorCode.SQLITE_NOTADB) {
            return "the file is not a SQLite database, or its header is damaged; choose another file, or recover what can be"
                    + " read with `minerops db repair NEWFILE`";
        } else if (code == SQLiteErrorCode.SQLITE_BUSY || code == SQLiteErrorCode.SQLITE_LOCKED) {
            return "another process is writing to it; close that process (" + code + ")";
        } else if (code == SQLiteErrorCode.SQLITE_CANTOPEN) {
            return "it cannot be opened; the folder must exist and be writable";
        } else if (kind(e) == Reason.READ_ONLY) {
            return "it may be read only; give this user permission to write to the file and its folder, and mount its"
                    + " file system for writing (" + e.getMessage() + ")";
        } else if (code == SQLiteErrorCode.SQLITE_FULL) {
            return "the disk is full (" + e.getMessage() + ")";
        } else if ((code.code & PRIMARY_CODE) == SQLiteErrorCode.SQLITE_CORRUPT.code) {
            return "the file is damaged (" + e.getMessage()
                    + "); check it with `minerops db check`, recover what can be read with `minerops db repair NEWFILE`, or"
                    + " restore a backup";
        }
        return String.valueOf(e.getMessage());
    }
}
