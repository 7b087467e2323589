package io.minerops.postgres.internal.rows;

import io.minerops.api.miner.HashBoard;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.BoardStore;
import io.minerops.blocks.jdbc.Binder;
import io.minerops.blocks.jdbc.BoardRows;
import io.minerops.blocks.jdbc.Times;
import io.minerops.postgres.internal.db.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Hash boards as they were when something of them changed. */
public final class PostgresBoardStore implements BoardStore {
    private static final String PUT = Upsert.of("boards", "miner, at, slot", "serial, readings");
    private static final String NEWEST = "SELECT " + BoardRows.COLUMNS + " FROM boards"
            + " WHERE miner = ? AND at >= ? AND at < ? ORDER BY at DESC, slot DESC LIMIT ?";
    private static final String PRUNE =
            "DELETE FROM boards WHERE (miner, at, slot) IN (SELECT miner, at, slot FROM boards WHERE at < ? LIMIT ?)";

    private final Database database;
    private final NameBook book;

    public PostgresBoardStore(Database database, NameBook book) {
        this.database = database;
        this.book = book;
    }

    @Override
    public void record(Instant at, Map<MinerAddress, List<HashBoard>> boards) {
        long millis = Times.keyMillis("at", at);
        book.enter(boards.keySet());
        database.write("record boards", tx -> {
            Names names = book.of(tx.connection());
            Binder row = tx.bind(PUT);
            for (Map.Entry<MinerAddress, List<HashBoard>> miner : boards.entrySet()) {
                int number = names.number(miner.getKey());
                for (HashBoard board : miner.getValue()) {
                    BoardRows.bind(row.number(number), millis, board).add();
                }
            }
            return tx.runBatch(PUT);
        });
    }

    @Override
    public List<Kept> history(MinerAddress miner, Instant since, Instant until, int limit) {
        List<Kept> found = new ArrayList<>(database.read("read boards", connection -> {
            int number = book.of(connection).find(miner);
            return Database.list(
                    connection,
                    NEWEST,
                    values -> values.number(number)
                            .number(Times.ceiling(since))
                            .number(Times.ceiling(until))
                            .number(limit),
                    BoardRows::read);
        }));
        Collections.reverse(found);
        return found;
    }

    @Override
    public int prune(Instant before) {
        return database.pruneInSteps("prune boards", PRUNE, Times.ceiling(before));
    }
}
