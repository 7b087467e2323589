package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

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
    void a_miner_that_is_not_registered_is_404() {
        assertThat(client.get("/api/miners/203.0.113.9/uptime").status()).isEqualTo(404);
    }
}
