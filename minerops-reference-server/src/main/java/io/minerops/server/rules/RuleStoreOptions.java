package io.minerops.server.rules;

import io.minerops.api.StoreException;
import io.minerops.rules.RuleContext;
import io.minerops.server.config.Configuration;
import io.minerops.server.config.ServerConfig;
import io.minerops.sqlite.SqliteStore;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which database a command works on, by the settings that the server has. */
final class RuleStoreOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "a file of NAME=value lines, as the server's; the environment wins over it")
    private @Nullable Path config;

    ServerConfig settings() {
        return Configuration.read(System.getenv(), config);
    }

    static RuleContext context(ServerConfig settings) {
        return RuleContext.standard().withDefaultPort(settings.miners().port());
    }

    /**
     * The database.
     *
     * @throws StoreException if it cannot be opened, such as while a server runs on it
     */
    static SqliteStore open(ServerConfig settings) {
        try {
            return SqliteStore.open(settings.database());
        } catch (StoreException e) {
            throw new StoreException(
                    e.getMessage() + "; where a server runs on it, stop that first, or start it anew with RULES_FILE",
                    e);
        }
    }
}
