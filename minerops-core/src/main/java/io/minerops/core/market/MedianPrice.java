package io.minerops.core.market;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.PriceSource;
import io.minerops.api.profit.Quote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** The median of several sources, all queried at once; a price that is far from it is left out. */
final class MedianPrice implements PriceSource {
    /** How far from the median a price may be. */
    static final double MAX_DEVIATION = 0.05;

    private static final int MIN_SOURCES = 3;
    private static final int MIN_AGREEING = 2;

    private final List<PriceSource> sources;

    MedianPrice(List<PriceSource> sources) {
        if (sources.size() < MIN_SOURCES) {
            throw new InvalidArgumentException(
                    "sources", "sources must be three or more for a median, not " + sources.size());
        }
        this.sources = sources;
    }

    @Override
    public String name() {
        return "median of " + sources.stream().map(PriceSource::name).collect(Collectors.joining(", "));
    }

    /** What became of one source: a quote, or the account of its failure. */
    private record Answer(List<Quote> quotes, String failure) {}

    @Override
    public CompletionStage<Quote> btcPrice(Currency currency) {
        List<CompletableFuture<Answer>> answers = sources.stream()
                .map(source -> Answers.to(() -> source.btcPrice(currency))
                        .handle((quote, failure) -> failure == null
                                ? new Answer(List.of(quote), "")
                                : new Answer(List.of(), Answers.account(source.name(), failure))))
                .toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(all ->
                        median(answers.stream().map(CompletableFuture::join).toList(), currency));
    }

    private static Quote median(List<Answer> answers, Currency currency) {
        List<Quote> quotes =
                answers.stream().flatMap(answer -> answer.quotes().stream()).toList();
        double middle = quotes.isEmpty() ? Double.NaN : median(quotes);
        List<Quote> agreeing = quotes.stream()
                .filter(quote -> Math.abs(quote.price() / middle - 1) <= MAX_DEVIATION)
                .toList();
        if (agreeing.size() < MIN_AGREEING) {
            throw disagreement(answers);
        }
        Instant oldest = agreeing.stream()
                .map(Quote::fetchedAt)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        String names = agreeing.stream().map(Quote::source).collect(Collectors.joining(", "));
        return new Quote(median(agreeing), currency, "median of " + names, oldest, false);
    }

    private static double median(List<Quote> quotes) {
        double[] prices = quotes.stream().mapToDouble(Quote::price).sorted().toArray();
        int middle = prices.length / 2;
        return prices.length % 2 == 1 ? prices[middle] : (prices[middle - 1] + prices[middle]) / 2;
    }

    private static MarketException disagreement(List<Answer> answers) {
        List<String> accounts = new ArrayList<>();
        for (Answer answer : answers) {
            answer.quotes().forEach(quote -> accounts.add(quote.source() + ": " + quote.price()));
            if (answer.quotes().isEmpty()) {
                accounts.add(answer.failure());
            }
        }
        return new MarketException("no price that two sources agree on: " + String.join("; ", accounts));
    }
}
