package io.minerops.server.cli;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.StoreException;
import io.minerops.api.internal.Masked;
import io.minerops.api.profit.MarketException;
import io.minerops.rules.RuleFileException;
import io.minerops.server.config.ConfigurationException;
import io.minerops.server.http.JsonObject;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Writes the failure of a command to the error output: as text, or as JSON if the command writes JSON. */
public final class CommandFailures {
    private static final String SETTINGS = "The settings are invalid:";
    private static final String RULES = "The rules are invalid:";

    private CommandFailures() {}

    /** Makes the commands report failures in this way. */
    public static CommandLine reportedBy(CommandLine commandLine) {
        return commandLine
                .setParameterExceptionHandler(CommandFailures::misused)
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
    }

    private static int misused(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        String sentence = Masked.sentence(String.valueOf(e.getMessage()));
        if (Arrays.asList(arguments).contains(JsonOption.NAME)) {
            err.println(failure(sentence, null, List.of()).pretty());
        } else {
            err.println(sentence);
            if (!UnmatchedArgumentException.printSuggestions(e, err)) {
                command.usage(err);
            }
        }
        err.flush();
        return ExitCodes.UNUSABLE;
    }

    private static int failed(Exception failure, CommandLine command) throws Exception {
        if (failure instanceof ConfigurationException bad) {
            announce(command, SETTINGS, bad.problems(), "See --help for all settings.");
            return ExitCodes.UNUSABLE;
        } else if (failure instanceof RuleFileException bad) {
            announce(
                    command,
                    RULES,
                    bad.problems().stream().map(Object::toString).toList(),
                    null);
            return ExitCodes.FAILED;
        } else if (failure instanceof InvalidArgumentException bad) {
            announce(command, String.valueOf(bad.getMessage()), bad.argument());
            return ExitCodes.UNUSABLE;
        } else if (failure instanceof StoreException
                || failure instanceof MarketException
                || failure instanceof UncheckedIOException) {
            announce(command, String.valueOf(failure.getMessage()), null);
            return ExitCodes.FAILED;
        }
        throw failure;
    }

    private static void announce(CommandLine command, String message, @Nullable String field) {
        String sentence = Masked.sentence(message);
        PrintWriter err = command.getErr();
        boolean starting = command.getCommand() instanceof StartsServer;
        err.println(
                isForPrograms(command)
                        ? failure(sentence, field, List.of()).pretty()
                        : (starting ? "MinerOps could not start: " : "") + sentence);
        err.flush();
    }

    private static void announce(CommandLine command, String heading, List<String> found, @Nullable String advice) {
        List<String> problems = found.stream().map(Masked::sentence).toList();
        PrintWriter err = command.getErr();
        if (isForPrograms(command)) {
            err.println(failure(heading.replace(":", ""), null, problems).pretty());
        } else {
            err.println(heading);
            problems.forEach(problem -> err.println("  " + problem));
            if (advice != null) {
                err.println(advice);
            }
        }
        err.flush();
    }

    private static boolean isForPrograms(CommandLine command) {
        return command.getParseResult() != null && command.getParseResult().hasMatchedOption(JsonOption.NAME);
    }

    private static JsonObject failure(String sentence, @Nullable String field, List<String> problems) {
        JsonObject failure = JsonObject.object().flag("ok", false).text("error", sentence);
        if (field != null) {
            failure.text("field", field);
        }
        return problems.isEmpty() ? failure : failure.texts("problems", problems);
    }
}
