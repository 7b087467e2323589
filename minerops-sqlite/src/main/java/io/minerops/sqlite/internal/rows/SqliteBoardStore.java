package io.minerops.sqlite.internal.rows;

import io.minerops.api.miner.BoardReading;
import io.minerops.api.miner.HashBoard;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.BoardStore;
import io.minerops.blocks.jdbc.Binder;
import io.minerops.blocks.jdbc.LineCodec;
import io.minerops.blocks.jdbc.Row;
import io.minerops.blocks.jdbc.Times;
import io.minerops.sqlite.internal.db.Database;
import io.minerops.sqlite.internal.db.Durability;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Hash boards as they were when something of them changed. */
public final class SqliteBoardStore implements BoardStore {
    private static final String PUT =
            "INSERT OR REPLACE INTO boards (miner, at, slot, serial, readings) VALUES (?, ?, ?, ?, ?)";
    private static final String NEWEST = "SELECT at, slot, serial, readings FROM boards"
            + " WHERE miner = ? AND at >= ? AND at < ? ORDER BY at DESC, slot DESC LIMIT ?";
    private static final String PRUNE =
            "DELETE FROM boards WHERE (miner, at, slot) IN (SELECT miner, at, slot FROM boards WHERE at < ? LIMIT ?)";

    private final Database database;
    private final AddressBook addresses;

    public SqliteBoardStore(Database database, AddressBook addresses) {
        this.database = database;
        this.addresses = addresses;
    }

    @Override
    public void record(Instant at, Map<MinerAddress, List<HashBoard>> boards) {
        long millis = Times.keyMillis("at", at);
        addresses.enter(boards.keySet());
        database.write("record boards", Durability.PROCESS, tx -> {
            Binder row = tx.bind(PUT);
            for (Map.Entry<MinerAddress, List<HashBoard>> miner : boards.entrySet()) {
                int number = addresses.number(miner.getKey());
                for (HashBoard board : miner.getValue()) {
                    row.number(number)
                            .number(millis)
                            .number(board.slot())
                            .text(board.serial())
                            .text(LineCodec.of(readings(board)))
                            .add();
                }
            }
            return tx.runBatch(PUT);
        });
    }

    private static Map<String, Double> readings(HashBoard board) {
        Map<String, Double> readings = new TreeMap<>();
        for (BoardReading reading : BoardReading.all()) {
            board.reading(reading).ifPresent(value -> readings.put(reading.key(), value));
        }
        return readings;
    }

    @Override
    public List<Kept> history(MinerAddress miner, Instant since, Instant until, int limit) {
        List<Kept> found = new ArrayList<>(database.list(
                "read boards",
                NEWEST,
                values -> values.number(addresses.find(miner))
                        .number(Times.ceiling(since))
                        .number(Times.ceiling(until))
                        .number(limit),
                SqliteBoardStore::read));
        Collections.reverse(found);
        return found;
    }

    private static Kept read(Row row) throws SQLException {
        Instant at = row.time();
        HashBoard.Builder board = HashBoard.builder((int) row.number()).serial(row.textOrNull());
        Map<String, Double> readings = LineCodec.numbers(row.text());
        for (BoardReading reading : BoardReading.all()) {
            board.set(reading, readings.getOrDefault(reading.key(), Double.NaN));
        }
        return new Kept(at, board.build());
    }

    @Override
    public int prune(Instant before) {
        return database.pruneInSteps("prune boards", PRUNE, Times.ceiling(before));
    }
}
