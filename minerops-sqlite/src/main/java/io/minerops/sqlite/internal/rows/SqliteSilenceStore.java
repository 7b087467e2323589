package io.minerops.sqlite.internal.rows;

import io.minerops.api.alert.Silence;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.SilenceStore;
import io.minerops.blocks.jdbc.Binder;
import io.minerops.blocks.jdbc.Row;
import io.minerops.blocks.jdbc.RuleRows;
import io.minerops.blocks.jdbc.Times;
import io.minerops.sqlite.internal.db.Database;
import io.minerops.sqlite.internal.db.Durability;
import io.minerops.sqlite.internal.db.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Silences, each change of which moves the version of the alert state in the same transaction. */
public final class SqliteSilenceStore implements SilenceStore {
    static final String ALL = "SELECT id, created_at, starts_at, ends_at, miner, tag, model_filter, rule_id, author,"
            + " comment FROM silences ORDER BY id DESC";

    private static final String INSERT = "INSERT INTO silences (created_at, starts_at, ends_at, miner, tag,"
            + " model_filter, rule_id, author, comment) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String LAST_ID = "SELECT last_insert_rowid()";
    private static final String DELETE = "DELETE FROM silences WHERE id = ?";
    private static final String PRUNE = "DELETE FROM silences WHERE ends_at < ?";

    private final Database database;

    public SqliteSilenceStore(Database database) {
        this.database = database;
    }

    @Override
    public Silence create(Silence silence, Instant at) {
        MinerAddress miner = silence.miner();
        long id = database.change("create a silence", tx -> {
            Binder row = tx.bind(INSERT)
                    .time(at)
                    .time(silence.startsAt())
                    .time(silence.endsAt())
                    .text(miner == null ? null : miner.toString())
                    .text(silence.tag())
                    .text(silence.modelFilter());
            row.numberOrNull(silence.ruleId())
                    .text(silence.author())
                    .text(silence.comment())
                    .update();
            long added = tx.number(LAST_ID);
            tx.statement(AlertStateRows.MOVE_VERSION).executeUpdate();
            return added;
        });
        return new Silence(
                id,
                Times.stored(at),
                Times.stored(silence.startsAt()),
                Times.stored(silence.endsAt()),
                miner,
                silence.tag(),
                silence.modelFilter(),
                silence.ruleId(),
                silence.author(),
                silence.comment());
    }

    @Override
    public List<Silence> all() {
        return database.list("read silences", ALL, values -> {}, SqliteSilenceStore::read);
    }

    @Override
    public boolean delete(long id) {
        return database.change(
                        "delete a silence", tx -> changed(tx, tx.bind(DELETE).number(id)))
                > 0;
    }

    @Override
    public int prune(Instant before) {
        return database.write(
                "prune silences",
                Durability.PROCESS,
                tx -> changed(tx, tx.bind(PRUNE).number(Times.ceiling(before))));
    }

    private static int changed(Transaction tx, Binder values) throws SQLException {
        int rows = values.update();
        if (rows > 0) {
            tx.statement(AlertStateRows.MOVE_VERSION).executeUpdate();
        }
        return rows;
    }

    static Silence read(Row row) throws SQLException {
        return new Silence(
                row.number(),
                row.time(),
                row.time(),
                row.time(),
                RuleRows.miner(row.textOrNull()),
                row.textOrNull(),
                row.textOrNull(),
                row.numberOrNull(),
                row.textOrNull(),
                row.textOrNull());
    }
}
