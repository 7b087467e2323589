package io.minerops.core.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Secret;
import io.minerops.api.profit.PriceSource;
import io.minerops.api.profit.Quote;
import io.minerops.core.TestClock;
import java.net.URI;
import java.util.Currency;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The request of each price source, and the responses that it accepts. */
class PriceRepliesTest {
    private static final Currency USD = Currency.getInstance("USD");
    private static final Currency EUR = Currency.getInstance("EUR");

    private final TestClock clock = new TestClock();
    private final LoopbackService service = new LoopbackService();
    private final MarketAccess access =
            MarketAccess.publicHost().withBaseUrl(service.url()).withClock(clock);

    @AfterEach
    void close() {
        service.close();
    }

    private void gives(PriceSource source, Currency currency, double price) {
        assertThat(Await.value(source.btcPrice(currency)))
                .isEqualTo(new Quote(price, currency, source.name(), TestClock.START, false));
    }

    private void givesNoPrice(PriceSource source, Currency currency) {
        assertThat(Await.failure(source.btcPrice(currency)))
                .hasMessage(source.name() + ": no price in " + currency + " in the reply");
    }

    @Nested
    class OfCoinGecko {
        private static final String PATH = "/api/v3/simple/price";

        private final CoinGecko source = new CoinGecko(access);

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"bitcoin\":{\"usd\":88123.75,\"last_updated_at\":1795000000}} | 88123.75",
                    "{\"bitcoin\":{\"usd\":88000}} | 88000",
                    "{\"bitcoin\":{\"usd\":8.8e4},\"new\":[1]} | 88000",
                    "{\"bitcoin\":{\"usd\":\"88000.5\"}} | 88000.5"
                })
        void the_price_is_read(String body, double price) {
            service.ok(PATH, body);

            gives(source, USD, price);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "null",
                    "[]",
                    "{}",
                    "busy, try later",
                    "<html>88000</html>",
                    "{\"bitcoin\":{\"usd\":88000",
                    "{\"bitcoin\":88000}",
                    "{\"bitcoin\":{}}",
                    "{\"bitcoin\":{\"eur\":81000}}",
                    "{\"bitcoin\":{\"usd\":null}}",
                    "{\"bitcoin\":{\"usd\":0}}",
                    "{\"bitcoin\":{\"usd\":-1}}",
                    "{\"bitcoin\":{\"usd\":1e999}}",
                    "{\"bitcoin\":{\"usd\":true}}",
                    "{\"bitcoin\":{\"usd\":\"NaN\"}}",
                    "{\"bitcoin\":{\"usd\":\"\"}}",
                    "{\"bitcoin\":{\"usd\":\"0x10\"}}",
                    "{\"bitcoin\":{\"usd\":[88000]}}",
                    "{\"ethereum\":{\"usd\":3000}}"
                })
        void a_reply_without_a_price_is_a_failure(String body) {
            service.ok(PATH, body);

            givesNoPrice(source, USD);
        }

        @Test
        void the_currency_is_requested() {
            service.ok(PATH, "{\"bitcoin\":{\"eur\":81000}}");

            gives(source, EUR, 81_000);
            assertThat(service.requests().get(0).pathAndQuery())
                    .isEqualTo(PATH + "?ids=bitcoin&vs_currencies=eur&include_last_updated_at=true");
        }

        @Test
        void a_demo_key_goes_into_its_header() {
            service.ok(PATH, "{\"bitcoin\":{\"usd\":88000}}");

            gives(new CoinGecko(access.withKey(Secret.of("CG-demo"))), USD, 88_000);
            assertThat(service.requests().get(0).headers().getFirst("x-cg-demo-api-key"))
                    .isEqualTo("CG-demo");
        }

        @Test
        void without_a_key_there_is_no_header() {
            service.ok(PATH, "{\"bitcoin\":{\"usd\":88000}}");

            gives(source, USD, 88_000);
            assertThat(service.requests().get(0).headers()).doesNotContainKey("X-cg-demo-api-key");
        }
    }

    @Nested
    class OfCoinCap {
        private static final String V2 = "/v2/assets/bitcoin";
        private static final String V3 = "/v3/assets/bitcoin";

        @Test
        void a_base_url_without_a_key_is_queried_by_version_2() {
            service.ok(V2, "{\"data\":{\"id\":\"bitcoin\",\"priceUsd\":\"88000.1234567890123456\"},\"timestamp\":1}");

            gives(new CoinCap(access), USD, 88_000.123456789);
            assertThat(service.requests().get(0).headers()).doesNotContainKey("Authorization");
        }

        @Test
        void a_key_is_queried_by_version_3_as_a_bearer() {
            service.ok(V3, "{\"data\":{\"priceUsd\":\"88000.5\"}}");

            gives(new CoinCap(access.withKey(Secret.of("cap-key"))), USD, 88_000.5);
            assertThat(service.requests().get(0).headers().getFirst("Authorization"))
                    .isEqualTo("Bearer cap-key");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"data\":{\"message\":\"This version is no longer served.\"}}",
                    "{\"data\":{\"priceUsd\":null}}",
                    "{\"data\":{\"priceUsd\":\"\"}}",
                    "{\"data\":{\"priceUsd\":\"soon\"}}",
                    "{\"data\":{\"priceUsd\":\"0\"}}",
                    "{\"data\":{\"priceUsd\":\"1e400\"}}",
                    "{\"data\":[]}",
                    "{\"error\":\"unauthorized\"}"
                })
        void a_reply_without_a_price_is_a_failure(String body) {
            service.ok(V2, body);

            givesNoPrice(new CoinCap(access), USD);
        }

        @Test
        void the_public_host_without_a_key_is_refused_at_once() {
            assertThatThrownBy(() -> new CoinCap(MarketAccess.publicHost()))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageStartingWith("key must be given for CoinCap's public host");
        }

        @Test
        void another_currency_is_refused_without_a_question() {
            assertThat(Await.failure(new CoinCap(access).btcPrice(EUR)))
                    .hasMessage("coincap: prices in USD only, not EUR");
            assertThat(service.requests()).isEmpty();
        }
    }

    @Nested
    class OfMempoolSpace {
        private static final String PATH = "/api/v1/prices";

        private final MempoolSpace source = new MempoolSpace(access);

        @ParameterizedTest
        @CsvSource({"USD, 88000", "EUR, 81000"})
        void the_price_is_read_by_currency(String currency, double price) {
            service.ok(PATH, "{\"time\":1795000000,\"USD\":88000,\"EUR\":81000}");

            gives(source, Currency.getInstance(currency), price);
        }

        @ParameterizedTest
        @ValueSource(strings = {"{\"time\":1795000000}", "{\"USD\":-1}", "{\"USD\":0}", "{\"usd\":88000}", "[88000]"})
        void a_reply_without_a_price_is_a_failure(String body) {
            service.ok(PATH, body);

            givesNoPrice(source, USD);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/mirror", "/mirror/"})
    void a_base_url_may_have_a_path_and_a_slash_at_its_end(String path) {
        service.ok(path.replaceAll("/$", "") + "/api/v1/prices", "{\"USD\":88000}");

        gives(new MempoolSpace(access.withBaseUrl(URI.create(service.url() + path))), USD, 88_000);
    }

    @Nested
    class OfKraken {
        private static final String PATH = "/0/public/Ticker";

        private final Kraken source = new Kraken(access);

        @Test
        void the_last_trade_is_read() {
            service.ok(
                    PATH,
                    "{\"error\":[],\"result\":{\"XXBTZEUR\":{\"a\":[\"81000.2\",\"1\",\"1\"],\"c\":[\"81000.1\",\"0.2\"]}}}");

            gives(source, EUR, 81_000.1);
            assertThat(service.requests().get(0).pathAndQuery()).isEqualTo(PATH + "?pair=XBTEUR");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{\"error\":[\"EQuery:Unknown asset pair\"]}",
                    "{\"error\":[],\"result\":{}}",
                    "{\"error\":[],\"result\":{\"A\":{\"c\":[\"1\"]},\"B\":{\"c\":[\"2\"]}}}",
                    "{\"error\":[],\"result\":{\"XXBTZUSD\":{\"c\":[]}}}",
                    "{\"error\":[],\"result\":{\"XXBTZUSD\":{\"c\":[\"0\"]}}}"
                })
        void a_reply_without_a_price_is_a_failure(String body) {
            service.ok(PATH, body);

            givesNoPrice(source, USD);
        }
    }

    @Nested
    class OfCoinbase {
        private final Coinbase source = new Coinbase(access);

        @Test
        void the_spot_price_is_read() {
            service.ok(
                    "/v2/prices/BTC-EUR/spot",
                    "{\"data\":{\"amount\":\"81000.125\",\"base\":\"BTC\",\"currency\":\"EUR\"}}");

            gives(source, EUR, 81_000.125);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{\"data\":{\"amount\":\"81000.125\",\"base\":\"BTC\",\"currency\":\"EUR\"}}",
                    "{\"data\":{\"amount\":\"\",\"currency\":\"USD\"}}",
                    "{\"errors\":[{\"id\":\"invalid_request\"}]}"
                })
        void a_reply_without_a_price_in_the_currency_is_a_failure(String body) {
            service.ok("/v2/prices/BTC-USD/spot", body);

            givesNoPrice(source, USD);
        }
    }
}
