package io.minerops.server;

import io.minerops.api.Store;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.Notifier;
import io.minerops.api.profit.DifficultySource;
import io.minerops.api.profit.PriceSource;
import io.minerops.core.MinerOps;
import io.minerops.core.MinerOpsBuilder;
import io.minerops.core.cgminer.CgminerClient;
import io.minerops.core.cgminer.CgminerControl;
import io.minerops.core.discovery.DiscoverySettings;
import io.minerops.core.job.AlertListener;
import io.minerops.core.job.JobListener;
import io.minerops.core.market.BlockchainInfo;
import io.minerops.core.market.CoinCap;
import io.minerops.core.market.CoinGecko;
import io.minerops.core.market.MarketAccess;
import io.minerops.core.market.MarketSources;
import io.minerops.core.market.MempoolSpace;
import io.minerops.notify.EmailBuilder;
import io.minerops.notify.EmailNotifier;
import io.minerops.notify.WebhookNotifier;
import io.minerops.server.config.ServerConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Builds the library from a configuration; the only place that knows every part. */
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
            JobListener jobListener,
            InstantSource clock) {
        Duration exchange = config.miners().timeout();
        MinerOpsBuilder builder = MinerOps.builder()
                .store(store)
                .miners(config.miners().range())
                .minerClient(CgminerClient.builder()
                        .clock(clock)
                        .exchangeTimeout(exchange)
                        .build())
                .minerDeadline(exchange.multipliedBy(EXCHANGES))
                .discovery(DiscoverySettings.defaults()
                        .withConnectionsPerSecond(config.miners().scan().connectionsPerSecond())
                        .withMaxInFlight(SCAN_IN_FLIGHT))
                .priceSource(price(config.market(), clock))
                .difficultySource(difficulty(config.market(), clock))
                .pollInterval(config.jobs().pollInterval())
                .alertInterval(config.jobs().alertInterval())
                .profitabilityInterval(config.jobs().profitabilityInterval())
                .alertAfterPoll(config.jobs().alertAfterPoll())
                .defaultTariff(config.economics().tariff())
                .poolFeePct(config.economics().poolFeePct())
                .feesBtcPerBlock(config.economics().feesBtcPerBlock())
                .metricsRetention(config.retention().metrics())
                .rollupRetention(config.retention().rollups())
                .notifier(webhook(config, clock))
                .jobListener(jobListener)
                .clock(clock);
        alertListeners.forEach(builder::alertListener);
        if (config.miners().control()) {
            builder.minerControl(
                    CgminerControl.builder().exchangeTimeout(exchange).build());
        }
        if (config.escalation() != null) {
            builder.escalateTo(Destination.webhook(config.escalation()));
        }
        ServerConfig.Mail mail = config.mail();
        if (mail != null) {
            builder.notifier(mail(mail, clock));
        }
        return builder.build();
    }

    /** CoinGecko, then CoinCap where a key or an address for it is set (v3 answers nobody without), then mempool.space. */
    private static PriceSource price(ServerConfig.Market market, InstantSource clock) {
        MarketAccess access = MarketAccess.publicHost().withClock(clock);
        List<PriceSource> sources = new ArrayList<>();
        sources.add(new CoinGecko(access.withBaseUrl(market.coinGecko())));
        if (market.coinCapKey() != null || market.coinCap() != null) {
            sources.add(new CoinCap(access.withBaseUrl(market.coinCap()).withKey(market.coinCapKey())));
        }
        sources.add(new MempoolSpace(access.withBaseUrl(market.mempool())));
        return MarketSources.failover(sources.toArray(PriceSource[]::new));
    }

    private static DifficultySource difficulty(ServerConfig.Market market, InstantSource clock) {
        MarketAccess access = MarketAccess.publicHost().withClock(clock);
        return MarketSources.failover(
                (DifficultySource) new BlockchainInfo(access.withBaseUrl(market.blockchainInfo())),
                new MempoolSpace(access.withBaseUrl(market.mempool())));
    }

    private static Notifier webhook(ServerConfig config, InstantSource clock) {
        return WebhookNotifier.builder()
                .targets(config.webhookTargets())
                .clock(clock)
                .build();
    }

    private static EmailNotifier mail(ServerConfig.Mail mail, InstantSource clock) {
        EmailBuilder builder = EmailNotifier.builder()
                .host(mail.server())
                .port(mail.port())
                .security(mail.security())
                .from(mail.from())
                .to(mail.to())
                .clock(clock);
        if (mail.user() != null && mail.password() != null) {
            builder.login(mail.user(), mail.password());
        }
        return builder.build();
    }
}
