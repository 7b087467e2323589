package io.minerops.postgres.internal.db;

import io.minerops.api.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;

/** Brings a schema up to this program's, under a lock that instances which start at the same time wait for. */
final class Migrations {
    /** Script n leads from version n - 1 to n; a script that was released is never changed. */
    private static final List<String> SCRIPTS = List.of(
            "0001_store.sql",
            "0002_boards.sql",
            "0003_leases.sql",
            "0004_owners.sql",
            "0005_alert_costs.sql",
            "0006_sealing.sql");

    private static final int ATTEMPTS = 5;
    private static final String TABLES = "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = ?";
    private static final String SCHEMAS = "SELECT COUNT(*) FROM pg_namespace WHERE nspname = ?";
    private static final String LOCK = "SELECT version FROM schema_version WHERE id = 1 FOR UPDATE";
    private static final String SET = "UPDATE schema_version SET version = ? WHERE id = 1";

    private Migrations() {}

    static void apply(Database database, String schema) {
        makeLock(database, schema);
        boolean more;
        do {
            more = database.write("open", tx -> applyNext(tx, database.name()));
        } while (more);
    }

    /** Two instances may make the same table at the same time, of which one fails; then it is there. */
    private static void makeLock(Database database, String schema) {
        for (int attempt = 1; ; attempt++) {
            try {
                database.write("open", tx -> makeLock(tx, database.name(), schema));
                return;
            } catch (StoreException e) {
                if (attempt == ATTEMPTS || !isMade(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isMade(StoreException e) {
        return e.getCause() instanceof SQLException sql
                && sql.getSQLState() != null
                && (sql.getSQLState().equals("23505") || sql.getSQLState().startsWith("42P0"));
    }

    private static int makeLock(Transaction tx, String name, String schema) throws SQLException {
        long tables = Transaction.first(tx.bind(TABLES).text(schema));
        boolean known = Transaction.first(
                        tx.bind(TABLES + " AND table_name = 'schema_version'").text(schema))
                > 0;
        if (tables > 0 && !known) {
            throw new StoreException("open failed on " + name
                    + ": the schema holds tables of another program (it has no table schema_version);"
                    + " choose another schema");
        }
        if (!known) {
            // only where there is none: the statement needs a right that an owner of the schema may lack
            if (Transaction.first(tx.bind(SCHEMAS).text(schema)) == 0) {
                tx.execute("CREATE SCHEMA " + schema);
            }
            tx.execute("CREATE TABLE schema_version (id integer PRIMARY KEY, version integer NOT NULL)");
            tx.execute("INSERT INTO schema_version (id, version) VALUES (1, 0)");
        }
        return 0;
    }

    /** Applies the next script; false where there is none. */
    private static boolean applyNext(Transaction tx, String name) throws SQLException {
        int version = (int) tx.number(LOCK);
        if (version > SCRIPTS.size()) {
            throw new StoreException(
                    "open failed on " + name + ": its schema has version " + version
                            + ", and this program knows versions up to " + SCRIPTS.size()
                            + "; use the program that wrote it, or a newer one",
                    StoreException.Reason.NEWER_SCHEMA);
        }
        if (version == SCRIPTS.size()) {
            return false;
        }
        tx.execute(script(SCRIPTS.get(version)));
        tx.bind(SET).number(version + 1).update();
        return true;
    }

    private static String script(String name) {
        try (InputStream stream = Migrations.class.getResourceAsStream("migrations/" + name)) {
            if (stream == null) {
                throw new StoreException("migration " + name + " is missing from the program's jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StoreException("migration " + name + " cannot be read from the program's jar", e);
        }
    }
}
