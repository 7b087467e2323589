package io.minerops.core.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.Quote;
import io.minerops.core.TestClock;
import java.time.Duration;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceGuardTest {
    private final TestClock clock = new TestClock();
    private final PriceGuard guard = new PriceGuard();

    private Quote quote(String source, double price) {
        return new Quote(price, Currency.getInstance("USD"), source, clock.instant(), false);
    }

    private void believes(Quote quote) {
        assertThat(guard.checked(quote)).isSameAs(quote);
    }

    private void refuses(Quote quote) {
        assertThatThrownBy(() -> guard.checked(quote))
                .isInstanceOf(MarketException.class)
                .hasMessageContaining("is not believed before another source confirms it");
    }

    @ParameterizedTest
    @ValueSource(doubles = {30_001, 45_000, 90_000, 180_000, 269_999})
    void a_price_within_the_factor_of_three_is_believed(double price) {
        believes(quote("one", 90_000));
        believes(quote("one", price));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.09, 9_000, 29_999, 270_001, 900_000})
    void a_price_beyond_it_is_not_believed_and_named(double price) {
        believes(quote("one", 90_000));

        assertThatThrownBy(() -> guard.checked(quote("one", price)))
                .hasMessage("one: price of " + price
                        + " USD is not believed before another source confirms it: it was 90000.0");
    }

    @Test
    void another_source_confirms_it() {
        believes(quote("one", 90_000));
        refuses(quote("one", 900_000));
        believes(quote("two", 905_000));
        believes(quote("one", 900_000));
    }

    @Test
    void a_source_does_not_confirm_itself_before_an_hour_has_passed() {
        believes(quote("one", 90_000));
        refuses(quote("one", 900_000));
        clock.advance(Duration.ofHours(1).minusNanos(1));
        refuses(quote("one", 900_000));
        clock.advance(Duration.ofNanos(1));
        believes(quote("one", 901_000));
    }

    @Test
    void another_source_with_another_price_confirms_nothing() {
        believes(quote("one", 90_000));
        refuses(quote("one", 900_000));
        refuses(quote("two", 1_900_000));
        believes(quote("three", 91_000));
        refuses(quote("two", 900_000));
    }

    @Test
    void each_currency_is_judged_alone() {
        believes(quote("one", 90_000));
        believes(new Quote(14_000_000, Currency.getInstance("JPY"), "one", clock.instant(), false));
        believes(quote("one", 91_000));
    }
}
