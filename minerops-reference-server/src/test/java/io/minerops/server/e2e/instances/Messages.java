package io.minerops.server.e2e.instances;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a receiver of webhooks got: how often each event of each alert, such as {@code firing 10.0.0.1}. */
final class Messages {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Messages() {}

    static Map<String, Integer> of(List<String> bodies) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String body : bodies) {
            JsonNode message = parse(body);
            for (JsonNode alert : message.path("alerts")) {
                counts.merge(
                        message.path("event").textValue() + " "
                                + alert.path("miner").textValue(),
                        1,
                        Integer::sum);
            }
        }
        return counts;
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a message is not JSON: " + body, e);
        }
    }
}
