package io.minerops.server.profit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.server.MainRun;
import io.minerops.server.support.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code minerops profit}, beside a server that runs on the database. */
class ProfitCommandTest {
    private static final int MINERS = 3;

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(MINERS);

    private final MainRun main = new MainRun();

    @TempDir
    private Path folder;

    private Path config;

    @BeforeAll
    static void poll() {
        SERVER.server().ops().pollNow();
    }

    @BeforeEach
    void configure() throws IOException {
        config = Files.writeString(
                folder.resolve("minerops.env"),
                "MINEROPS_DB=" + SERVER.database() + "\nCOINGECKO_URL="
                        + SERVER.market().coinGecko() + "\nBLOCKCHAIN_INFO_URL="
                        + SERVER.market().blockchainInfo() + "\nMEMPOOL_URL="
                        + SERVER.market().mempoolSpace() + "\n");
    }

    private JsonNode profit(String... more) throws IOException {
        return run(List.of("profit"), more);
    }

    private JsonNode run(List<String> command, String... more) throws IOException {
        MainRun run = new MainRun();
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of("--json", "--config", config.toString()));
        arguments.addAll(List.of(more));
        assertThat(run.run(arguments.toArray(String[]::new))).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }

    @Test
    void the_figures_are_those_of_the_rest_interface_by_its_names() throws Exception {
        JsonNode shown = profit().path("profitability");
        JsonNode served =
                SERVER.client().get("/api/profitability/current").json().path("profitability");

        assertThat(names(shown)).isEqualTo(names(served));
        for (String name : List.of("hashrate_ths", "btc_price_usd", "network_difficulty", "daily_profit_usd")) {
            assertThat(shown.path(name).asDouble())
                    .as(name)
                    .isCloseTo(
                            served.path(name).asDouble(),
                            within(1e-9 + 1e-9 * Math.abs(served.path(name).asDouble())));
        }
    }

    @Test
    void the_reward_of_a_block_says_where_height_and_fees_are_from() throws Exception {
        SERVER.market().blockFees(0.025);

        JsonNode reward = profit().path("block_reward");

        SERVER.market().blockFees(0);
        assertThat(reward.path("height_source").asText()).isEqualTo("mempool.space");
        assertThat(reward.path("subsidy_btc").asDouble()).isEqualTo(3.125);
        assertThat(reward.path("fees_btc").asDouble()).isEqualTo(0.025);
        assertThat(reward.path("fees_source").asText()).isEqualTo("mempool.space");
    }

    @Test
    void with_a_given_difficulty_the_height_follows_from_the_time() throws Exception {
        JsonNode reward = profit("--difficulty", "1e14").path("block_reward");

        assertThat(reward.path("height_source").asText()).isEqualTo("epoch table");
        assertThat(reward.path("height").asLong()).isGreaterThan(960_000);
        assertThat(reward.path("fees_source").asText()).isEqualTo("setting");
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        for (Iterator<String> all = object.fieldNames(); all.hasNext(); ) {
            names.add(all.next());
        }
        return names;
    }

    @Test
    void given_values_are_used_and_no_market_is_queried() throws IOException {
        Files.writeString(
                config,
                "MINEROPS_DB=" + SERVER.database() + "\nCOINGECKO_URL=http://127.0.0.1:9\n"
                        + "BLOCKCHAIN_INFO_URL=http://127.0.0.1:9\nMEMPOOL_URL=http://127.0.0.1:9\n");

        JsonNode figures = profit("--btc-price", "50000", "--difficulty", "1e14", "--power-cost", "0.2")
                .path("profitability");

        assertThat(figures.path("btc_price_usd").asDouble()).isEqualTo(50_000);
        assertThat(figures.path("network_difficulty").asDouble()).isEqualTo(1e14);
        assertThat(figures.path("power_cost_usd_per_kwh").asDouble()).isEqualTo(0.2);
    }

    @Test
    void without_any_market_it_is_reported_what_each_source_said() throws IOException {
        Files.writeString(
                config,
                "MINEROPS_DB=" + SERVER.database() + "\nCOINGECKO_URL=http://127.0.0.1:9\n"
                        + "BLOCKCHAIN_INFO_URL=http://127.0.0.1:9\nMEMPOOL_URL=http://127.0.0.1:9\n");

        assertThat(main.run("profit", "--config", config.toString())).isEqualTo(1);
        assertThat(main.err()).contains("coingecko").doesNotContain("\tat ");
    }

    @Test
    void one_miner_is_reported_by_its_address() throws IOException {
        JsonNode figures = profit(SERVER.name(1)).path("profitability");

        assertThat(figures.path("miner_ip").asText()).isEqualTo(SERVER.name(1));
        assertThat(figures.path("miner_count").asInt()).isEqualTo(1);
    }

    @Test
    void each_miner_comes_with_the_greatest_loss_first() throws IOException {
        JsonNode miners = profit("--miners").path("miners");

        assertThat(miners).hasSize(MINERS);
        List<Double> profits = new ArrayList<>();
        miners.forEach(miner -> profits.add(miner.path("daily_profit_usd").asDouble()));
        assertThat(profits).isSorted();
    }

    @Test
    void people_get_a_table() {
        assertThat(main.run("profit", "--miners", "--config", config.toString()))
                .isZero();

        assertThat(main.out())
                .startsWith(MINERS + " miners")
                .containsPattern("hashrate +[\\d,.]+ TH/s")
                .containsPattern("profit a day +-?[\\d,.]+ USD")
                .contains("MINER", SERVER.name(0), SERVER.name(2));
    }

    @Test
    void a_miner_that_is_not_registered_is_a_bad_argument() {
        assertThat(main.run("profit", "10.9.9.9", "--config", config.toString()))
                .isEqualTo(2);
        assertThat(main.err()).contains("miner must be registered");
    }

    @Test
    void a_machine_is_calculated_by_a_tariff_without_database_and_market() throws IOException {
        Files.writeString(config, "MINEROPS_DB=" + folder.resolve("none.db") + "\nPOOL_FEE_PCT=0\n");
        Path rates = Files.writeString(
                folder.resolve("rates.json"),
                "{\"name\": \"hydro\", \"zone\": \"America/Chicago\", \"price\": 0.05, \"demand_per_kw\": 10}");

        JsonNode result = profit(
                "--ths",
                "200",
                "--watts",
                "3500",
                "--btc-price",
                "90000",
                "--difficulty",
                "1.5e14",
                "--tariff",
                rates.toString());

        JsonNode figures = result.path("profitability");
        JsonNode tariff = result.path("tariff");
        double kwh = tariff.path("month_kwh").asDouble();
        assertThat(tariff.path("usd_per_kwh_now").asDouble()).isEqualTo(0.05);
        assertThat(kwh).isBetween(28 * 24 * 3.5, 31 * 24 * 3.5 + 3.5);
        assertThat(tariff.path("month_usd").asDouble()).isCloseTo(kwh * 0.05 + 35, within(0.005));
        assertThat(figures.path("power_cost_usd_per_kwh").asDouble()).isCloseTo(0.05 + 35 / kwh, within(1e-12));
        assertThat(figures.path("hashrate_ths").asDouble()).isEqualTo(200);
        assertThat(figures.path("daily_power_kwh").asDouble()).isEqualTo(84);
        assertThat(result.path("block_reward").path("height_source").asText()).isEqualTo("epoch table");
        assertThat(folder.resolve("none.db")).doesNotExist();
    }

    @Test
    void a_machine_has_a_bill_of_the_month_for_people() throws IOException {
        Path rates = Files.writeString(folder.resolve("rates.json"), "{\"name\": \"hydro\", \"price\": 0.05}");

        assertThat(main.run(
                        "profit",
                        "--ths",
                        "200",
                        "--watts",
                        "3500",
                        "--btc-price",
                        "90000",
                        "--difficulty",
                        "1.5e14",
                        "--config",
                        config.toString(),
                        "--tariff",
                        rates.toString()))
                .as(main.err())
                .isZero();

        assertThat(main.out())
                .containsPattern("price of power now +0.0500 USD/kWh")
                .containsPattern("energy, all hours \\([\\d,.]+ kWh\\) +[\\d,.]+ USD")
                .containsPattern("month +[\\d,.]+ USD");
    }

    @Test
    void options_that_do_not_go_together_are_refused() throws IOException {
        Path rates = Files.writeString(folder.resolve("rates.json"), "{\"name\": \"hydro\"}");

        refuses("--ths and --watts must be given together", "--ths", "200");
        refuses("--ths must not be given beside IP", "--ths", "200", "--watts", "1", "--miners");
        refuses("--tariff and --power-cost", "--tariff", rates.toString(), "--power-cost", "1");
        refuses("require --tariff", "--zone", "UTC");
        refuses("price must be given", "--tariff", rates.toString());
    }

    private void refuses(String part, String... arguments) {
        MainRun run = new MainRun();
        List<String> all = new ArrayList<>(List.of("profit", "--config", config.toString()));
        all.addAll(List.of(arguments));
        assertThat(run.run(all.toArray(String[]::new))).isEqualTo(2);
        assertThat(run.err()).contains(part);
    }

    @Test
    void the_fleet_is_calculated_by_the_price_of_a_tariff_now() throws IOException {
        Path rates = Files.writeString(
                folder.resolve("rates.json"),
                "{\"tariffs\": [{\"name\": \"a\", \"price\": 0.03}, {\"name\": \"b\", \"price\": -0.02}]}");

        assertThat(profit("--tariff", rates.toString(), "--tariff-name", "b")
                        .path("profitability")
                        .path("power_cost_usd_per_kwh")
                        .asDouble())
                .isEqualTo(-0.02);
        refuses("--tariff-name must be one of a, b", "--tariff", rates.toString());
    }

    @Test
    void the_file_of_tariffs_of_the_settings_holds_for_the_fleet() throws IOException {
        Path rates = Files.writeString(
                folder.resolve("rates.json"),
                "{\"tariffs\": [{\"name\": \"a\", \"price\": 0.03}], \"default\": \"a\"}");
        Files.writeString(config, Files.readString(config) + "TARIFF_FILE=" + rates + "\n");

        assertThat(profit().path("profitability").path("power_cost_usd_per_kwh").asDouble())
                .isEqualTo(0.03);
    }

    @Test
    void strike_prices_are_those_of_the_rest_interface_by_its_names() throws Exception {
        JsonNode shown = run(List.of("profit", "strike"), "--by", "model", "--hashprice", "39.53");
        JsonNode served = SERVER.client()
                .get("/api/profitability/strike-price?by=model&hashprice=39.53")
                .json();

        List<String> names = names(served);
        names.removeAll(List.of("count", "total", "next"));
        assertThat(names(shown)).isEqualTo(names);
        assertThat(shown.path("entries").size())
                .isEqualTo(served.path("entries").size());
        assertThat(names(shown.path("entries").get(0)))
                .isEqualTo(names(served.path("entries").get(0)));
        assertThat(shown.at("/entries/0/strike_price_usd_per_mwh").asDouble())
                .isCloseTo(served.at("/entries/0/strike_price_usd_per_mwh").asDouble(), within(1e-9));
    }

    @Test
    void the_strike_price_of_a_machine_is_calculated_without_database_and_market() throws IOException {
        Files.writeString(config, "MINEROPS_DB=" + folder.resolve("none.db") + "\n");

        JsonNode report = run(
                List.of("profit", "strike"),
                "--ths",
                "200",
                "--watts",
                "3400",
                "--btc-price",
                "90000",
                "--difficulty",
                "1.5e14",
                "--hashprice",
                "39.53");

        assertThat(report.at("/entries/0/name").asText()).isEqualTo("machine");
        assertThat(report.at("/entries/0/strike_price_usd_per_mwh").asDouble()).isCloseTo(96.9, within(0.05));
        assertThat(folder.resolve("none.db")).doesNotExist();
    }

    @Test
    void people_get_a_table_of_strike_prices() {
        assertThat(main.run("profit", "strike", "--forward", "--config", config.toString()))
                .as(main.err())
                .isZero();

        assertThat(main.out())
                .contains("difficulty after the next change, in ", "STRIKE USD/MWH", SERVER.name(0))
                .containsPattern("all break even at a hashprice of +[\\d,.]+ USD/PH/d");
    }

    @Test
    void arguments_before_the_name_of_a_calculation_are_not_ignored() {
        assertThat(main.run("profit", "--btc-price", "5", "strike", "--config", config.toString()))
                .isEqualTo(2);
        assertThat(main.err()).contains("arguments must be given after strike");
    }

    @Test
    void strike_prices_of_something_else_are_refused() {
        assertThat(main.run("profit", "strike", "--by", "colour", "--config", config.toString()))
                .isEqualTo(2);
        assertThat(main.err()).contains("--by must be one of miner, model, site, tag, not colour");
    }

    private static final List<String> MACHINE =
            List.of("--ths", "200", "--watts", "3500", "--btc-price", "90000", "--difficulty", "1.5e14");

    private static String[] machine(String... more) {
        List<String> all = new ArrayList<>(MACHINE);
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void a_machine_is_projected_without_database_and_market() throws IOException {
        Files.writeString(config, "MINEROPS_DB=" + folder.resolve("none.db") + "\n");

        JsonNode projection = run(
                List.of("profit", "projection"),
                machine(
                        "--months",
                        "24",
                        "--difficulty-growth",
                        "2",
                        "--purchase-price",
                        "500",
                        "--power-cost",
                        "0.03"));

        assertThat(projection.path("months")).hasSize(24);
        assertThat(projection.at("/months/23/network_difficulty").asDouble()).isGreaterThan(1.5e14 * 1.5);
        assertThat(projection.path("payback_days").asDouble()).isPositive();
        assertThat(folder.resolve("none.db")).doesNotExist();
    }

    @Test
    void people_get_tables_of_projection_sensitivity_and_solo_odds() {
        assertThat(table("projection", machine("--purchase-price", "500")))
                .contains("MONTH", "PROFIT USD")
                .containsPattern("return +-?[\\d,.]+ %");
        assertThat(table("sensitivity", machine("--power-costs", "0.05", "--price-changes", "-10,0")))
                .contains("with power at 0.0500 USD/kWh")
                .containsPattern("now +-?\\+?[\\d,.]+");
        assertThat(table("solo", "--ths", "200", "--btc-price", "90000", "--difficulty", "1.5e14", "--days", "365"))
                .containsPattern("chance of a block +0\\.97\\d %")
                .containsPattern("even odds after +25,\\d{3} days");
    }

    private String table(String command, String... options) {
        MainRun run = new MainRun();
        List<String> arguments = new ArrayList<>(List.of("profit", command, "--config", config.toString()));
        arguments.addAll(List.of(options));
        assertThat(run.run(arguments.toArray(String[]::new))).as(run.err()).isZero();
        return run.out();
    }

    @Test
    void a_projection_of_the_fleet_is_that_of_the_rest_interface_by_its_names() throws Exception {
        for (String name : List.of("projection", "sensitivity", "solo")) {
            JsonNode shown = run(List.of("profit", name));
            JsonNode served = SERVER.client().get("/api/profitability/" + name).json();

            assertThat(names(shown)).as(name).isEqualTo(names(served));
            assertThat(shown.path("hashrate_ths")).isEqualTo(served.path("hashrate_ths"));
        }
    }

    @Test
    void what_cannot_be_supposed_is_refused_by_name_value_and_range() {
        refused("projection", "months must be between 1 and 240, not 0", machine("--months", "0"));
        refused("projection", "months must be between 1 and 240, not 241", machine("--months", "241"));
        refused(
                "projection",
                "difficulty_growth_pct must be between -75 and 100, not -101",
                machine("--difficulty-growth", "-101"));
        refused("projection", "purchase_price_usd must be above 0, not 0", machine("--purchase-price", "0"));
        refused("projection", "hashrate_ths must be between 0 and", "--ths", "-1", "--watts", "1");
        refused("projection", "--ths and --watts must be given together", "--ths", "200");
        refused(
                "sensitivity",
                "price_change_pct must be between -99 and 1000, not -100",
                machine("--price-changes", "-100"));
        refused("sensitivity", "Invalid value for option '--power-costs'", machine("--power-costs", "0.1,x"));
        refused("solo", "days must be above 0 and at most 36500, not 0.0", machine("--days", "0"));
    }

    private void refused(String command, String part, String... options) {
        MainRun run = new MainRun();
        List<String> arguments = new ArrayList<>(List.of("profit", command, "--config", config.toString()));
        arguments.addAll(List.of(options));
        assertThat(run.run(arguments.toArray(String[]::new))).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(part);
    }
}
