package io.minerops.blocks.copy;

import io.minerops.blocks.Frame;
import io.minerops.blocks.jdbc.Stored;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Ticks of one time, which several instances may have written, handed on as one; rows come in the order of their writes. */
public final class MergedTicks implements CopyEnd.Rows {
    private static final int AT = 0;
    private static final int WRITTEN = 1;
    private static final int DATA = 2;

    private final CopyEnd.Rows merged;
    private @Nullable CopyRow last;

    /** Hands on to another; {@link #end} hands on the last. */
    public MergedTicks(CopyEnd.Rows merged) {
        this.merged = merged;
    }

    @Override
    public void row(CopyRow row) throws SQLException {
        CopyRow before = last;
        if (before != null && before.number(AT) == row.number(AT)) {
            byte[] both = Frame.merge(Stored.frame(before.bytes(DATA)), Stored.frame(row.bytes(DATA)));
            last = before.with(WRITTEN, row.number(WRITTEN)).with(DATA, both);
            return;
        }
        end();
        last = row;
    }

    /** Hands on what is left. */
    public void end() throws SQLException {
        CopyRow before = last;
        last = null;
        if (before != null) {
            merged.row(before);
        }
    }
}
