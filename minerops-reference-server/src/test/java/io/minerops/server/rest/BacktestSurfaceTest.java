package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.server.support.Answer;
import io.minerops.server.support.RunningServer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /api/alerts/rules/backtest}. */
class BacktestSurfaceTest {
    private static final String PATH = "/api/alerts/rules/backtest";

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(1);

    /** Two hours of a miner that was hot for ten minutes in each. */
    @BeforeAll
    static void makeHistory() {
        MinerAddress miner = MinerAddress.of("10.7.7.7");
        Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(2));
        for (int minute = 0; minute < 115; minute++) {
            Instant at = start.plus(Duration.ofMinutes(minute));
            SERVER.server()
                    .ops()
                    .store()
                    .metrics()
                    .append(Poll.of(
                            at,
                            List.of(MetricSample.builder(miner, at)
                                    .set(Reading.AVG_TEMP_C, minute % 60 >= 20 && minute % 60 < 30 ? 93 : 60)
                                    .build())));
        }
    }

    private static JsonNode backtest(String body) {
        Answer answer = SERVER.client().post(PATH, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("backtest");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"rule_type\":\"temp\",\"thresholds\":{\"temp_c\":90},\"cooldown_minutes\":5,\"miner_ip\":\"10.7.7.7\",\"hours\":3}",
                "{\"rule\":{\"rule_type\":\"temp\",\"thresholds\":{\"temp_c\":90},\"cooldown_minutes\":5,\"miner_ip\":\"10.7.7.7\"},\"hours\":3}",
            })
    void reports_what_a_rule_would_have_raised_and_saves_nothing(String body) {
        int before = SERVER.server().ops().store().rules().all().size();

        JsonNode report = backtest(body);

        assertThat(report.path("count").asInt()).isEqualTo(2);
        assertThat(report.path("alerts").path(0).path("miner_ip").asText()).isEqualTo("10.7.7.7");
        assertThat(report.path("alerts").path(0).path("duration_s").asDouble()).isBetween(500.0, 700.0);
        assertThat(report.path("alerts_by_miner").path("10.7.7.7").asInt()).isEqualTo(2);
        assertThat(report.path("samples").asInt()).isGreaterThanOrEqualTo(115);
        assertThat(report.path("suggestion").path("threshold").asText()).isEqualTo("temp_c");
        assertThat(report.path("suggestion").path("value").asDouble()).isGreaterThanOrEqualTo(93);
        assertThat(report.path("candidates")).isNotEmpty();
        assertThat(SERVER.server().ops().store().rules().all()).hasSize(before);
    }

    @Test
    void takes_a_stored_rule_by_its_number() {
        long id = SERVER.server().ops().store().rules().all().get(0).id();

        assertThat(backtest("{\"rule_id\":" + id + ",\"hours\":1}")
                        .path("count")
                        .isInt())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 400 | rule_type",
                "{\"rule_type\":\"tempp\"} | 400 | rule_type",
                "{\"rule_type\":\"temp\",\"thresholds\":{\"temp_c\":9000}} | 400 | thresholds.temp_c",
                "{\"rule_type\":\"temp\",\"hours\":0} | 400 | hours",
                "{\"rule_type\":\"temp\",\"hours\":1e9} | 400 | hours",
                "{\"rule_type\":\"temp\",\"hours\":\"8\"} | 400 | hours",
                "{\"rule_type\":\"temp\",\"check_interval_s\":0} | 400 | check_interval_s",
                "{\"rule_type\":\"temp\",\"max_alerts_per_week\":-1} | 400 | max_alerts_per_week",
                "{\"rule\":{\"rule_type\":\"temp\",\"days\":1}} | 400 | rule.days",
                "{\"rule\":[]} | 400 | rule",
                "{\"rule_type\":\"temp\",\"days\":1} | 400 | days",
                "{\"rule_id\":99999} | 404 |",
                "{\"rule_id\":1.5} | 400 | rule_id",
                "{\"rule_id\":null} | 400 | rule_id",
                "{\"rule_id\":1,\"rule\":{\"rule_type\":\"temp\"}} | 400 | rule_id",
                "{\"rule_id\":1,\"thresholds\":{\"temp_c\":90}} | 400 | thresholds",
                "{\"rule\":{\"rule_type\":\"temp\"},\"miner_ip\":\"10.0.0.1\"} | 400 | miner_ip",
            })
    void names_what_is_wrong(String body, int status, String field) {
        Answer answer = SERVER.client().post(PATH, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        if (field != null) {
            assertThat(answer.json().path("field").asText()).isEqualTo(field);
        }
    }
}
