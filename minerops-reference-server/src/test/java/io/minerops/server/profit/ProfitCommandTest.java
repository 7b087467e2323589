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
        MainRun run = new MainRun();
        List<String> arguments = new ArrayList<>(List.of("profit", "--json", "--config", config.toString()));
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
}
