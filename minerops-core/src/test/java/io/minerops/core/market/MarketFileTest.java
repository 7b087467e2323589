package io.minerops.core.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.profit.ChainSource;
import io.minerops.api.profit.ChainState;
import io.minerops.api.profit.Epoch;
import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.PriceSource;
import io.minerops.api.profit.Quote;
import io.minerops.core.TestClock;
import io.minerops.core.network.CompactBits;
import io.minerops.core.network.EpochTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of the market after a restart. */
class MarketFileTest {
    private static final Currency USD = Currency.getInstance("USD");
    private static final Epoch NEW =
            new Epoch(484, CompactBits.ofDifficulty(131e12), TestClock.START.minus(Duration.ofDays(6)), false);

    private final TestClock clock = new TestClock();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void choose() {
        file = folder.resolve("market.json");
    }

    private static final class Chain implements ChainSource {
        private final CompletionStage<ChainState> chain;

        Chain(CompletionStage<ChainState> chain) {
            this.chain = chain;
        }

        @Override
        public String name() {
            return "node";
        }

        @Override
        public CompletionStage<ChainState> chain() {
            return chain;
        }

        @Override
        public CompletionStage<List<Epoch>> epochsFrom(int number) {
            return CompletableFuture.completedFuture(List.of(NEW));
        }
    }

    private MarketData online() {
        ChainState chain = new ChainState(976_700, 0.025, "node", clock.instant(), false);
        return new MarketData(
                MarketSources.fixedPrice(90_000.5, clock),
                MarketSources.fixedDifficulty(1.3247201107903052e14, clock),
                List.of(new Chain(CompletableFuture.completedFuture(chain))),
                file,
                clock);
    }

    private MarketData offline() {
        PriceSource closed = new PriceSource() {
            @Override
            public String name() {
                return "closed";
            }

            @Override
            public CompletionStage<Quote> btcPrice(Currency currency) {
                return CompletableFuture.failedFuture(new MarketException("closed: gone"));
            }
        };
        return new MarketData(
                closed,
                MarketSources.fixedDifficulty(1, clock),
                List.of(new Chain(CompletableFuture.failedFuture(new MarketException("node: gone")))),
                file,
                clock);
    }

    private void run(MarketData market) {
        Await.value(market.price(USD));
        Await.value(market.difficulty());
        Await.value(market.chain());
    }

    @Test
    void the_last_values_and_the_new_epochs_survive_a_restart() {
        MarketData before = online();
        run(before);

        MarketData after = offline();

        assertThat(after.lastPrice(USD)).isEqualTo(before.lastPrice(USD)).isPresent();
        assertThat(after.lastDifficulty()).isEqualTo(before.lastDifficulty()).isPresent();
        assertThat(after.lastChain()).isEqualTo(before.lastChain()).isPresent();
        assertThat(after.epochs().epoch(484)).contains(NEW);
    }

    @Test
    void a_value_within_its_time_is_given_without_a_request() {
        run(online());
        clock.advance(MarketData.PRICE_TIME_TO_LIVE.minusNanos(1));

        Quote quote = Await.value(offline().price(USD));

        assertThat(quote.price()).isEqualTo(90_000.5);
        assertThat(quote.stale()).isFalse();
        assertThat(quote.fetchedAt()).isEqualTo(TestClock.START);
    }

    @Test
    void a_value_beyond_its_time_is_stale_where_no_source_answers() {
        run(online());
        clock.advance(Duration.ofDays(1));

        assertThat(Await.value(offline().price(USD)).stale()).isTrue();
    }

    @Test
    void a_value_of_the_future_is_not_taken_for_fresh() {
        run(online());
        clock.advance(Duration.ofDays(-1));

        assertThat(Await.value(offline().price(USD)).stale()).isTrue();
    }

    @Test
    void without_a_file_nothing_is_known() {
        assertThat(offline().lastPrice(USD)).isEmpty();
        assertThat(offline().lastChain()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing",
                "{\"prices\":[{\"currency\":\"USD\",\"price\":-1,\"source\":\"a\",\"fetched_at\":\"2026-11-20T12:00:00Z\"}]}",
                "{\"prices\":[{\"currency\":\"XXL\",\"price\":1,\"source\":\"a\",\"fetched_at\":\"2026-11-20T12:00:00Z\"}]}",
                "{\"difficulty\":{\"value\":1,\"source\":\"a\",\"fetched_at\":\"soon\"}}",
                "{\"epochs\":[{\"number\":-1,\"bits\":\"17\",\"started_at\":\"2026-11-20T12:00:00Z\"}]}"
            })
    void a_damaged_file_is_not_used_and_replaced(String content) throws IOException {
        Files.writeString(file, content);

        MarketData market = online();
        assertThat(market.lastPrice(USD)).isEmpty();
        run(market);

        assertThat(offline().lastPrice(USD)).isPresent();
    }

    @Test
    void epochs_that_contradict_the_library_are_not_used() throws IOException {
        Files.writeString(
                file, "{\"epochs\":[{\"number\":436,\"bits\":\"1d00ffff\",\"started_at\":\"2025-01-12T20:01:51Z\"}]}");

        assertThat(offline().epochs().epochs()).isEqualTo(EpochTable.shipped().epochs());
    }

    @Test
    void a_file_that_cannot_be_written_stops_nothing() {
        file = folder.resolve("missing").resolve("market.json");

        run(online());

        assertThat(file).doesNotExist();
    }
}
