package io.minerops.tariff;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.tariff.UrdbFields.DemandFields;
import java.time.DayOfWeek;
import java.time.Month;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes a rate of the database. */
final class UrdbWriter {
    private final UrdbRate rate;
    private final Map<String, Object> json;

    UrdbWriter(UrdbRate rate) {
        this.rate = rate;
        json = new LinkedHashMap<>(rate.other());
    }

    Map<String, Object> write() {
        json.put("name", rate.plan().name());
        for (Charge charge : rate.plan().charges()) {
            if (charge instanceof Charge.Energy energy) {
                energy(energy);
            } else if (charge instanceof Charge.Demand demand) {
                demand(demand);
            } else if (charge instanceof Charge.Fixed fixed) {
                put(charge, "fixedchargefirstmeter", fixed.amount());
                json.put("fixedchargeunits", UrdbFields.PER.get(fixed.per()));
            } else if (charge instanceof Charge.Minimum minimum) {
                put(charge, "mincharge", minimum.amount());
                json.put("minchargeunits", UrdbFields.PER.get(minimum.per()));
            } else {
                throw noField(charge);
            }
        }
        return json;
    }

    private void energy(Charge.Energy energy) {
        boolean fuel = energy.name().equals(UrdbFields.FUEL)
                && energy.schedule().isByMonth()
                && energy.rates().stream().allMatch(period -> period.tiers().size() == 1);
        if (fuel) {
            List<Double> months = new ArrayList<>();
            for (int period : byMonth(energy.schedule())) {
                months.add(energy.rates().get(period).tiers().get(0).total());
            }
            put(energy, "fueladjustmentsmonthly", months);
            return;
        }
        put(energy, "energyratestructure", structure(energy.rates(), UrdbFields.ENERGY_UNITS.get(energy.unit())));
        week(energy, energy.schedule(), "energyweekdayschedule", "energyweekendschedule");
        labels("energytoulabels", energy.rates());
    }

    private void demand(Charge.Demand demand) {
        DemandFields fields = fields(demand);
        put(demand, fields.structure(), structure(demand.rates(), null));
        json.put(fields.unit(), demand.daily() ? UrdbFields.KW_DAILY : UrdbFields.KW);
        if (fields.equals(UrdbFields.BY_MONTH)) {
            json.put(fields.weekday(), byMonth(demand.schedule()));
        } else {
            week(demand, demand.schedule(), fields.weekday(), fields.weekend());
        }
        if (!fields.labels().isEmpty()) {
            labels(fields.labels(), demand.rates());
        }
        Object window = demand.windowMinutes() == 0 ? null : demand.windowMinutes();
        boolean first = rate.plan().charges().stream()
                .filter(Charge.Demand.class::isInstance)
                .findFirst()
                .filter(charge -> charge.equals(demand))
                .isPresent();
        if (first && window != null) {
            json.put("demandwindow", window);
        } else if (!Objects.equals(window, json.get("demandwindow"))) {
            throw new InvalidArgumentException(
                    "window_minutes", "all demand charges must have the same window_minutes, for the format has one");
        }
    }

    private static DemandFields fields(Charge.Demand demand) {
        return UrdbFields.DEMANDS.stream()
                .filter(fields -> fields.name().equals(demand.name()))
                .findFirst()
                .orElse(demand.schedule().isByMonth() ? UrdbFields.BY_MONTH : UrdbFields.BY_PERIOD);
    }

    private void put(Charge charge, String field, Object value) {
        if (json.putIfAbsent(field, value) != null) {
            throw noField(charge);
        }
    }

    private static InvalidArgumentException noField(Charge charge) {
        return new InvalidArgumentException(
                "charges",
                "the rate database has no field for charge " + Check.quote(charge.name()) + " ("
                        + charge.getClass().getSimpleName() + ")");
    }

    private static List<List<Map<String, Object>>> structure(List<Rate> rates, @Nullable String unit) {
        List<List<Map<String, Object>>> structure = new ArrayList<>();
        for (Rate rate : rates) {
            List<Map<String, Object>> tiers = new ArrayList<>();
            for (Rate.Tier tier : rate.tiers()) {
                Map<String, Object> fields = new LinkedHashMap<>();
                if (unit != null) {
                    fields.put("unit", unit);
                }
                fields.put("rate", tier.price());
                if (tier.limit() != Double.POSITIVE_INFINITY) {
                    fields.put("max", tier.limit());
                }
                putUnlessZero(fields, "adj", tier.adjustment());
                putUnlessZero(fields, "sell", tier.sell());
                tiers.add(fields);
            }
            structure.add(tiers);
        }
        return structure;
    }

    private static void putUnlessZero(Map<String, Object> fields, String field, double value) {
        if (value != 0) {
            fields.put(field, value);
        }
    }

    private void labels(String field, List<Rate> rates) {
        List<String> names = rates.stream().map(Rate::name).toList();
        for (int period = 0; period < names.size(); period++) {
            if (!names.get(period).equals(UrdbFields.label(period))) {
                json.put(field, names);
                return;
            }
        }
    }

    private static List<Integer> byMonth(Schedule schedule) {
        List<Integer> months = new ArrayList<>();
        for (Month month : Month.values()) {
            months.add(schedule.period(month, DayOfWeek.MONDAY, 0));
        }
        return months;
    }

    private void week(Charge charge, Schedule schedule, String weekday, String weekend) {
        boolean oneTable = weekday.equals(weekend);
        List<List<Integer>> weekdays = new ArrayList<>();
        List<List<Integer>> weekends = new ArrayList<>();
        for (Month month : Month.values()) {
            List<Integer> weekdayHours = new ArrayList<>();
            List<Integer> weekendHours = new ArrayList<>();
            for (int hour = 0; hour < Schedule.HOURS; hour++) {
                weekdayHours.add(schedule.period(month, DayOfWeek.MONDAY, hour));
                weekendHours.add(schedule.period(month, DayOfWeek.SUNDAY, hour));
                for (DayOfWeek day : DayOfWeek.values()) {
                    DayOfWeek like = oneTable || Schedule.WEEKDAYS.contains(day) ? DayOfWeek.MONDAY : DayOfWeek.SUNDAY;
                    if (schedule.period(month, day, hour) != schedule.period(month, like, hour)) {
                        throw new InvalidArgumentException(
                                "schedule",
                                "the rate database has no field for a schedule of charge "
                                        + Check.quote(charge.name()) + " that differs between " + like + " and " + day
                                        + " (" + month + ", hour " + hour + ")");
                    }
                }
            }
            weekdays.add(weekdayHours);
            weekends.add(weekendHours);
        }
        json.put(weekday, weekdays);
        json.put(weekend, weekends);
    }
}
