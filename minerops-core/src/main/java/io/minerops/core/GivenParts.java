package io.minerops.core;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.MinerClient;
import io.minerops.api.miner.MinerControl;
import io.minerops.api.notify.Notifier;
import io.minerops.api.profit.ChainSource;
import io.minerops.api.profit.DifficultySource;
import io.minerops.api.profit.PriceSource;
import io.minerops.api.store.StandaloneMetricStore;
import io.minerops.api.store.Store;
import io.minerops.core.device.CgminerClient;
import io.minerops.core.market.MarketAccess;
import io.minerops.core.market.MarketSources;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts that a builder was given, all of which its {@link MinerOps} owns; makes those that were not given. */
final class GivenParts {
    /** How many exchanges a reading takes at most. */
    static final int MAX_EXCHANGES = 4;

    final List<Notifier> notifiers = new ArrayList<>();

    @Nullable
    Store store;

    @Nullable
    StandaloneMetricStore metrics;

    @Nullable
    MinerClient minerClient;

    @Nullable
    MinerControl minerControl;

    @Nullable
    Notifier statementNotifier;

    @Nullable
    PriceSource priceSource;

    @Nullable
    DifficultySource difficultySource;

    final List<ChainSource> chainSources = new ArrayList<>();

    @Nullable
    HttpClient httpClient;

    Store store() {
        Store given = store;
        if (given == null) {
            throw new InvalidArgumentException("store", "store must be given, for example SqliteStore.open(path)");
        }
        return given;
    }

    MinerClient minerClient(InstantSource clock, Duration deadline) {
        MinerClient client = minerClient;
        if (client == null) {
            client = CgminerClient.builder()
                    .clock(clock)
                    .exchangeTimeout(deadline.dividedBy(MAX_EXCHANGES))
                    .build();
            minerClient = client;
        }
        return client;
    }

    PriceSource priceSource(InstantSource clock) {
        PriceSource given = priceSource;
        return given == null ? MarketSources.publicPrice(marketAccess(clock)) : given;
    }

    DifficultySource difficultySource(InstantSource clock) {
        DifficultySource given = difficultySource;
        return given == null ? MarketSources.publicDifficulty(marketAccess(clock)) : given;
    }

    /** A program that gives its own difficulty expects no request to a public host. */
    List<ChainSource> chainSources(InstantSource clock) {
        return chainSources.isEmpty() && difficultySource == null
                ? List.of(MarketSources.mempoolChain(marketAccess(clock)))
                : List.copyOf(chainSources);
    }

    private MarketAccess marketAccess(InstantSource clock) {
        return MarketAccess.publicHost().withClock(clock).withHttpClient(httpClient);
    }

    /** Closes the parts of an instance that could not be built. */
    void close() {
        List<@Nullable Object> parts = new ArrayList<>(notifiers);
        parts.add(minerClient);
        parts.add(minerControl);
        parts.add(statementNotifier);
        parts.add(metrics);
        parts.add(store);
        for (Object part : parts) {
            if (part instanceof AutoCloseable closeable) {
                Wiring.closeOne(closeable);
            }
        }
    }
}
