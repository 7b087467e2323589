package io.minerops.tariff;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One charge of a {@link RatePlan}. Its name heads its lines on the bill. */
public sealed interface Charge {
    /** The name on the bill, 1 to {@value Rate#MAX_NAME} characters. */
    String name();

    /**
     * Energy at a price by period and tier. The energy of the month so far, over all periods, decides the tier of the
     * next kWh. What is fed in is credited with {@link Rate.Tier#sell} of the tier reached and does not count for it.
     *
     * @param unit what the limits of the tiers count
     * @param schedule which rate applies when
     * @param rates the rates, kWh
     */
    record Energy(String name, TierUnit unit, Schedule schedule, List<Rate> rates) implements Charge {
        public Energy {
            Check.text("name", name, Rate.MAX_NAME);
            rates = matching(name, schedule, rates);
        }

        /** One price per kWh at any time. */
        public static Energy flat(double price) {
            return new Energy("energy", TierUnit.KWH, Schedule.always(), List.of(Rate.of("all hours", price)));
        }
    }

    /** What the limits of the tiers of an energy charge count. */
    enum TierUnit {
        /** kWh of a month. */
        KWH,
        /** kWh of a month per kW of its highest load. */
        KWH_PER_KW,
        /** kWh of a month per day of the month. */
        KWH_DAILY
    }

    /**
     * Energy at the price of a market.
     *
     * @param prices the market's prices per kWh, of any step; negative ones count as they are
     * @param adder what is added to each kWh drawn, either sign
     * @param feedInShare the share of the market's price that is paid for a kWh fed in, 0 to 1
     */
    record Market(String name, PriceSeries prices, double adder, double feedInShare) implements Charge {
        public Market {
            Check.text("name", name, Rate.MAX_NAME);
            Check.between("adder", adder, -Rate.Tier.MAX_PRICE, Rate.Tier.MAX_PRICE);
            Check.between("feed_in_share", feedInShare, 0, 1);
        }
    }

    /**
     * The highest load of a month, or of each day, in the hours of each period, at a price per kW by tier. A charge by
     * month alone (flat demand) has a schedule by month.
     *
     * @param daily whether the highest load of each day counts, not that of the month
     * @param windowMinutes the minutes over which the load is averaged, a divisor of 60; 0: the step of the load. A load
     *     of longer steps counts by its steps
     * @param schedule which rate applies when
     * @param rates the rates, kW
     */
    record Demand(String name, boolean daily, int windowMinutes, Schedule schedule, List<Rate> rates)
            implements Charge {
        public Demand {
            Check.text("name", name, Rate.MAX_NAME);
            if (windowMinutes != 0 && (windowMinutes < 0 || 60 % windowMinutes != 0)) {
                throw new InvalidArgumentException(
                        "window_minutes", "window_minutes must be 0 or a divisor of 60, not " + windowMinutes);
            }
            rates = matching(name, schedule, rates);
        }
    }

    /**
     * The load at the peaks of the grid, which are known afterwards: price × mean kW of each peak. Where a grid bills the
     * mean of n peaks, the price is the n-th part of its price per kW. Peaks outside a bill's time do not count.
     *
     * @param peaks when the peaks began
     * @param length how long each took
     * @param price per kW and peak
     */
    record CoincidentPeak(String name, List<Instant> peaks, Duration length, double price) implements Charge {
        public CoincidentPeak {
            Check.text("name", name, Rate.MAX_NAME);
            Check.positive("length", length);
            Check.between("price", price, -Rate.Tier.MAX_PRICE, Rate.Tier.MAX_PRICE);
            peaks = List.copyOf(peaks);
        }
    }

    /**
     * An amount by time, whatever the load; of a part of a month or day, its share. A negative one is a credit.
     *
     * @param amount in the currency of the plan
     * @param per how often it is due; a year's is due in twelve equal parts
     */
    record Fixed(String name, double amount, Per per) implements Charge {
        public Fixed {
            Check.text("name", name, Rate.MAX_NAME);
            Check.between("amount", amount, -1e12, 1e12);
        }
    }

    /**
     * The least that a month costs: what the other charges fall short of it.
     *
     * @param amount in the currency of the plan, 0 or more
     * @param per the time of which the amount is; the sum of a month counts
     */
    record Minimum(String name, double amount, Per per) implements Charge {
        public Minimum {
            Check.text("name", name, Rate.MAX_NAME);
            Check.between("amount", amount, 0, 1e12);
        }
    }

    /** How often an amount is due. */
    enum Per {
        /** Each calendar day of the site. */
        DAY,
        /** Each calendar month of the site. */
        MONTH,
        /** Each calendar year of the site. */
        YEAR
    }

    /**
     * A credit for energy that was not drawn when the grid called for less: price × (baseline − load), 0 where the load
     * is above the baseline.
     *
     * @param events when the grid called; they do not overlap
     * @param baselineKw what the site would have drawn, kW, 0 or more
     * @param price per kWh, 0 or more
     */
    record Curtailment(String name, List<Event> events, double baselineKw, double price) implements Charge {
        public Curtailment {
            Check.text("name", name, Rate.MAX_NAME);
            Check.atLeast("baseline_kw", baselineKw, 0);
            Check.between("price", price, 0, Rate.Tier.MAX_PRICE);
            events = events.stream()
                    .sorted((a, b) -> a.start().compareTo(b.start()))
                    .toList();
            for (int i = 1; i < events.size(); i++) {
                if (events.get(i).start().isBefore(events.get(i - 1).end())) {
                    throw new InvalidArgumentException(
                            "events",
                            "events of " + Check.quote(name) + " overlap: " + events.get(i - 1) + " and "
                                    + events.get(i));
                }
            }
        }

        /**
         * A call of the grid.
         *
         * @param start its begin
         * @param end its end, after its begin
         */
        public record Event(Instant start, Instant end) {
            public Event {
                if (!end.isAfter(start)) {
                    throw new InvalidArgumentException("end", "end must be after " + start + ", not " + end);
                }
            }
        }
    }

    private static List<Rate> matching(String name, Schedule schedule, List<Rate> rates) {
        if (schedule.size() > rates.size()) {
            throw new InvalidArgumentException(
                    "rates",
                    "charge " + Check.quote(name) + " must have a rate for each period of its schedule: the highest is "
                            + (schedule.size() - 1) + ", the rates are 0 to " + (rates.size() - 1));
        }
        return List.copyOf(rates);
    }
}
