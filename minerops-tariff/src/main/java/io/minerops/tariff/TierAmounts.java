package io.minerops.tariff;

import io.minerops.api.internal.CompensatedSum;
import java.util.List;

/** Quantities by period and tier, where the sum so far decides the tier of what is added. */
final class TierAmounts {
    private final List<Rate> rates;
    private final double limitFactor;
    private final CompensatedSum[][] quantities;
    private final CompensatedSum[][] sold;
    private CompensatedSum soFar = new CompensatedSum();

    TierAmounts(List<Rate> rates, double limitFactor) {
        this.rates = rates;
        this.limitFactor = limitFactor;
        quantities = sums(rates);
        sold = sums(rates);
    }

    private static CompensatedSum[][] sums(List<Rate> rates) {
        CompensatedSum[][] sums = new CompensatedSum[rates.size()][];
        for (int period = 0; period < sums.length; period++) {
            sums[period] = new CompensatedSum[rates.get(period).tiers().size()];
            for (int tier = 0; tier < sums[period].length; tier++) {
                sums[period][tier] = new CompensatedSum();
            }
        }
        return sums;
    }

    /** Tiers begin at 0 again. */
    void restart() {
        soFar = new CompensatedSum();
    }

    /** Adds a quantity to a period; a negative one is sold at the tier reached. */
    void add(int period, double quantity) {
        List<Rate.Tier> tiers = rates.get(period).tiers();
        double begin = soFar.value();
        if (quantity < 0) {
            int tier = 0;
            while (begin >= tiers.get(tier).limit() * limitFactor && tier < tiers.size() - 1) {
                tier++;
            }
            sold[period][tier].add(quantity);
            return;
        }
        double below = 0;
        for (int tier = 0; tier < tiers.size(); tier++) {
            boolean last = tier == tiers.size() - 1;
            double limit = last ? Double.POSITIVE_INFINITY : tiers.get(tier).limit() * limitFactor;
            double part = Math.min(limit, begin + quantity) - Math.max(below, begin);
            if (part > 0) {
                // the whole where one tier has it all, for the difference would lose digits
                boolean whole = begin >= below && begin + quantity <= limit;
                quantities[period][tier].add(whole ? quantity : part);
            }
            below = limit;
        }
        soFar.add(quantity);
    }

    void lines(String charge, String unit, Lines lines) {
        for (int period = 0; period < quantities.length; period++) {
            Rate rate = rates.get(period);
            for (int tier = 0; tier < quantities[period].length; tier++) {
                Rate.Tier price = rate.tiers().get(tier);
                String item = rate.tiers().size() == 1 ? rate.name() : rate.name() + ", tier " + (tier + 1);
                line(lines, charge, item, unit, quantities[period][tier].value(), price.total());
                line(lines, charge, item + ", fed in", unit, sold[period][tier].value(), price.sell());
            }
        }
    }

    private static void line(Lines lines, String charge, String item, String unit, double quantity, double price) {
        if (quantity != 0) {
            lines.add(charge, item, quantity, unit, price, quantity * price);
        }
    }

    /** Takes a line. */
    interface Lines {
        void add(String charge, String item, double quantity, String unit, double price, double amount);
    }
}
