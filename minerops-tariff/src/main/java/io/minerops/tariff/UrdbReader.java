package io.minerops.tariff;

import io.minerops.api.InvalidArgumentException;
import io.minerops.tariff.UrdbFields.DemandFields;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a rate of the database. */
final class UrdbReader {
    /** What stands for no limit in files of the System Advisor Model. */
    private static final double NO_LIMIT = 1e37;

    /** Fields that would change the bill if they are neither absent, nor 0, nor empty. */
    private static final List<String> NOT_SUPPORTED = List.of(
            "demandratchetpercentage",
            "demandreactivepowercharge",
            "lookbackpercent",
            "lookbackrange",
            "annualmincharge");

    private final Tree rate;
    private final Set<String> read = new HashSet<>();
    private final List<Charge> charges = new ArrayList<>();

    UrdbReader(Map<String, ?> json) {
        Tree root = Tree.of("", json);
        if (root.has("items")) {
            List<Tree> items = root.objects("items");
            if (items.size() != 1) {
                throw new InvalidArgumentException("items", "items must have one rate, not " + items.size());
            }
            root = Tree.of("", items.get(0).fields());
        }
        rate = root;
    }

    UrdbRate read(ZoneId zone, Set<LocalDate> holidays) {
        for (String field : NOT_SUPPORTED) {
            if (rate.has(field) && !isNothing(rate.fields().get(field))) {
                throw Tree.bad(
                        field,
                        "absent or 0 (it is not supported)",
                        rate.fields().get(field));
            }
        }
        read.add("name");
        String name = rate.text("name", rate.text("label", "urdb"));
        energy();
        fuelAdjustments();
        int window = window();
        for (DemandFields fields : UrdbFields.DEMANDS) {
            demand(fields, window);
        }
        fixed(UrdbFields.FIXED, "fixedchargefirstmeter", "fixedchargeunits", "fixedmonthlycharge");
        fixed(UrdbFields.MINIMUM, "mincharge", "minchargeunits", "minmonthlycharge");
        Map<String, Object> other = new LinkedHashMap<>(rate.fields());
        other.keySet().removeAll(read);
        String shortName = name.substring(0, Math.min(name.length(), Rate.MAX_NAME));
        if (charges.isEmpty()) {
            throw new InvalidArgumentException(
                    "energyratestructure", "the rate must have energyratestructure or another charge, it has none");
        }
        return new UrdbRate(new RatePlan(shortName, Currency.getInstance("USD"), zone, holidays, charges), other);
    }

    private static boolean isNothing(@Nullable Object value) {
        return (value instanceof Number number && number.doubleValue() == 0)
                || (value instanceof Collection<?> list && list.stream().allMatch(UrdbReader::isNothing));
    }

    private boolean takes(String field) {
        read.add(field);
        return rate.has(field) && !(rate.fields().get(field) instanceof Collection<?> list && list.isEmpty());
    }

    private void energy() {
        if (takes("energyratestructure")) {
            Schedule schedule = week("energyweekdayschedule", "energyweekendschedule");
            charges.add(new Charge.Energy(
                    UrdbFields.ENERGY,
                    energyUnit(),
                    schedule,
                    rates("energyratestructure", "energytoulabels", schedule)));
        }
    }

    private Charge.TierUnit energyUnit() {
        Set<String> units = new TreeSet<>();
        for (List<Tree> period : structure("energyratestructure")) {
            period.forEach(tier -> units.add(tier.text("unit", "kWh")));
        }
        return UrdbFields.ENERGY_UNITS.entrySet().stream()
                .filter(unit -> units.equals(Set.of(unit.getValue())))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> Tree.bad(
                        "energyratestructure.unit",
                        "the same in all tiers and one of " + new TreeSet<>(UrdbFields.ENERGY_UNITS.values()),
                        String.join(", ", units)));
    }

    private void fuelAdjustments() {
        if (!takes("fueladjustmentsmonthly")) {
            return;
        }
        List<?> months = rate.list("fueladjustmentsmonthly");
        if (months.size() != Schedule.MONTHS) {
            throw Tree.bad("fueladjustmentsmonthly", "a list of 12 numbers", months);
        }
        List<Rate> rates = new ArrayList<>();
        List<Integer> periods = new ArrayList<>();
        for (int month = 0; month < Schedule.MONTHS; month++) {
            periods.add(month);
            rates.add(Rate.of(
                    UrdbFields.label(month), Tree.number("fueladjustmentsmonthly[" + month + "]", months.get(month))));
        }
        charges.add(new Charge.Energy(UrdbFields.FUEL, Charge.TierUnit.KWH, Schedule.ofMonths(periods), rates));
    }

    private int window() {
        boolean hasDemand = UrdbFields.DEMANDS.stream().anyMatch(fields -> rate.has(fields.structure()));
        if (!hasDemand || !takes("demandwindow")) {
            return 0;
        }
        double minutes = rate.number("demandwindow");
        if (minutes < 0 || minutes > 60 || (minutes != 0 && 60 % minutes != 0)) {
            throw Tree.bad("demandwindow", "0 or a divisor of 60 (minutes)", minutes);
        }
        return (int) minutes;
    }

    private void demand(DemandFields fields, int window) {
        if (!takes(fields.structure())) {
            return;
        }
        read.add(fields.unit());
        String unit = rate.text(fields.unit(), UrdbFields.KW);
        if (!unit.equals(UrdbFields.KW) && !unit.equals(UrdbFields.KW_DAILY)) {
            throw Tree.bad(fields.unit(), UrdbFields.KW + " or " + UrdbFields.KW_DAILY, unit);
        }
        Schedule schedule;
        if (fields.equals(UrdbFields.BY_MONTH)) {
            read.add(fields.weekday());
            schedule = Schedule.ofMonths(
                    Tree.periods(fields.weekday(), rate.fields().get(fields.weekday()), Schedule.MONTHS));
        } else {
            schedule = week(fields.weekday(), fields.weekend());
        }
        charges.add(new Charge.Demand(
                fields.name(),
                unit.equals(UrdbFields.KW_DAILY),
                window,
                schedule,
                rates(fields.structure(), fields.labels(), schedule)));
    }

    private Schedule week(String weekday, String weekend) {
        return Schedule.ofWeek(months(weekday), months(weekend));
    }

    private List<List<Integer>> months(String field) {
        read.add(field);
        List<?> months = rate.list(field);
        if (months.size() != Schedule.MONTHS) {
            throw new InvalidArgumentException(field, field + " must have 12 entries, not " + months.size());
        }
        List<List<Integer>> schedule = new ArrayList<>();
        for (int month = 0; month < Schedule.MONTHS; month++) {
            schedule.add(Tree.periods(field + "[" + month + "]", months.get(month), Schedule.HOURS));
        }
        return schedule;
    }

    private List<Rate> rates(String field, String labels, Schedule schedule) {
        List<List<Tree>> structure = structure(field);
        if (schedule.size() > structure.size()) {
            throw new InvalidArgumentException(
                    field,
                    field + " has a gap: its schedule names period " + (schedule.size() - 1) + ", the periods are 0 to "
                            + (structure.size() - 1));
        }
        List<String> names = names(labels, structure.size());
        List<Rate> rates = new ArrayList<>();
        for (int period = 0; period < structure.size(); period++) {
            List<Rate.Tier> tiers = new ArrayList<>();
            for (Tree tier : structure.get(period)) {
                tiers.add(tier(tier));
            }
            rates.add(new Rate(names.get(period), tiers));
        }
        return rates;
    }

    private List<String> names(String labels, int size) {
        List<String> names = new ArrayList<>();
        List<?> given = rate.has(labels) ? rate.list(labels) : List.of();
        boolean usable = given.size() == size
                && given.stream()
                        .allMatch(name ->
                                name instanceof String text && !text.isBlank() && text.length() <= Rate.MAX_NAME);
        for (int period = 0; period < size; period++) {
            names.add(usable ? String.valueOf(given.get(period)) : UrdbFields.label(period));
        }
        if (usable) {
            read.add(labels);
        }
        return names;
    }

    private List<List<Tree>> structure(String field) {
        List<?> periods = rate.list(field);
        List<List<Tree>> structure = new ArrayList<>();
        for (int period = 0; period < periods.size(); period++) {
            String path = field + "[" + period + "]";
            List<?> tiers = Tree.list(path, periods.get(period));
            List<Tree> trees = new ArrayList<>();
            for (int tier = 0; tier < tiers.size(); tier++) {
                trees.add(Tree.of(path + "[" + tier + "]", tiers.get(tier)));
            }
            structure.add(trees);
        }
        return structure;
    }

    private static Rate.Tier tier(Tree tier) {
        if (!tier.has("rate") && !tier.has("adj")) {
            throw Tree.bad(tier.path("rate"), "a number", null);
        }
        double max = tier.number("max", Double.POSITIVE_INFINITY);
        return new Rate.Tier(
                max >= NO_LIMIT ? Double.POSITIVE_INFINITY : max,
                tier.number("rate", 0),
                tier.number("adj", 0),
                tier.number("sell", 0));
    }

    private void fixed(String name, String field, String unitField, String older) {
        boolean current = takes(field);
        boolean old = takes(older);
        read.add(unitField);
        if (!current && !old) {
            return;
        }
        double amount = rate.number(current ? field : older);
        String unit = current ? rate.text(unitField, "$/month") : "$/month";
        Charge.Per per = UrdbFields.PER.entrySet().stream()
                .filter(entry -> entry.getValue().equals(unit))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> Tree.bad(
                        unitField,
                        "one of " + UrdbFields.PER.values().stream().sorted().collect(Collectors.joining(", ")),
                        unit));
        if (name.equals(UrdbFields.FIXED)) {
            charges.add(new Charge.Fixed(name, amount, per));
        } else {
            charges.add(new Charge.Minimum(name, amount, per));
        }
    }
}
