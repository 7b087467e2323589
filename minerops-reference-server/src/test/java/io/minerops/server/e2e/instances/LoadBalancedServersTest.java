package io.minerops.server.e2e.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.server.ReferenceServer;
import io.minerops.server.config.Configuration;
import io.minerops.server.contract.Description;
import io.minerops.server.support.Answer;
import io.minerops.server.support.Client;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two servers on one PostgreSQL, each request at either of them, as a load balancer without sticky sessions sends them. */
class LoadBalancedServersTest {
    private static final String TOKEN = "the-token-of-both-servers-1234";

    private static final String SCHEMA = "/paths/~1api~1instances/get/responses/200/content/application~1json/schema";

    private static EmbeddedPostgres postgres;
    private static ReferenceServer one;
    private static ReferenceServer other;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        one = start("one");
        other = start("other");
    }

    @AfterAll
    static void stop() throws Exception {
        other.close();
        one.close();
        postgres.close();
    }

    private static ReferenceServer start(String name) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "MINEROPS_PORT", "0",
                "MINEROPS_DB", "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres",
                "MINEROPS_DB_USER", "postgres",
                "MINEROPS_DB_PASSWORD", "postgres",
                "MINEROPS_INSTANCE", name,
                "API_TOKEN", TOKEN,
                "COINGECKO_URL", "http://127.0.0.1:1",
                "BLOCKCHAIN_INFO_URL", "http://127.0.0.1:1",
                "MEMPOOL_URL", "http://127.0.0.1:1",
                "POLL_INTERVAL", "2"));
        return ReferenceServer.start(Configuration.read(settings, null));
    }

    private static Client at(ReferenceServer server) {
        return Client.of(server.uri());
    }

    @Test
    void a_browser_that_logged_in_at_one_server_reads_and_changes_at_the_other() {
        Answer login = at(one).post("/api/session", "{\"token\":\"" + TOKEN + "\"}");
        String cookie = login.header("Set-Cookie").replaceFirst(";.*", "");
        String csrf = login.json().path("csrf_token").asText();
        Client browser = at(other).with("Cookie", cookie);

        assertThat(browser.get("/api/summary").status()).isEqualTo(200);
        assertThat(browser.get("/dashboard").status()).isEqualTo(200);
        assertThat(browser.get("/api/session").json().path("csrf_token").asText())
                .isEqualTo(csrf);
        assertThat(browser.post("/api/alerts/check").status()).isEqualTo(403);
        assertThat(browser.with("X-CSRF-Token", csrf).post("/api/alerts/check").status())
                .isEqualTo(200);
        assertThat(at(other).with("Cookie", cookie + "x").get("/api/summary").status())
                .isEqualTo(401);
    }

    @Test
    void a_page_that_listens_to_one_server_is_notified_of_a_change_at_the_other() throws Exception {
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        HttpResponse<Stream<String>> stream = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(one.uri() + "/api/events/stream"))
                                .header("Authorization", "Bearer " + TOKEN)
                                .build(),
                        HttpResponse.BodyHandlers.ofLines());
        Thread reader = new Thread(() -> stream.body().forEach(events::add), "listening-page");
        reader.setDaemon(true);
        reader.start();
        assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo(": open");

        int[] number = {0};
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            // the first look of the server that listens may come after the first change
            assertThat(at(other)
                            .token(TOKEN)
                            .put("/api/miners/10.9.9.9", "{\"notes\":\"change " + number[0]++ + "\"}")
                            .status())
                    .isBetween(200, 201);
            String event = events.poll(2, TimeUnit.SECONDS);
            while (event != null && !event.equals("event: miners_changed")) {
                event = events.poll(2, TimeUnit.SECONDS);
            }
            return event != null;
        });
    }

    @Test
    void each_server_shows_who_polls_and_who_holds_which_job() {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode seen = at(one).token(TOKEN).get("/api/instances").json();
            assertThat(seen.path("count").intValue()).isEqualTo(2);
            assertThat(seen.findValuesAsText("name"))
                    .satisfiesExactly(
                            name -> assertThat(name).matches("one-[0-9a-f]{8}"),
                            name -> assertThat(name).matches("other-[0-9a-f]{8}"));
            assertThat(seen.at("/instances/0/self").booleanValue()).isTrue();
            assertThat(seen.at("/instances/1/self").booleanValue()).isFalse();
            assertThat(seen.findValuesAsText("job")).contains("check-alerts");
            assertThat(seen.at("/instances/1/last_seen_at").isTextual()).isTrue();
            assertThat(Description.served().schema(SCHEMA).validate(seen)).isEmpty();
        });
    }
}
