package io.minerops.sqlite.internal.db;

import io.minerops.api.StoreException;
import java.nio.file.AccessDeniedException;
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
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (e instanceof AccessDeniedException denied) {
            why = "no permission for " + denied.getFile();
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite) {
                why = reason(sqlite);
            }
        }
        return new StoreException(step + " failed on " + file + ": " + why, e);
    }

    private static String reason(SQLiteException e) {
        SQLiteErrorCode code = e.getResultCode();
        if (code == SQLiteErrorCode.SQLITE_NOTADB) {
            return "the file is not a SQLite database; choose another file";
        } else if (code == SQLiteErrorCode.SQLITE_BUSY || code == SQLiteErrorCode.SQLITE_LOCKED) {
            return "another process is writing to it; close that process (" + code + ")";
        } else if (code == SQLiteErrorCode.SQLITE_CANTOPEN) {
            return "it cannot be opened; the folder must exist and be writable";
        } else if (code == SQLiteErrorCode.SQLITE_FULL) {
            return "the disk is full (" + e.getMessage() + ")";
        } else if ((code.code & PRIMARY_CODE) == SQLiteErrorCode.SQLITE_CORRUPT.code) {
            return "the file is damaged (" + e.getMessage()
                    + "); check it with `minerops db check`, or restore a backup";
        }
        return String.valueOf(e.getMessage());
    }
}
