package io.minerops.tariff;

import io.minerops.api.InvalidArgumentException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A rate of the US Utility Rate Database (OpenEI), as parsed JSON.
 *
 * <p>Read and written: {@code energyratestructure} with {@code energyweekdayschedule} and {@code energyweekendschedule}
 * (units {@code kWh}, {@code kWh daily}, {@code kWh/kW}), {@code fueladjustmentsmonthly}, {@code demandratestructure}
 * with its schedules, {@code flatdemandstructure} with {@code flatdemandmonths}, {@code coincidentratestructure} with
 * {@code coincidentrateschedule} (units {@code kW}, {@code kW daily}), {@code demandwindow},
 * {@code fixedchargefirstmeter}, {@code mincharge} and their units, {@code energytoulabels}, {@code demandtoulabels},
 * {@code name}. The older {@code fixedmonthlycharge} and {@code minmonthlycharge} are read.
 *
 * <p>The database has neither zone nor holidays, and does not name the hours of coincident peaks: the highest load of
 * the site in the hours given counts. Net metering is not applied; {@code sell} is. A field that would change the bill
 * and is not supported, such as a ratchet, is refused by name.
 *
 * @param plan the plan
 * @param other the fields that do not change the bill, such as {@code utility} and {@code label}
 */
public record UrdbRate(RatePlan plan, Map<String, Object> other) {
    public UrdbRate {
        other = Collections.unmodifiableMap(new LinkedHashMap<>(other));
    }

    /**
     * Reads a rate.
     *
     * @param json the rate, or the answer of the database with the rate as its only item: maps, lists, texts, numbers
     * @param zone the zone of the site
     * @param holidays the days that have the weekend's schedule
     * @throws InvalidArgumentException that names the field, its value and what is accepted
     */
    public static UrdbRate read(Map<String, ?> json, ZoneId zone, Set<LocalDate> holidays) {
        return new UrdbReader(json).read(zone, holidays);
    }

    /**
     * The rate as JSON; reading it gives this rate again.
     *
     * @throws InvalidArgumentException that names the charge for which the format has no field
     */
    public Map<String, Object> write() {
        return new UrdbWriter(this).write();
    }
}
