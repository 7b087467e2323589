package io.minerops.core.market;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Secret;
import io.minerops.api.profit.ChainSource;
import io.minerops.api.profit.ChainState;
import io.minerops.api.profit.Difficulty;
import io.minerops.api.profit.DifficultySource;
import io.minerops.api.profit.Epoch;
import io.minerops.core.market.NodeRpc.Call;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * One's own Bitcoin Core node, by JSON-RPC: difficulty, height, the fees of the last 144 blocks and the first blocks of
 * epochs, exact and private. A node that still synchronises, or one of a test network, gives nothing.
 *
 * @see <a href="https://bitcoincore.org/en/doc/">Bitcoin Core RPC</a>
 */
final class BitcoinNode implements DifficultySource, ChainSource {
    static final String NAME = "bitcoin node";

    /** Blocks whose fees are requested at once; the node reads each from its disk. */
    private static final int BLOCKS_PER_REQUEST = 24;

    /** The last blocks can still be replaced by others. */
    private static final int BLOCKS_AGAIN = 6;

    /** The most epochs that are requested at once, five years. */
    private static final int MAX_EPOCHS = 130;

    private static final int HEX = 16;

    private final MarketHost host;
    private final NodeRpc rpc;
    private final NavigableMap<Long, Long> feesSatoshi = new ConcurrentSkipListMap<>();

    /**
     * The node by the access given.
     *
     * @param login gives {@code user:password} for each request
     * @throws InvalidArgumentException ({@code httpClient}) if it follows redirects
     */
    BitcoinNode(MarketAccess access, Supplier<Secret> login) {
        HttpClient client = access.httpClient();
        if (client != null && client.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new InvalidArgumentException(
                    "httpClient",
                    "httpClient must follow no redirects (Redirect.NEVER) beside a login, not "
                            + client.followRedirects());
        }
        host = new MarketHost(NAME, "http://127.0.0.1:8332", access);
        rpc = new NodeRpc(host, login);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CompletionStage<Difficulty> difficulty() {
        return info().thenApply(info -> host.difficulty(Replies.positive(info.path("difficulty"))));
    }

    @Override
    public CompletionStage<ChainState> chain() {
        return info().thenCompose(info -> {
            double height = Replies.atLeastZero(info.path("blocks"));
            host.chain(height, Double.NaN);
            return fees((long) height).thenApply(fees -> host.chain(height, fees));
        });
    }

    @Override
    public CompletionStage<List<Epoch>> epochsFrom(int number) {
        return info().thenCompose(info -> {
            int last = Math.min(info.path("blocks").asInt() / Epoch.BLOCKS, number + MAX_EPOCHS - 1);
            List<Integer> numbers = IntStream.rangeClosed(number, last).boxed().toList();
            return rpc.call(calls(numbers, each -> new Call("getblockhash", (long) each * Epoch.BLOCKS)))
                    .thenCompose(hashes -> rpc.call(calls(hashes, hash -> new Call("getblockheader", hash.asText()))))
                    .thenApply(headers -> epochs(numbers, headers));
        });
    }

    private CompletableFuture<JsonNode> info() {
        return rpc.call(List.of(new Call("getblockchaininfo"))).thenApply(results -> {
            JsonNode info = results.get(0);
            if (!info.path("chain").asText().equals("main")) {
                throw host.failure("it is on another chain than main");
            }
            if (info.path("initialblockdownload").asBoolean()) {
                throw host.failure("it still synchronises with the network");
            }
            return info;
        });
    }

    /** Mean fees of a block, satoshi; NaN where the node cannot give those of every block, as a pruned one. */
    private CompletableFuture<Double> fees(long height) {
        long first = Math.max(0, height - ChainState.FEE_BLOCKS + 1);
        feesSatoshi.headMap(first).clear();
        feesSatoshi.tailMap(height - BLOCKS_AGAIN, false).clear();
        List<Long> missing = LongStream.rangeClosed(first, height)
                .filter(each -> !feesSatoshi.containsKey(each))
                .boxed()
                .toList();
        return fetch(missing, 0)
                .handle((all, failure) -> failure == null
                        ? feesSatoshi.subMap(first, true, height, true).values().stream()
                                .mapToLong(Long::longValue)
                                .average()
                                .orElse(Double.NaN)
                        : Double.NaN);
    }

    private CompletableFuture<Void> fetch(List<Long> heights, int from) {
        if (from >= heights.size()) {
            return CompletableFuture.completedFuture(null);
        }
        List<Long> some = heights.subList(from, Math.min(heights.size(), from + BLOCKS_PER_REQUEST));
        return rpc.call(calls(some, height -> new Call("getblockstats", height, List.of("totalfee"))))
                .thenCompose(stats -> {
                    for (int index = 0; index < some.size(); index++) {
                        JsonNode fee = stats.get(index).path("totalfee");
                        if (!fee.canConvertToLong() || fee.longValue() < 0) {
                            throw host.failure("no fees of block " + some.get(index) + " in the reply");
                        }
                        feesSatoshi.put(some.get(index), fee.longValue());
                    }
                    return fetch(heights, from + BLOCKS_PER_REQUEST);
                });
    }

    private List<Epoch> epochs(List<Integer> numbers, List<JsonNode> headers) {
        List<Epoch> epochs = new ArrayList<>();
        for (int index = 0; index < numbers.size(); index++) {
            JsonNode header = headers.get(index);
            try {
                int bits = Integer.parseUnsignedInt(header.path("bits").asText(), HEX);
                Instant time = Instant.ofEpochSecond(header.path("time").asLong());
                epochs.add(new Epoch(numbers.get(index), bits, time, false));
            } catch (IllegalArgumentException e) {
                throw host.failure("no header of the first block of epoch " + numbers.get(index) + " in the reply");
            }
        }
        return List.copyOf(epochs);
    }

    private static <T> List<Call> calls(List<T> each, Function<T, Call> call) {
        return each.stream().map(call).toList();
    }
}
