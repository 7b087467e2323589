package io.minerops.tariff;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * An electricity tariff: charges, and the zone in whose clock and calendar they apply. A day has 23, 24 or 25 hours as
 * the clocks of the zone go. Immutable.
 *
 * <pre>{@code
 * RatePlan plan = RatePlan.of("hydro", "America/Chicago", Charge.Energy.flat(0.045), new Charge.Fixed("meter", 30, Charge.Per.MONTH));
 * Bill bill = plan.bill(LoadProfile.constant(from, to, 3.5));
 * bill.amountDue();
 * }</pre>
 *
 * @param name the plan's name, 1 to {@value Rate#MAX_NAME} characters
 * @param currency the currency of all prices and amounts
 * @param zone the site's zone
 * @param holidays the days of the site's calendar that count as a Sunday
 * @param charges the charges; their order is that of the bill
 */
public record RatePlan(String name, Currency currency, ZoneId zone, Set<LocalDate> holidays, List<Charge> charges) {
    public RatePlan {
        Check.text("name", name, Rate.MAX_NAME);
        Objects.requireNonNull(currency, "currency");
        Objects.requireNonNull(zone, "zone");
        holidays = Set.copyOf(holidays);
        charges = List.copyOf(charges);
        if (charges.isEmpty()) {
            throw new InvalidArgumentException("charges", "plan " + Check.quote(name) + " must have a charge");
        }
    }

    /** A plan in USD without holidays. */
    public static RatePlan of(String name, String zone, Charge... charges) {
        return new RatePlan(name, Currency.getInstance("USD"), zone(zone), Set.of(), List.of(charges));
    }

    /**
     * The zone of a name.
     *
     * @param name a name of the IANA database such as {@code America/Chicago}, or an offset such as {@code -06:00}
     * @throws InvalidArgumentException ({@code zone}) where there is none
     */
    public static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new InvalidArgumentException(
                    "zone",
                    "zone must be a name of the IANA time zone database such as America/Chicago, or an offset such as"
                            + " -06:00, not " + Check.quote(name));
        }
    }

    /** The same plan whose holidays are others. */
    public RatePlan withHolidays(Set<LocalDate> days) {
        return new RatePlan(name, currency, zone, days, charges);
    }

    /**
     * What a load costs.
     *
     * <p>A month of the site's calendar is billed by itself: tiers begin at 0, and its highest load is the demand of the
     * month, also where the load begins or ends within it. So the bill of a year is the sum of the bills of its months.
     *
     * @throws InvalidArgumentException where an interval of the load crosses an hour of the site's clock, or a market has
     *     no price for a part of it
     */
    public Bill bill(LoadProfile load) {
        return new Bill(currency, load.start(), load.end(), MonthBill.lines(this, load));
    }

    /**
     * The price of the next kWh at a time, in the first tier: the sum of all energy charges.
     *
     * @throws InvalidArgumentException where a market has no price for the time, or the plan has no energy charge
     */
    public double priceAt(Instant at) {
        return price(at.getEpochSecond(), at.getEpochSecond() + 1);
    }

    /**
     * The prices of a time as an array, for look-ups by index: each the mean of its interval in the first tier.
     *
     * @param from the begin, a whole second
     * @param to the end, whole steps after it
     * @param step the length of an interval, whole seconds, at most an hour; each must lie within an hour of the clock
     */
    public PriceSeries prices(Instant from, Instant to, Duration step) {
        Check.between("step", (int) Math.min(step.toSeconds(), Integer.MAX_VALUE), 1, 3_600);
        int count = Math.toIntExact(Duration.between(from, to).dividedBy(step));
        double[] prices = new double[Math.max(0, count)];
        for (int i = 0; i < prices.length; i++) {
            long begin = from.getEpochSecond() + i * step.toSeconds();
            prices[i] = price(begin, begin + step.toSeconds());
        }
        return PriceSeries.of(from, step, prices);
    }

    private double price(long fromS, long toS) {
        List<Double> parts = new ArrayList<>();
        for (Charge charge : charges) {
            if (charge instanceof Charge.Energy energy) {
                LocalDateTime local = local(fromS);
                parts.add(energy.rates()
                        .get(period(energy.schedule(), local))
                        .tiers()
                        .get(0)
                        .total());
            } else if (charge instanceof Charge.Market market) {
                parts.add(market.prices().mean(fromS, toS) + market.adder());
            }
        }
        if (parts.isEmpty()) {
            throw new InvalidArgumentException(
                    "charges", "plan " + Check.quote(name) + " has no energy charge, so no price per kWh");
        }
        return parts.stream().mapToDouble(Double::doubleValue).sum();
    }

    LocalDateTime local(long epochS) {
        return LocalDateTime.ofEpochSecond(epochS, 0, zone.getRules().getOffset(Instant.ofEpochSecond(epochS)));
    }

    int period(Schedule schedule, LocalDateTime local) {
        boolean holiday = !holidays.isEmpty() && holidays.contains(local.toLocalDate());
        return schedule.period(local.getMonth(), holiday ? DayOfWeek.SUNDAY : local.getDayOfWeek(), local.getHour());
    }
}
