package io.minerops.postgres.internal.rows;

import io.minerops.api.alert.Silence;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.SilenceStore;
import io.minerops.blocks.jdbc.Binder;
import io.minerops.blocks.jdbc.Row;
import io.minerops.blocks.jdbc.RuleRows;
import io.minerops.blocks.jdbc.Times;
import io.minerops.postgres.internal.db.Database;
import io.minerops.postgres.internal.db.Transaction;
import io.minerops.postgres.internal.db.Version;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Silences, each change of which moves the version of the alert state in the same transaction. */
public final class PostgresSilenceStore implements SilenceStore {
    static final String ALL = "SELECT id, created_at, starts_at, ends_at, miner, tag, model_filter, rule_id, author,"
            + " comment FROM silences ORDER BY id DESC";

    private static final String INSERT = "INSERT INTO silences (created_at, starts_at, ends_at, miner, tag,"
            + " model_filter, rule_id, author, comment) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id";
    private static final String DELETE = "DELETE FROM silences WHERE id = ?";
    private static final String PRUNE = "DELETE FROM silences WHERE ends_at < ?";

    private final Database database;

    public PostgresSilenceStore(Database database) {
        this.database = database;
    }

    @Override
    public Silence create(Silence silence, Instant at) {
        MinerAddress miner = silence.miner();
        long id = database.write("create a silence", tx -> {
            tx.lock(Version.ALERTS);
            Binder row = tx.bind(INSERT)
                    .time(at)
                    .time(silence.startsAt())
                    .time(silence.endsAt())
                    .text(miner == null ? null : miner.toString())
                    .text(silence.tag())
                    .text(silence.modelFilter());
            row.numberOrNull(silence.ruleId()).text(silence.author()).text(silence.comment());
            long added = Transaction.first(row);
            tx.move(Version.ALERTS);
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
        return database.list("read silences", ALL, values -> {}, PostgresSilenceStore::read);
    }

    @Override
    public boolean delete(long id) {
        return database.write(
                        "delete a silence", tx -> changed(tx, tx.bind(DELETE).number(id)))
                > 0;
    }

    @Override
    public int prune(Instant before) {
        return database.write("prune silences", tx -> changed(tx, tx.bind(PRUNE).number(Times.ceiling(before))));
    }

    private static int changed(Transaction tx, Binder values) throws SQLException {
        int rows = values.update();
        if (rows > 0) {
            tx.move(Version.ALERTS);
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
