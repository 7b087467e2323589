package io.minerops.blocks.jdbc;

import io.minerops.api.StoreException;
import io.minerops.blocks.Block;
import io.minerops.blocks.DamagedBytesException;
import io.minerops.blocks.Frame;
import java.util.function.Function;

/** Bytes of a row, decoded; damaged ones fail with an error that names the table. */
public final class Stored {
    private Stored() {}

    public static Block block(byte[] bytes) {
        return decode("blocks", bytes, Block::of);
    }

    public static Frame frame(byte[] bytes) {
        return decode("ticks", bytes, Frame::of);
    }

    public static Frame latest(byte[] bytes) {
        return decode("latest", bytes, Frame::of);
    }

    public static Frame rollup(byte[] bytes) {
        return decode("rollup_hour", bytes, Frame::of);
    }

    private static <T> T decode(String table, byte[] bytes, Function<byte[], T> decoder) {
        try {
            return decoder.apply(bytes);
        } catch (DamagedBytesException e) {
            throw new StoreException(
                    "a row of table " + table + " is damaged: " + e.getMessage()
                            + "; check the file with `minerops db check`, recover the rest with `minerops db repair"
                            + " NEWFILE`, or restore a backup",
                    e,
                    StoreException.Reason.DAMAGED);
        }
    }
}
