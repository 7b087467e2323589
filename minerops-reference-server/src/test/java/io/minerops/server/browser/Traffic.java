package io.minerops.server.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** What the pages of a browser requested and complained of, since it was last forgotten. */
final class Traffic {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ChromeDriver driver;
    private final List<String> requests = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    Traffic(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Every requested address, redirects, scripts, pictures and streams included. */
    List<String> requests() {
        read();
        return List.copyOf(requests);
    }

    /** Every warning and error of the console: scripts, network and content security policy. */
    List<String> complaints() {
        read();
        return List.copyOf(complaints);
    }

    void forget() {
        read();
        requests.clear();
        complaints.clear();
    }

    private void read() {
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
            JsonNode message = parsed(entry).path("message");
            if (message.path("method").asText().equals("Network.requestWillBeSent")) {
                requests.add(message.at("/params/request/url").asText());
            }
        }
        for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                complaints.add(entry.getMessage());
            }
        }
    }

    private static JsonNode parsed(LogEntry entry) {
        try {
            return MAPPER.readTree(entry.getMessage());
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + entry.getMessage(), e);
        }
    }
}
