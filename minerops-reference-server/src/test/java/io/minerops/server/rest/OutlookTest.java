package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.server.support.Answer;
import io.minerops.server.support.RunningServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Projections, sensitivity and solo odds over HTTP. */
class OutlookTest {
    private static final String MACHINE = "ths=200&watts=3500&power_cost=0.03";

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(3).with("DEFAULT_POWER_COST", "0.06");

    @BeforeAll
    static void poll() {
        SERVER.server().ops().pollNow();
    }

    private static JsonNode read(String path) {
        Answer answer = SERVER.client().get("/api/profitability/" + path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void a_projection_without_growth_is_days_times_the_day() {
        JsonNode day = read("current").path("profitability");

        JsonNode projection = read("projection?months=6");

        assertThat(projection.path("miner_count").asInt()).isEqualTo(3);
        assertThat(projection.path("months")).hasSize(6);
        assertThat(projection.path("months"))
                .allSatisfy(month -> assertThat(month.path("profit_usd").asDouble()
                                / month.path("days").asDouble())
                        .isCloseTo(day.path("daily_profit_usd").asDouble(), within(1e-9)));
        double sum = projection
                .path("months")
                .valueStream()
                .mapToDouble(month -> month.path("profit_usd").asDouble())
                .sum();
        assertThat(projection.at("/total/profit_usd").asDouble()).isCloseTo(sum, within(1e-9));
        assertThat(projection.at("/months/5/balance_usd").asDouble()).isCloseTo(sum, within(1e-9));
    }

    @Test
    void the_halving_of_2028_is_in_a_projection_of_two_years() {
        JsonNode months = read("projection?" + MACHINE + "&months=24").path("months");

        assertThat(months.get(0).path("subsidy_btc").asDouble()).isEqualTo(3.125);
        assertThat(months.get(23).path("subsidy_btc").asDouble()).isEqualTo(1.5625);
        assertThat(months.get(23).path("btc").asDouble()
                        / months.get(23).path("days").asDouble())
                .isCloseTo(
                        months.get(1).path("btc").asDouble()
                                / months.get(1).path("days").asDouble()
                                / 2,
                        within(1e-9));
    }

    @Test
    void a_purchase_has_a_payback_and_a_return() {
        JsonNode bought = read("projection?" + MACHINE + "&months=36&purchase_price_usd=300&resale_price_usd=50");

        double profit = bought.at("/total/profit_usd").asDouble();
        assertThat(bought.path("roi_pct").asDouble()).isCloseTo((profit + 50 - 300) / 3, within(1e-9));
        assertThat(bought.path("payback_days").asDouble()).isPositive();
        assertThat(bought.path("payback_at").asText()).startsWith("20");
        assertThat(read("projection?" + MACHINE + "&purchase_price_usd=1e9")
                        .path("payback_days")
                        .isNull())
                .isTrue();
        assertThat(read("projection?" + MACHINE).path("roi_pct").isNull()).isTrue();
    }

    @Test
    void a_growing_difficulty_lowers_what_is_mined() {
        JsonNode growing =
                read("projection?" + MACHINE + "&difficulty_growth_pct=5").path("months");

        assertThat(growing.get(11).path("network_difficulty").asDouble()
                        / growing.get(10).path("network_difficulty").asDouble())
                .isBetween(1.045, 1.055);
    }

    @Test
    void nothing_hashed_earns_nothing_and_costs_its_power() {
        JsonNode none = read("projection?ths=0&watts=100&months=1&purchase_price_usd=1");

        assertThat(none.at("/total/btc").asDouble()).isZero();
        assertThat(none.at("/total/profit_usd").asDouble()).isNegative();
        assertThat(none.path("payback_days").isNull()).isTrue();
        assertThat(read("solo?ths=0").path("even_after_days").isNull()).isTrue();
    }

    @Test
    void a_machine_without_power_is_reported_as_such() {
        assertThat(read("projection?ths=200&watts=0")
                        .path("without_power_count")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void the_middle_of_the_sensitivity_grid_is_the_profit_of_now() {
        JsonNode grid = read("sensitivity");

        assertThat(grid.path("cells")).hasSize(75);
        JsonNode middle = grid.path("cells").get(37);
        assertThat(middle.path("price_change_pct").asDouble()).isZero();
        assertThat(middle.path("daily_profit_usd").asDouble())
                .isCloseTo(grid.path("daily_profit_usd").asDouble(), within(1e-9));
    }

    @Test
    void a_cell_is_what_the_api_calculates_with_its_price_and_tariff() {
        JsonNode cell = read("sensitivity?price_changes=-30&difficulty_changes=0&power_costs=0.09")
                .path("cells")
                .get(0);

        double supposed = read("current?power_cost=0.09&btc_price="
                        + cell.path("btc_price_usd").asText())
                .at("/profitability/daily_profit_usd")
                .asDouble();
        assertThat(cell.path("daily_profit_usd").asDouble()).isCloseTo(supposed, within(1e-9));
    }

    @Test
    void solo_odds_are_those_of_the_poisson_distribution() {
        JsonNode solo = read("solo?ths=200&days=365");

        double blocks = 200e12 * 365 * 86_400 / (solo.path("network_difficulty").asDouble() * 0x1p32);
        assertThat(solo.path("expected_blocks").asDouble()).isCloseTo(blocks, within(blocks * 1e-12));
        assertThat(solo.path("probability_of_block").asDouble()).isCloseTo(1 - Math.exp(-blocks), within(1e-12));
        assertThat(solo.path("even_after_days").asDouble()).isCloseTo(Math.log(2) / blocks * 365, within(0.01));
    }

    @Test
    void a_miner_that_is_not_registered_is_not_found() {
        for (String path : new String[] {"projection", "sensitivity", "solo"}) {
            Answer answer = SERVER.client().get("/api/profitability/" + path + "?miner_ip=10.9.9.9");
            assertThat(answer.status()).as(answer.text()).isEqualTo(404);
            assertThat(answer.field()).isEqualTo("miner_ip");
        }
        assertThat(read("projection?miner_ip=" + SERVER.name(0).replace(":", "%3A"))
                        .path("miner_count")
                        .asInt())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            projection?months=0                    | months                | months must be between 1 and 240, not 0
            projection?months=241                  | months                | months must be between 1 and 240, not 241
            projection?months=1.5                  | months                | months must be a whole number between 1 and 240
            projection?difficulty_growth_pct=-101  | difficulty_growth_pct | must be between -75 and 100, not -101
            projection?price_growth_pct=NaN        | price_growth_pct      | must be a number, not "NaN"
            projection?purchase_price_usd=0        | purchase_price_usd    | must be above 0 and at most
            projection?purchase_price_usd=-5       | purchase_price_usd    | must be above 0 and at most
            projection?resale_price_usd=-1         | resale_price_usd      | must be between 0 and
            projection?ths=-1&watts=1              | ths                   | ths must be between 0 and
            projection?ths=1                       | watts                 | ths and watts must be given together
            projection?watts=1                     | ths                   | ths and watts must be given together
            projection?ths=1&watts=1&miner_ip=10.0.0.1 | ths               | ths must not be given beside miner_ip
            sensitivity?price_changes=-100         | price_changes         | must be between -99 and 1000, not -100
            sensitivity?difficulty_changes=1,,2    | difficulty_changes    | must be a number, not ""
            sensitivity?power_costs=-1             | power_costs           | must be between -0.99 and 1000, not -1
            sensitivity?power_costs=1,2,3,4,5,6    | power_costs           | must have at most 5 numbers, not 6
            solo?days=0                            | days                  | days must be above 0 and at most 36500
            solo?days=Infinity                     | days                  | days must be a number
            """)
    void what_cannot_be_supposed_is_refused_by_name_value_and_range(String path, String field, String part) {
        Answer answer = SERVER.client().get("/api/profitability/" + path);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.field()).isEqualTo(field);
        assertThat(answer.error()).contains(part);
    }
}
