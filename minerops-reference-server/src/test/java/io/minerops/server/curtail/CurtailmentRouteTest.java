package io.minerops.server.curtail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.core.curtail.ShedCheck;
import io.minerops.server.support.Answer;
import io.minerops.server.support.RunningServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server with three miners, and four hours of one of them in its history. */
class CurtailmentRouteTest {
    private static final int MINERS = 3;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Instant hour;

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(MINERS).with("DEFAULT_POWER_COST", "0.07");

    @BeforeAll
    static void a_history() {
        hour = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(5));
        MinerAddress miner = SERVER.fleet().addresses().get(0);
        for (int minute = 0; minute < 240; minute += 5) {
            Instant at = hour.plus(Duration.ofMinutes(minute));
            SERVER.server()
                    .ops()
                    .store()
                    .metrics()
                    .append(Poll.of(
                            at,
                            List.of(MetricSample.builder(miner, at)
                                    .set(Reading.HASHRATE_THS, 100)
                                    .set(Reading.POWER_W, minute < 120 ? 3_000 : 30)
                                    .build())));
        }
        SERVER.server().ops().pollNow();
        SERVER.client().post("/api/profitability/snapshot");
    }

    private static JsonNode plan(String body) {
        Answer answer = SERVER.client().post("/api/curtailment/plan", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("plan");
    }

    private static void refused(int status, String body, String field, String part) {
        Answer answer = SERVER.client().post("/api/curtailment/plan", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.field()).as(answer.text()).isEqualTo(field);
        assertThat(answer.error()).contains(part);
    }

    @Test
    void a_plan_stops_all_miners_in_the_hour_whose_power_is_dear_and_none_in_the_cheap_one() {
        JsonNode plan = plan("{\"csv\":\"start,usd_per_mwh\\n2030-01-01T00:00Z,-20\\n2030-01-01T01:00Z,90000\\n\"}");

        assertThat(plan.path("miners")).hasSize(MINERS);
        assertThat(plan.at("/intervals/0/stopped").asInt()).isZero();
        assertThat(plan.at("/intervals/1/stopped").asInt()).isEqualTo(MINERS);
        assertThat(plan.at("/intervals/1/kw").asDouble()).isZero();
        assertThat(plan.at("/miners/0/stops/0/from").asText()).isEqualTo("2030-01-01T01:00:00Z");
        double lines = 0;
        for (JsonNode miner : plan.path("miners")) {
            lines += miner.at("/saving/net_usd").asDouble();
        }
        assertThat(plan.path("net_usd").asDouble()).isCloseTo(lines, within(1e-9));
    }

    @Test
    void without_prices_a_plan_is_of_the_default_tariff() {
        JsonNode intervals = plan("{\"hours\":5}").path("intervals");

        assertThat(intervals)
                .hasSize(5)
                .allSatisfy(interval ->
                        assertThat(interval.path("usd_per_mwh").asDouble()).isCloseTo(70, within(1e-9)));
    }

    @Test
    void a_gap_and_an_overlap_of_prices_are_named() {
        refused(
                422,
                "{\"prices\":[{\"start\":\"2030-01-01T00:00:00Z\",\"usd_per_mwh\":1},{\"start\":\"2030-01-01T01:00:00Z\","
                        + "\"usd_per_mwh\":1},{\"start\":\"2030-01-01T03:00:00Z\",\"usd_per_mwh\":1}]}",
                "prices",
                "none from 2030-01-01T02:00:00Z to 2030-01-01T03:00:00Z");
        refused(
                422,
                "{\"prices\":[{\"start\":\"2030-01-01T00:00:00Z\",\"usd_per_mwh\":1},"
                        + "{\"start\":\"2030-01-01T00:00:00Z\",\"usd_per_mwh\":2}]}",
                "prices",
                "prices overlap: two begin at 2030-01-01T00:00:00Z");
        refused(
                422,
                "{\"csv\":\"start,usd_per_mwh\\n2030-01-01T00:00Z,NaN\\n2030-01-01T01:00Z,1\\n\"}",
                "prices",
                "NaN");
    }

    @Test
    void an_impossible_commitment_is_named_with_what_is_possible() {
        refused(
                422,
                "{\"csv\":\"start,usd_per_mwh\\n2030-01-01T00:00Z,50\\n2030-01-01T01:00Z,50\\n\",\"commitments\":"
                        + "[{\"from\":\"2030-01-01T01:00:00Z\",\"until\":\"2030-01-01T02:00:00Z\",\"min_kw\":5000}]}",
                "commitments",
                "the interval at 2030-01-01T01:00:00Z cannot be kept: 5000.0 kW to any load are required, possible are");
    }

    @Test
    void what_a_field_cannot_be_is_refused_by_name() {
        refused(400, "{\"zone\":\"Mars/Olympus\"}", "zone", "must be a time zone such as");
        refused(400, "{\"ramp_kw\":0}", "ramp_kw", "must be above 0");
        refused(400, "{\"prices\":[{\"start\":\"yesterday\",\"usd_per_mwh\":1}]}", "start", "must be a time");
        refused(422, "{\"hours\":2,\"min_run_minutes\":600}", "min_run", "must be at most the time of the prices");
        refused(422, "{\"tag\":\"nowhere\"}", "tag", "none has \"nowhere\"");
    }

    @Test
    void a_backtest_is_of_the_stored_hours() {
        JsonNode backtest = SERVER.client()
                .get(
                        "/api/curtailment/backtest?strike_usd_per_mwh=69&days=1&grid_from_usd_per_mwh=71&grid_to_usd_per_mwh=75&grid_count=2")
                .json()
                .path("backtest");

        double kwh = 2 * 3 * 55 / 60.0 + 2 * 0.03 * 55 / 60.0;
        assertThat(backtest.at("/was/energy_kwh").asDouble()).isCloseTo(kwh, within(0.5));
        assertThat(backtest.at("/trial/saving/energy_usd").asDouble())
                .isCloseTo(backtest.at("/was/energy_usd").asDouble(), within(1e-9));
        assertThat(backtest.at("/outcomes")).hasSize(3);
        assertThat(backtest.at("/outcomes/2/saving/net_usd").asDouble()).isZero();
    }

    @Test
    void a_report_is_a_file_that_can_be_verified() {
        JsonNode report = SERVER.client()
                .get("/api/curtailment/report?from=" + hour + "&until=" + hour.plus(Duration.ofHours(3))
                        + "&step_minutes=60&baseline_kw=3")
                .json()
                .path("report");

        assertThat(report.path("intervals"))
                .extracting(interval -> interval.path("shed_kw").asDouble())
                .containsExactly(0.0, 0.0, 2.97);
        ShedCheck check = ShedCheck.of(report.path("file").asText().getBytes(StandardCharsets.UTF_8));
        assertThat(check.fault()).isNull();
        assertThat(check.hash()).isEqualTo(report.path("hash").asText());
    }

    @Test
    void a_report_without_comparable_days_says_what_lacks() {
        Answer answer = SERVER.client()
                .get("/api/curtailment/report?from=" + hour + "&until=" + hour.plus(Duration.ofHours(1)));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.error())
                .contains("baseline 10-of-10 requires 10 week")
                .contains("there are 0");
    }
}
