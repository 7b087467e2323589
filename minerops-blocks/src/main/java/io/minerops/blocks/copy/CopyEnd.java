package io.minerops.blocks.copy;

import io.minerops.api.StoreException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** A store as one end of a copy. No server writes to it meanwhile, and none opens a target that is not whole. */
public interface CopyEnd extends AutoCloseable {
    /** The table that a target has until the copy is whole. */
    String PROGRESS = "copy_progress";

    /** The store as messages name it. */
    String name();

    /** Gets rows in the order of their keys. */
    interface Rows {
        void row(CopyRow row) throws SQLException;
    }

    /**
     * Makes ready to be read.
     *
     * @throws StoreException if a server runs on it
     */
    void openSource();

    /**
     * Makes ready to be written to.
     *
     * @param source the name of the other end
     * @return the key of the last row of each kind that an earlier run has copied, by the kind's name
     * @throws StoreException if it holds anything but what was copied from that source, or a server runs on it
     */
    Map<String, String> openTarget(String source);

    /** How many rows of a kind there are; of ticks at least as many as are read. */
    long count(CopyKind kind);

    /** Reads the rows behind a key. */
    void read(CopyKind kind, List<Long> after, Rows rows);

    /** Adds rows, and notes the key of the last, in one transaction. */
    void write(CopyKind kind, List<CopyRow> rows, String position);

    /** Numbers beside the rows, by name: versions of rules and alerts, times, and the last ids that were given. */
    Map<String, Long> counters();

    /** Sets the counters and makes the target a store like any other. */
    void finish(Map<String, Long> counters);

    @Override
    void close();
}
