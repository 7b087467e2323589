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
import io.minerops.core.profit.PowerPrices;
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
import io.minerops.server.tariff.TariffFile;
import io.minerops.server.tariff.Tariffs;
import io.minerops.server.wiring.MarketWiring;
import io.minerops.tariff.RatePlan;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what the fleet or one miner earns. */
@Command(
        name = "profit",
        description = "Shows the profit of the fleet or one miner after power costs, from the latest readings in the"
                + " database, beside a running server or not, and from the market or the given values. Stores"
                + " nothing.",
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

    @Option(
            names = "--tariff",
            paramLabel = "FILE",
            description = "calculate by a tariff of this file (JSON: short form, TARIFF_FILE or a rate of OpenEI)")
    private @Nullable Path tariff;

    @Option(
            names = "--tariff-name",
            paramLabel = "NAME",
            description = "the tariff of a file with several; default: the file's default")
    private @Nullable String tariffName;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "time zone of a rate of OpenEI, which has none; default: the zone of this computer")
    private @Nullable String zone;

    @Option(
            names = "--ths",
            paramLabel = "TH/S",
            description = "calculate for a machine with this hashrate instead; reads no database; requires --watts")
    private @Nullable Double ths;

    @Option(names = "--watts", paramLabel = "W", description = "power of that machine; requires --ths")
    private @Nullable Double watts;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        checkOptions();
        ServerConfig config = database.settings();
        if (ths != null && watts != null) {
            machine(ths, watts, config);
            return;
        }
        WhatIf whatIf = new WhatIf(supposedTariff(config), btcPrice);
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

    private void checkOptions() {
        if ((ths == null) != (watts == null)) {
            throw new ParameterException(spec.commandLine(), "--ths and --watts must be given together");
        }
        if (ths != null && (miner != null || each || activeOnly)) {
            throw new ParameterException(
                    spec.commandLine(), "--ths must not be given beside IP, --miners and --active-only");
        }
        if (tariff != null && powerCost != null) {
            throw new ParameterException(spec.commandLine(), "--tariff and --power-cost must not be given together");
        }
        if (tariff == null && (tariffName != null || zone != null)) {
            throw new ParameterException(spec.commandLine(), "--tariff-name and --zone require --tariff");
        }
    }

    /** The price of every miner: as given, or that of the tariff now. */
    private @Nullable Tariff supposedTariff(ServerConfig config) {
        if (tariff != null) {
            return new Tariff(Tariffs.priceAt(plan(tariff, config), Instant.now()));
        }
        return powerCost == null ? null : new Tariff(powerCost);
    }

    private RatePlan plan(Path file, ServerConfig config) {
        Tariffs read = TariffFile.read(
                        file,
                        config.miners().port(),
                        zone == null ? ZoneId.systemDefault().getId() : zone)
                .tariffs();
        if (tariffName != null) {
            return read.plan(tariffName);
        }
        if (read.fallback() != PowerPrices.DEFAULT) {
            return read.plans().get(read.fallback());
        }
        if (read.plans().size() == 1) {
            return read.plans().get(0);
        }
        throw new ParameterException(
                spec.commandLine(),
                file + " has several tariffs and no default; --tariff-name must be one of "
                        + String.join(", ", read.names()));
    }

    private void machine(double hashrateThs, double powerW, ServerConfig config) {
        InstantSource clock = InstantSource.system();
        TariffReport report = tariff == null ? null : TariffReport.of(plan(tariff, config), powerW, clock.instant());
        Tariff price = report == null ? supposedTariff(config) : new Tariff(report.usdPerKwh());
        MarketData market = market(config, clock);
        ProfitabilitySettings settings = settings(config);
        ProfitabilitySnapshot snapshot = ProfitabilityService.ofMachine(
                hashrateThs, powerW, new WhatIf(price, btcPrice), market, settings, clock);
        int port = config.miners().port();
        BlockReward reward = ProfitabilityService.blockReward(market, settings, clock);
        JsonObject object = JsonObject.ok()
                .object("profitability", new Views(new MinerNames(port)).profitability(snapshot))
                .object("block_reward", Views.blockReward(reward));
        String text = ProfitTable.of(snapshot, reward, List.of(), port);
        if (report == null) {
            json.write(spec, object, text);
        } else {
            json.write(spec, object.object("tariff", report.json()), text + System.lineSeparator() + report.text());
        }
    }

    private ProfitabilityService service(Store store, ServerConfig config, InstantSource clock) {
        return new ProfitabilityService(store, market(config, clock), settings(config), clock);
    }

    /** Profitability by the settings and what is stored, which no market source is queried for. */
    public static ProfitabilityService offline(Store store, ServerConfig config, InstantSource clock) {
        MarketData market = new MarketData(
                MarketWiring.price(config.market(), clock),
                MarketWiring.difficulty(config.market(), clock),
                List.of(),
                config.market().cacheFile(),
                clock);
        return new ProfitabilityService(store, market, settings(config), clock);
    }

    private static ProfitabilitySettings settings(ServerConfig config) {
        ServerConfig.Economics economics = config.economics();
        Path file = economics.tariffFile();
        PowerPrices prices = file == null
                ? PowerPrices.NONE
                : TariffFile.read(file, config.miners().port(), null).tariffs().prices();
        return new ProfitabilitySettings(
                economics.tariff(),
                economics.poolFeePct(),
                economics.feesBtcPerBlock(),
                () -> prices,
                economics.hashrate());
    }

    private MarketData market(ServerConfig config, InstantSource clock) {
        PriceSource price = btcPrice == null
                ? MarketWiring.price(config.market(), clock)
                : MarketSources.fixedPrice(btcPrice, clock);
        DifficultySource network = difficulty == null
                ? MarketWiring.difficulty(config.market(), clock)
                : MarketSources.fixedDifficulty(difficulty, clock);
        // without a difficulty of its own the command is online anyway
        List<ChainSource> chain = difficulty == null ? MarketWiring.chain(config.market(), clock) : List.of();
        return new MarketData(price, network, chain, null, clock);
    }
}
