package io.minerops.testkit.market;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.minerops.api.internal.Check;
import io.minerops.api.profit.Epoch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * CoinGecko, CoinCap, blockchain.info and mempool.space on a free port of the loopback address, with a price and a
 * difficulty that one sets, and failures that one wants. Thread-safe.
 *
 * <pre>{@code
 * try (FakeMarket market = FakeMarket.start()) {
 *     market.btcPrice(91_250.5);
 *     market.fail(Endpoint.COIN_GECKO_PRICE, 503);
 *     MarketAccess access = MarketAccess.publicHost().withBaseUrl(market.coinGecko());
 *     PriceSource source = MarketSources.coinGecko(access);
 * }
 * }</pre>
 */
public final class FakeMarket implements AutoCloseable {
    /** The price of a bitcoin until it is set, USD. */
    public static final double DEFAULT_BTC_PRICE_USD = 90_000;

    /** The difficulty until it is set. */
    public static final double DEFAULT_DIFFICULTY = 1.5e14;

    private static final Currency USD = Currency.getInstance("USD");
    /** Block 953,568 was found on 14 June 2026; so high would the chain be in 1970 at one block in 600 s. */
    private static final long FIRST_HEIGHT = 953_568 - 1_781_397_367L / 600;

    /** The first epoch after that block. */
    private static final long FIRST_EPOCH = 474;

    private static final int SECONDS_PER_BLOCK = 600;
    private static final int BLOCKS_PER_DAY = 144;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNPROCESSABLE = 422;
    private static final String JSON = "application/json; charset=utf-8";
    private static final String PLAIN = "text/plain; charset=utf-8";

    private final HttpServer server;
    private final InstantSource clock;
    private final Map<Currency, Double> prices = new ConcurrentHashMap<>();
    private final Map<Endpoint, Integer> failures = new ConcurrentHashMap<>();
    private final Map<Endpoint, Integer> requests = new ConcurrentHashMap<>();
    private volatile double difficulty = DEFAULT_DIFFICULTY;
    private volatile double blockFeesBtc;
    private volatile @Nullable Long height;
    private volatile String retargets = "[]";

    private record Reply(int status, String type, String body) {}

    private FakeMarket(HttpServer server, InstantSource clock) {
        this.server = server;
        this.clock = clock;
        prices.put(USD, DEFAULT_BTC_PRICE_USD);
    }

    /** Begins to answer, with the system's time where a reply has one. */
    public static FakeMarket start() {
        return start(InstantSource.system());
    }

    /**
     * Begins to answer.
     *
     * @param clock the clock for times in responses
     * @throws UncheckedIOException if there is no free port
     */
    public static FakeMarket start(InstantSource clock) {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the fake market on the loopback address", e);
        }
        FakeMarket market = new FakeMarket(server, clock);
        server.createContext("/", market::handle);
        server.start();
        return market;
    }

    /** Where it answers, without a path; each service has its own paths below. */
    public URI baseUrl() {
        InetSocketAddress address = server.getAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    /** The base URL for a CoinGecko client. */
    public URI coinGecko() {
        return baseUrl();
    }

    /** The base URL for a CoinCap client; version 3 wants any bearer key. */
    public URI coinCap() {
        return baseUrl();
    }

    /** The base URL for a blockchain.info client. */
    public URI blockchainInfo() {
        return baseUrl();
    }

    /** The base URL for a mempool.space client. */
    public URI mempoolSpace() {
        return baseUrl();
    }

    /** Sets the price of a bitcoin in USD, above 0. */
    public void btcPrice(double usd) {
        btcPrice(USD, usd);
    }

    /** Sets the price of a bitcoin in a currency, above 0. A currency without a price is missing in replies. */
    public void btcPrice(Currency currency, double price) {
        Check.absentOrPositive("price", price);
        prices.put(currency, price);
    }

    /** Sets the difficulty, above 0. */
    public void difficulty(double value) {
        Check.absentOrPositive("difficulty", value);
        difficulty = value;
    }

    /** Sets the mean fees of a block, BTC, 0 or more; 0 until it is set. */
    public void blockFees(double btc) {
        blockFeesBtc = Check.atLeast("block_fees", btc, 0);
    }

    /** Sets the height of the last block; it follows from the time until it is set, at one block in ten minutes. */
    public void height(long value) {
        height = (long) Check.between("height", (double) value, 0, Integer.MAX_VALUE);
    }

    /** Sets the changes of the difficulty, the newest first; there are none until they are set. */
    public void retargets(List<Epoch> epochs, ToDoubleFunction<Epoch> difficultyOf) {
        retargets = epochs.stream()
                .map(epoch -> "[" + epoch.startedAt().getEpochSecond() + "," + epoch.firstHeight() + ","
                        + difficultyOf.applyAsDouble(epoch) + ",1.0]")
                .collect(Collectors.joining(",", "[", "]"));
    }

    /**
     * Gives the changes of the difficulty since June 2026, at one block in ten minutes, each to the difficulty that is set now.
     */
    public void steadyRetargets() {
        long last = lastHeight() / Epoch.BLOCKS;
        retargets = LongStream.iterate(last, number -> number >= FIRST_EPOCH, number -> number - 1)
                .map(number -> number * Epoch.BLOCKS)
                .mapToObj(first ->
                        "[" + (first - FIRST_HEIGHT) * SECONDS_PER_BLOCK + "," + first + "," + difficulty + ",1.0]")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private long lastHeight() {
        Long set = height;
        return set == null ? FIRST_HEIGHT + clock.instant().getEpochSecond() / SECONDS_PER_BLOCK : set;
    }

    /** Answers an endpoint with a status, 400 to 599, until it recovers. */
    public void fail(Endpoint endpoint, int status) {
        failures.put(endpoint, Check.between("status", status, 400, 599));
    }

    /** Answers an endpoint as it should be again. */
    public void recover(Endpoint endpoint) {
        failures.remove(endpoint);
    }

    /** How many requests an endpoint has had, those that failed included. */
    public int requests(Endpoint endpoint) {
        return requests.getOrDefault(endpoint, 0);
    }

    /** Stops answering and frees the port. */
    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply = Arrays.stream(Endpoint.values())
                    .filter(endpoint ->
                            endpoint.path().equals(exchange.getRequestURI().getPath()))
                    .findFirst()
                    .map(endpoint -> answer(endpoint, exchange))
                    .orElseGet(() -> error(NOT_FOUND));
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", reply.type());
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Reply answer(Endpoint endpoint, HttpExchange exchange) {
        requests.merge(endpoint, 1, Integer::sum);
        Integer failure = failures.get(endpoint);
        if (failure != null) {
            return error(failure);
        }
        if (!exchange.getRequestMethod().equals("GET")) {
            return error(METHOD_NOT_ALLOWED);
        }
        return switch (endpoint) {
            case COIN_GECKO_PRICE -> coinGeckoPrice(exchange.getRequestURI());
            case COIN_CAP_V2_ASSET -> coinCapAsset();
            case COIN_CAP_V3_ASSET -> hasKey(exchange) ? coinCapAsset() : error(UNAUTHORIZED);
            case BLOCKCHAIN_INFO_DIFFICULTY -> new Reply(OK, PLAIN, Double.toString(difficulty));
            case MEMPOOL_SPACE_PRICES -> mempoolPrices();
            case MEMPOOL_SPACE_HASHRATE -> mempoolHashrate();
            case MEMPOOL_SPACE_REWARDS -> mempoolRewards();
            case MEMPOOL_SPACE_RETARGETS -> new Reply(OK, JSON, retargets);
        };
    }

    private Reply coinGeckoPrice(URI request) {
        Map<String, String> query = query(request);
        String currencies = query.getOrDefault("vs_currencies", "");
        if (!query.containsKey("ids") || currencies.isEmpty()) {
            return error(UNPROCESSABLE);
        }
        if (!Arrays.asList(query.getOrDefault("ids", "").split(",", -1)).contains("bitcoin")) {
            return new Reply(OK, JSON, "{}");
        }
        String fields = Arrays.stream(currencies.split(",", -1))
                .flatMap(code -> prices.entrySet().stream()
                        .filter(price -> price.getKey().getCurrencyCode().equalsIgnoreCase(code))
                        .map(price -> field(code, price.getValue())))
                .collect(Collectors.joining(","));
        boolean withTime = Boolean.parseBoolean(query.get("include_last_updated_at"));
        String time = withTime ? "\"last_updated_at\":" + clock.instant().getEpochSecond() : "";
        String comma = withTime && !fields.isEmpty() ? "," : "";
        return new Reply(OK, JSON, "{\"bitcoin\":{" + fields + comma + time + "}}");
    }

    private Reply coinCapAsset() {
        String body = "{\"data\":{\"id\":\"bitcoin\",\"rank\":\"1\",\"symbol\":\"BTC\",\"name\":\"Bitcoin\","
                + "\"priceUsd\":\"" + prices.get(USD) + "\"},\"timestamp\":"
                + clock.instant().toEpochMilli() + "}";
        return new Reply(OK, JSON, body);
    }

    private Reply mempoolPrices() {
        String fields = prices.entrySet().stream()
                .map(price -> ",\"" + price.getKey() + "\":" + Math.round(price.getValue()))
                .collect(Collectors.joining());
        return new Reply(OK, JSON, "{\"time\":" + clock.instant().getEpochSecond() + fields + "}");
    }

    /** The network's rate is the one at which a block comes every 600 seconds: difficulty × 2^32 / 600. */
    private Reply mempoolHashrate() {
        double hashrate = difficulty * 0x1.0p32 / 600;
        String body = "{\"hashrates\":[],\"difficulty\":[],\"currentHashrate\":" + hashrate + ",\"currentDifficulty\":"
                + difficulty + "}";
        return new Reply(OK, JSON, body);
    }

    /** Over the last day: 144 blocks. */
    private Reply mempoolRewards() {
        long last = lastHeight();
        long feesSatoshi = Math.round(blockFeesBtc * 1e8 * BLOCKS_PER_DAY);
        String body = "{\"startBlock\":" + (last - BLOCKS_PER_DAY + 1) + ",\"endBlock\":" + last + ",\"totalReward\":\""
                + feesSatoshi + "\",\"totalFee\":\"" + feesSatoshi + "\",\"totalTx\":\"500000\"}";
        return new Reply(OK, JSON, body);
    }

    private static boolean hasKey(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        return header != null && header.startsWith("Bearer ") && header.length() > "Bearer ".length();
    }

    private static String field(String name, double value) {
        return "\"" + name + "\":" + value;
    }

    private static Map<String, String> query(URI request) {
        String query = request.getQuery() == null ? "" : request.getQuery();
        Function<String, String> name = pair -> pair.split("=", 2)[0];
        return Arrays.stream(query.split("&", -1))
                .filter(pair -> pair.contains("="))
                .collect(Collectors.toMap(name, pair -> pair.split("=", 2)[1], (first, second) -> first));
    }

    private static Reply error(int status) {
        return new Reply(status, JSON, "{\"error\":\"status " + status + "\"}");
    }
}
