package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.server.support.Client;
import io.minerops.server.support.RunningServer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a miner did over a span of time, requested over HTTP. */
class WorkSurfaceTest {
    private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(1);

    private static String path;
    private static Client client;

    @BeforeAll
    static void a_miner_with_a_past() {
        client = SERVER.client();
        path = "/api/miners/" + SERVER.name(0).replace(":", "%3A");
        var store = SERVER.server().ops().store();
        MinerAddress miner = SERVER.fleet().addresses().get(0);
        store.miners().remove(miner);
        store.miners().put(Miner.builder(miner, BEGAN).build());
        for (int minute = 0; minute < 60; minute++) {
            Instant at = BEGAN.plusSeconds(minute * 60L);
            boolean paused = minute >= 45;
            store.metrics()
                    .append(Poll.of(
                            at,
                            List.of(MetricSample.builder(miner, at)
                                    .set(Reading.HASHRATE_THS, paused ? 0 : 100)
                                    .set(Reading.HASHRATE_AVG_THS, 100)
                                    .set(Reading.ELAPSED_S, 1_000 + minute * 60)
                                    .set(Reading.ACCEPTED, 1_000 + Math.min(minute, 44) * 20)
                                    .set(Reading.ACCEPTED_DIFFICULTY, (1_000 + Math.min(minute, 44) * 20) * 65_536.0)
                                    .state(paused ? WorkState.PAUSED : WorkState.MINING)
                                    .build())));
        }
    }

    @Test
    void uptime_has_both_definitions_and_the_times_that_they_are_of() {
        JsonNode uptime = client.get(path + "/uptime?since=2026-01-01T00:00:00Z&until=2026-01-01T01:00:00Z")
                .json()
                .path("uptime");

        assertThat(uptime.path("uptime_pct").doubleValue()).isEqualTo(100);
        assertThat(uptime.path("availability_pct").doubleValue()).isEqualTo(75);
        assertThat(uptime.path("mining_s").doubleValue()).isEqualTo(2_700);
        assertThat(uptime.path("stopped_s").doubleValue()).isEqualTo(900);
        assertThat(uptime.path("offline_s").doubleValue()).isZero();
    }

    @Test
    void uptime_of_time_without_polls_is_null_and_not_0() {
        JsonNode uptime = client.get(path + "/uptime?since=2025-01-01T00:00:00Z&until=2025-01-01T01:00:00Z")
                .json()
                .path("uptime");

        assertThat(uptime.path("uptime_pct").isNull()).isTrue();
        assertThat(uptime.path("unobserved_s").doubleValue()).isEqualTo(3_600);
    }

    @Test
    void a_span_that_ends_before_it_begins_is_refused() {
        var answer = client.get(path + "/uptime?since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("field").asText()).isEqualTo("since");
        assertThat(answer.json().path("error").asText())
                .isEqualTo("since must be before until (2026-01-01T00:00:00Z), not 2026-01-02T00:00:00Z");
    }

    @Test
    void proven_work_has_the_claim_of_the_same_time_and_how_far_it_is_from_it() {
        JsonNode answer = client.get(path + "/proven-work?since=2026-01-01T00:00:00Z&until=2026-01-02T00:00:00Z")
                .json();

        JsonNode hour = answer.path("proven_work").path(0);
        double proven = 44 * 20 * 65_536.0 * 0x1p32 / 3_540 / 1e12;
        assertThat(answer.path("count").intValue()).isEqualTo(1);
        assertThat(answer.path("source").asText()).isEqualTo("hourly");
        assertThat(hour.path("timestamp").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(hour.path("seconds").doubleValue()).isEqualTo(3_540);
        assertThat(hour.path("proven_ths").doubleValue()).isCloseTo(proven, within(1e-9));
        assertThat(hour.path("deviation_ths").doubleValue()).isCloseTo(proven / Math.sqrt(44 * 20), within(1e-9));
        // mining for 44.5 of 59 minutes
        assertThat(hour.path("claimed_ths").doubleValue()).isCloseTo(100 * 44.5 / 59, within(1e-3));
        assertThat(hour.path("unproven_pct").doubleValue())
                .isCloseTo(100 * (1 - proven / (100 * 44.5 / 59)), within(1e-3));
        assertThat(answer.path("total").path("proven_ths")).isEqualTo(hour.path("proven_ths"));
    }

    @Test
    void proven_work_by_day_is_that_of_its_hours() {
        JsonNode day = client.get(path + "/proven-work?step=day&since=2026-01-01T00:00:00Z&until=2026-01-02T00:00:00Z")
                .json();

        assertThat(day.path("source").asText()).isEqualTo("daily");
        assertThat(day.path("proven_work").path(0).path("seconds").doubleValue())
                .isEqualTo(3_540);
    }

    @Test
    void proven_work_since_the_start_is_of_the_counters_themselves() {
        JsonNode start = client.get(path + "/proven-work").json().path("since_start");

        assertThat(start.path("seconds").doubleValue()).isPositive();
        assertThat(start.path("accepted_difficulty").doubleValue()).isPositive();
    }

    @Test
    void a_miner_that_is_not_registered_is_404() {
        assertThat(client.get("/api/miners/203.0.113.9/uptime").status()).isEqualTo(404);
    }
}
