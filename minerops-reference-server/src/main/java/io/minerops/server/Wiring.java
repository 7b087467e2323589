package io.minerops.server;

import io.minerops.api.HealthContributor;
import io.minerops.api.store.Store;
import io.minerops.core.MinerOps;
import io.minerops.core.MinerOpsBuilder;
import io.minerops.core.alert.DefaultRules;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.device.CgminerClient;
import io.minerops.core.device.CgminerControl;
import io.minerops.core.discovery.DiscoverySettings;
import io.minerops.core.job.AlertListener;
import io.minerops.core.job.JobListener;
import io.minerops.server.config.ServerConfig;
import io.minerops.server.tariff.WatchedTariffs;
import io.minerops.server.wiring.ChannelWiring;
import io.minerops.server.wiring.MarketWiring;
import io.minerops.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the library from a configuration; the only class that knows every part. */
final class Wiring {
    /** A reading takes up to four exchanges with a miner. */
    private static final int EXCHANGES = 4;

    /** Half of the client's connections, so that a search for miners does not hold up a poll. */
    private static final int SCAN_IN_FLIGHT = 128;

    private Wiring() {}

    static MinerOps of(
            ServerConfig config,
            Store store,
            List<AlertListener> alertListeners,
            List<JobListener> jobListeners,
            List<HealthContributor> components,
            @Nullable WatchedTariffs tariffs,
            InstantSource clock) {
        Duration exchange = config.miners().timeout();
        MinerOpsBuilder builder = MinerOps.builder()
                .store(store)
                .ruleTypes(RuleTypes.installed())
                .miners(config.miners().range())
                .minerClient(CgminerClient.builder()
                        .clock(clock)
                        .exchangeTimeout(exchange)
                        .build())
                .minerDeadline(exchange.multipliedBy(EXCHANGES))
                .discovery(DiscoverySettings.defaults()
                        .withConnectionsPerSecond(config.miners().scan().connectionsPerSecond())
                        .withMaxInFlight(SCAN_IN_FLIGHT))
                .priceSource(MarketWiring.price(config.market(), clock))
                .difficultySource(MarketWiring.difficulty(config.market(), clock))
                .pollInterval(config.jobs().pollInterval())
                .alertInterval(config.jobs().alertInterval())
                .profitabilityInterval(config.jobs().profitabilityInterval())
                .alertAfterPoll(config.jobs().alertAfterPoll())
                .defaultTariff(config.economics().tariff())
                .payout(config.economics().payout())
                .hashrateInput(config.economics().hashrate())
                .feesBtcPerBlock(config.economics().feesBtcPerBlock())
                .metricsRetention(config.retention().metrics())
                .rollupRetention(config.retention().rollups())
                .factRetention(config.retention().facts())
                .clock(clock);
        MarketWiring.chain(config.market(), clock).forEach(builder::chainSource);
        Path marketFile = config.market().cacheFile();
        if (marketFile != null) {
            builder.marketFile(marketFile);
        }
        Duration daily = config.retention().daily();
        if (daily != null) {
            builder.dailyRetention(daily);
        }
        if (config.rulesFile() == null) {
            ServerConfig.RuleDefaults limits = config.ruleDefaults();
            builder.rulesIfNone(DefaultRules.of(limits.temperatureC(), limits.hashrateDrop(), limits.cooldown()));
        }
        if (tariffs != null) {
            builder.powerPrices(tariffs);
        }
        ServerConfig.Backups backups = config.backups();
        if (backups != null && store instanceof SqliteStore sqlite) {
            builder.backupTarget(sqlite.file().backupsIn(backups.folder(), backups.keep()))
                    .backupInterval(backups.interval());
        }
        alertListeners.forEach(builder::alertListener);
        jobListeners.forEach(builder::jobListener);
        components.forEach(builder::health);
        if (config.miners().control()) {
            builder.minerControl(
                    CgminerControl.builder().exchangeTimeout(exchange).build());
        }
        ChannelWiring.notifiers(config, clock).forEach(builder::notifier);
        ChannelWiring.statements(config, clock)
                .ifPresent(notifier ->
                        builder.statementNotifier(notifier, config.statements().zone()));
        ChannelWiring.escalation(config).forEach(builder::escalateTo);
        return builder.build();
    }
}
