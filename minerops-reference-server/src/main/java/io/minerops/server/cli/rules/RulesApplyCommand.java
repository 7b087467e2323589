package io.minerops.server.cli.rules;

import io.minerops.api.store.Store;
import io.minerops.core.service.RuleService;
import io.minerops.rules.RuleContext;
import io.minerops.rules.RuleFile;
import io.minerops.rules.RulePlan;
import io.minerops.server.cli.DatabaseOptions;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.JsonOption;
import io.minerops.server.config.ServerConfig;
import io.minerops.server.rules.RuleFiles;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the stored rules those of a file. */
@Command(
        name = "apply",
        description = "Applies a rule file to the stored rules, and shows the changes.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            ExitCodes.DONE_WORDS,
            "1:the file has errors, or the database cannot be opened",
            ExitCodes.UNUSABLE_WORDS
        })
final class RulesApplyCommand implements Runnable {
    @Parameters(paramLabel = "FILE", description = "the rules, YAML or JSON")
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private Path file;

    @Option(names = "--dry-run", description = "only show what would change")
    private boolean dryRun;

    @Option(names = "--prune", description = "delete stored rules that are not in the file")
    private boolean prune;

    @Mixin
    private final DatabaseOptions options = new DatabaseOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        ServerConfig settings = options.settings();
        RuleContext context = RuleFiles.context(settings);
        RuleFile rules = RuleFile.read(file, context);
        try (Store store = options.openForWriting()) {
            RuleService stored = RuleService.over(store, context.types(), InstantSource.system());
            List<String> warnings = rules.warnings(stored.review());
            if (!json.isSet()) {
                warnings.forEach(warning -> spec.commandLine().getErr().println("warning: " + warning));
            }
            RulePlan plan = RulePlan.between(rules.rules(), stored.all(), prune);
            if (!dryRun) {
                plan.apply(stored);
            }
            String end = dryRun ? "Nothing was changed (--dry-run)." : plan.isEmpty() ? "Nothing to do." : "Applied.";
            json.write(
                    spec,
                    RuleFiles.json(plan).flag("applied", !dryRun).texts("warnings", warnings),
                    plan.toText() + end + System.lineSeparator());
        }
    }
}
