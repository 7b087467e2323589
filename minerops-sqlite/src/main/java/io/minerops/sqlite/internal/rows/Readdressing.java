package io.minerops.sqlite.internal.rows;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.MinerStore;
import io.minerops.blocks.jdbc.Row;
import io.minerops.sqlite.internal.db.Database;
import io.minerops.sqlite.internal.db.Transaction;
import java.sql.SQLException;
import java.util.List;

/**
 * Two addresses that exchange all that is kept under them. Almost every table names a miner by the number that stands
 * for its address, so it is the numbers' addresses that change; rules and silences hold the address itself.
 */
final class Readdressing {
    private static final String NAME = "UPDATE addresses SET address = ? WHERE id = ?";
    private static final String RULES = exchange("rules");
    private static final String SILENCES = exchange("silences");
    private static final String MOVE_RULES_VERSION = "UPDATE state SET rules_version = rules_version + 1";

    /** No address; a temporary placeholder, because each address is unique. */
    private static final String NOWHERE = "?";

    private static final String REMEMBER = "INSERT INTO moves (from_address, to_address) VALUES (?, ?)";
    private static final String FORGET_OLD =
            "DELETE FROM moves WHERE number <= (SELECT MAX(number) FROM moves) - " + MinerStore.MIN_MOVES;
    private static final String MOVES =
            "SELECT number, from_address, to_address FROM moves WHERE number > ? ORDER BY number";

    private Readdressing() {}

    static List<MinerStore.Move> moves(Database database, long after) {
        return database.list("list moves", MOVES, values -> values.number(after), Readdressing::move);
    }

    private static MinerStore.Move move(Row row) throws SQLException {
        return new MinerStore.Move(row.number(), MinerAddress.parse(row.text()), MinerAddress.parse(row.text()));
    }

    static void write(Transaction tx, AddressBook addresses, MinerAddress from, MinerAddress to) throws SQLException {
        int first = addresses.number(from);
        int second = addresses.number(to);
        tx.bind(NAME).text(NOWHERE).number(second).update();
        tx.bind(NAME).text(to.toString()).number(first).update();
        tx.bind(NAME).text(from.toString()).number(second).update();
        update(tx, SILENCES, from, to);
        if (update(tx, RULES, from, to) > 0) {
            tx.statement(MOVE_RULES_VERSION).executeUpdate();
        }
        tx.bind(REMEMBER).text(from.toString()).text(to.toString()).update();
        tx.statement(FORGET_OLD).executeUpdate();
        // a check that read the state before the exchange is not to be applied after it
        tx.statement(AlertStateRows.MOVE_VERSION).executeUpdate();
    }

    private static int update(Transaction tx, String sql, MinerAddress from, MinerAddress to) throws SQLException {
        String one = from.toString();
        String other = to.toString();
        return tx.bind(sql)
                .text(one)
                .text(other)
                .text(one)
                .text(one)
                .text(other)
                .update();
    }

    private static String exchange(String table) {
        return "UPDATE " + table + " SET miner = CASE miner WHEN ? THEN ? ELSE ? END WHERE miner IN (?, ?)";
    }
}
