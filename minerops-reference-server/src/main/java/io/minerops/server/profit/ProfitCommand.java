package io.minerops.server.profit;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.profit.ProfitabilitySnapshot;
import io.minerops.api.store.Store;
import io.minerops.core.market.MarketData;
import io.minerops.core.profit.BlockReward;
import io.minerops.core.profit.FleetProfitability;
import io.minerops.core.profit.WhatIf;
import io.minerops.core.service.ProfitabilityService;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.JsonOption;
import io.minerops.server.config.ServerConfig;
import io.minerops.server.http.JsonObject;
import io.minerops.server.rest.view.MinerNames;
import io.minerops.server.rest.view.Views;
import io.minerops.server.wiring.MarketWiring;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what the fleet or one miner earns. */
@Command(
        name = "profit",
        description = "Shows the profit of the fleet or one miner after power costs, from the latest readings in the"
                + " database, beside a running server or not, and from the market or the given values. Stores"
                + " nothing.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ProfitStrikeCommand.class,
            ProfitProjectionCommand.class,
            ProfitSensitivityCommand.class,
            ProfitSoloCommand.class
        },
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            ExitCodes.DONE_WORDS,
            "1:the database cannot be read, or no market source answers",
            ExitCodes.UNUSABLE_WORDS
        })
public final class ProfitCommand implements Runnable {
    @Parameters(
            paramLabel = "IP",
            arity = "0..1",
            description = "only this miner, with :port if not CGMINER_PORT; default: the fleet")
    private @Nullable String miner;

    @Option(names = "--miners", description = "each miner too, greatest loss first")
    private boolean each;

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
        ServerConfig config = options.database().settings();
        InstantSource clock = InstantSource.system();
        if (options.machine() == null) {
            fleet(config, clock);
        } else if (miner == null && !each) {
            machine(config, clock);
        } else {
            throw options.failure("--ths must not be given beside IP, --miners and --active-only");
        }
    }

    private void fleet(ServerConfig config, InstantSource clock) {
        WhatIf whatIf = options.whatIf(config, clock);
        int port = config.miners().port();
        MinerAddress one = miner == null ? null : MinerAddress.parse(miner, port);
        try (Store store = options.database().openForReading()) {
            ProfitabilityService service = options.service(store, config, clock);
            ProfitabilitySnapshot snapshot = service.current(one, options.activeOnly(), whatIf);
            FleetProfitability figures = service.figures(one, options.activeOnly(), whatIf);
            List<ProfitabilitySnapshot> miners =
                    each && one == null ? service.miners(options.activeOnly(), whatIf) : List.of();
            Views views = new Views(new MinerNames(port));
            BlockReward reward = service.blockReward();
            JsonObject object = JsonObject.ok()
                    .object("profitability", views.profitability(snapshot))
                    .object("block_reward", Views.blockReward(reward))
                    .object("payout", Views.payout(figures));
            if (each && one == null) {
                object.list("miners", miners, views::profitability);
            }
            json.write(spec, object, ProfitTable.of(snapshot, reward, figures, miners, port));
        }
    }

    private void machine(ServerConfig config, InstantSource clock) {
        TariffReport report = options.bill(config, clock);
        ProfitOptions.Basis basis = options.basis(config, clock);
        ProfitabilitySnapshot snapshot = basis.figures().fleet();
        int port = config.miners().port();
        JsonObject object = JsonObject.ok()
                .object("profitability", new Views(new MinerNames(port)).profitability(snapshot))
                .object("block_reward", Views.blockReward(basis.reward()))
                .object("payout", Views.payout(basis.figures()));
        String text = ProfitTable.of(snapshot, basis.reward(), basis.figures(), List.of(), port);
        if (report == null) {
            json.write(spec, object, text);
        } else {
            json.write(spec, object.object("tariff", report.json()), text + System.lineSeparator() + report.text());
        }
    }

    /** Profitability by the settings and what is stored, which no market source is queried for. */
    public static ProfitabilityService offline(Store store, ServerConfig config, InstantSource clock) {
        MarketData market = new MarketData(
                MarketWiring.price(config.market(), clock),
                MarketWiring.difficulty(config.market(), clock),
                List.of(),
                config.market().cacheFile(),
                clock);
        return new ProfitabilityService(store, market, ProfitOptions.settings(config), clock);
    }
}
