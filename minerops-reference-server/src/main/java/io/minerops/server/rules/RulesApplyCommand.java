package io.minerops.server.rules;

import io.minerops.api.Store;
import io.minerops.rules.RuleContext;
import io.minerops.rules.RuleFile;
import io.minerops.rules.RulePlan;
import io.minerops.server.config.ServerConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the stored rules those of a file. */
@Command(
        name = "apply",
        description = "Makes the stored rules those of a file, and shows what that changes.",
        mixinStandardHelpOptions = true)
final class RulesApplyCommand implements Runnable {
    @Parameters(paramLabel = "FILE", description = "the rules, YAML or JSON")
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private Path file;

    @Option(names = "--dry-run", description = "only show what would change")
    private boolean dryRun;

    @Option(names = "--prune", description = "delete the stored rules that the file does not have")
    private boolean prune;

    @Mixin
    private final RuleStoreOptions options = new RuleStoreOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        ServerConfig settings = options.settings();
        RuleContext context = RuleStoreOptions.context(settings);
        RuleFile rules = RuleFile.read(file, context);
        PrintWriter out = spec.commandLine().getOut();
        try (Store store = RuleStoreOptions.open(settings)) {
            RuleFiles.warnings(rules, store, context.types())
                    .forEach(warning -> spec.commandLine().getErr().println("warning: " + warning));
            RulePlan plan = RuleFiles.plan(rules, store, prune);
            out.print(plan.toText());
            if (!dryRun) {
                plan.apply(store.rules(), Instant.now());
            }
            out.println(dryRun ? "Nothing was changed (--dry-run)." : plan.isEmpty() ? "Nothing to do." : "Applied.");
            out.flush();
        }
    }
}
