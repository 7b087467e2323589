package io.minerops.tariff;

import io.minerops.api.internal.CompensatedSum;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;

/**
 * What a load costs by a plan: the sum of its lines. Amounts are not rounded; {@link #amountDue} rounds once.
 *
 * @param currency the currency of all amounts
 * @param from the begin of the load
 * @param to its end
 * @param lines by month, then in the order of the plan's charges
 */
public record Bill(Currency currency, Instant from, Instant to, List<Line> lines) {
    public Bill {
        lines = List.copyOf(lines);
    }

    /**
     * One line.
     *
     * @param month the month of the site's calendar
     * @param charge the name of the charge
     * @param item the period, and the tier where there is more than one
     * @param quantity how much, in {@code unit}
     * @param unit kWh, kW, days or months
     * @param price per unit
     * @param amount quantity × price; negative for a credit
     */
    public record Line(
            YearMonth month, String charge, String item, double quantity, String unit, double price, double amount) {}

    /** The sum of all lines, not rounded. */
    public double total() {
        CompensatedSum sum = new CompensatedSum();
        lines.forEach(line -> sum.add(line.amount()));
        return sum.value();
    }

    /** The sum of the lines of one charge, not rounded; 0 where there is none. */
    public double total(String charge) {
        CompensatedSum sum = new CompensatedSum();
        lines.stream().filter(line -> line.charge().equals(charge)).forEach(line -> sum.add(line.amount()));
        return sum.value();
    }

    /** The sum of the lines of one month, not rounded; 0 where there is none. */
    public double total(YearMonth month) {
        CompensatedSum sum = new CompensatedSum();
        lines.stream().filter(line -> line.month().equals(month)).forEach(line -> sum.add(line.amount()));
        return sum.value();
    }

    /** The total, rounded once, half-even, to the smallest coin of the currency. */
    public BigDecimal amountDue() {
        return BigDecimal.valueOf(total())
                .setScale(Math.max(0, currency.getDefaultFractionDigits()), RoundingMode.HALF_EVEN);
    }
}
