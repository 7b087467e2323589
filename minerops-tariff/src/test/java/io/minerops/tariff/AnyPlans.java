package io.minerops.tariff;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Plans and loads from a seed. */
final class AnyPlans {
    static final List<String> ZONES =
            List.of("America/Chicago", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "UTC", "-08:00");

    private enum Kind {
        ENERGY,
        DEMAND,
        FLAT_DEMAND
    }

    private AnyPlans() {}

    static ZoneId zone(Random random) {
        return ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
    }

    /** A plan that the rate database can hold, as its reader names charges. */
    static RatePlan databasePlan(Random random, ZoneId zone) {
        List<Charge> charges = new ArrayList<>();
        int periods = 1 + random.nextInt(4);
        Charge.TierUnit[] units = Charge.TierUnit.values();
        charges.add(new Charge.Energy(
                "energy",
                units[random.nextInt(units.length)],
                week(random, periods),
                rates(random, periods, 2_000, Kind.ENERGY)));
        if (random.nextBoolean()) {
            charges.add(new Charge.Energy(
                    "fuel adjustment", Charge.TierUnit.KWH, Schedule.ofMonths(months(random, 12)), monthly(random)));
        }
        int window = List.of(0, 15, 30, 60).get(random.nextInt(4));
        if (random.nextBoolean()) {
            charges.add(new Charge.Demand(
                    "demand", random.nextBoolean(), window, week(random, 3), rates(random, 3, 100, Kind.DEMAND)));
        }
        if (random.nextBoolean()) {
            charges.add(new Charge.Demand(
                    "flat demand",
                    random.nextBoolean(),
                    window,
                    Schedule.ofMonths(months(random, 2)),
                    rates(random, 2, 100, Kind.FLAT_DEMAND)));
        }
        if (random.nextBoolean()) {
            charges.add(new Charge.Fixed("fixed charge", price(random) * 100, per(random)));
        }
        if (random.nextBoolean()) {
            charges.add(new Charge.Minimum("minimum charge", random.nextInt(100), per(random)));
        }
        return new RatePlan("plan", Currency.getInstance("USD"), zone, holidays(random), charges);
    }

    /** The same with charges that the database does not know. */
    static RatePlan plan(Random random, ZoneId zone, LoadProfile load) {
        RatePlan plan = databasePlan(random, zone);
        List<Charge> charges = new ArrayList<>(plan.charges());
        int hours = (int) Duration.between(load.start(), load.end()).toHours() + 1;
        double[] prices = random.doubles(hours, -0.2, 0.3).toArray();
        charges.add(new Charge.Market(
                "market",
                PriceSeries.of(load.start(), Duration.ofHours(1), prices),
                price(random),
                random.nextDouble()));
        Instant event = load.start().plus(Duration.ofMinutes(5L * random.nextInt(1_000)));
        charges.add(new Charge.Curtailment(
                "curtailment",
                List.of(new Charge.Curtailment.Event(event, event.plus(Duration.ofMinutes(95)))),
                80,
                random.nextDouble()));
        charges.add(new Charge.CoincidentPeak(
                "peak", List.of(load.start().plus(Duration.ofHours(2))), Duration.ofMinutes(15), 3));
        return new RatePlan(plan.name(), plan.currency(), zone, plan.holidays(), charges);
    }

    /** A load of half hours whose power is now and then fed in, from one local midnight to another. */
    static LoadProfile load(Random random, ZoneId zone, LocalDate from, LocalDate to) {
        Instant start = from.atStartOfDay(zone).toInstant();
        long steps = Duration.between(start, to.atStartOfDay(zone).toInstant()).dividedBy(Duration.ofMinutes(30));
        return LoadProfile.of(
                start, Duration.ofMinutes(30), random.doubles(steps, -20, 150).toArray());
    }

    static Schedule week(Random random, int periods) {
        List<List<Integer>> weekday = new ArrayList<>();
        List<List<Integer>> weekend = new ArrayList<>();
        for (int month = 0; month < 12; month++) {
            weekday.add(random.ints(24, 0, periods).boxed().toList());
            weekend.add(random.ints(24, 0, periods).boxed().toList());
        }
        return Schedule.ofWeek(weekday, weekend);
    }

    private static List<Integer> months(Random random, int periods) {
        return periods == 12
                ? List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
                : random.ints(12, 0, periods).boxed().toList();
    }

    private static List<Rate> monthly(Random random) {
        List<Rate> rates = new ArrayList<>();
        for (Month month : Month.values()) {
            rates.add(Rate.of("period " + (month.getValue() - 1), price(random)));
        }
        return rates;
    }

    private static List<Rate> rates(Random random, int periods, int limit, Kind kind) {
        List<Rate> rates = new ArrayList<>();
        for (int period = 0; period < periods; period++) {
            List<Rate.Tier> tiers = new ArrayList<>();
            double below = 0;
            while (random.nextInt(3) == 0) {
                below += 1 + random.nextInt(limit);
                tiers.add(tier(random, below, kind == Kind.ENERGY));
            }
            tiers.add(tier(random, Double.POSITIVE_INFINITY, kind == Kind.ENERGY));
            // the database has no labels for the periods of a flat demand charge
            boolean named = kind != Kind.FLAT_DEMAND && random.nextBoolean();
            rates.add(new Rate((named ? "rate " : "period ") + period, tiers));
        }
        return rates;
    }

    private static Rate.Tier tier(Random random, double limit, boolean sells) {
        return new Rate.Tier(limit, price(random), random.nextBoolean() ? 0 : price(random), sells ? price(random) : 0);
    }

    private static double price(Random random) {
        return Math.round(random.nextDouble(-0.2, 0.5) * 1e5) / 1e5;
    }

    private static Charge.Per per(Random random) {
        List<Charge.Per> all = List.copyOf(EnumSet.allOf(Charge.Per.class));
        return all.get(random.nextInt(all.size()));
    }

    private static Set<LocalDate> holidays(Random random) {
        LocalDate day = LocalDate.of(2026, 1, 1).plusDays(random.nextInt(365));
        return day.getDayOfWeek() == DayOfWeek.SUNDAY ? Set.of() : Set.of(day);
    }
}
