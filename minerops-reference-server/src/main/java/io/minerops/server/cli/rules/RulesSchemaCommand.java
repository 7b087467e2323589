package io.minerops.server.cli.rules;

import io.minerops.core.alert.RuleTypes;
import io.minerops.rules.RuleSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the JSON Schema of files of rules. */
@Command(
        name = "schema",
        description = "Prints the JSON Schema of rule files, for editors.",
        mixinStandardHelpOptions = true)
final class RulesSchemaCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().getOut().print(RuleSchema.of(RuleTypes.installed()));
        spec.commandLine().getOut().flush();
    }
}
