package io.minerops.postgres.internal.rows;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.store.RuleStore;
import io.minerops.blocks.jdbc.Row;
import io.minerops.blocks.jdbc.RuleRows;
import io.minerops.blocks.jdbc.Times;
import io.minerops.postgres.internal.db.Database;
import io.minerops.postgres.internal.db.Transaction;
import io.minerops.postgres.internal.db.Version;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rules, each change of which moves their version in the same transaction. */
public final class PostgresRuleStore implements RuleStore {
    private static final String VERSION = "SELECT value FROM versions WHERE name = 'rules'";
    private static final String ALL = "SELECT " + RuleRows.COLUMNS + " FROM rules ORDER BY id";
    private static final String ONE = "SELECT " + RuleRows.COLUMNS + " FROM rules WHERE id = ?";
    private static final String COUNT = "SELECT COUNT(*) FROM rules";
    /** A number that was given is never given again, even after its rule was deleted. */
    private static final String NEXT_ID = "SELECT nextval(pg_get_serial_sequence('rules', 'id'))";

    private static final String PUT = Upsert.of("rules", "id", RuleRows.COLUMNS.substring("id, ".length()));
    private static final String DELETE = "DELETE FROM rules WHERE id = ?";

    private final Database database;

    public PostgresRuleStore(Database database) {
        this.database = database;
    }

    @Override
    public long version() {
        return database.list("read the rules' version", VERSION, values -> {}, Row::number)
                .get(0);
    }

    @Override
    public List<AlertRule> all() {
        return database.list("read rules", ALL, values -> {}, RuleRows::read);
    }

    @Override
    public Optional<AlertRule> find(long id) {
        return database.list("read a rule", ONE, values -> values.number(id), RuleRows::read).stream()
                .findFirst();
    }

    @Override
    public AlertRule create(AlertRule rule, Instant at) {
        return database.write("create a rule", tx -> insert(tx, rule, at));
    }

    @Override
    public List<AlertRule> createIfNone(List<AlertRule> rules, Instant at) {
        return database.write("create the first rules", tx -> {
            tx.lock(Version.RULES);
            List<AlertRule> created = new ArrayList<>();
            if (tx.number(COUNT) == 0) {
                for (AlertRule rule : rules) {
                    created.add(insert(tx, rule, at));
                }
            }
            return created;
        });
    }

    private static AlertRule insert(Transaction tx, AlertRule rule, Instant at) throws SQLException {
        Instant stored = Times.stored(at);
        return put(
                tx,
                rule.toBuilder()
                        .id(tx.number(NEXT_ID))
                        .createdAt(stored)
                        .updatedAt(stored)
                        .build());
    }

    private static AlertRule put(Transaction tx, AlertRule rule) throws SQLException {
        RuleRows.bind(tx.bind(PUT), rule).update();
        tx.move(Version.RULES);
        return rule;
    }

    @Override
    public Optional<AlertRule> update(AlertRule rule, Instant at) {
        return database.write("change a rule", tx -> replace(tx, rule, at));
    }

    private static Optional<AlertRule> replace(Transaction tx, AlertRule rule, Instant at) throws SQLException {
        tx.lock(Version.RULES);
        try (var results = tx.bind(ONE).number(rule.id()).query()) {
            Row row = new Row(results);
            if (!row.next()) {
                return Optional.empty();
            }
            Instant createdAt = RuleRows.read(row).createdAt();
            return Optional.of(put(
                    tx,
                    rule.toBuilder()
                            .createdAt(createdAt)
                            .updatedAt(Times.stored(at))
                            .build()));
        }
    }

    @Override
    public boolean delete(long id) {
        return database.write("delete a rule", tx -> remove(tx, id));
    }

    private static boolean remove(Transaction tx, long id) throws SQLException {
        boolean deleted = tx.bind(DELETE).number(id).update() > 0;
        if (deleted) {
            tx.move(Version.RULES);
        }
        return deleted;
    }

    @Override
    public boolean change(List<AlertRule> created, List<AlertRule> replaced, List<Long> deleted, Instant at) {
        return database.write("change rules", tx -> {
            tx.lock(Version.RULES);
            // first of all whether every rule is there: then nothing has to be undone
            for (AlertRule rule : replaced) {
                try (var results = tx.bind(ONE).number(rule.id()).query()) {
                    if (!new Row(results).next()) {
                        return false;
                    }
                }
            }
            for (AlertRule rule : created) {
                insert(tx, rule, at);
            }
            for (AlertRule rule : replaced) {
                replace(tx, rule, at);
            }
            for (Long id : deleted) {
                remove(tx, id);
            }
            return true;
        });
    }
}
