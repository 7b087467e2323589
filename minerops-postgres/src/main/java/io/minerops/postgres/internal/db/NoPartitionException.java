package io.minerops.postgres.internal.db;

import java.sql.SQLException;

/** A row is of a time for which there is no partition: another instance has dropped it. */
public final class NoPartitionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoPartitionException(String step, SQLException cause) {
        super(step + " failed: a row is of a time that no partition holds", cause);
    }
}
