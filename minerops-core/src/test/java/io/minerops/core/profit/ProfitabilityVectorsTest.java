package io.minerops.core.profit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.api.profit.Profitability;
import io.minerops.api.profit.Tariff;
import io.minerops.core.network.CompactBits;
import io.minerops.core.network.Subsidy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Holds the engine against a file of test vectors, {@code profitability.json} in the folder that the environment
 * variable {@value #FOLDER} names; without it, nothing runs here.
 */
@EnabledIfEnvironmentVariable(named = ProfitabilityVectorsTest.FOLDER, matches = ".+")
class ProfitabilityVectorsTest {
    static final String FOLDER = "MINEROPS_VECTORS";

    @TestFactory
    Stream<DynamicTest> every_row_agrees_to_a_relative_error_below_1e_12() throws IOException {
        return tests("rows", row -> row.path("name").asText(), ProfitabilityVectorsTest::compareRow);
    }

    @TestFactory
    Stream<DynamicTest> every_compact_target_agrees() throws IOException {
        return tests(
                "bits_to_difficulty",
                row -> row.path("bits").asText(),
                row -> close(
                        "difficulty",
                        CompactBits.difficulty(
                                Integer.parseUnsignedInt(row.path("bits").asText(), 16)),
                        row.path("difficulty")));
    }

    @TestFactory
    Stream<DynamicTest> every_subsidy_agrees() throws IOException {
        return tests(
                "subsidy_by_height",
                row -> row.path("height").asText(),
                row -> assertThat(Subsidy.atHeight(row.path("height").longValue()))
                        .isEqualTo(Double.parseDouble(row.path("subsidy_btc").asText())));
    }

    private interface Named {
        String of(JsonNode row);
    }

    private interface Comparison {
        void compare(JsonNode row);
    }

    private static Stream<DynamicTest> tests(String list, Named name, Comparison comparison) throws IOException {
        JsonNode rows = new ObjectMapper()
                .readTree(Path.of(System.getenv(FOLDER), "profitability.json").toFile())
                .path(list);
        assertThat(rows).isNotEmpty();
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> DynamicTest.dynamicTest(name.of(row), () -> comparison.compare(row)));
    }

    private static void compareRow(JsonNode row) {
        JsonNode given = row.path("given");
        ProfitabilityInputs inputs = new ProfitabilityInputs(
                number(given, "ths", 0),
                number(given, "watts", 0),
                new Tariff(number(given, "tariff", 0)),
                number(given, "price", 0),
                number(given, "difficulty", 0),
                number(given, "subsidy", 3.125),
                number(given, "fees", 0),
                number(given, "fee_pct", 0),
                number(given, "uptime", 1));
        Map<String, @Nullable Double> figures = figures(inputs);
        assertThat(row.path("expect")).isNotEmpty();
        for (Map.Entry<String, JsonNode> figure : row.path("expect").properties()) {
            assertThat(figures).containsKey(figure.getKey());
            close(figure.getKey(), figures.get(figure.getKey()), figure.getValue());
        }
    }

    private static Map<String, @Nullable Double> figures(ProfitabilityInputs inputs) {
        Profitability day = ProfitabilityCalculator.daily(inputs);
        Map<String, @Nullable Double> figures = new HashMap<>();
        figures.put("network_hashrate_ths", ProfitabilityCalculator.networkHashrateThs(inputs.networkDifficulty()));
        figures.put("estimated_btc_per_day", day.estimatedBtcPerDay());
        figures.put("estimated_revenue_usd_per_day", day.estimatedRevenueUsdPerDay());
        figures.put("daily_power_kwh", day.dailyPowerKwh());
        figures.put("daily_power_cost_usd", day.dailyPowerCostUsd());
        figures.put("daily_profit_usd", day.dailyProfitUsd());
        figures.put("profit_margin_pct", day.profitMarginPct());
        figures.put("break_even_btc_price", day.breakEvenBtcPrice());
        figures.put("efficiency_j_per_th", day.efficiencyJPerTh());
        figures.put("hashprice_usd_per_ph_day", day.hashpriceUsdPerPhDay());
        figures.put("monthly_profit_usd", day.monthlyProfitUsd());
        figures.put("yearly_profit_usd", day.yearlyProfitUsd());
        figures.put("monthly_btc", day.monthlyBtc());
        figures.put("yearly_btc", day.yearlyBtc());
        return figures;
    }

    private static void close(String name, @Nullable Double actual, JsonNode expected) {
        if (expected.isNull()) {
            assertThat(actual).as(name).isNull();
        } else {
            double value = expected.doubleValue();
            assertThat(actual).as(name).isCloseTo(value, within(Math.abs(value) * 1e-12));
        }
    }

    private static double number(JsonNode given, String name, double otherwise) {
        return given.has(name) ? Double.parseDouble(given.path(name).asText()) : otherwise;
    }
}
