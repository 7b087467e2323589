package io.minerops.core.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Secret;
import io.minerops.api.profit.DifficultySource;
import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.PriceSource;
import io.minerops.api.profit.Quote;
import io.minerops.core.TestClock;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MarketSourcesTest {
    private static final Currency USD = Currency.getInstance("USD");
    private static final String GECKO = "/api/v3/simple/price";
    private static final String CAP = "/v2/assets/bitcoin";
    private static final String MEMPOOL = "/api/v1/prices";

    private final LoopbackService service = new LoopbackService();
    private final TestClock clock = new TestClock();
    private final MarketAccess access =
            MarketAccess.publicHost().withBaseUrl(service.url()).withClock(clock);

    @AfterEach
    void close() {
        service.close();
    }

    private record Scripted(String name, Supplier<CompletionStage<Quote>> answer) implements PriceSource {
        @Override
        public CompletionStage<Quote> btcPrice(Currency currency) {
            return answer.get();
        }
    }

    @Nested
    class Prices {
        private final PriceSource failover =
                MarketSources.failover(clock, new CoinGecko(access), new CoinCap(access), new MempoolSpace(access));

        private List<String> queried() {
            return service.requests().stream()
                    .map(request -> request.pathAndQuery().replaceAll("\\?.*", ""))
                    .toList();
        }

        @Test
        void come_from_the_first_source_that_answers() {
            service.ok(GECKO, "{\"bitcoin\":{\"usd\":88000}}");

            assertThat(Await.value(failover.btcPrice(USD)).source()).isEqualTo("coingecko");
            assertThat(queried()).containsExactly(GECKO);
        }

        @Test
        void come_from_the_next_source_where_one_fails() {
            service.reply(GECKO, 500, Map.of());
            service.ok(CAP, "{\"data\":{\"message\":\"retired\"}}");
            service.ok(MEMPOOL, "{\"USD\":88001}");

            Quote quote = Await.value(failover.btcPrice(USD));

            assertThat(quote.price()).isEqualTo(88_001);
            assertThat(quote.source()).isEqualTo("mempool.space");
            assertThat(queried()).containsExactly(GECKO, CAP, MEMPOOL);
        }

        @Test
        void come_from_the_first_source_again_a_minute_after_its_failure() {
            service.reply(GECKO, 500, Map.of());
            service.ok(CAP, "{\"data\":{\"priceUsd\":\"88002\"}}");
            Await.value(failover.btcPrice(USD));
            service.ok(GECKO, "{\"bitcoin\":{\"usd\":88000}}");

            clock.advance(Failover.MIN_REST.minusNanos(1));
            assertThat(Await.value(failover.btcPrice(USD)).source()).isEqualTo("coincap");
            clock.advance(Duration.ofNanos(1));
            assertThat(Await.value(failover.btcPrice(USD)).source()).isEqualTo("coingecko");
            assertThat(queried()).containsExactly(GECKO, CAP, CAP, GECKO);
        }

        @Test
        void come_from_a_source_that_failed_after_a_pause_that_doubles_up_to_half_an_hour() {
            service.reply(GECKO, 500, Map.of());
            service.ok(CAP, "{\"data\":{\"priceUsd\":\"88002\"}}");
            for (int minutes : new int[] {1, 2, 4, 8, 16, 30, 30}) {
                Await.value(failover.btcPrice(USD));
                service.requests().clear();
                clock.advance(Duration.ofMinutes(minutes).minusNanos(1));
                Await.value(failover.btcPrice(USD));
                assertThat(queried()).containsExactly(CAP);
                clock.advance(Duration.ofNanos(1));
            }
        }

        @Test
        void come_from_a_source_that_rests_where_all_others_fail() {
            service.reply(GECKO, 500, Map.of());
            service.ok(CAP, "{\"data\":{\"priceUsd\":\"88002\"}}");
            Await.value(failover.btcPrice(USD));
            service.ok(GECKO, "{\"bitcoin\":{\"usd\":88000}}");
            service.reply(CAP, 500, Map.of());
            service.reply(MEMPOOL, 500, Map.of());

            assertThat(Await.value(failover.btcPrice(USD)).source()).isEqualTo("coingecko");
        }

        @Test
        void that_jump_are_refused_where_the_next_source_gives_the_old_price() {
            service.ok(GECKO, "{\"bitcoin\":{\"usd\":88000}}");
            Await.value(failover.btcPrice(USD));
            service.ok(GECKO, "{\"bitcoin\":{\"usd\":880000}}");
            service.ok(CAP, "{\"data\":{\"priceUsd\":\"88002\"}}");

            assertThat(Await.value(failover.btcPrice(USD)).price()).isEqualTo(88_002);
        }

        @Test
        void that_jump_are_believed_where_the_next_source_confirms_them() {
            service.ok(GECKO, "{\"bitcoin\":{\"usd\":88000}}");
            Await.value(failover.btcPrice(USD));
            service.ok(GECKO, "{\"bitcoin\":{\"usd\":8800}}");
            service.ok(CAP, "{\"data\":{\"priceUsd\":\"8802\"}}");

            assertThat(Await.value(failover.btcPrice(USD)).price()).isEqualTo(8_802);
        }

        @Test
        void that_jump_are_named_where_no_other_source_answers() {
            service.ok(GECKO, "{\"bitcoin\":{\"usd\":88000}}");
            Await.value(failover.btcPrice(USD));
            service.ok(GECKO, "{\"bitcoin\":{\"usd\":880000}}");

            assertThat(Await.failure(failover.btcPrice(USD)))
                    .hasMessageContaining("coingecko: price of 880000.0 USD is not believed before another source"
                            + " confirms it: it was 88000.0");
        }

        @Test
        void fail_with_the_account_of_every_source() {
            service.reply(GECKO, 429, Map.of("Retry-After", "30"));
            service.ok(CAP, "{}");
            service.reply(MEMPOOL, 503, Map.of());

            MarketException failure = Await.failure(failover.btcPrice(USD));

            assertThat(failure)
                    .hasMessage("no price from any source: "
                            + "coingecko: status 429, too many requests; next request in 30 s at the earliest; "
                            + "coincap: no price in USD in the reply; "
                            + "mempool.space: status 503 instead of 200");
            assertThat(failure.getSuppressed()).hasSize(3);
        }

        @Test
        void come_from_the_next_source_where_one_breaks_its_contract() {
            Quote good = new Quote(88_000, USD, "good", TestClock.START, false);
            PriceSource brave = MarketSources.failover(
                    new Scripted("throws", () -> {
                        throw new IllegalStateException("with key hunter2");
                    }),
                    new Scripted("fails", () -> CompletableFuture.failedFuture(new MarketException("closed"))),
                    new Scripted("good", () -> CompletableFuture.completedFuture(good)));

            assertThat(Await.value(brave.btcPrice(USD))).isEqualTo(good);
        }

        @Test
        void report_only_the_kind_of_a_foreign_failure() {
            PriceSource broken = MarketSources.failover(new Scripted("broken", () -> {
                throw new IllegalStateException("with key hunter2");
            }));

            assertThat(Await.failure(broken.btcPrice(USD)))
                    .hasMessage("no price from any source: broken: failed with IllegalStateException");
        }

        @Test
        void report_a_long_account_in_part() {
            PriceSource wordy = MarketSources.failover(new Scripted(
                    "wordy", () -> CompletableFuture.failedFuture(new MarketException("x".repeat(10_000)))));

            assertThat(Await.failure(wordy.btcPrice(USD)).getMessage())
                    .hasSizeLessThan(300)
                    .endsWith("…");
        }
    }

    @Nested
    class Difficulties {
        private final DifficultySource failover =
                MarketSources.failover(new BlockchainInfo(access), new MempoolSpace(access));

        @Test
        void come_from_the_next_source_where_one_fails() {
            service.ok("/q/getdifficulty", "out of order");
            service.ok("/api/v1/mining/hashrate/3d", "{\"currentDifficulty\":1.52e14}");

            assertThat(Await.value(failover.difficulty()).source()).isEqualTo("mempool.space");
        }

        @Test
        void are_never_made_of_the_estimated_adjustment() {
            service.ok("/api/v1/difficulty-adjustment", "{\"difficultyChange\":2.5,\"previousRetarget\":1.5}");

            assertThat(Await.failure(failover.difficulty()))
                    .hasMessage("no difficulty from any source: blockchain.info: status 404 instead of 200; "
                            + "mempool.space: status 404 instead of 200");
        }
    }

    @Test
    void a_failover_is_named_by_its_sources() {
        assertThat(MarketSources.publicPrice(MarketAccess.publicHost()).name()).isEqualTo("coingecko, mempool.space");
        assertThat(MarketSources.publicDifficulty(MarketAccess.publicHost()).name())
                .isEqualTo("blockchain.info, mempool.space");
    }

    @Test
    void a_failover_over_nothing_is_refused() {
        assertThatThrownBy(() -> MarketSources.failover(new PriceSource[0]))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("sources must be one or more, not none");
    }

    @Test
    void every_source_has_the_name_of_its_service() {
        MarketAccess access = MarketAccess.publicHost();
        assertThat(MarketSources.coinGecko(access).name()).isEqualTo("coingecko");
        assertThat(MarketSources.coinCap(access.withKey(Secret.of("key"))).name())
                .isEqualTo("coincap");
        assertThat(MarketSources.blockchainInfo(access).name()).isEqualTo("blockchain.info");
        assertThat(MarketSources.mempoolPrice(access).name()).isEqualTo("mempool.space");
        assertThat(MarketSources.mempoolDifficulty(access).name()).isEqualTo("mempool.space");
        assertThat(MarketSources.mempoolChain(access).name()).isEqualTo("mempool.space");
        assertThat(MarketSources.kraken(access).name()).isEqualTo("kraken");
        assertThat(MarketSources.coinbase(access).name()).isEqualTo("coinbase");
        assertThat(MarketSources.nodeDifficulty(access, () -> Secret.of("a:b")).name())
                .isEqualTo("bitcoin node");
        assertThat(MarketSources.nodeChain(access, () -> Secret.of("a:b")).name())
                .isEqualTo("bitcoin node");
    }
}
