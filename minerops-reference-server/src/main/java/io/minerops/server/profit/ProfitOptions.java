package io.minerops.server.profit;

import io.minerops.api.profit.ChainSource;
import io.minerops.api.profit.DifficultySource;
import io.minerops.api.profit.PriceSource;
import io.minerops.api.profit.Tariff;
import io.minerops.api.store.Store;
import io.minerops.core.market.MarketData;
import io.minerops.core.market.MarketSources;
import io.minerops.core.profit.BlockReward;
import io.minerops.core.profit.FleetProfitability;
import io.minerops.core.profit.PowerPrices;
import io.minerops.core.profit.ProfitabilitySettings;
import io.minerops.core.profit.WhatIf;
import io.minerops.core.service.ProfitabilityService;
import io.minerops.server.cli.DatabaseOptions;
import io.minerops.server.config.ServerConfig;
import io.minerops.server.tariff.TariffFile;
import io.minerops.server.tariff.Tariffs;
import io.minerops.server.wiring.MarketWiring;
import io.minerops.tariff.RatePlan;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a calculation of profit is based on: a fleet in a database or one machine, the market, and what power costs. */
final class ProfitOptions {
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

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    /** A machine that is in no database. */
    record Machine(double ths, double watts) {}

    /** The machine to calculate for; null for the fleet. */
    @Nullable
    Machine machine() {
        return ths == null ? null : new Machine(ths, watts == null ? 0 : watts);
    }

    DatabaseOptions database() {
        return database;
    }

    boolean activeOnly() {
        return activeOnly;
    }

    /**
     * Checks that the options go together.
     *
     * @param withPower whether the power of a machine is needed
     * @throws ParameterException if they do not
     */
    void check(boolean withPower) {
        CommandLine parent = spec.commandLine().getParent();
        if (parent.getCommand() instanceof ProfitCommand
                && !parent.getParseResult().matchedArgs().isEmpty()) {
            throw failure("arguments must be given after " + spec.name());
        }
        if (ths == null ? watts != null : watts == null && withPower) {
            throw failure("--ths and --watts must be given together");
        }
        if (ths != null && activeOnly) {
            throw failure("--ths must not be given beside IP, --miners and --active-only");
        }
        if (tariff != null && powerCost != null) {
            throw failure("--tariff and --power-cost must not be given together");
        }
        if (tariff == null && (tariffName != null || zone != null)) {
            throw failure("--tariff-name and --zone require --tariff");
        }
    }

    ParameterException failure(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    /** What is supposed: of a machine by the bill of its tariff, if there is one; else by the price of the tariff now. */
    WhatIf whatIf(ServerConfig config, InstantSource clock) {
        TariffReport report = bill(config, clock);
        if (report != null) {
            return new WhatIf(new Tariff(report.usdPerKwh()), btcPrice);
        }
        Tariff supposed = powerCost == null ? null : new Tariff(powerCost);
        if (tariff != null) {
            supposed = new Tariff(Tariffs.priceAt(plan(tariff, config), clock.instant()));
        }
        return new WhatIf(supposed, btcPrice);
    }

    /** The bill of the machine by its tariff; null without a machine or a tariff. */
    @Nullable
    TariffReport bill(ServerConfig config, InstantSource clock) {
        return tariff == null || watts == null ? null : TariffReport.of(plan(tariff, config), watts, clock.instant());
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
        throw failure(file + " has several tariffs and no default; --tariff-name must be one of "
                + String.join(", ", read.names()));
    }

    /**
     * What is earned now, and what the next block brings.
     *
     * @param figures of the machine, or of the fleet in the database
     */
    record Basis(FleetProfitability figures, BlockReward reward) {}

    Basis basis(ServerConfig config, InstantSource clock) {
        WhatIf whatIf = whatIf(config, clock);
        Machine machine = machine();
        if (machine != null) {
            MarketData market = market(config, clock);
            ProfitabilitySettings settings = settings(config);
            return new Basis(
                    ProfitabilityService.ofMachine(machine.ths(), machine.watts(), whatIf, market, settings, clock),
                    ProfitabilityService.blockReward(market, settings, clock));
        }
        try (Store store = database.openForReading()) {
            ProfitabilityService service = service(store, config, clock);
            return new Basis(service.figures(null, activeOnly, whatIf), service.blockReward());
        }
    }

    ProfitabilityService service(Store store, ServerConfig config, InstantSource clock) {
        return new ProfitabilityService(store, market(config, clock), settings(config), clock);
    }

    static ProfitabilitySettings settings(ServerConfig config) {
        ServerConfig.Economics economics = config.economics();
        Path file = economics.tariffFile();
        PowerPrices prices = file == null
                ? PowerPrices.NONE
                : TariffFile.read(file, config.miners().port(), null).tariffs().prices();
        return new ProfitabilitySettings(
                economics.tariff(),
                economics.payout(),
                economics.feesBtcPerBlock(),
                () -> prices,
                economics.hashrate());
    }

    MarketData market(ServerConfig config, InstantSource clock) {
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
