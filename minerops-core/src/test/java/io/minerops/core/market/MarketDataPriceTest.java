package io.minerops.core.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.profit.DifficultySource;
import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.PriceSource;
import io.minerops.api.profit.Quote;
import io.minerops.core.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MarketDataPriceTest {
    private static final Currency USD = Currency.getInstance("USD");
    private static final Currency EUR = Currency.getInstance("EUR");

    private final TestClock clock = new TestClock();
    private final Market market = new Market();
    private final DifficultySource difficulty = MarketSources.fixedDifficulty(1e14, clock);
    private final MarketData prices = new MarketData(market, difficulty, clock);

    /** Answers at once: the number of the question as the price, or a failure; or later, by hand. */
    private final class Market implements PriceSource {
        private final AtomicInteger queries = new AtomicInteger();
        private volatile boolean closed;
        private volatile boolean byHand;
        private final CompletableFuture<Quote> handed = new CompletableFuture<>();

        @Override
        public String name() {
            return "market";
        }

        @Override
        public CompletionStage<Quote> btcPrice(Currency currency) {
            int query = queries.incrementAndGet();
            if (byHand) {
                return handed;
            }
            return closed
                    ? CompletableFuture.failedFuture(new MarketException("market: closed"))
                    : CompletableFuture.completedFuture(quote(query, currency, clock.instant()));
        }
    }

    private static Quote quote(double price, Currency currency, Instant at) {
        return new Quote(price, currency, "market", at, false);
    }

    private Quote price() {
        return Await.value(prices.price(USD));
    }

    @Nested
    class WhileTheSourceAnswers {
        @Test
        void a_price_is_given_again_for_its_time_to_live() {
            price();
            clock.advance(Duration.ofMinutes(5).minusNanos(1));

            assertThat(price()).isEqualTo(quote(1, USD, TestClock.START));
            assertThat(market.queries).hasValue(1);
        }

        @Test
        void a_price_is_requested_again_after_its_time_to_live() {
            price();
            clock.advance(Duration.ofMinutes(5));

            assertThat(price()).isEqualTo(quote(2, USD, clock.instant()));
        }

        @Test
        void each_currency_is_remembered_by_itself() {
            price();

            assertThat(Await.value(prices.price(EUR)).currency()).isEqualTo(EUR);
            assertThat(price().price()).isEqualTo(1);
        }

        @Test
        void a_clock_that_stepped_back_does_not_prolong_a_price() {
            price();
            clock.advance(Duration.ofHours(-1));

            assertThat(price().price()).isEqualTo(2);
        }
    }

    @Nested
    class WhileTheSourceFails {
        @Test
        void the_last_price_is_given_marked_stale_with_the_time_it_was_fetched() {
            price();
            market.closed = true;
            clock.advance(Duration.ofMinutes(6));

            assertThat(price()).isEqualTo(new Quote(1, USD, "market", TestClock.START, true));
        }

        @Test
        void no_question_goes_out_during_the_back_off() {
            price();
            market.closed = true;
            clock.advance(Duration.ofMinutes(6));
            price();
            clock.advance(Duration.ofSeconds(29));

            assertThat(price().stale()).isTrue();
            assertThat(market.queries).hasValue(2);
        }

        @Test
        void a_question_goes_out_after_the_back_off_and_brings_a_fresh_price() {
            price();
            market.closed = true;
            clock.advance(Duration.ofMinutes(6));
            price();
            market.closed = false;
            clock.advance(Duration.ofSeconds(30));

            assertThat(price()).isEqualTo(quote(3, USD, clock.instant()));
        }

        @Test
        void without_any_last_price_the_failure_is_given_and_not_requested_again_during_the_back_off() {
            market.closed = true;

            assertThat(Await.failure(prices.price(USD))).hasMessage("market: closed");
            assertThat(Await.failure(prices.price(USD))).hasMessage("market: closed");
            assertThat(market.queries).hasValue(1);
        }

        @Test
        void a_foreign_failure_becomes_a_market_exception_without_its_message() {
            MarketData broken = new MarketData(
                    new PriceSource() {
                        @Override
                        public String name() {
                            return "broken";
                        }

                        @Override
                        public CompletionStage<Quote> btcPrice(Currency currency) {
                            throw new IllegalStateException("with key hunter2");
                        }
                    },
                    difficulty,
                    clock);

            assertThat(Await.failure(broken.price(USD))).hasMessage("broken: failed with IllegalStateException");
        }

        @Test
        void a_source_that_never_answers_is_given_up() {
            market.byHand = true;
            MarketData impatient = new MarketData(market, difficulty, List.of(), clock, Duration.ofMillis(50));

            assertThat(Await.failure(impatient.price(USD))).hasMessage("market: failed with TimeoutException");
        }
    }

    @Nested
    class AtTheSameTime {
        @Test
        void callers_share_one_question() throws InterruptedException {
            market.byHand = true;
            int callers = 16;
            CyclicBarrier together = new CyclicBarrier(callers);
            CountDownLatch queried = new CountDownLatch(callers);
            ExecutorService threads = Executors.newFixedThreadPool(callers);
            try {
                List<CompletableFuture<Quote>> answers = Stream.generate(() -> CompletableFuture.supplyAsync(
                                () -> {
                                    pass(together);
                                    CompletionStage<Quote> answer = prices.price(USD);
                                    queried.countDown();
                                    return Await.value(answer);
                                },
                                threads))
                        .limit(callers)
                        .toList();
                assertThat(queried.await(20, TimeUnit.SECONDS)).isTrue();
                market.handed.complete(quote(7, USD, clock.instant()));

                assertThat(answers)
                        .allSatisfy(answer ->
                                assertThat(Await.value(answer).price()).isEqualTo(7));
                assertThat(market.queries).hasValue(1);
            } finally {
                threads.shutdownNow();
            }
        }

        private static void pass(CyclicBarrier barrier) {
            try {
                barrier.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new AssertionError("not all callers came", e);
            }
        }

        @Test
        void a_caller_that_gives_up_takes_nothing_from_the_others() {
            market.byHand = true;
            CompletableFuture<Quote> impatient = prices.price(USD).toCompletableFuture();
            CompletionStage<Quote> patient = prices.price(USD);

            impatient.cancel(true);
            market.handed.complete(quote(7, USD, clock.instant()));

            assertThat(Await.value(patient).price()).isEqualTo(7);
            assertThat(price().price()).isEqualTo(7);
        }
    }

    @Nested
    class Status {
        @Test
        void of_a_price_never_requested_names_the_source() {
            assertThat(prices.lastPrice(USD)).isEmpty();
            assertThat(prices.priceStatus(USD)).isEqualTo(new MarketStatus("market", null, false, null));
            assertThat(market.queries).hasValue(0);
        }

        @Test
        void of_a_fresh_price_has_its_time() {
            Quote quote = price();

            assertThat(prices.lastPrice(USD)).contains(quote);
            assertThat(prices.priceStatus(USD)).isEqualTo(new MarketStatus("market", TestClock.START, false, null));
        }

        @Test
        void of_a_price_after_its_time_to_live_is_stale() {
            Quote quote = price();
            clock.advance(Duration.ofMinutes(5));

            assertThat(prices.lastPrice(USD)).contains(quote.asStale());
            assertThat(market.queries).hasValue(1);
        }

        @Test
        void of_a_failing_source_reports_the_last_error_until_it_answers_again() {
            market.closed = true;
            Await.failure(prices.price(USD));
            MarketStatus failing = prices.priceStatus(USD);
            market.closed = false;
            clock.advance(Duration.ofSeconds(30));
            price();

            assertThat(failing).isEqualTo(new MarketStatus("market", null, false, "market: closed"));
            assertThat(prices.priceStatus(USD).lastError()).isNull();
        }

        @Test
        void of_a_stale_price_reports_both_its_time_and_the_error() {
            price();
            market.closed = true;
            clock.advance(Duration.ofMinutes(6));
            price();

            assertThat(prices.priceStatus(USD))
                    .isEqualTo(new MarketStatus("market", TestClock.START, true, "market: closed"));
        }
    }
}
