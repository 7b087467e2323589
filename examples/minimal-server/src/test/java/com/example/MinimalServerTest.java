package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Trouble;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The four routes over a simulated fleet of which one miner overheats. */
class MinimalServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static FleetSimulator fleet;
    private static MinimalServer server;

    @BeforeAll
    static void start() throws Exception {
        fleet = FleetSimulator.builder().miners(3).seed(11).build();
        fleet.start();
        fleet.trouble(1, Trouble.HOT);
        server = MinimalServer.start(folder.resolve("metrics.db"), fleet.range(), 0);
        server.ops().pollNow();
        server.ops().checkAlertsNow();
    }

    @AfterAll
    static void stop() {
        server.close();
        fleet.close();
    }

    private static HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode get(String path) throws Exception {
        HttpResponse<String> response = send("GET", path);
        assertThat(response.statusCode()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    @Test
    void the_summary_counts_the_miners_online() throws Exception {
        assertThat(get("/api/summary").path("online").asInt()).isEqualTo(3);
        assertThat(get("/api/summary").path("hashrate_ths").asDouble()).isPositive();
    }

    @Test
    void every_miner_has_its_readings() throws Exception {
        assertThat(get("/api/miners"))
                .hasSize(3)
                .allSatisfy(
                        miner -> assertThat(miner.path("max_temp_c").asDouble()).isPositive());
    }

    @Test
    void an_alert_is_listed_and_acknowledged() throws Exception {
        JsonNode alert = get("/api/alerts").path(0);
        assertThat(alert.path("miner").asText())
                .isEqualTo(fleet.addresses().get(1).toString());

        assertThat(send("POST", "/api/alerts/" + alert.path("id").asLong() + "/acknowledge")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get("/api/alerts").path(0).path("status").asText()).isEqualTo("acknowledged");
        assertThat(send("POST", "/api/alerts/" + alert.path("id").asLong() + "/acknowledge")
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void anything_else_is_not_found() throws Exception {
        assertThat(send("GET", "/api/nothing").statusCode()).isEqualTo(404);
        assertThat(send("POST", "/api/alerts/4711/acknowledge").statusCode()).isEqualTo(404);
    }
}
