package io.minerops.server.statement;

import io.minerops.api.store.Store;
import io.minerops.core.service.StatementService;
import io.minerops.core.statement.StatementReport;
import io.minerops.core.statement.StatementRequest;
import io.minerops.server.cli.DatabaseOptions;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.JsonOption;
import io.minerops.server.config.ServerConfig;
import io.minerops.server.profit.ProfitCommand;
import io.minerops.server.rest.view.MinerNames;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says what the fleet used, worked and earned over a period. */
@Command(
        name = "statement",
        description =
                "Shows energy, production, revenue, cost and profit of a day, week, month or year from the hours stored in the"
                        + " database, beside a running server or not. No market source is queried.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.DONE_WORDS, "1:the database cannot be read", ExitCodes.UNUSABLE_WORDS})
public final class StatementCommand implements Runnable {
    @Option(
            names = "--of",
            paramLabel = "PERIOD",
            description = "2026-10-25, 2026-W43, 2026-10 or 2026; default: the last one that is over")
    private @Nullable String of;

    @Option(
            names = "--period",
            paramLabel = "LENGTH",
            completionCandidates = Kinds.class,
            description = "${COMPLETION-CANDIDATES}; default: that of --of, else month")
    private @Nullable String period;

    @Option(names = "--zone", paramLabel = "ZONE", description = "time zone; default: STATEMENT_ZONE")
    private @Nullable String zone;

    @Option(
            names = "--by",
            paramLabel = "GROUP",
            completionCandidates = Groups.class,
            description = "group miners by: ${COMPLETION-CANDIDATES}")
    private @Nullable String by;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "only the miners of this group, and each of them; requires --by")
    private @Nullable String name;

    @Option(names = "--csv", description = "write CSV")
    private boolean csv;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    /** The lengths of periods. */
    static final class Kinds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return StatementChoice.KINDS.keySet().iterator();
        }
    }

    /** The groups of miners. */
    static final class Groups implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return StatementChoice.GROUPS.keySet().iterator();
        }
    }

    @Override
    public void run() {
        if (csv && json.isSet()) {
            throw new ParameterException(spec.commandLine(), "--csv and --json must not be given together");
        }
        ServerConfig config = database.settings();
        MinerNames names = new MinerNames(config.miners().port());
        InstantSource clock = InstantSource.system();
        ZoneId chosen = zone == null ? config.statements().zone() : StatementChoice.zone(zone);
        StatementRequest.By group = choice("--by", by, StatementChoice.GROUPS);
        StatementRequest request = new StatementRequest(
                StatementChoice.period(choice("--period", period, StatementChoice.KINDS), of, chosen, clock.instant()),
                group,
                name == null ? null : StatementChoice.name(name, group, names));
        try (Store store = database.openForReading()) {
            StatementReport report =
                    new StatementService(store, ProfitCommand.offline(store, config, clock), clock).statement(request);
            if (csv) {
                PrintWriter out = spec.commandLine().getOut();
                out.print(StatementCsv.of(report, names));
                out.flush();
            } else {
                json.write(spec, new StatementView(names).report(report), StatementTable.of(report, names));
            }
        }
    }

    private <T> @Nullable T choice(String option, @Nullable String text, Map<String, T> choices) {
        if (text == null) {
            return null;
        }
        T chosen = choices.get(text);
        if (chosen == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + " must be one of " + String.join(", ", List.copyOf(choices.keySet())) + ", not " + text);
        }
        return chosen;
    }
}
