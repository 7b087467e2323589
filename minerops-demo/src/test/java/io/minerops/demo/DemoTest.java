package io.minerops.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.server.support.Client;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The demo from its start to the end of its first round. */
class DemoTest {
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);
    private static final int RACK = 30;

    private static Demo demo;
    private static Client client;

    @BeforeAll
    static void start() {
        demo = Demo.start(0, 50, 1, logs -> {});
        client = Client.of(demo.uri());
    }

    @AfterAll
    static void close() {
        demo.close();
    }

    @Test
    void every_miner_and_the_inbox_are_there_from_the_start() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                client.get("/api/miners/current").json().path("miners"))
                        .hasSize(50));
        assertThat(client.get("/demo/inbox").text()).contains("<title>Demo inbox");
    }

    @Test
    void alerts_of_five_types_are_raised_and_resolved_within_two_minutes() {
        Set<String> resolved = new TreeSet<>();
        await().atMost(TWO_MINUTES).untilAsserted(() -> {
            for (JsonNode alert : alerts("?status=auto_resolved&limit=1000")) {
                resolved.add(alert.path("alert_type").asText());
            }
            assertThat(resolved).containsExactly("fan", "hashrate", "offline", "power", "temp");
        });
    }

    @Test
    void a_rack_that_is_lost_and_returns_is_one_message_per_channel_each() {
        rack_is_back();

        assertThat(messages("mail", "alerts")).hasSize(2);
        assertThat(messages("post", "alerts")).hasSize(2);
        assertThat(messages("mail", "RACK alerts raised: RACK offline")).hasSize(1);
        assertThat(messages("post", "RACK alerts raised: RACK offline"))
                .singleElement()
                .satisfies(message ->
                        assertThat(message.path("text").asText()).contains("\"offline\" : 30", "\"count\" : 30"));
    }

    /** An offline miner's other rules rest: its last readings raise nothing. */
    @Test
    void the_rack_that_is_lost_has_no_other_alert() {
        rack_is_back();

        Set<String> rack = new TreeSet<>();
        for (JsonNode miner : client.get("/api/miners?limit=1000").json().path("miners")) {
            if (miner.path("tags").toString().contains("rack-2")) {
                assertThat(miner.path("location").asText()).isEqualTo("hall a, rack 2");
                rack.add(miner.path("miner_ip").asText());
            }
        }
        assertThat(rack).hasSize(RACK);
        List<String> types = new ArrayList<>();
        for (JsonNode alert : alerts("?limit=1000")) {
            if (rack.contains(alert.path("miner_ip").asText())) {
                types.add(alert.path("alert_type").asText());
            }
        }
        assertThat(types).hasSize(RACK).containsOnly("offline");
    }

    private static void rack_is_back() {
        await().atMost(TWO_MINUTES).untilAsserted(() -> {
            assertThat(messages("post", "RACK alerts resolved: RACK offline")).hasSize(1);
            assertThat(messages("mail", "RACK alerts resolved: RACK offline")).hasSize(1);
        });
    }

    private static JsonNode alerts(String query) {
        return client.get("/api/alerts" + query).json().path("alerts");
    }

    /** A channel's messages whose subject holds the text, with the size of the rack in it. */
    private static List<JsonNode> messages(String channel, String text) {
        String wanted = text.replace("RACK", Integer.toString(RACK));
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode message : client.get("/demo/messages").json().path("messages")) {
            if (message.path("channel").asText().equals(channel)
                    && message.path("subject").asText().contains(wanted)) {
                found.add(message);
            }
        }
        return found;
    }
}
