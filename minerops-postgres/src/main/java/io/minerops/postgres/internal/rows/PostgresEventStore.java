package io.minerops.postgres.internal.rows;

import io.minerops.api.Page;
import io.minerops.api.event.Event;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.EventQuery;
import io.minerops.api.store.EventStore;
import io.minerops.blocks.jdbc.EnumCodec;
import io.minerops.blocks.jdbc.Row;
import io.minerops.blocks.jdbc.RuleRows;
import io.minerops.blocks.jdbc.Times;
import io.minerops.postgres.internal.db.Database;
import io.minerops.postgres.internal.db.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** What happened, up to a number of events; the oldest give way. */
public final class PostgresEventStore implements EventStore {
    private static final String INSERT =
            "INSERT INTO events (at, level, source, miner, message) VALUES (?, ?, ?, ?, ?) RETURNING id";
    private static final String GIVE_WAY = "DELETE FROM events WHERE id <= ?";
    private static final String SELECT = "SELECT id, at, level, source, miner, message FROM events WHERE id < ?";
    private static final String PRUNE = "DELETE FROM events WHERE id IN (SELECT id FROM events WHERE at < ? LIMIT ?)";

    private final Database database;
    private final int maxEvents;

    public PostgresEventStore(Database database, int maxEvents) {
        this.database = database;
        this.maxEvents = maxEvents;
    }

    @Override
    public Event record(Event event) {
        MinerAddress miner = event.miner();
        long id = database.write("record an event", tx -> {
            long added = Transaction.first(tx.bind(INSERT)
                    .time(event.at())
                    .text(EnumCodec.of(event.level()))
                    .text(event.source())
                    .text(miner == null ? null : miner.toString())
                    .text(event.message()));
            tx.bind(GIVE_WAY).number(added - maxEvents).update();
            return added;
        });
        return new Event(id, Times.stored(event.at()), event.level(), event.source(), miner, event.message());
    }

    @Override
    public Page<Event> find(EventQuery query) {
        long before = EnumCodec.before(query.cursor());
        MinerAddress miner = query.miner();
        Instant since = query.since();
        String sql = SELECT + " AND " + EnumCodec.anyOf("level", atLeastAsSevereAs(query.level()))
                + (miner == null ? "" : " AND miner = ?")
                + (since == null ? "" : " AND at >= ?")
                + " ORDER BY id DESC LIMIT ?";
        List<Event> found = database.list(
                "list events",
                sql,
                values -> {
                    values.number(before);
                    if (miner != null) {
                        values.text(miner.toString());
                    }
                    if (since != null) {
                        values.number(Times.ceiling(since));
                    }
                    values.number(query.limit() + 1L);
                },
                PostgresEventStore::read);
        return EnumCodec.page(found, query.limit(), Event::id);
    }

    private static List<Event.Level> atLeastAsSevereAs(Event.Level least) {
        return Arrays.stream(Event.Level.values())
                .filter(level -> level.compareTo(least) >= 0)
                .toList();
    }

    @Override
    public int prune(Instant before) {
        return database.pruneInSteps("prune events", PRUNE, Times.ceiling(before));
    }

    private static Event read(Row row) throws SQLException {
        return new Event(
                row.number(),
                row.time(),
                EnumCodec.read(Event.Level.class, row.text()),
                row.text(),
                RuleRows.miner(row.textOrNull()),
                row.text());
    }
}
