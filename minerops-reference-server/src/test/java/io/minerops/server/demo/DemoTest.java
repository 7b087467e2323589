package io.minerops.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.server.support.Client;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DemoTest {
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

    @Test
    void alerts_of_all_types_rise_and_clear_and_are_told_within_two_minutes() {
        try (Demo demo = Demo.start(0, 10, 1, logs -> {})) {
            Client client = Client.of(demo.uri());
            Set<String> cleared = new TreeSet<>();
            await().atMost(TWO_MINUTES).untilAsserted(() -> {
                for (JsonNode alert : client.get("/api/alerts?status=auto_resolved&limit=100")
                        .json()
                        .path("alerts")) {
                    cleared.add(alert.path("alert_type").asText());
                }
                assertThat(cleared).containsExactly("fan", "hashrate", "offline", "power", "temp");
            });

            assertThat(client.get("/api/miners/current").json().path("miners")).hasSize(10);
            assertThat(client.get("/demo/inbox").text()).contains("<title>Demo inbox");
            JsonNode inbox = client.get("/demo/messages").json();
            assertThat(inbox.path("caught").intValue()).isGreaterThanOrEqualTo(10);
            assertThat(inbox.path("messages").findValuesAsText("channel")).contains("mail", "post");
            assertThat(inbox.path("messages").findValuesAsText("subject"))
                    .anyMatch(subject -> subject.startsWith("[MinerOps] Resolved: "));
        }
    }
}
