package io.minerops.core.profit;

import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerIndex;
import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.Tariff;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
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
    public static final PowerPrices NONE = new PowerPrices(DEFAULT, miner -> DEFAULT, List.of());

    private final int fallback;
    private final ToIntFunction<Miner> tariffOf;
    private final List<ToDoubleFunction<Instant>> tariffs;

    private volatile @Nullable Rows latest;

    private PowerPrices(int fallback, ToIntFunction<Miner> tariffOf, List<ToDoubleFunction<Instant>> tariffs) {
        this.fallback = fallback;
        this.tariffOf = Objects.requireNonNull(tariffOf, "tariffOf");
        this.tariffs = List.copyOf(tariffs);
    }

    /**
     * Tariffs by index.
     *
     * @param fallback the index of the tariff that stands for the fleet's; {@link #DEFAULT} where the default tariff does
     * @param tariffOf the index of a miner's tariff, or {@link #DEFAULT}; not called for a miner with a price of its own
     * @param tariffs the price of each tariff at a time, USD/kWh. It may throw {@link MarketException} where it has no
     *     price; a price is never invented. Only the miners that have this tariff are then without one
     */
    public static PowerPrices of(int fallback, ToIntFunction<Miner> tariffOf, List<ToDoubleFunction<Instant>> tariffs) {
        return new PowerPrices(fallback, tariffOf, tariffs);
    }

    /**
     * The prices of a time.
     *
     * @param defaultTariff what a miner pays that has neither a price of its own nor a tariff of these
     */
    public Now at(Instant at, Tariff defaultTariff) {
        return new Now(this, at, defaultTariff.usdPerKwh());
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

        /** NaN where there is none; {@link Now#missing} says why. */
        double price(int row, Now now) {
            if (tariff[row] != DEFAULT) {
                return now.prices[tariff[row]];
            }
            return Double.isNaN(own[row]) ? now.usual : own[row];
        }

        /** Why a row has no price. */
        MarketException missing(int row, Now now) {
            return now.missing(tariff[row]);
        }
    }

    /** The prices of one time. Immutable. */
    public static final class Now {
        private final PowerPrices tariffs;
        private final double[] prices;
        private final Map<Integer, MarketException> missing = new HashMap<>();
        private final double usual;

        private Now(PowerPrices tariffs, Instant at, double defaultPrice) {
            this.tariffs = tariffs;
            prices = new double[tariffs.tariffs.size()];
            for (int tariff = 0; tariff < prices.length; tariff++) {
                prices[tariff] = price(tariff, at);
            }
            usual = tariffs.fallback == DEFAULT ? defaultPrice : prices[tariffs.fallback];
        }

        private double price(int tariff, Instant at) {
            try {
                return tariffs.tariffs.get(tariff).applyAsDouble(at);
            } catch (MarketException none) {
                missing.put(tariff, none);
                return Double.NaN;
            }
        }

        /** The price that stands for the fleet's, USD/kWh; NaN where its tariff has none at this time. */
        public double usualUsdPerKwh() {
            return usual;
        }

        /**
         * What a miner pays, USD/kWh: its own price, else that of its tariff, else the usual one; NaN where that tariff has
         * none at this time.
         */
        public double usdPerKwh(MinerIndex roster, int row) {
            return tariffs.rows(roster).price(row, this);
        }

        MarketException missing(int tariff) {
            return Objects.requireNonNull(missing.get(tariff == DEFAULT ? tariffs.fallback : tariff), "missing");
        }
    }
}
