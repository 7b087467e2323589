package io.minerops.core.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.PriceSource;
import io.minerops.api.profit.Quote;
import io.minerops.core.TestClock;
import java.util.Currency;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class MedianPriceTest {
    private static final Currency USD = Currency.getInstance("USD");

    /** Gives a price; fails without one. */
    private record Fixed(String name, double price) implements PriceSource {
        @Override
        public CompletionStage<Quote> btcPrice(Currency currency) {
            return price > 0
                    ? CompletableFuture.completedFuture(new Quote(price, currency, name, TestClock.START, false))
                    : CompletableFuture.failedFuture(new MarketException(name + ": status 503 instead of 200"));
        }
    }

    private static PriceSource of(double... prices) {
        PriceSource[] sources = new PriceSource[prices.length];
        for (int index = 0; index < prices.length; index++) {
            sources[index] = new Fixed("s" + (index + 1), prices[index]);
        }
        return MarketSources.median(sources);
    }

    private static Quote median(double... prices) {
        return Await.value(of(prices).btcPrice(USD));
    }

    @Test
    void of_three_is_the_middle_one() {
        assertThat(median(90_100, 89_900, 90_000))
                .isEqualTo(new Quote(90_000, USD, "median of s1, s2, s3", TestClock.START, false));
    }

    @Test
    void of_an_even_number_is_the_mean_of_the_two_in_the_middle() {
        assertThat(median(90_000, 90_100, 90_200, 90_300).price()).isEqualTo(90_150);
    }

    @Test
    void leaves_out_a_price_that_is_far_from_the_others() {
        assertThat(median(90_000, 900_000, 90_200))
                .isEqualTo(new Quote(90_100, USD, "median of s1, s3", TestClock.START, false));
    }

    @Test
    void leaves_out_a_source_that_fails() {
        assertThat(median(0, 90_000, 90_200).price()).isEqualTo(90_100);
    }

    @Test
    void of_one_price_is_none() {
        assertThat(Await.failure(of(90_000, 0, 0).btcPrice(USD)))
                .hasMessage("no price that two sources agree on: s1: 90000.0; s2: status 503 instead of 200;"
                        + " s3: status 503 instead of 200");
    }

    @Test
    void of_prices_that_disagree_is_none() {
        assertThat(Await.failure(of(90_000, 900_000, 0).btcPrice(USD)))
                .hasMessage("no price that two sources agree on: s1: 90000.0; s2: 900000.0;"
                        + " s3: status 503 instead of 200");
    }

    @Test
    void of_two_sources_is_refused() {
        assertThatThrownBy(() -> of(1, 2))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("sources must be three or more for a median, not 2");
    }

    @Test
    void is_named_by_all_sources() {
        assertThat(of(1, 2, 3).name()).isEqualTo("median of s1, s2, s3");
    }
}
