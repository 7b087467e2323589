package io.minerops.server.profit;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.profit.ChainSource;
import io.minerops.api.profit.DifficultySource;
import io.minerops.api.profit.PriceSource;
import io.minerops.api.profit.ProfitabilitySnapshot;
import io.minerops.api.profit.Tariff;
import io.minerops.api.store.Store;
import io.minerops.core.market.MarketData;
import io.minerops.core.market.MarketSources;
import io.minerops.core.profit.BlockReward;
import io.minerops.core.profit.ProfitabilitySettings;
import io.minerops.core.profit.WhatIf;
import io.minerops.core.service.ProfitabilityService;
import io.minerops.server.cli.DatabaseOptions;
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
        description =
                "Shows the profit of the fleet or one miner after power costs, from the latest readings in the database,"
                        + " beside a running server or not, and from the market or the given values. Stores nothing.",
        mixinStandardHelpOptions = true,
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

    @Option(names = "--active-only", description = "count only miners that were seen within the last hour")
    private boolean activeOnly;

    @Option(
            names = "--btc-price",
            paramLabel = "USD",
            description = "use this bitcoin price; no price source is queried")
    private @Nullable Double btcPrice;

    @Option(
            names = "--difficulty",
            paramLabel = "N",
            description = "use this network difficulty; no difficulty source is queried")
    private @Nullable Double difficulty;

    @Option(names = "--power-cost", paramLabel = "USD", description = "use this price per kWh for every miner")
    private @Nullable Double powerCost;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        ServerConfig config = database.settings();
        WhatIf whatIf = new WhatIf(powerCost == null ? null : new Tariff(powerCost), btcPrice);
        int port = config.miners().port();
        MinerAddress one = miner == null ? null : MinerAddress.parse(miner, port);
        InstantSource clock = InstantSource.system();
        try (Store store = database.openForReading()) {
            ProfitabilityService service = service(store, config, clock);
            ProfitabilitySnapshot snapshot = service.current(one, activeOnly, whatIf);
            List<ProfitabilitySnapshot> miners = each && one == null ? service.miners(activeOnly, whatIf) : List.of();
            Views views = new Views(new MinerNames(port));
            BlockReward reward = service.blockReward();
            JsonObject object = JsonObject.ok()
                    .object("profitability", views.profitability(snapshot))
                    .object("block_reward", Views.blockReward(reward));
            if (each && one == null) {
                object.list("miners", miners, views::profitability);
            }
            json.write(spec, object, ProfitTable.of(snapshot, reward, miners, port));
        }
    }

    private ProfitabilityService service(Store store, ServerConfig config, InstantSource clock) {
        PriceSource price = btcPrice == null
                ? MarketWiring.price(config.market(), clock)
                : MarketSources.fixedPrice(btcPrice, clock);
        DifficultySource network = difficulty == null
                ? MarketWiring.difficulty(config.market(), clock)
                : MarketSources.fixedDifficulty(difficulty, clock);
        // without a difficulty of its own the command is online anyway
        List<ChainSource> chain = difficulty == null ? MarketWiring.chain(config.market(), clock) : List.of();
        ServerConfig.Economics economics = config.economics();
        return new ProfitabilityService(
                store,
                new MarketData(price, network, chain, null, clock),
                new ProfitabilitySettings(economics.tariff(), economics.poolFeePct(), economics.feesBtcPerBlock()),
                clock);
    }
}
