package io.minerops.server.cli;

import io.minerops.api.StoreException;
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

    @Option(names = "--db", paramLabel = "FILE", description = "the SQLite file; default: MINEROPS_DB")
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
     * @throws io.minerops.server.config.ConfigurationException with every problem of the settings
     */
    public Path path() {
        return database == null ? settings().database() : database;
    }

    /**
     * The store, to be read beside a server that may be running on it.
     *
     * @throws StoreException if it cannot be read
     */
    public SqliteStore openForReading() {
        return SqliteStore.openForReading(path());
    }

    /**
     * The store, to be changed.
     *
     * @throws StoreException if it cannot be opened, such as while a server runs on it
     */
    public SqliteStore openForWriting() {
        try {
            return SqliteStore.open(path());
        } catch (StoreException e) {
            throw new StoreException(
                    e.getMessage() + "; if a server uses it, stop the server first, or restart it with RULES_FILE", e);
        }
    }
}
