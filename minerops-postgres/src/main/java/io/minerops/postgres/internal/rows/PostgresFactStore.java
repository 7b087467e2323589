package io.minerops.postgres.internal.rows;

import io.minerops.api.Page;
import io.minerops.api.miner.Fact;
import io.minerops.api.miner.FactKind;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.FactQuery;
import io.minerops.api.store.FactStore;
import io.minerops.blocks.jdbc.Binder;
import io.minerops.blocks.jdbc.EnumCodec;
import io.minerops.blocks.jdbc.Row;
import io.minerops.blocks.jdbc.Times;
import io.minerops.postgres.internal.db.Database;
import io.minerops.postgres.internal.db.Transaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What devices reported of themselves, with the times for which it held. */
public final class PostgresFactStore implements FactStore {
    private static final String COLUMNS =
            "id, miner, kind, slot, value, previous, message, began, ended, announced FROM facts";
    private static final String OF_SUBJECT =
            " WHERE miner = ? AND kind = ? AND slot = ? AND code = ? AND ended IS NULL";
    private static final String INSERT = "INSERT INTO facts"
            + " (miner, kind, slot, code, value, previous, message, began, announced) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String SAME_VALUE = "SELECT COUNT(*) FROM facts" + OF_SUBJECT + " AND value = ?";
    private static final String STORED =
            "SELECT COUNT(*) FROM facts WHERE miner = ? AND kind = ? AND slot = ? AND began = ? AND value = ?";
    private static final String END_EARLIER = "UPDATE facts SET ended = GREATEST(began, ?)" + OF_SUBJECT;
    private static final String END =
            "UPDATE facts SET ended = GREATEST(began, ?)" + OF_SUBJECT + " AND value = ? AND began <= ?";
    private static final String HOLDING = "SELECT " + COLUMNS + " WHERE miner = ? AND ended IS NULL";
    private static final String CHANGED_SINCE = "SELECT " + COLUMNS + " WHERE previous IS NOT NULL AND began >= ?"
            + " UNION ALL SELECT " + COLUMNS + " WHERE kind = 'fault' AND ended IS NOT NULL AND ended >= ?"
            + " UNION ALL SELECT " + COLUMNS + " WHERE kind = 'fault' AND ended IS NULL ORDER BY 1";
    private static final String ACCEPT = "UPDATE facts SET announced = 1"
            + " WHERE miner = ? AND kind = ? AND began <= ? AND previous IS NOT NULL AND announced = 0";
    private static final String PRUNE =
            "DELETE FROM facts WHERE id IN" + " (SELECT id FROM facts WHERE ended IS NOT NULL AND ended < ? LIMIT ?)";
    private static final int WHOLE_MINER = -1;

    private final Database database;
    private final NameBook book;

    public PostgresFactStore(Database database, NameBook book) {
        this.database = database;
        this.book = book;
    }

    @Override
    public void record(List<Fact> facts) {
        book.enter(facts.stream().map(Fact::miner).toList());
        database.write("record facts", tx -> {
            // facts of one miner come of one instance at a time; the index refuses what two would add at once
            Names names = book.of(tx.connection());
            for (Fact fact : facts) {
                record(tx, names, fact);
            }
            return facts;
        });
    }

    private static void record(Transaction tx, Names names, Fact fact) throws SQLException {
        Instant until = fact.until();
        if (until != null) {
            ofSubject(tx.bind(END).number(Times.millis(until)), names, fact)
                    .text(fact.value())
                    .time(fact.from())
                    .update();
        } else if (Transaction.first(ofSubject(tx.bind(SAME_VALUE), names, fact).text(fact.value())) == 0
                && !isStored(tx, names, fact)) {
            ofSubject(tx.bind(END_EARLIER).time(fact.from()), names, fact).update();
            tx.bind(INSERT)
                    .number(names.number(fact.miner()))
                    .text(fact.kind().key())
                    .number(slot(fact))
                    .text(fact.subject().code())
                    .text(fact.value())
                    .text(fact.previous())
                    .text(fact.message())
                    .time(fact.from())
                    .flag(fact.announced())
                    .update();
        }
    }

    private static Binder ofSubject(Binder values, Names names, Fact fact) throws SQLException {
        return values.number(names.number(fact.miner()))
                .text(fact.kind().key())
                .number(slot(fact))
                .text(fact.subject().code());
    }

    private static boolean isStored(Transaction tx, Names names, Fact fact) throws SQLException {
        return Transaction.first(tx.bind(STORED)
                        .number(names.number(fact.miner()))
                        .text(fact.kind().key())
                        .number(slot(fact))
                        .time(fact.from())
                        .text(fact.value()))
                > 0;
    }

    private static int slot(Fact fact) {
        Integer slot = fact.slot();
        return slot == null ? WHOLE_MINER : slot;
    }

    @Override
    public List<Fact> holding(Collection<MinerAddress> miners) {
        return database.read("read facts that hold", connection -> {
            Names names = book.of(connection);
            List<Fact> found = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(HOLDING)) {
                for (MinerAddress miner : miners) {
                    try (ResultSet results =
                            new Binder(statement).number(names.find(miner)).query()) {
                        Row row = new Row(results);
                        while (row.next()) {
                            found.add(read(row, names));
                        }
                    }
                }
            }
            return found;
        });
    }

    @Override
    public List<Fact> changedSince(Instant since) {
        long from = Times.ceiling(since);
        return database.read("read changed facts", connection -> {
            Names names = book.of(connection);
            return Database.list(
                    connection, CHANGED_SINCE, values -> values.number(from).number(from), row -> read(row, names));
        });
    }

    @Override
    public int accept(MinerAddress miner, Set<FactKind> kinds, Instant upTo) {
        return database.write("accept changes", tx -> {
            int number = book.of(tx.connection()).find(miner);
            int accepted = 0;
            for (FactKind kind : kinds) {
                accepted += tx.bind(ACCEPT)
                        .number(number)
                        .text(kind.key())
                        .time(upTo)
                        .update();
            }
            return accepted;
        });
    }

    @Override
    public Page<Fact> find(FactQuery query) {
        long before = EnumCodec.before(query.cursor());
        MinerAddress miner = query.miner();
        Instant from = query.from();
        Instant until = query.until();
        String sql = "SELECT " + COLUMNS + " WHERE id < ?"
                + (miner == null ? "" : " AND miner = ?")
                + (query.kinds().isEmpty() ? "" : " AND " + EnumCodec.anyOf("kind", query.kinds()))
                + (from == null ? "" : " AND (ended IS NULL OR ended >= ?)")
                + (until == null ? "" : " AND began < ?")
                + " ORDER BY id DESC LIMIT ?";
        List<Fact> found = database.read("list facts", connection -> {
            Names names = book.of(connection);
            return Database.list(
                    connection,
                    sql,
                    values -> {
                        values.number(before);
                        if (miner != null) {
                            values.number(names.find(miner));
                        }
                        if (from != null) {
                            values.number(Times.ceiling(from));
                        }
                        if (until != null) {
                            values.number(Times.ceiling(until));
                        }
                        values.number(query.limit() + 1L);
                    },
                    row -> read(row, names));
        });
        return EnumCodec.page(found, query.limit(), Fact::id);
    }

    @Override
    public int prune(Instant before) {
        return database.pruneInSteps("prune facts", PRUNE, Times.ceiling(before));
    }

    private static Fact read(Row row, Names names) throws SQLException {
        long id = row.number();
        MinerAddress miner = names.address((int) row.number());
        FactKind kind = EnumCodec.read(FactKind.class, row.text());
        return new Fact(
                id,
                miner,
                kind,
                slot(row.number()),
                row.text(),
                row.textOrNull(),
                row.text(),
                row.time(),
                row.timeOrNull(),
                row.flag());
    }

    private static @Nullable Integer slot(long stored) {
        return stored == WHOLE_MINER ? null : (int) stored;
    }
}
