package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.PriceSource;
import io.minerops.api.profit.Quote;
import java.time.Duration;
import java.util.Currency;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link PriceSource} must do: give the price that the service gives, or none. */
public abstract class PriceSourceContract {
    private static final Currency USD = Currency.getInstance("USD");
    private static final Duration SOON = Duration.ofSeconds(20);

    private PriceSource source;

    /** For subclasses. */
    protected PriceSourceContract() {}

    /** The source under test. */
    protected abstract PriceSource source();

    /** Has the service behind the source give this price of one bitcoin, USD, and give it again after a failure. */
    protected abstract void serviceGives(double usd);

    /** Has the service fail until it is to give a price. */
    protected abstract void serviceFails();

    @BeforeEach
    public final void openSource() {
        source = source();
    }

    @Test
    public void a_quote_has_the_price_and_where_it_comes_from() {
        serviceGives(91_250);

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
        serviceFails();

        assertFails(USD);
    }

    @Test
    public void a_service_that_recovered_gives_the_price_of_then() {
        serviceFails();
        assertFails(USD);

        serviceGives(80_000);

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
