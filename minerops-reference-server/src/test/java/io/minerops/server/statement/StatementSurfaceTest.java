package io.minerops.server.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.server.MainRun;
import io.minerops.server.support.Answer;
import io.minerops.server.support.Client;
import io.minerops.server.support.RunningServer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statements over HTTP, and by the command beside the server. */
class StatementSurfaceTest {
    private static final Instant BEGAN = Instant.parse("2026-05-03T22:00:00Z");
    private static final int HOURS = 30;
    private static final String FORMULA = "=1+1, \"new\"";

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(2)
            .with("STATEMENT_ZONE", "Europe/Berlin")
            .with("DEFAULT_POWER_COST", "0.08")
            .with("POOL_FEE_PCT", "1.5");

    private static Client client;

    @BeforeAll
    static void two_miners_with_a_past() {
        SERVER.awaitStart();
        client = SERVER.client();
        var store = SERVER.server().ops().store();
        List<MinerAddress> miners = SERVER.fleet().addresses();
        for (int number = 0; number < miners.size(); number++) {
            store.miners().remove(miners.get(number));
            store.miners()
                    .put(Miner.builder(miners.get(number), BEGAN)
                            .nominalThs(110.0)
                            .tags(number == 0 ? List.of("rack-7") : List.of(FORMULA))
                            .owner(number == 0 ? "Meridian" : null)
                            .build());
        }
        for (int minute = 0; minute < HOURS * 60; minute++) {
            Instant at = BEGAN.plusSeconds(minute * 60L);
            List<MetricSample> samples = new ArrayList<>();
            for (MinerAddress miner : miners) {
                samples.add(MetricSample.builder(miner, at)
                        .set(Reading.HASHRATE_THS, 100)
                        .set(Reading.POWER_W, 3_000)
                        .build());
            }
            store.metrics().append(Poll.of(at, samples));
        }
    }

    private static JsonNode get(String query) {
        Answer answer = client.get("/api/statements?" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static double sum(JsonNode list, String field) {
        double sum = 0;
        for (JsonNode each : list) {
            sum += each.path(field).doubleValue();
        }
        return sum;
    }

    @Test
    void a_month_in_the_zone_of_the_settings_has_energy_money_and_its_days() {
        JsonNode statement = get("period=month&of=2026-05");
        JsonNode total = statement.path("total");

        assertThat(statement.path("period").path("from").asText()).isEqualTo("2026-04-30T22:00:00Z");
        assertThat(statement.path("period").path("previous").asText()).isEqualTo("2026-04");
        assertThat(statement.path("complete").booleanValue()).isTrue();
        assertThat(total.path("miner_count").intValue()).isEqualTo(2);
        assertThat(total.path("energy_kwh").doubleValue()).isCloseTo(2 * HOURS * 3.0, withinPercentage(0.1));
        assertThat(total.path("cost_usd").doubleValue()).isCloseTo(2 * HOURS * 3 * 0.08, withinPercentage(0.1));
        assertThat(statement.path("parts")).hasSize(31);
        assertThat(statement.path("parts").path(3).path("energy_kwh").doubleValue())
                .isCloseTo(2 * 24 * 3.0, withinPercentage(0.1));
        assertThat(sum(statement.path("parts"), "energy_kwh"))
                .isCloseTo(total.path("energy_kwh").doubleValue(), withinPercentage(1e-9));
        assertThat(statement.path("groups")).isEmpty();
    }

    @Test
    void the_rounded_lines_of_the_waterfall_add_up_to_the_rounded_revenue() {
        JsonNode total = get("of=2026-05").path("total");
        BigDecimal usd = BigDecimal.ZERO;
        BigDecimal btc = BigDecimal.ZERO;
        for (JsonNode line : total.path("waterfall")) {
            usd = usd.add(new BigDecimal(line.path("usd").asText()));
            btc = btc.add(new BigDecimal(line.path("btc").asText()));
        }

        assertThat(usd).isEqualByComparingTo(total.path("revenue_usd").asText());
        assertThat(btc).isEqualByComparingTo(total.path("btc_expected").asText());
        assertThat(total.path("revenue_usd").doubleValue()).isPositive();
        assertThat(new BigDecimal(total.path("profit_usd").asText()))
                .isEqualByComparingTo(new BigDecimal(total.path("revenue_usd").asText())
                        .subtract(new BigDecimal(total.path("cost_usd").asText())));
    }

    @Test
    void groups_of_miners_are_named_as_everywhere() {
        JsonNode statement = get("of=2026-05-04&by=miner");

        assertThat(statement.path("groups")).hasSize(2);
        assertThat(SERVER.names())
                .contains(statement.path("groups").path(0).path("name").asText());
        assertThat(sum(statement.path("groups"), "energy_kwh"))
                .isCloseTo(statement.path("total").path("energy_kwh").doubleValue(), withinPercentage(1e-9));
        assertThat(statement.path("parts")).hasSize(24);
    }

    @Test
    void a_named_group_has_its_miners_alone() {
        JsonNode statement = get("of=2026&by=tag&name=rack-7");

        assertThat(statement.path("total").path("miner_count").intValue()).isEqualTo(1);
        assertThat(statement.path("groups").path(0).path("name").asText()).isEqualTo(SERVER.name(0));
        assertThat(statement.path("by").asText()).isEqualTo("miner");
    }

    @Test
    void the_miners_without_an_owner_are_a_group_without_a_name() {
        JsonNode groups = get("of=2026-05&by=owner").path("groups");

        assertThat(groups.path(0).path("name").asText()).isEqualTo("Meridian");
        assertThat(groups.path(1).path("name").isNull()).isTrue();
        assertThat(groups).hasSize(2);
    }

    @Test
    void another_zone_has_other_days() {
        assertThat(get("of=2026-05-04&zone=UTC")
                        .path("total")
                        .path("energy_kwh")
                        .doubleValue())
                .isCloseTo(2 * 24 * 3.0, withinPercentage(0.1));
        assertThat(get("of=2026-05-04&zone=America/Chicago")
                        .path("total")
                        .path("energy_kwh")
                        .doubleValue())
                .isCloseTo(2 * 23 * 3.0, withinPercentage(0.1));
    }

    @Test
    void csv_is_chosen_by_format_and_by_accept_and_holds_no_formula() {
        Answer byFormat = client.get("/api/statements?of=2026-05-04&by=tag&format=csv");
        Answer byAccept = client.with("Accept", "text/csv").get("/api/statements?of=2026-05-04&by=tag");
        List<String> lines = byFormat.text().lines().toList();

        assertThat(byFormat.header("Content-Type")).startsWith("text/csv");
        assertThat(byFormat.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"minerops-statement-2026-05-04.csv\"");
        assertThat(byAccept.text()).isEqualTo(byFormat.text());
        assertThat(lines).hasSize(1 + 1 + 2 + 24);
        assertThat(lines.get(0)).startsWith("line,name,from,until,miner_count,revenue_usd,cost_usd,profit_usd");
        assertThat(lines.get(1)).startsWith("total,,2026-05-03T22:00:00Z,2026-05-04T22:00:00Z,2,");
        assertThat(lines.get(2)).startsWith("group,\"'=1+1, \"\"new\"\"\",");
        assertThat(lines.get(0).split(",", -1)).hasSameSizeAs(lines.get(1).split(",", -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "of=2026-13|of|of must be a month from 2009 on, such as 2026-10, not \"2026-13\"",
                "period=day&of=2026-05|of|of must be a day from 2009 on, such as 2026-10-25, not \"2026-05\"",
                "of=May|of|of must be a day (2026-10-25), week (2026-W43), month (2026-10) or year (2026), not \"May\"",
                "of=2099|of|of must be a year of which an hour is over, not 2099",
                "zone=Europe/Berln|zone|zone must be a time zone such as Europe/Berlin or UTC, not \"Europe/Berln\"",
                "of=2026-05&name=rack-7|by|by must be given with name",
                "by=colour|by|by must be one of owner, site, tag, miner, not \"colour\"",
                "of=2026-05&by=miner&name=nowhere!|name|",
            })
    void a_bad_parameter_is_refused_by_name_and_value(String query, String field, String error) {
        Answer answer = client.get("/api/statements?" + query);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("field").asText()).isEqualTo(field);
        assertThat(answer.json().path("error").asText()).startsWith(error == null ? "" : error);
    }

    @Test
    void a_group_without_miners_is_404() {
        Answer answer = client.get("/api/statements?of=2026-05&by=tag&name=rack-8");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("error").asText())
                .isEqualTo("name must be that of a group with miners in 2026-05, not \"rack-8\"");
    }

    @Test
    void the_command_shows_the_same_figures_beside_the_server() throws Exception {
        MainRun json = new MainRun();
        String[] arguments = {
            "statement", "--db", SERVER.database().toString(), "--of", "2026-05", "--zone", "Europe/Berlin"
        };
        assertThat(json.run(with(arguments, "--json", "--by", "tag")))
                .as(json.err())
                .isZero();
        JsonNode shown = new ObjectMapper().readTree(json.out());
        JsonNode served = get("of=2026-05&by=tag");

        assertThat(shown.path("total").path("energy_kwh"))
                .isEqualTo(served.path("total").path("energy_kwh"));
        assertThat(shown.path("groups").path(1).path("name").asText()).isEqualTo("rack-7");

        MainRun table = new MainRun();
        assertThat(table.run(with(arguments, "--by", "tag"))).as(table.err()).isZero();
        assertThat(table.out())
                .contains(
                        "FROM NAMEPLATE TO EARNED",
                        "rack-7",
                        "low rate",
                        "2026-05, Europe/Berlin",
                        "time without data");

        MainRun csv = new MainRun();
        assertThat(csv.run(with(arguments, "--csv"))).as(csv.err()).isZero();
        assertThat(csv.out().lines()).hasSize(1 + 1 + 31);
    }

    private static String[] with(String[] arguments, String... more) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void the_command_refuses_a_period_that_is_none() {
        MainRun run = new MainRun();

        assertThat(run.run("statement", "--db", SERVER.database().toString(), "--of", "2026-W99"))
                .isEqualTo(2);
        assertThat(run.err()).contains("of must be a week from 2009 on, such as 2026-W43, not \"2026-W99\"");
    }
}
