package io.minerops.sqlite.internal.db;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A row that this program cannot have written, or that was damaged since; it names the table. */
final class DamagedRowException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Pattern TABLE = Pattern.compile("\\bFROM\\s+(\\w+)", Pattern.CASE_INSENSITIVE);

    DamagedRowException(String sql, RuntimeException cause) {
        super("a row of table " + table(sql) + " is damaged: " + cause.getMessage(), cause);
    }

    /** The table of a query; the whole query where it names none. */
    static String table(String sql) {
        Matcher from = TABLE.matcher(sql);
        return from.find() ? from.group(1) : sql;
    }
}
