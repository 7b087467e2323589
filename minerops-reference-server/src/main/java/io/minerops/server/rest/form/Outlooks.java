package io.minerops.server.rest.form;

import io.minerops.api.internal.Check;
import io.minerops.api.profit.Tariff;
import io.minerops.core.profit.ProfitabilityInputs;
import io.minerops.core.profit.Projection;
import io.minerops.core.profit.SensitivityGrid;
import io.minerops.server.http.Query;
import io.minerops.server.rest.view.OutlookView;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What requests and commands may suppose of the time to come, with defaults and limits. */
public final class Outlooks {
    /** The parameters of a projection. */
    public static final List<String> PROJECTION =
            List.of("months", "difficulty_growth_pct", "price_growth_pct", "purchase_price_usd", "resale_price_usd");

    /** The parameters of a sensitivity grid. */
    public static final List<String> SENSITIVITY = List.of("price_changes", "difficulty_changes", "power_costs");

    /** The length of a projection, where none is given. */
    public static final int DEFAULT_MONTHS = 12;

    /** The highest purchase and resale price, USD. */
    public static final double MAX_USD = 1e12;

    /** The period of solo odds, where none is given, days. */
    public static final double DEFAULT_SOLO_DAYS = 30;

    /** The longest period of solo odds, days. */
    public static final int MAX_SOLO_DAYS = 36_500;

    /** The most changes of price, or of difficulty. */
    public static final int MAX_CHANGES = 15;

    /** The most tariffs. */
    public static final int MAX_TARIFFS = 5;

    /** The lowest tariff of a list, USD/kWh. */
    public static final double MIN_TARIFF = -0.99;

    /** The changes of price and of difficulty, where none are given, %. */
    public static final List<Double> DEFAULT_CHANGES = List.of(-40.0, -20.0, 0.0, 20.0, 40.0);

    private static final double TARIFF_STEP = 0.02;
    private static final double MILLIS_PER_DAY = 86_400_000;

    private Outlooks() {}

    /**
     * What a projection supposes; null where nothing is given.
     *
     * @param months how many
     * @param difficultyGrowthPct % a month
     * @param priceGrowthPct % a month
     * @param purchaseUsd what was paid, USD
     * @param resaleUsd what it is worth at the end, USD
     */
    public record ProjectionForm(
            @Nullable Integer months,
            @Nullable Double difficultyGrowthPct,
            @Nullable Double priceGrowthPct,
            @Nullable Double purchaseUsd,
            @Nullable Double resaleUsd) {
        /**
         * The assumptions, with months in UTC.
         *
         * @param height the height of the last block
         */
        public Projection.Assumptions assumptions(Instant start, long height) {
            return new Projection.Assumptions(
                    start,
                    ZoneOffset.UTC,
                    months == null ? DEFAULT_MONTHS : months,
                    height,
                    difficultyGrowthPct == null ? 0 : difficultyGrowthPct,
                    priceGrowthPct == null ? 0 : priceGrowthPct);
        }

        /**
         * What was paid and is got back.
         *
         * @throws io.minerops.api.InvalidArgumentException if a price is out of its range
         */
        public OutlookView.Purchase purchase() {
            Check.absentOrPositive("purchase_price_usd", purchaseUsd);
            Check.absentOrAtLeast("resale_price_usd", resaleUsd, 0);
            return new OutlookView.Purchase(purchaseUsd, resaleUsd == null ? 0 : resaleUsd);
        }
    }

    /** Reads what a projection supposes; the query is yet to be checked. */
    public static ProjectionForm projection(Query query) {
        return new ProjectionForm(
                query.whole("months", 1, Projection.MAX_MONTHS),
                query.number("difficulty_growth_pct", Projection.MIN_GROWTH_PCT, Projection.MAX_GROWTH_PCT),
                query.number("price_growth_pct", Projection.MIN_GROWTH_PCT, Projection.MAX_GROWTH_PCT),
                query.positive("purchase_price_usd", MAX_USD),
                query.number("resale_price_usd", 0, MAX_USD));
    }

    /** The axes of a sensitivity grid; null where nothing is given. */
    public record SensitivityForm(
            @Nullable List<Double> priceChangesPct,
            @Nullable List<Double> difficultyChangesPct,
            @Nullable List<Double> tariffsUsdPerKwh) {
        /** The grid; by default the tariff of now, and 2 cents less and more. */
        public SensitivityGrid grid(ProfitabilityInputs now) {
            double tariff = now.tariff().usdPerKwh();
            List<Tariff> tariffs = tariffsUsdPerKwh == null
                    ? Stream.of(rounded(tariff - TARIFF_STEP), tariff, rounded(tariff + TARIFF_STEP))
                            .filter(price -> price > -1 && price <= Tariff.MAX_USD_PER_KWH)
                            .map(Tariff::new)
                            .toList()
                    : tariffsUsdPerKwh.stream().map(Tariff::new).toList();
            return SensitivityGrid.of(
                    now,
                    tariffs,
                    difficultyChangesPct == null ? DEFAULT_CHANGES : difficultyChangesPct,
                    priceChangesPct == null ? DEFAULT_CHANGES : priceChangesPct);
        }
    }

    /** Without the last digits that a sum of decimals has. */
    private static double rounded(double tariff) {
        return Math.round(tariff * 1e9) / 1e9;
    }

    /** Reads the axes of a sensitivity grid; the query is yet to be checked. */
    public static SensitivityForm sensitivity(Query query) {
        return new SensitivityForm(
                changes(query, "price_changes"),
                changes(query, "difficulty_changes"),
                query.numbers("power_costs", MIN_TARIFF, Tariff.MAX_USD_PER_KWH, MAX_TARIFFS));
    }

    private static @Nullable List<Double> changes(Query query, String name) {
        return query.numbers(name, SensitivityGrid.MIN_CHANGE_PCT, SensitivityGrid.MAX_CHANGE_PCT, MAX_CHANGES);
    }

    /** A period of so many days, at least a millisecond. */
    public static Duration days(double days) {
        return Duration.ofMillis(Math.max(1, Math.round(days * MILLIS_PER_DAY)));
    }
}
