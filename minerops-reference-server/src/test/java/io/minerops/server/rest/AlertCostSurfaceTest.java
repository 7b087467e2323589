package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.alert.AlertCost;
import io.minerops.server.support.Answer;
import io.minerops.server.support.Client;
import io.minerops.server.support.RunningServer;
import io.minerops.testkit.fleet.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertCostSurfaceTest {
    private static final int HOT = 3;
    private static final Instant FIRST = Instant.parse("2026-10-01T00:00:00Z");

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(4);

    private static Client client;
    private static final List<Long> ALERTS = new ArrayList<>();

    @BeforeAll
    static void three_alerts_of_which_two_have_a_cost() {
        client = SERVER.client();
        for (int miner = 0; miner < HOT; miner++) {
            SERVER.fleet().trouble(miner, Trouble.HOT);
            client.put(
                    "/api/miners/" + SERVER.name(miner).replace(":", "%3A"),
                    "{\"owner\": \"owner " + miner % 2 + "\", \"tags\": [\"a\", \"b" + miner + "\"]}");
        }
        SERVER.server().ops().pollNow();
        client.post("/api/alerts/check");
        for (int miner = 0; miner < HOT; miner++) {
            ALERTS.add(client.get("/api/alerts?miner_ip=" + SERVER.name(miner))
                    .json()
                    .at("/alerts/0/id")
                    .longValue());
        }
        SERVER.server()
                .ops()
                .store()
                .alerts()
                .putCosts(
                        Map.of(ALERTS.get(0), cost(2), ALERTS.get(1), cost(9.5)),
                        List.of(day(0, 0, 2), day(1, 0, 3), day(1, 1, 4), day(1, 31, 100)));
    }

    private static AlertCost cost(double usd) {
        return new AlertCost(usd, FIRST, Duration.ofMinutes(90), AlertCost.Basis.MEAN_BEFORE, false);
    }

    private static AlertCost.OfDay day(int alert, int day, double billed) {
        return new AlertCost.OfDay(
                ALERTS.get(alert), FIRST.plus(Duration.ofDays(day)), billed + 1, billed, Duration.ofHours(1));
    }

    private static JsonNode bill(String query) {
        return client.get("/api/alerts/bill?of=2026-10" + query).json();
    }

    @Test
    void alerts_have_what_they_cost_and_can_be_listed_by_it() {
        JsonNode alerts = client.get("/api/alerts?sort=cost").json().path("alerts");

        assertThat(alerts.findValuesAsText("id"))
                .containsExactly(
                        ALERTS.get(1).toString(),
                        ALERTS.get(0).toString(),
                        ALERTS.get(2).toString());
        assertThat(alerts.get(0).path("cost_usd").doubleValue()).isEqualTo(9.5);
        assertThat(alerts.get(0).path("cost_since").asText()).isEqualTo("2026-10-01T00:00:00Z");
        assertThat(alerts.get(0).path("cost_hours").doubleValue()).isEqualTo(1.5);
        assertThat(alerts.get(0).path("cost_basis").asText()).isEqualTo("mean_before");
        assertThat(alerts.get(0).path("cost_complete").asBoolean(true)).isFalse();
        assertThat(alerts.get(2).path("cost_usd").isNull()).isTrue();
        assertThat(client.get("/api/alerts?sort=price").field()).isEqualTo("sort");
    }

    @Test
    void the_bill_of_a_month_is_by_rule_where_nothing_else_is_said() {
        JsonNode bill = bill("");

        assertThat(bill.path("since").asText()).isEqualTo("2026-10-01T00:00:00Z");
        assertThat(bill.path("until").asText()).isEqualTo("2026-11-01T00:00:00Z");
        assertThat(bill.path("usd").doubleValue()).isEqualTo(9);
        assertThat(bill.path("lines")).hasSize(1);
        assertThat(bill.at("/lines/0/alerts").intValue()).isEqualTo(2);
        assertThat(bill.at("/lines/0/rule_id").longValue()).isPositive();
        assertThat(bill("&period=day").path("error").asText()).contains("of must be a day such as 2026-10-05");
        assertThat(client.get("/api/alerts/bill?period=day&of=2026-10-02")
                        .json()
                        .path("usd")
                        .doubleValue())
                .isEqualTo(4);
    }

    @Test
    void the_bill_can_be_by_miner_or_tag_and_of_an_owner() {
        assertThat(bill("&by=miner").path("lines").findValuesAsText("name"))
                .containsExactly(SERVER.name(1), SERVER.name(0));
        assertThat(bill("&by=tag").path("lines").findValuesAsText("name")).containsExactly("a", "b1", "b0");
        assertThat(bill("&by=tag").path("lines").findValuesAsText("usd")).containsExactly("4.5", "3.5", "1.0");
        assertThat(bill("&owner=owner%201").path("usd").doubleValue()).isEqualTo(7);
        assertThat(bill("&site=nowhere").path("lines")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"of=2026-13, of", "of=1999-01, of", "of=october, of", "by=colour, by", "period=year, period"})
    void a_bill_that_cannot_be_is_refused_with_the_field_at_fault(String query, String field) {
        Answer answer = client.get("/api/alerts/bill?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.field()).isEqualTo(field);
    }
}
