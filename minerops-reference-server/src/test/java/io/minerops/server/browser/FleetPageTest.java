package io.minerops.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.server.support.RunningServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FleetPageTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(12);

    @RegisterExtension
    static final Browser BROWSER = Browser.before(() -> SERVER.server().uri());

    @Test
    void the_tiles_and_the_table_show_what_the_api_says() {
        SERVER.server().ops().pollNow();
        BROWSER.open("/dashboard");
        JsonNode summary = SERVER.client().get("/api/summary").json().path("summary");
        assertThat(BROWSER.text("#tile-miners"))
                .isEqualTo(summary.path("miners_online").asText() + " / "
                        + summary.path("miners_total").asText());
        List<String> expected = new ArrayList<>();
        SERVER.client()
                .get("/api/miners/current")
                .json()
                .path("miners")
                .forEach(miner -> expected.add(miner.path("miner_ip").asText()));
        assertThat(BROWSER.texts("#miner-table tbody th a")).containsExactlyInAnyOrderElementsOf(expected);
        BROWSER.screenshot("fleet");
        assertThat(BROWSER.graveFindings()).isEmpty();
    }
}
