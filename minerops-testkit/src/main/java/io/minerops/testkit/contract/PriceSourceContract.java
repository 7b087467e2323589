package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.PriceSource;
import io.minerops.api.profit.Quote;
import io.minerops.testkit.market.Endpoint;
import io.minerops.testkit.market.FakeMarket;
import java.time.Duration;
import java.util.Currency;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link PriceSource} must do: give the price that the service gives, or none. */
public abstract class PriceSourceContract {
    private static final Currency USD = Currency.getInstance("USD");
    private static final Duration SOON = Duration.ofSeconds(20);

    private final FakeMarket market = FakeMarket.start();
    private PriceSource source;

    /** For subclasses. */
    protected PriceSourceContract() {}

    /** The source under test, querying that market. */
    protected abstract PriceSource source(FakeMarket market);

    /** The query that it sends. */
    protected abstract Endpoint endpoint();

    @BeforeEach
    public final void openSource() {
        source = source(market);
    }

    @AfterEach
    public final void closeMarket() {
        market.close();
    }

    @Test
    public void a_quote_bears_the_price_and_where_it_comes_from() {
        market.btcPrice(91_250);

        assertThat(source.btcPrice(USD).toCompletableFuture())
                .succeedsWithin(SOON)
                .satisfies(quote -> {
                    assertThat(quote.price()).isEqualTo(91_250);
                    assertThat(quote.currency()).isEqualTo(USD);
                    assertThat(quote.source()).isEqualTo(source.name()).isNotBlank();
                    assertThat(quote.stale()).isFalse();
                });
    }

    @Test
    public void a_service_that_fails_gives_no_price() {
        market.fail(endpoint(), 503);

        assertFails(USD);
    }

    @Test
    public void a_service_that_recovered_gives_the_price_of_then() {
        market.fail(endpoint(), 500);
        assertFails(USD);
        market.btcPrice(80_000);

        market.recover(endpoint());

        assertThat(source.btcPrice(USD).toCompletableFuture())
                .succeedsWithin(SOON)
                .extracting(Quote::price)
                .isEqualTo(80_000.0);
    }

    @Test
    public void a_currency_that_the_service_does_not_know_has_no_price() {
        assertFails(Currency.getInstance("XTS"));
    }

    private void assertFails(Currency currency) {
        assertThat(source.btcPrice(currency).toCompletableFuture())
                .failsWithin(SOON)
                .withThrowableThat()
                .isInstanceOf(ExecutionException.class)
                .withCauseInstanceOf(MarketException.class);
    }
}
