package io.minerops.server.cli.rules;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.internal.PrivateFiles;
import io.minerops.api.store.Store;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.service.RuleService;
import io.minerops.rules.RuleExport;
import io.minerops.server.cli.DatabaseOptions;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.JsonOption;
import io.minerops.server.config.ServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the stored rules as a file that {@code apply} takes. */
@Command(
        name = "export",
        description = "Writes the stored rules as a file that apply accepts.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            ExitCodes.DONE_WORDS,
            "1:the database cannot be read, or the file cannot be written",
            ExitCodes.UNUSABLE_WORDS
        })
final class RulesExportCommand implements Runnable {
    @Option(names = "--out", paramLabel = "FILE", description = "target file; default: standard output")
    private @Nullable Path out;

    @Option(names = "--with-secrets", description = "write webhook URLs instead of variable names")
    private boolean withSecrets;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final DatabaseOptions options = new DatabaseOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        ServerConfig settings = options.settings();
        RuleExport export = (withSecrets ? RuleExport.withSecrets() : RuleExport.masked())
                .withDefaultPort(settings.miners().port());
        try (Store store = options.openForReading()) {
            List<AlertRule> rules = RuleService.over(store, RuleTypes.installed(), InstantSource.system())
                    .all();
            String file = json.isSet() ? export.toJson(rules) : export.toYaml(rules);
            if (out == null) {
                spec.commandLine().getOut().print(file);
                spec.commandLine().getOut().flush();
            } else {
                PrivateFiles.create(out);
                Files.writeString(out, file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the rules could not be written to " + out + ": " + e.getMessage(), e);
        }
    }
}
