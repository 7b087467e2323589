package io.minerops.server.cli;

import io.minerops.server.config.Configuration;
import io.minerops.server.config.ServerConfig;
import java.nio.file.Path;
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
}
