package io.minerops.tariff;

import io.minerops.api.InvalidArgumentException;
import io.minerops.tariff.Schedule.Window;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The short form of a plan, as parsed JSON:
 *
 * <pre>{@code
 * {"name": "grid", "zone": "America/Chicago", "holidays": ["2026-12-25"],
 *  "rates": [{"name": "peak", "price": 0.14, "months": "Jun-Sep", "days": "Mon-Fri", "hours": "15-20"},
 *            {"name": "off-peak", "price": 0.05}],
 *  "demand_per_kw": 12, "fixed_per_month": 30}
 * }</pre>
 *
 * <p>Energy costs {@code price} (one price), or {@code rates} (the one without months, days and hours is that of all
 * other hours), or what a market says ({@code prices_csv}, the lines of {@link PriceCsv}, with {@code adder} and
 * {@code feed_in_share}), or a market and one of the others. {@code demand_per_kw} is due on the highest load of a month.
 * {@code urdb} is a rate of the US Utility Rate Database instead of all that.
 */
public final class PlanForm {
    private static final String RATES = "rates";
    private static final String PRICE = "price";
    private static final String MARKET = "prices_csv";
    private static final String URDB = "urdb";

    private static final Set<String> FIELDS = Set.of(
            "name",
            "zone",
            "currency",
            "holidays",
            PRICE,
            RATES,
            MARKET,
            "adder",
            "feed_in_share",
            "demand_per_kw",
            "fixed_per_month",
            "fixed_per_day",
            "minimum_per_month",
            URDB);

    private static final Set<String> RATE_FIELDS = Set.of("name", "price", "sell", "months", "days", "hours");

    private final Tree plan;
    private final ZoneId zone;

    private PlanForm(Tree plan) {
        this.plan = plan;
        boolean needed = plan.has(RATES) || plan.has(URDB);
        zone = RatePlan.zone(needed ? plan.text("zone") : plan.text("zone", "UTC"));
    }

    /**
     * Reads a plan.
     *
     * @param path what the names of fields in errors begin with; empty for none
     * @param json the plan: maps, lists, texts and numbers
     * @throws InvalidArgumentException that names the field, its value and what is accepted
     */
    public static RatePlan read(String path, Map<String, ?> json) {
        Tree plan = Tree.of(path, json);
        requireKnown(plan, FIELDS);
        return new PlanForm(plan).read();
    }

    private RatePlan read() {
        String name = plan.text("name");
        Set<LocalDate> holidays = holidays();
        if (plan.has(URDB)) {
            for (String field : plan.fields().keySet()) {
                if (!Set.of("name", "zone", "holidays", URDB).contains(field)) {
                    throw Tree.bad(
                            plan.path(field),
                            "absent beside urdb",
                            plan.fields().get(field));
                }
            }
            RatePlan rate = UrdbRate.read(
                            Tree.of(plan.path(URDB), plan.fields().get(URDB)).fields(), zone, holidays)
                    .plan();
            return new RatePlan(name, rate.currency(), zone, holidays, rate.charges());
        }
        if (plan.has(PRICE) == plan.has(RATES) && (plan.has(PRICE) || !plan.has(MARKET))) {
            throw new InvalidArgumentException(
                    plan.path(PRICE),
                    plan.path(PRICE) + " must be given, or rates, prices_csv or urdb; not both of price and rates");
        }
        return new RatePlan(name, currency(), zone, holidays, charges());
    }

    private List<Charge> charges() {
        List<Charge> charges = new ArrayList<>();
        if (plan.has(PRICE)) {
            charges.add(Charge.Energy.flat(plan.number(PRICE)));
        }
        if (plan.has(RATES)) {
            charges.add(rates());
        }
        if (plan.has(MARKET)) {
            List<String> lines = plan.list(MARKET).stream().map(String::valueOf).toList();
            charges.add(new Charge.Market(
                    "market", PriceCsv.parse(lines, zone), plan.number("adder", 0), plan.number("feed_in_share", 0)));
        }
        if (plan.has("demand_per_kw")) {
            List<Rate> rate = List.of(Rate.of("all hours", plan.number("demand_per_kw")));
            charges.add(new Charge.Demand("demand", false, 0, Schedule.always(), rate));
        }
        if (plan.has("fixed_per_month")) {
            charges.add(new Charge.Fixed("fixed charge", plan.number("fixed_per_month"), Charge.Per.MONTH));
        }
        if (plan.has("fixed_per_day")) {
            charges.add(new Charge.Fixed("daily charge", plan.number("fixed_per_day"), Charge.Per.DAY));
        }
        if (plan.has("minimum_per_month")) {
            charges.add(new Charge.Minimum("minimum charge", plan.number("minimum_per_month"), Charge.Per.MONTH));
        }
        return charges;
    }

    private Charge.Energy rates() {
        List<Tree> given = plan.objects(RATES);
        List<Rate> rates = new ArrayList<>();
        List<Window> windows = new ArrayList<>();
        Integer rest = null;
        for (int period = 0; period < given.size(); period++) {
            Tree rate = given.get(period);
            requireKnown(rate, RATE_FIELDS);
            Rate.Tier tier = new Rate.Tier(Double.POSITIVE_INFINITY, rate.number("price"), 0, rate.number("sell", 0));
            rates.add(new Rate(rate.text("name"), List.of(tier)));
            if (rate.has("months") || rate.has("days") || rate.has("hours")) {
                for (Spans.Hours hours : Spans.hours(rate)) {
                    windows.add(new Window(period, Spans.months(rate), Spans.days(rate), hours.from(), hours.to()));
                }
            } else if (rest == null) {
                rest = period;
            } else {
                throw new InvalidArgumentException(
                        rate.path("hours"),
                        rate.path("hours") + " must be given, or months or days: rate \""
                                + rates.get(rest).name() + "\" has all other hours already");
            }
        }
        return new Charge.Energy("energy", Charge.TierUnit.KWH, Schedule.of(rates, windows, rest), rates);
    }

    private Currency currency() {
        String code = plan.text("currency", "USD");
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw Tree.bad(plan.path("currency"), "a code of ISO 4217 such as USD", code);
        }
    }

    private Set<LocalDate> holidays() {
        Set<LocalDate> days = new HashSet<>();
        for (Object day : plan.has("holidays") ? plan.list("holidays") : List.of()) {
            try {
                days.add(LocalDate.parse(String.valueOf(day)));
            } catch (DateTimeException e) {
                throw Tree.bad(plan.path("holidays"), "dates such as 2026-12-25", day);
            }
        }
        return days;
    }

    private static void requireKnown(Tree tree, Set<String> known) {
        for (String field : tree.fields().keySet()) {
            if (!known.contains(field)) {
                throw new InvalidArgumentException(
                        tree.path(field),
                        tree.path(field) + " is not a field; accepted: " + String.join(", ", new TreeSet<>(known)));
            }
        }
    }
}
