package io.minerops.server.demo;

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
    void alerts_of_five_types_rise_and_clear_and_a_rack_goes_out_and_comes_back_within_two_minutes() {
        Set<String> cleared = new TreeSet<>();
        await().atMost(TWO_MINUTES).untilAsserted(() -> {
            for (JsonNode alert : alerts("?status=auto_resolved&limit=1000")) {
                cleared.add(alert.path("alert_type").asText());
            }
            assertThat(cleared).containsExactly("fan", "hashrate", "offline", "power", "temp");
            assertThat(told("post", "RACK alerts resolved")).isNotEmpty();
            assertThat(told("mail", "RACK alerts resolved")).isNotEmpty();
        });

        assertThat(client.get("/api/miners/current").json().path("miners")).hasSize(50);
        assertThat(client.get("/demo/inbox").text()).contains("<title>Demo inbox");
        the_rack_is_told_of_once();
        the_rack_has_no_other_alert();
    }

    private static void the_rack_is_told_of_once() {
        assertThat(told("mail", "alerts")).hasSize(2);
        assertThat(told("post", "alerts")).hasSize(2);
        assertThat(told("mail", "RACK alerts raised: RACK offline")).hasSize(1);
        assertThat(told("mail", "RACK alerts resolved: RACK offline")).hasSize(1);
        JsonNode raised = message("post", "RACK alerts raised: RACK offline");
        assertThat(raised.path("text").asText()).contains("\"offline\" : 30", "\"count\" : 30");
    }

    /** An offline miner's other rules rest: nothing is raised of what it said last, or did not say. */
    private static void the_rack_has_no_other_alert() {
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

    private static JsonNode alerts(String query) {
        return client.get("/api/alerts" + query).json().path("alerts");
    }

    /** The subjects of a channel's messages that hold the text, with the size of the rack in it. */
    private static List<String> told(String channel, String text) {
        List<String> subjects = new ArrayList<>();
        for (JsonNode message : client.get("/demo/messages").json().path("messages")) {
            String subject = message.path("subject").asText();
            if (message.path("channel").asText().equals(channel)
                    && subject.contains(text.replace("RACK", Integer.toString(RACK)))) {
                subjects.add(subject);
            }
        }
        return subjects;
    }

    private static JsonNode message(String channel, String text) {
        for (JsonNode message : client.get("/demo/messages").json().path("messages")) {
            if (message.path("channel").asText().equals(channel)
                    && message.path("subject").asText().contains(text.replace("RACK", Integer.toString(RACK)))) {
                return message;
            }
        }
        throw new AssertionError("no " + channel + " tells of " + text);
    }
}
