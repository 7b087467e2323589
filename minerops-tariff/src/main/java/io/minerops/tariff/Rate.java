package io.minerops.tariff;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import java.util.List;

/**
 * The price of one period of a {@link Schedule}, by tier.
 *
 * @param name the name of the period on a bill, for example {@code peak}; 1 to {@value #MAX_NAME} characters
 * @param tiers one or more; each limit is above the one before, and the last tier has none
 */
public record Rate(String name, List<Tier> tiers) {
    /** The longest name. */
    public static final int MAX_NAME = 100;

    /**
     * Checks name and limits.
     *
     * @throws InvalidArgumentException ({@code tiers}) where the limits leave a gap or overlap
     */
    public Rate {
        Check.text("name", name, MAX_NAME);
        tiers = List.copyOf(tiers);
        if (tiers.isEmpty()) {
            throw new InvalidArgumentException("tiers", "rate " + Check.quote(name) + " must have a tier");
        }
        double below = 0;
        for (int i = 0; i < tiers.size(); i++) {
            double limit = tiers.get(i).limit();
            if (limit <= below) {
                throw new InvalidArgumentException(
                        "tiers",
                        "tiers of rate " + Check.quote(name) + " overlap: the limit of tier " + (i + 1)
                                + " must be above " + below + ", not " + limit);
            }
            below = limit;
        }
        if (below != Double.POSITIVE_INFINITY) {
            throw new InvalidArgumentException(
                    "tiers",
                    "tiers of rate " + Check.quote(name) + " leave a gap: no tier above " + below
                            + "; the last tier must have no limit");
        }
    }

    /** One price for any quantity. */
    public static Rate of(String name, double price) {
        return new Rate(name, List.of(Tier.of(price)));
    }

    /**
     * A price up to a limit.
     *
     * @param limit the upper end of the tier, counted from 0, in the unit of the charge; infinite in the last tier
     * @param price per unit (kWh or kW), in the currency of the plan; negative where the customer is paid
     * @param adjustment what is added to the price, for example for fuel
     * @param sell what a kWh that is fed in is paid with; of energy charges alone
     */
    public record Tier(double limit, double price, double adjustment, double sell) {
        /** The highest price, adjustment or credit per unit, either sign. */
        public static final int MAX_PRICE = 1_000_000;

        public Tier {
            if (!(limit > 0)) {
                throw new InvalidArgumentException("limit", "limit must be above 0, not " + limit);
            }
            Check.between("price", price, -MAX_PRICE, MAX_PRICE);
            Check.between("adjustment", adjustment, -MAX_PRICE, MAX_PRICE);
            Check.between("sell", sell, -MAX_PRICE, MAX_PRICE);
        }

        /** The last tier: a price without limit. */
        public static Tier of(double price) {
            return upTo(Double.POSITIVE_INFINITY, price);
        }

        /** A price up to a limit. */
        public static Tier upTo(double limit, double price) {
            return new Tier(limit, price, 0, 0);
        }

        /** Price and adjustment. */
        public double total() {
            return price + adjustment;
        }
    }
}
