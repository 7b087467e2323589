package io.minerops.tariff;

import java.util.List;
import java.util.Map;

/** What the reader and the writer of the rate database share. */
final class UrdbFields {
    static final String ENERGY = "energy";
    static final String FUEL = "fuel adjustment";
    static final String DEMAND = "demand";
    static final String FLAT_DEMAND = "flat demand";
    static final String COINCIDENT = "coincident demand";
    static final String FIXED = "fixed charge";
    static final String MINIMUM = "minimum charge";

    static final Map<Charge.TierUnit, String> ENERGY_UNITS = Map.of(
            Charge.TierUnit.KWH, "kWh", Charge.TierUnit.KWH_DAILY, "kWh daily", Charge.TierUnit.KWH_PER_KW, "kWh/kW");

    static final Map<Charge.Per, String> PER =
            Map.of(Charge.Per.DAY, "$/day", Charge.Per.MONTH, "$/month", Charge.Per.YEAR, "$/year");

    static final String KW = "kW";
    static final String KW_DAILY = "kW daily";

    /** A demand charge of the format: a name on the bill and the fields that hold it. */
    record DemandFields(String name, String structure, String unit, String weekday, String weekend, String labels) {}

    static final DemandFields BY_PERIOD = new DemandFields(
            DEMAND,
            "demandratestructure",
            "demandrateunit",
            "demandweekdayschedule",
            "demandweekendschedule",
            "demandtoulabels");

    static final DemandFields BY_MONTH = new DemandFields(
            FLAT_DEMAND, "flatdemandstructure", "flatdemandunit", "flatdemandmonths", "flatdemandmonths", "");

    static final DemandFields AT_PEAK = new DemandFields(
            COINCIDENT,
            "coincidentratestructure",
            "coincidentrateunit",
            "coincidentrateschedule",
            "coincidentrateschedule",
            "");

    static final List<DemandFields> DEMANDS = List.of(BY_PERIOD, BY_MONTH, AT_PEAK);

    private UrdbFields() {}

    /** The name of a period that has none. */
    static String label(int period) {
        return "period " + period;
    }
}
