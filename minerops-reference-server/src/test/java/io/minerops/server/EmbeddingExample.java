package io.minerops.server;

import static io.minerops.notify.SmtpPreset.GMAIL;

import io.minerops.core.MinerOps;
import io.minerops.core.MinerRange;
import io.minerops.core.market.CoinCap;
import io.minerops.core.market.CoinGecko;
import io.minerops.core.market.MarketSources;
import io.minerops.notify.EmailNotifier;
import io.minerops.sqlite.SqliteStore;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The README's example of embedding the library, so that it cannot stop compiling unnoticed. */
final class EmbeddingExample {
    private EmbeddingExample() {}

    static void watch(String user, String appPassword, CountDownLatch waitUntilStopped) throws InterruptedException {
        // spotless:off
        try (MinerOps ops = MinerOps.builder()
                .store(SqliteStore.open(Path.of("metrics.db")))
                .miners(MinerRange.parse("192.168.1.0/24"))
                .priceSource(MarketSources.failover(new CoinGecko(), new CoinCap()))
                .notifier(EmailNotifier.preset(GMAIL, user, appPassword).to("ops@example.com"))
                .build()) {
            ops.start();
            waitUntilStopped.await();
        }
        // spotless:on
    }
}
