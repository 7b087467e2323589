package io.minerops.server.cli.rules;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.internal.Check;
import io.minerops.api.store.Store;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.backtest.BacktestReport;
import io.minerops.core.backtest.BacktestReport.BacktestAlert;
import io.minerops.core.backtest.BacktestReport.Candidate;
import io.minerops.core.backtest.BacktestRequest;
import io.minerops.core.service.RuleService;
import io.minerops.rules.RuleFile;
import io.minerops.server.cli.DatabaseOptions;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.JsonOption;
import io.minerops.server.config.ServerConfig;
import io.minerops.server.http.JsonObject;
import io.minerops.server.rest.view.BacktestView;
import io.minerops.server.rest.view.MinerNames;
import io.minerops.server.rules.RuleFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tries the rules of a file on the stored history. */
@Command(
        name = "backtest",
        description = "Backtests the rules of a file on the stored history: which alerts they would have raised.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            ExitCodes.DONE_WORDS,
            "1:the file has errors, or the database cannot be read",
            ExitCodes.UNUSABLE_WORDS
        })
final class RulesBacktestCommand implements Runnable {
    private static final int SHOWN = 20;
    private static final double MIN_DAYS = 0.001;
    private static final double MAX_DAYS = 3_650;
    private static final double MILLIS_PER_DAY = 86_400_000;

    @Parameters(paramLabel = "FILE", description = "the rules, YAML or JSON")
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private Path file;

    @Option(names = "--rule", paramLabel = "NAME", description = "only this rule of the file")
    private @Nullable String rule;

    @Option(names = "--days", defaultValue = "7", description = "days of history; default: ${DEFAULT-VALUE}")
    private double days = 7;

    @Option(
            names = "--max-per-week",
            description = "maximum alerts a week, for the suggestion; default: ${DEFAULT-VALUE}")
    private double maxPerWeek = BacktestRequest.DEFAULT_MAX_PER_WEEK;

    @Option(names = "--check-seconds", description = "seconds between checks; default: ${DEFAULT-VALUE}")
    private long checkSeconds = BacktestRequest.DEFAULT_CHECK_EVERY.toSeconds();

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
        List<AlertRule> chosen = RuleFile.read(file, RuleFiles.context(settings)).rules().stream()
                .filter(one -> rule == null || one.name().equals(rule))
                .toList();
        if (chosen.isEmpty()) {
            throw new InvalidArgumentException("rule", file + " has no rule named " + rule);
        }
        Check.between("days", days, MIN_DAYS, MAX_DAYS);
        Check.atLeast("--check-seconds", (double) checkSeconds, 1);
        Check.atLeast("--max-per-week", maxPerWeek, 0);
        try (Store store = options.openForReading()) {
            RuleService history = RuleService.over(store, RuleTypes.installed(), InstantSource.system());
            Duration back = Duration.ofMillis(Math.round(days * MILLIS_PER_DAY));
            Map<AlertRule, BacktestReport> reports = new LinkedHashMap<>();
            for (AlertRule one : chosen) {
                BacktestReport report = history.backtest(one, back, Duration.ofSeconds(checkSeconds), maxPerWeek);
                if (!json.isSet()) {
                    show(one, report);
                }
                reports.put(one, report);
            }
            if (json.isSet()) {
                json.write(spec, object(reports, settings.miners().port()), "");
            }
        }
    }

    private static JsonObject object(Map<AlertRule, BacktestReport> reports, int port) {
        BacktestView view = new BacktestView(new MinerNames(port));
        return JsonObject.ok()
                .list(
                        "backtests",
                        reports.entrySet(),
                        entry -> JsonObject.object()
                                .text("rule_name", entry.getKey().name())
                                .text("rule_type", entry.getKey().type().key())
                                .object("backtest", view.of(entry.getValue())));
    }

    private void show(AlertRule rule, BacktestReport report) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%s (%s): %d %s, %.1f a week, open for %s in total, %s at the longest%n",
                rule.name(),
                rule.type(),
                report.count(),
                report.count() == 1 ? "alert" : "alerts",
                report.perWeek(),
                shown(report.openTime()),
                shown(report.longest()));
        out.printf(
                Locale.ROOT,
                "  %d samples of %d polls, %s observed, %d checks%n",
                report.samples(),
                report.polls(),
                shown(report.observed()),
                report.checks());
        report.warnings().forEach(warning -> out.println("  warning: " + warning));
        for (BacktestAlert alert :
                report.alerts().subList(0, Math.min(SHOWN, report.alerts().size()))) {
            out.printf(
                    Locale.ROOT,
                    "  %s  %-9s %s%s%n",
                    alert.raisedAt(),
                    alert.endedAt() == null ? "open" : shown(Duration.between(alert.raisedAt(), alert.endedAt())),
                    alert.miner() == null ? "" : alert.miner() + ": ",
                    alert.message());
        }
        if (report.count() > SHOWN) {
            out.println("  and " + (report.count() - SHOWN) + " more");
        }
        Candidate suggestion = report.suggestion();
        if (suggestion != null) {
            out.printf(
                    Locale.ROOT,
                    "  %s: %s would have raised %d, %.1f a week%n",
                    suggestion.threshold(),
                    suggestion.value(),
                    suggestion.count(),
                    suggestion.perWeek());
        } else if (!report.candidates().isEmpty()) {
            out.println("  no value of " + report.candidates().get(0).threshold() + " that was tried is quiet enough");
        }
        out.flush();
    }

    private static String shown(Duration duration) {
        long minutes = duration.toMinutes();
        return minutes < 60 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }
}
