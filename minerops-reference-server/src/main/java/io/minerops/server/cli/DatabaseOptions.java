package io.minerops.server.cli;

import io.minerops.api.StoreException;
import io.minerops.api.store.Store;
import io.minerops.postgres.PostgresStore;
import io.minerops.server.config.DatabaseConfig;
import io.minerops.server.config.ServerConfig;
import io.minerops.sqlite.SqliteStore;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which database a command works on. */
public final class DatabaseOptions {
    @Mixin
    private final SettingsOptions settings = new SettingsOptions();

    @Option(
            names = "--db",
            paramLabel = "FILE",
            description = "the SQLite file; default: MINEROPS_DB, which may be a PostgreSQL database")
    private @Nullable Path database;

    /**
     * The settings.
     *
     * @throws io.minerops.server.config.ConfigurationException with every problem there is
     */
    public ServerConfig settings() {
        return settings.read();
    }

    /**
     * The file that is named, or that of the settings, which are read only then.
     *
     * @throws StoreException if the settings name a PostgreSQL database
     * @throws io.minerops.server.config.ConfigurationException with every problem of the settings
     */
    public Path path() {
        if (config() instanceof DatabaseConfig.SqliteFile file) {
            return file.path();
        }
        throw new StoreException("this command is for a SQLite file, and the database is PostgreSQL; check and back up"
                + " that with its own programs, such as pg_amcheck and pg_dump");
    }

    private DatabaseConfig config() {
        return database == null ? settings().database() : new DatabaseConfig.SqliteFile(database);
    }

    /**
     * The store, to be read beside a server that may be running on it.
     *
     * @throws StoreException if it cannot be read
     */
    public Store openForReading() {
        DatabaseConfig config = config();
        return config instanceof DatabaseConfig.Postgres postgres
                ? PostgresStore.open(postgres.options())
                : SqliteStore.openForReading(path());
    }

    /**
     * The store, to be changed.
     *
     * @throws StoreException if it cannot be opened, such as while a server runs on it
     */
    public Store openForWriting() {
        if (config() instanceof DatabaseConfig.Postgres postgres) {
            return PostgresStore.open(postgres.options());
        }
        try {
            return SqliteStore.open(path());
        } catch (StoreException e) {
            throw new StoreException(
                    e.getMessage() + "; if a server uses it, stop the server first, or restart it with RULES_FILE", e);
        }
    }
}
