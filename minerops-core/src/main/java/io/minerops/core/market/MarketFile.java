package io.minerops.core.market;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.api.profit.ChainState;
import io.minerops.api.profit.Difficulty;
import io.minerops.api.profit.Epoch;
import io.minerops.api.profit.Quote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last market values in a file, so that they survive a restart. A file that cannot be read or written is logged, once
 * until it works again, and never stops anything: the values can be requested again. Thread-safe.
 */
final class MarketFile {
    private static final Logger log = LoggerFactory.getLogger(MarketFile.class);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HEX = 16;
    private static final String SOURCE = "source";
    private static final String FETCHED_AT = "fetched_at";

    private final Path file;
    private final AtomicBoolean failing = new AtomicBoolean();

    /** What the file holds; stale values are not among them. */
    record Contents(
            List<Quote> prices,
            @Nullable Difficulty difficulty,
            @Nullable ChainState chain,
            List<Epoch> epochs) {
        static final Contents NOTHING = new Contents(List.of(), null, null, List.of());
    }

    MarketFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /** What was written last; nothing where there is no file or it is damaged. */
    Contents read() {
        try {
            return contents(JSON.readTree(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Contents.NOTHING;
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            log.warn("the market file {} cannot be read and is not used: {}", file, e.toString());
            return Contents.NOTHING;
        }
    }

    /** Replaces the file as a whole, so that a reader never sees half of it. */
    synchronized void write(Contents contents) {
        try {
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.write(next, JSON.writeValueAsBytes(json(contents)));
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            failing.set(false);
        } catch (IOException e) {
            if (!failing.getAndSet(true)) {
                log.warn("the market file {} cannot be written: {}", file, e.toString());
            }
        }
    }

    private static ObjectNode json(Contents contents) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode prices = root.putArray("prices");
        contents.prices()
                .forEach(quote -> source(prices.addObject(), quote.source(), quote.fetchedAt())
                        .put("currency", quote.currency().getCurrencyCode())
                        .put("price", quote.price()));
        Difficulty difficulty = contents.difficulty();
        if (difficulty != null) {
            source(root.putObject("difficulty"), difficulty.source(), difficulty.fetchedAt())
                    .put("value", difficulty.value());
        }
        ChainState chain = contents.chain();
        if (chain != null) {
            source(root.putObject("chain"), chain.source(), chain.fetchedAt())
                    .put("height", chain.height())
                    .put("mean_fees_btc", chain.meanFeesBtc());
        }
        ArrayNode epochs = root.putArray("epochs");
        contents.epochs()
                .forEach(epoch -> epochs.addObject()
                        .put("number", epoch.number())
                        .put("bits", Integer.toHexString(epoch.bits()))
                        .put("started_at", epoch.startedAt().toString()));
        return root;
    }

    private static ObjectNode source(ObjectNode node, String source, Instant fetchedAt) {
        return node.put(SOURCE, source).put(FETCHED_AT, fetchedAt.toString());
    }

    private static Contents contents(JsonNode root) {
        List<Quote> prices = new ArrayList<>();
        for (JsonNode price : root.path("prices")) {
            Currency currency = Currency.getInstance(price.path("currency").asText());
            prices.add(new Quote(price.path("price").asDouble(), currency, source(price), fetchedAt(price), false));
        }
        JsonNode difficulty = root.path("difficulty");
        JsonNode chain = root.path("chain");
        JsonNode fees = chain.path("mean_fees_btc");
        List<Epoch> epochs = new ArrayList<>();
        for (JsonNode epoch : root.path("epochs")) {
            int bits = Integer.parseUnsignedInt(epoch.path("bits").asText(), HEX);
            Instant startedAt = Instant.parse(epoch.path("started_at").asText());
            epochs.add(new Epoch(epoch.path("number").asInt(-1), bits, startedAt, false));
        }
        return new Contents(
                prices,
                difficulty.isObject()
                        ? new Difficulty(
                                difficulty.path("value").asDouble(), source(difficulty), fetchedAt(difficulty), false)
                        : null,
                chain.isObject()
                        ? new ChainState(
                                chain.path("height").asLong(-1),
                                fees.isNumber() ? fees.asDouble() : null,
                                source(chain),
                                fetchedAt(chain),
                                false)
                        : null,
                epochs);
    }

    private static String source(JsonNode node) {
        return node.path(SOURCE).asText();
    }

    private static Instant fetchedAt(JsonNode node) {
        return Instant.parse(node.path(FETCHED_AT).asText());
    }
}
