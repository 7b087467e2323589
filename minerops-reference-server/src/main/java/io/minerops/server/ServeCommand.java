package io.minerops.server;

import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.StartsServer;
import io.minerops.server.config.LoadedSettings;
import io.minerops.server.reload.ReloadWatch;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the server by its settings and leaves it running. */
@Command(
        name = "serve",
        description = "Starts the server (default command).",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {"0:it was stopped", "1:it could not start", ExitCodes.UNUSABLE_WORDS})
final class ServeCommand implements Runnable, StartsServer {
    @Mixin
    private final Options options = new Options();

    /** The options of the command. */
    static final class Options {
        @Option(
                names = "--config",
                paramLabel = "FILE",
                description = "a file of NAME=value lines; the environment takes precedence")
        private @Nullable Path config;
    }

    @Override
    public void run() {
        serve(options);
    }

    static void serve(Options options) {
        Supplier<LoadedSettings> again = () -> LoadedSettings.read(System.getenv(), options.config);
        LoadedSettings settings = again.get();
        Logging.setUp(settings.config().logs());
        ReferenceServer server = ReferenceServer.start(settings, again, options.config, Logging::level, List.of());
        server.watch().start(ReloadWatch.INTERVAL);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
    }
}
