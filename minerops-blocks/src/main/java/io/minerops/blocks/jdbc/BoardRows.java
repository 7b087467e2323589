package io.minerops.blocks.jdbc;

import io.minerops.api.miner.BoardReading;
import io.minerops.api.miner.HashBoard;
import io.minerops.api.store.BoardStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** A hash board as columns: the time, the slot, the serial number, and a line for each reading. */
public final class BoardRows {
    /** What {@link #read} reads. */
    public static final String COLUMNS = "at, slot, serial, readings";

    private BoardRows() {}

    /** Binds a board. */
    public static Binder bind(Binder row, long at, HashBoard board) throws SQLException {
        return row.number(at).number(board.slot()).text(board.serial()).text(LineCodec.of(readings(board)));
    }

    private static Map<String, Double> readings(HashBoard board) {
        Map<String, Double> readings = new TreeMap<>();
        for (BoardReading reading : BoardReading.all()) {
            board.reading(reading).ifPresent(value -> readings.put(reading.key(), value));
        }
        return readings;
    }

    /** The board of a row. */
    public static BoardStore.Kept read(Row row) throws SQLException {
        Instant at = row.time();
        HashBoard.Builder board = HashBoard.builder((int) row.number()).serial(row.textOrNull());
        Map<String, Double> readings = LineCodec.numbers(row.text());
        for (BoardReading reading : BoardReading.all()) {
            board.set(reading, readings.getOrDefault(reading.key(), Double.NaN));
        }
        return new BoardStore.Kept(at, board.build());
    }
}
