package io.minerops.postgres.internal.db;

import io.minerops.api.StoreException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what failed on which database, why, and what to do about it. */
final class Failures {
    /** A transaction that lost against another and is to be run again: serialization failure, deadlock. */
    private static final Set<String> LOST = Set.of("40001", "40P01");

    /**
     * The server ends or refuses connections: it is shut down, starts, or was restarted, or a transaction was idle for too
     * long because this process was suspended.
     */
    private static final Set<String> ENDED = Set.of("25P03", "57P01", "57P02", "57P03");

    private static final String NO_PARTITION = "23514";

    private Failures() {}

    static StoreException of(String step, String database, Exception e) {
        return new StoreException(step + " failed on " + database + ": " + reason(e), e, kind(e));
    }

    private static StoreException.Reason kind(Exception e) {
        SQLException sql = first(e);
        return switch (sql == null ? "" : state(sql)) {
            case "53100" -> StoreException.Reason.DISK_FULL;
            case "25006", "42501" -> StoreException.Reason.READ_ONLY;
            case "55P03" -> StoreException.Reason.LOCKED;
            case "XX001", "XX002" -> StoreException.Reason.DAMAGED;
            default -> e instanceof StoreException known ? known.reason() : StoreException.Reason.OTHER;
        };
    }

    private static String reason(Exception e) {
        SQLException sql = first(e);
        String state = sql == null ? "" : state(sql);
        String why = sql == null ? String.valueOf(e.getMessage()) : String.valueOf(sql.getMessage());
        if (state.equals("28P01") || state.equals("28000")) {
            return "the database refuses the login (" + why + "); check user and password";
        } else if (state.equals("3D000")) {
            return why + "; create the database first";
        } else if (state.equals("42501")) {
            return why + "; grant the user the right to use and create tables in the schema";
        } else if (state.equals("53100")) {
            return "the server's disk is full (" + why + ")";
        } else if (state.equals("53300")) {
            return "the server has no connection left (" + why + "); lower the pool size, or raise max_connections";
        } else if (isConnection(e)) {
            return "the server cannot be reached (" + why + ")";
        }
        return why;
    }

    /** The failure that the driver reports: that of a batch or of the pool holds it. */
    private static @Nullable SQLException first(Throwable e) {
        SQLException found = null;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BatchUpdateException batch && batch.getNextException() != null) {
                found = batch.getNextException();
            } else if (cause instanceof SQLException sql && !(sql instanceof SQLTransientConnectionException)) {
                found = sql;
            } else if (found == null && cause instanceof SQLException sql) {
                found = sql;
            }
        }
        return found;
    }

    private static String state(SQLException e) {
        String state = e.getSQLState();
        return state == null ? "" : state;
    }

    /** Whether the connection is gone, so that a new one may succeed. */
    static boolean isConnection(Exception e) {
        SQLException sql = first(e);
        return sql instanceof SQLTransientConnectionException
                || (sql != null && (state(sql).startsWith("08") || ENDED.contains(state(sql))));
    }

    /** Whether the same step may succeed when it is run again from its beginning. */
    static boolean isLost(SQLException e) {
        SQLException sql = first(e);
        return sql != null && LOST.contains(state(sql));
    }

    /** Whether a row has no partition; the store has no other check that a row of it can violate. */
    static boolean isWithoutPartition(SQLException e) {
        SQLException sql = first(e);
        return sql != null && state(sql).equals(NO_PARTITION);
    }
}
