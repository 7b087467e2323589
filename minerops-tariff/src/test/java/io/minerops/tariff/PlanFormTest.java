package io.minerops.tariff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.InvalidArgumentException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanFormTest {
    private static final Map<String, Object> PEAK = Map.of(
            "name", "peak", "price", 0.14, "months", "Nov-Feb", "days", List.of("Mon-Wed", "Friday"), "hours", "15-20");
    private static final Map<String, Object> REST = Map.of("name", "off-peak", "price", -0.01);

    private static Map<String, Object> plan(Object... fields) {
        Map<String, Object> plan = new HashMap<>(Map.of("name", "grid", "zone", "America/Chicago"));
        for (int i = 0; i < fields.length; i += 2) {
            plan.put((String) fields[i], fields[i + 1]);
        }
        return plan;
    }

    private static double at(RatePlan plan, String time) {
        return plan.priceAt(Instant.parse(time));
    }

    @Test
    void reads_one_price() {
        assertThat(PlanForm.read("", Map.of("name", "hydro", "price", 0.045)))
                .isEqualTo(RatePlan.of("hydro", "UTC", Charge.Energy.flat(0.045)));
    }

    @Test
    void reads_rates_by_month_day_and_hour_and_the_rate_of_all_other_hours() {
        RatePlan plan = PlanForm.read("", plan("rates", List.of(PEAK, REST), "holidays", List.of("2026-12-25")));

        assertThat(at(plan, "2026-12-04T21:00:00Z")).isEqualTo(0.14);
        assertThat(at(plan, "2026-12-04T20:59:59Z")).isEqualTo(-0.01);
        assertThat(at(plan, "2026-12-05T02:00:00Z")).isEqualTo(-0.01);
        assertThat(at(plan, "2026-12-03T21:00:00Z")).isEqualTo(-0.01);
        assertThat(at(plan, "2026-12-25T21:00:00Z")).isEqualTo(-0.01);
        assertThat(at(plan, "2027-01-04T21:00:00Z")).isEqualTo(0.14);
        assertThat(at(plan, "2026-10-02T21:00:00Z")).isEqualTo(-0.01);
    }

    @Test
    void reads_a_market_with_a_delivery_charge_and_amounts() {
        RatePlan plan = PlanForm.read(
                "",
                plan(
                        "prices_csv", List.of("start,usd_per_mwh", "2026-11-01T00:00,50", "2026-11-01T01:00,-20"),
                        "adder", 0.001,
                        "price", 0.02,
                        "demand_per_kw", 10,
                        "fixed_per_month", 30,
                        "fixed_per_day", 1,
                        "minimum_per_month", 5));

        assertThat(at(plan, "2026-11-01T05:30:00Z")).isCloseTo(0.071, within(1e-15));
        assertThat(at(plan, "2026-11-01T06:30:00Z")).isCloseTo(0.001, within(1e-15));
        assertThat(plan.charges())
                .extracting(Charge::name)
                .containsExactly("energy", "market", "demand", "fixed charge", "daily charge", "minimum charge");
    }

    @Test
    void reads_a_rate_of_the_rate_database() {
        Map<String, Object> urdb =
                new UrdbRate(RatePlan.of("its name", "UTC", Charge.Energy.flat(0.03)), Map.of("label", "5a")).write();

        RatePlan plan = PlanForm.read("", plan("urdb", urdb));

        assertThat(plan.name()).isEqualTo("grid");
        assertThat(at(plan, "2026-11-01T05:30:00Z")).isEqualTo(0.03);
        refuses(plan("urdb", urdb, "fixed_per_month", 1), "tariffs[0].fixed_per_month must be absent beside urdb");
    }

    @Test
    void names_the_field_the_value_and_what_is_accepted() {
        refuses(plan("prise", 1), "tariffs[0].prise is not a field; accepted: adder, currency");
        refuses(plan(), "tariffs[0].price must be given, or rates, prices_csv or urdb");
        refuses(plan("price", 1, "rates", List.of(REST)), "tariffs[0].price must be given");
        refuses(plan("price", "1"), "tariffs[0].price must be a number, not \"1\"");
        refuses(plan("price", 1, "zone", "Mars"), "zone must be", "\"Mars\"");
        refuses(plan("price", 1, "currency", "GOLD"), "tariffs[0].currency must be a code of ISO 4217", "\"GOLD\"");
        refuses(
                plan("price", 1, "holidays", List.of("Christmas")),
                "tariffs[0].holidays must be dates",
                "\"Christmas\"");
        refuses(plan("rates", List.of(PEAK)), "gap: no rate for Monday 00:00 in January");
        refuses(
                plan("rates", List.of(PEAK, PEAK, REST)),
                "both \"peak\" and \"peak\" apply on Monday 15:00 in January");
        refuses(plan("rates", List.of(REST, REST)), "rate \"off-peak\" has all other hours already");
        refuses(
                plan("rates", List.of(Map.of("name", "a", "price", 1, "days", "Mon-Fry"))),
                "days such as Mon-Fri",
                "\"Mon-Fry\"");
        refuses(
                plan("rates", List.of(Map.of("name", "a", "price", 1, "months", "Ju"))),
                "months such as Jun-Sep",
                "\"Ju\"");
        refuses(
                plan("rates", List.of(Map.of("name", "a", "price", 1, "hours", "8-25"))),
                "hours such as 15-20",
                "\"8-25\"");
        refuses(plan("rates", List.of(Map.of("name", "a", "price", 1, "hours", "8-8"))), "hours such as 15-20");
        Map<String, Object> noZone = plan("rates", List.of(REST));
        noZone.remove("zone");
        refuses(noZone, "tariffs[0].zone must be a text, not absent");
    }

    private static void refuses(Map<String, Object> plan, String... parts) {
        assertThatThrownBy(() -> PlanForm.read("tariffs[0]", plan))
                .isInstanceOf(InvalidArgumentException.class)
                .satisfies(refused -> {
                    for (String part : parts) {
                        assertThat(refused).hasMessageContaining(part);
                    }
                });
    }
}
