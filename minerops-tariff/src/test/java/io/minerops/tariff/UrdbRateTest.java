package io.minerops.tariff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.InvalidArgumentException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class UrdbRateTest {
    private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");
    private static final List<List<Integer>> ALWAYS = Collections.nCopies(12, Collections.nCopies(24, 0));

    private static Map<String, Object> rate(Object... fields) {
        Map<String, Object> rate = new LinkedHashMap<>();
        rate.put("name", "Large power");
        rate.put("energyratestructure", List.of(List.of(Map.of("rate", 0.05, "unit", "kWh"))));
        rate.put("energyweekdayschedule", ALWAYS);
        rate.put("energyweekendschedule", ALWAYS);
        for (int i = 0; i < fields.length; i += 2) {
            rate.put((String) fields[i], fields[i + 1]);
        }
        return rate;
    }

    private static UrdbRate read(Map<String, Object> rate) {
        return UrdbRate.read(rate, CHICAGO, Set.of());
    }

    @Property(tries = 500)
    void is_the_same_after_it_was_written_and_read(@ForAll long seed) {
        Random random = new Random(seed);
        UrdbRate rate =
                new UrdbRate(AnyPlans.databasePlan(random, CHICAGO), Map.of("utility", "A cooperative", "eiaid", 42));

        assertThat(UrdbRate.read(rate.write(), CHICAGO, rate.plan().holidays())).isEqualTo(rate);
    }

    @Property(tries = 200)
    void is_the_same_json_after_it_was_read_and_written(@ForAll long seed) {
        Map<String, Object> json =
                new UrdbRate(AnyPlans.databasePlan(new Random(seed), CHICAGO), Map.of("label", "5a")).write();

        assertThat(read(json).write()).isEqualTo(json);
    }

    @Test
    void reads_adjustments_units_and_charges_as_the_database_gives_them() {
        Map<String, Object> json = rate(
                "label",
                "539fbbb6ec4f024bc1dc0c8b",
                "fixedchargefirstmeter",
                12,
                "fixedchargeunits",
                "$/day",
                "mincharge",
                40,
                "minchargeunits",
                "$/month",
                "fueladjustmentsmonthly",
                Collections.nCopies(12, 0.01),
                "flatdemandstructure",
                List.of(List.of(Map.of("rate", 7, "adj", 1.5))),
                "flatdemandmonths",
                Collections.nCopies(12, 0),
                "flatdemandunit",
                "kW",
                "demandwindow",
                15);
        UrdbRate rate = read(Map.of("items", List.of(json)));

        Bill bill = rate.plan()
                .bill(LoadProfile.constant(
                        Instant.parse("2026-01-01T06:00:00Z"), Instant.parse("2026-02-01T06:00:00Z"), 10));

        assertThat(rate.other()).isEqualTo(Map.of("label", "539fbbb6ec4f024bc1dc0c8b"));
        assertThat(rate.plan().name()).isEqualTo("Large power");
        assertThat(bill.total("energy")).isCloseTo(7_440 * 0.05, within(1e-9));
        assertThat(bill.total("fuel adjustment")).isCloseTo(74.4, within(1e-9));
        assertThat(bill.total("flat demand")).isCloseTo(85, within(1e-9));
        assertThat(bill.total("fixed charge")).isCloseTo(12 * 31, within(1e-9));
    }

    @Test
    void reads_the_older_names_of_fixed_and_minimum_charges() {
        assertThat(read(rate("fixedmonthlycharge", 30, "minmonthlycharge", 35))
                        .plan()
                        .charges())
                .contains(
                        new Charge.Fixed("fixed charge", 30, Charge.Per.MONTH),
                        new Charge.Minimum("minimum charge", 35, Charge.Per.MONTH));
    }

    @Test
    void names_the_periods_by_their_labels() {
        UrdbRate rate = read(rate("energytoulabels", List.of("Off-Peak")));

        assertThat(rate.plan().charges())
                .singleElement()
                .satisfies(charge -> assertThat(((Charge.Energy) charge).rates())
                        .extracting(Rate::name)
                        .containsExactly("Off-Peak"));
    }

    @Test
    void refuses_by_name_what_would_change_the_bill() {
        refuses(rate("demandratchetpercentage", Collections.nCopies(12, 0.8)), "demandratchetpercentage");
        refuses(rate("annualmincharge", 100), "annualmincharge");
        refuses(rate("fixedchargefirstmeter", 1, "fixedchargeunits", "$/kW"), "fixedchargeunits", "\"$/kW\"");
        refuses(
                rate(
                        "demandratestructure",
                        List.of(List.of(Map.of("rate", 7))),
                        "demandweekdayschedule",
                        ALWAYS,
                        "demandweekendschedule",
                        ALWAYS,
                        "demandrateunit",
                        "kVA"),
                "demandrateunit",
                "\"kVA\"",
                "kW daily");
        refuses(
                rate("energyratestructure", List.of(List.of(Map.of("rate", 1, "unit", "kWh/kW daily")))),
                "energyratestructure.unit",
                "\"kWh/kW daily\"");
        assertThat(read(rate("demandratchetpercentage", Collections.nCopies(12, 0)))
                        .plan()
                        .charges())
                .hasSize(1);
    }

    @Test
    void refuses_gaps_and_wrong_types_with_their_path() {
        refuses(rate("energyweekdayschedule", List.of()), "energyweekdayschedule must have 12 entries, not 0");
        refuses(
                rate("energyweekendschedule", Collections.nCopies(12, Collections.nCopies(23, 0))),
                "energyweekendschedule[0] must have 24 entries, not 23");
        refuses(
                rate("energyweekendschedule", Collections.nCopies(12, Collections.nCopies(24, 3))),
                "energyratestructure has a gap: its schedule names period 3");
        refuses(
                rate("energyratestructure", List.of(List.of(Map.of("rate", "free")))),
                "energyratestructure[0][0].rate must be a number, not \"free\"");
        refuses(rate("energyratestructure", List.of(List.of(Map.of("max", 10)))), "energyratestructure[0][0].rate");
        refuses(rate("energyratestructure", List.of(List.of(Map.of("rate", 1, "max", 10)))), "no tier above 10");
        refuses(rate("energyratestructure", "x"), "energyratestructure must be a list");
        refuses(Map.of("items", List.of()), "items must have one rate, not 0");
        refuses(Map.of("name", "x"), "energyratestructure");
    }

    @Test
    void writes_no_charge_that_the_format_cannot_hold() {
        RatePlan plan = RatePlan.of(
                "plan",
                "UTC",
                new Charge.Market("day ahead", PriceSeries.of(Instant.EPOCH, Duration.ofHours(1), 0.1), 0, 0));

        assertThatThrownBy(() -> new UrdbRate(plan, Map.of()).write())
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("\"day ahead\" (Market)");
    }

    private static void refuses(Map<String, Object> rate, String... parts) {
        assertThatThrownBy(() -> read(rate))
                .isInstanceOf(InvalidArgumentException.class)
                .satisfies(refused -> {
                    for (String part : parts) {
                        assertThat(refused).hasMessageContaining(part);
                    }
                });
    }
}
