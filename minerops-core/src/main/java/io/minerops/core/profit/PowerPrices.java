package io.minerops.core.profit;

import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerIndex;
import io.minerops.api.profit.Tariff;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What power costs at a time where it is not one price: a few tariffs, and which miner has which. The price of each
 * tariff is calculated once for an evaluation of the fleet, and the tariff of each miner once for a registry; so an
 * evaluation costs no more per miner than with one price. Thread-safe if the functions are.
 */
public final class PowerPrices {
    /** The tariff of a miner that has none of these: the default tariff. */
    public static final int DEFAULT = -1;

    /** No tariffs: each miner has its own price or the default. */
    public static final PowerPrices NONE = new PowerPrices(DEFAULT, miner -> DEFAULT, at -> new double[0]);

    private final int fallback;
    private final ToIntFunction<Miner> tariffOf;
    private final Function<Instant, double[]> pricesAt;

    private volatile @Nullable Rows latest;

    private PowerPrices(int fallback, ToIntFunction<Miner> tariffOf, Function<Instant, double[]> pricesAt) {
        this.fallback = fallback;
        this.tariffOf = Objects.requireNonNull(tariffOf, "tariffOf");
        this.pricesAt = Objects.requireNonNull(pricesAt, "pricesAt");
    }

    /**
     * Tariffs by index.
     *
     * @param fallback the index of the tariff that stands for the fleet's; {@link #DEFAULT} where the default tariff does
     * @param tariffOf the index of a miner's tariff, or {@link #DEFAULT}; not called for a miner with a price of its own
     * @param pricesAt the price of each tariff at a time, USD/kWh, by index. It may throw
     *     {@link io.minerops.api.profit.MarketException} where one has no price; a price is never invented
     */
    public static PowerPrices of(int fallback, ToIntFunction<Miner> tariffOf, Function<Instant, double[]> pricesAt) {
        return new PowerPrices(fallback, tariffOf, pricesAt);
    }

    /**
     * The prices of a time.
     *
     * @param defaultTariff what a miner pays that has neither a price of its own nor a tariff of these
     * @throws io.minerops.api.profit.MarketException where a tariff has no price for the time
     */
    public Now at(Instant at, Tariff defaultTariff) {
        return new Now(this, pricesAt.apply(at), defaultTariff.usdPerKwh());
    }

    /** What the miners of a roster have; cached while the roster is the same object. */
    Rows rows(MinerIndex roster) {
        Rows known = latest;
        if (known == null || known.roster != roster) {
            known = new Rows(roster, tariffOf);
            latest = known;
        }
        return known;
    }

    /** The tariff of each row of a roster. */
    static final class Rows {
        private final MinerIndex roster;

        /** The miner's own price, USD/kWh; NaN where it has none. */
        private final double[] own;

        private final int[] tariff;

        private Rows(MinerIndex roster, ToIntFunction<Miner> tariffOf) {
            this.roster = roster;
            own = new double[roster.size()];
            tariff = new int[roster.size()];
            for (int row = 0; row < own.length; row++) {
                Miner miner = roster.miner(row);
                Double price = miner.powerPriceUsdPerKwh();
                own[row] = price == null ? Double.NaN : price;
                tariff[row] = price == null ? tariffOf.applyAsInt(miner) : DEFAULT;
            }
        }

        double price(int row, Now now) {
            if (tariff[row] != DEFAULT) {
                return now.prices[tariff[row]];
            }
            return Double.isNaN(own[row]) ? now.usual : own[row];
        }
    }

    /** The prices of one time. Immutable. */
    public static final class Now {
        private final PowerPrices tariffs;
        private final double[] prices;
        private final double usual;

        private Now(PowerPrices tariffs, double[] prices, double defaultPrice) {
            this.tariffs = tariffs;
            this.prices = prices;
            usual = tariffs.fallback == DEFAULT ? defaultPrice : prices[tariffs.fallback];
        }

        /** The price that stands for the fleet's, USD/kWh. */
        public double usualUsdPerKwh() {
            return usual;
        }

        /** What a miner pays, USD/kWh: its own price, else that of its tariff, else the usual one. */
        public double usdPerKwh(MinerIndex roster, int row) {
            return tariffs.rows(roster).price(row, this);
        }
    }
}
