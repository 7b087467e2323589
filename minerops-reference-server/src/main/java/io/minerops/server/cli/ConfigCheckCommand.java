package io.minerops.server.cli;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Masked;
import io.minerops.rules.RuleFile;
import io.minerops.rules.RuleFileException;
import io.minerops.server.config.Configuration;
import io.minerops.server.config.ServerConfig;
import io.minerops.server.config.SettingsReport;
import io.minerops.server.http.JsonObject;
import io.minerops.server.rules.RuleFiles;
import io.minerops.server.tariff.WatchedTariffs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Reads the settings as a server does, and shows what they come to. */
@Command(
        name = "check",
        description =
                "Reads the environment and the file as the server does, lists every problem, including those of the"
                        + " rules of RULES_FILE and of TARIFF_FILE, and shows the effective values with secrets masked."
                        + " Starts nothing.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {"0:a server can start with the settings", ExitCodes.UNUSABLE_WORDS})
final class ConfigCheckCommand implements Callable<Integer> {
    @Mixin
    private final SettingsOptions settings = new SettingsOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() {
        Map<String, String> environment = System.getenv();
        SettingsReport report = SettingsReport.of(environment, settings.file());
        List<String> problems = new ArrayList<>(report.problems());
        if (problems.isEmpty()) {
            ServerConfig config = Configuration.read(environment, settings.file());
            problems.addAll(ruleProblems(config));
            problems.addAll(tariffProblems(config));
        }
        json.write(spec, object(report, problems), text(report, problems));
        return problems.isEmpty() ? ExitCodes.DONE : ExitCodes.UNUSABLE;
    }

    private static List<String> ruleProblems(ServerConfig config) {
        Path file = config.rulesFile();
        if (file == null) {
            return List.of();
        }
        try {
            RuleFile.read(file, RuleFiles.context(config));
            return List.of();
        } catch (RuleFileException e) {
            return e.problems().stream()
                    .map(problem -> Masked.sentence("RULES_FILE: " + problem))
                    .toList();
        }
    }

    private static List<String> tariffProblems(ServerConfig config) {
        Path file = config.economics().tariffFile();
        if (file == null) {
            return List.of();
        }
        try {
            WatchedTariffs.open(file, config.miners().port());
            return List.of();
        } catch (InvalidArgumentException e) {
            return List.of(Masked.sentence("TARIFF_FILE: " + e.getMessage()));
        }
    }

    private static JsonObject object(SettingsReport report, List<String> problems) {
        JsonObject object = JsonObject.object().flag("ok", problems.isEmpty());
        if (!problems.isEmpty()) {
            object.text("error", "the settings are invalid");
        }
        return object.texts("problems", problems)
                .list(
                        "settings",
                        report.settings(),
                        setting -> JsonObject.object()
                                .text("name", setting.name())
                                .text("value", setting.value())
                                .text("source", setting.source()));
    }

    private static String text(SettingsReport report, List<String> problems) {
        TextTable table = new TextTable(List.of("NAME", "FROM", "VALUE"), Set.of());
        report.settings()
                .forEach(setting -> table.row(
                        List.of(setting.name(), setting.source(), Objects.requireNonNullElse(setting.value(), "-"))));
        StringBuilder text = new StringBuilder(table.toString()).append(System.lineSeparator());
        if (problems.isEmpty()) {
            return text.append("The settings are valid.")
                    .append(System.lineSeparator())
                    .toString();
        }
        text.append("The settings are invalid:").append(System.lineSeparator());
        problems.forEach(problem -> text.append("  ").append(problem).append(System.lineSeparator()));
        return text.toString();
    }
}
