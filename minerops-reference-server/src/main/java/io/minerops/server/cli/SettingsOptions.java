package io.minerops.server.cli;

import io.minerops.server.config.Configuration;
import io.minerops.server.config.DatabaseConfig;
import io.minerops.server.config.ServerConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The settings that a command works by, which are those of the server. */
public final class SettingsOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "a file of NAME=value lines; the environment takes precedence")
    private @Nullable Path config;

    /** The file; null where none is named. */
    public @Nullable Path file() {
        return config;
    }

    /**
     * The settings.
     *
     * @throws io.minerops.server.config.ConfigurationException with every problem there is
     */
    public ServerConfig read() {
        return Configuration.read(System.getenv(), config);
    }

    /**
     * The settings with another database, of which those that say how to log in to PostgreSQL are used.
     *
     * @param database as {@code MINEROPS_DB} has it
     * @throws io.minerops.server.config.ConfigurationException with every problem there is
     */
    public DatabaseConfig read(String database) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("MINEROPS_DB", database);
        // of the server's own database, which this one need not be
        environment.put("BACKUP_DIR", "");
        return Configuration.read(environment, config).database();
    }
}
