package io.minerops.server.profit;

import io.minerops.api.store.Store;
import io.minerops.core.profit.StrikeReport;
import io.minerops.core.profit.StrikeReport.By;
import io.minerops.core.service.ProfitabilityService;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.JsonOption;
import io.minerops.server.config.ServerConfig;
import io.minerops.server.rest.view.MinerNames;
import io.minerops.server.rest.view.StrikeView;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows which power price miners can pay. */
@Command(
        name = "strike",
        description =
                "Shows the strike price of each miner, model, site or tag: the power price at which it earns what its"
                        + " power costs. The highest comes first; when power prices rise, miners are to be stopped from the end.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            ExitCodes.DONE_WORDS,
            "1:the database cannot be read, or no market source answers",
            ExitCodes.UNUSABLE_WORDS
        })
final class ProfitStrikeCommand implements Runnable {
    @Option(
            names = "--by",
            paramLabel = "WHAT",
            defaultValue = "miner",
            description = "miner, model, site or tag; default: ${DEFAULT-VALUE}")
    private String by = "miner";

    @Option(
            names = "--hashprice",
            paramLabel = "USD",
            description = "use this hashprice after the pool's fee, USD per PH/s and day")
    private @Nullable Double hashprice;

    @Option(
            names = "--forward",
            description =
                    "calculate with the difficulty after the next change, which is estimated from the blocks so far")
    private boolean forward;

    @Mixin
    private final ProfitOptions options = new ProfitOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        options.check(true);
        By chosen = StrikeView.BY.get(by);
        if (chosen == null) {
            throw options.failure("--by must be one of " + String.join(", ", StrikeView.BY.keySet()) + ", not " + by);
        }
        ServerConfig config = options.database().settings();
        StrikeReport report = report(chosen, config, InstantSource.system());
        StrikeView view = new StrikeView(new MinerNames(config.miners().port()), chosen);
        json.write(
                spec,
                view.head(report).list("entries", report.order().entries(), view::entry),
                StrikeTable.of(report, view::name));
    }

    private StrikeReport report(By chosen, ServerConfig config, InstantSource clock) {
        StrikeReport.Request request = new StrikeReport.Request(
                chosen, options.activeOnly(), options.whatIf(config, clock), hashprice, forward);
        ProfitOptions.Machine machine = options.machine();
        if (machine != null) {
            return ProfitabilityService.strikeOfMachine(
                    machine.ths(),
                    machine.watts(),
                    request,
                    options.market(config, clock),
                    ProfitOptions.settings(config),
                    clock);
        }
        try (Store store = options.database().openForReading()) {
            return options.service(store, config, clock).strike(request);
        }
    }
}
