package io.minerops.sqlite;

import io.minerops.api.StoreException;
import java.nio.file.Path;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says what failed on which file, why, and what to do about it. */
final class Failures {
    private Failures() {}

    static StoreException of(String step, Path file, Exception e) {
        if (e instanceof StoreException known) {
            return known;
        }
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
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
        }
        return String.valueOf(e.getMessage());
    }
}
