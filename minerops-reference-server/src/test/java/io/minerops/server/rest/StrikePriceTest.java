package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.core.profit.StrikePrice;
import io.minerops.core.service.FleetService;
import io.minerops.server.support.Answer;
import io.minerops.server.support.RunningServer;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Model;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Strike prices over HTTP. */
class StrikePriceTest {
    private static final String PATH = "/api/profitability/strike-price";

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.over(FleetSimulator.builder()
                    .miners(4)
                    .models(Model.S19, Model.S19_PRO_LUXOS)
                    .seed(7)
                    .build())
            .with("DEFAULT_POWER_COST", "0.06");

    @BeforeAll
    static void poll_and_add_a_miner_without_power() {
        SERVER.server().ops().pollNow();
        Instant now = Instant.now();
        SERVER.server()
                .ops()
                .store()
                .metrics()
                .append(Poll.of(
                        now,
                        List.of(MetricSample.builder(MinerAddress.of("10.9.9.9"), now)
                                .set(Reading.HASHRATE_THS, 100)
                                .build())));
    }

    private static JsonNode strike(String query) {
        Answer answer = SERVER.client().get(PATH + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static List<Double> values(JsonNode list, String key) {
        List<Double> values = new ArrayList<>();
        list.forEach(entry -> values.add(entry.path(key).asDouble()));
        return values;
    }

    @Test
    void miners_are_sorted_by_the_power_price_that_they_can_pay() {
        JsonNode report = strike("");

        JsonNode entries = report.path("entries");
        assertThat(entries).hasSize(4);
        assertThat(values(entries, "strike_price_usd_per_mwh"))
                .isSortedAccordingTo((one, other) -> Double.compare(other, one));
        assertThat(values(entries, "cumulative_power_w")).isSorted();
        double hashprice = report.path("hashprice_usd_per_ph_day").asDouble();
        assertThat(entries).allSatisfy(entry -> {
            double strike = entry.path("strike_price_usd_per_mwh").asDouble();
            double efficiency = entry.path("efficiency_j_per_th").asDouble();
            assertThat(strike).isCloseTo(StrikePrice.usdPerMwh(efficiency, hashprice), within(1e-9));
            assertThat(entry.path("power_price_usd_per_mwh").asDouble()).isCloseTo(60, within(1e-9));
            assertThat(entry.path("headroom_usd_per_mwh").asDouble()).isCloseTo(strike - 60, within(1e-9));
        });
    }

    @Test
    void a_miner_without_power_is_listed_and_has_no_strike_price() {
        JsonNode report = strike("");

        assertThat(report.path("without_power_count").asInt()).isEqualTo(1);
        assertThat(report.path("without_power").get(0).asText()).isEqualTo("10.9.9.9");
        assertThat(report.path("entries"))
                .noneSatisfy(entry -> assertThat(entry.path("name").asText()).isEqualTo("10.9.9.9"));
    }

    @Test
    void the_marginal_miner_has_the_least_headroom_of_those_that_earn() {
        JsonNode report = strike("?power_cost=0.00001");

        assertThat(report.path("marginal")).isEqualTo(report.path("entries").get(3));
        assertThat(strike("?power_cost=10").path("marginal").isNull()).isTrue();
    }

    @Test
    void the_published_hashprice_gives_the_published_strike_price() {
        JsonNode report = strike("?hashprice=39.53");

        assertThat(report.path("hashprice_usd_per_ph_day").asDouble()).isEqualTo(39.53);
        assertThat(report.path("entries"))
                .allSatisfy(entry -> assertThat(
                                entry.path("strike_price_usd_per_mwh").asDouble()
                                        * entry.path("efficiency_j_per_th").asDouble())
                        // 96.9 USD/MWh at 17 J/TH
                        .isCloseTo(96.9 * 17, within(0.05 * 17)));
        assertThat(values(strike("?hashprice=0").path("entries"), "strike_price_usd_per_mwh"))
                .containsOnly(0.0);
    }

    @Test
    void the_next_difficulty_is_that_of_the_retarget_estimate() {
        JsonNode now = strike("");

        JsonNode next = strike("?forward=true");

        assertThat(now.path("forward").isNull()).isTrue();
        double factor = 1 + next.at("/forward/change_pct").asDouble() / 100;
        assertThat(next.at("/forward/remaining_blocks").asInt()).isBetween(1, 2016);
        assertThat(next.path("network_difficulty").asDouble())
                .isCloseTo(now.path("network_difficulty").asDouble() * factor, within(1e3));
        assertThat(next.path("hashprice_usd_per_ph_day").asDouble())
                .isCloseTo(now.path("hashprice_usd_per_ph_day").asDouble() / factor, within(1e-9));
    }

    @Test
    void models_and_tags_have_strike_prices_of_their_own() {
        FleetService fleet = SERVER.server().ops().fleet();
        fleet.change(
                SERVER.fleet().addresses().get(0),
                miner -> miner.toBuilder().tags(List.of("hydro", "hall-b")).build());

        JsonNode models = strike("?by=model").path("entries");
        JsonNode tags = strike("?by=tag").path("entries");

        assertThat(models).hasSize(2);
        assertThat(values(models, "miner_count")).containsExactly(2.0, 2.0);
        assertThat(tags)
                .extracting(entry -> entry.path("name").asText())
                .containsExactlyInAnyOrder("hall-b", "hydro", "no tag");
        assertThat(values(tags, "cumulative_power_w").get(2))
                .isCloseTo(
                        values(strike("").path("entries"), "cumulative_power_w").get(3), within(1e-6));
    }

    @Test
    void the_list_comes_in_pages() {
        JsonNode first = strike("?limit=3");
        JsonNode rest = strike("?limit=3&cursor=" + first.path("next").asText());

        assertThat(first.path("entries")).hasSize(3);
        assertThat(first.path("total").asInt()).isEqualTo(4);
        assertThat(rest.path("entries")).hasSize(1);
        assertThat(rest.path("next").isNull()).isTrue();
    }

    @Test
    void all_break_even_at_a_price_at_which_the_fleet_earns_nothing() {
        JsonNode even = strike("").path("break_even");

        double margin = SERVER.client()
                .get("/api/profitability/miners?btc_price="
                        + even.path("btc_price_usd").asDouble())
                .json()
                .path("miners")
                .valueStream()
                .filter(miner -> miner.path("power_w").asDouble() > 0)
                .mapToDouble(miner -> miner.path("daily_profit_usd").asDouble())
                .sum();
        assertThat(margin).isCloseTo(0, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            by=colour                  | by        | by must be one of miner, model, site, tag, not "colour"
            hashprice=-1               | hashprice | hashprice must be between 0 and 1000000000000, not -1
            hashprice=NaN              | hashprice | hashprice must be a number, not "NaN"
            hashprice=1e13             | hashprice | hashprice must be between 0 and 1000000000000, not 1
            forward=maybe              | forward   | forward must be true or false
            forward=true&hashprice=40  | forward   | forward must not be given beside hashprice
            limit=0                    | limit     | limit must be between
            """)
    void a_bad_parameter_is_refused_by_name_value_and_range(String query, String field, String part) {
        Answer answer = SERVER.client().get(PATH + "?" + query);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.field()).isEqualTo(field);
        assertThat(answer.error()).contains(part);
    }
}
