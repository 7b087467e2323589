package io.minerops.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.server.support.RunningServer;
import io.minerops.testkit.fleet.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

class FleetPageTest {
    private static final int MINERS = 12;

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(MINERS);

    @RegisterExtension
    static final Browser BROWSER = Browser.before(() -> SERVER.server().uri());

    @BeforeAll
    static void half_an_hour_of_history() {
        Instant before = Instant.now().minus(Duration.ofMinutes(30));
        SERVER.server()
                .ops()
                .store()
                .metrics()
                .append(Poll.of(
                        before,
                        SERVER.fleet().addresses().stream()
                                .map(address -> MetricSample.builder(address, before)
                                        .set(Reading.HASHRATE_THS, 90)
                                        .build())
                                .toList()));
        SERVER.server().ops().pollNow();
    }

    private static List<JsonNode> current() {
        List<JsonNode> miners = new ArrayList<>();
        SERVER.client().get("/api/miners/current").json().path("miners").forEach(miners::add);
        return miners;
    }

    private static List<String> shown() {
        return BROWSER.texts("#miner-table tbody th a");
    }

    @ParameterizedTest
    @ValueSource(ints = {900, 1200, 1400})
    void the_figure_of_a_tile_stands_on_one_line(int width) {
        BROWSER.size(width);
        BROWSER.open("/dashboard");

        assertThat(BROWSER.run("""
                        return [...document.querySelectorAll('.tile dd:not(.sub)')].filter((figure) => {
                          figure.textContent = '\u2212$1,134.15';
                          const text = document.createRange();
                          text.selectNodeContents(figure);
                          return text.getClientRects().length > 1;
                        }).length""")).isEqualTo(0L);
    }

    @Test
    void tiles_and_table_show_what_the_api_says() {
        BROWSER.open("/dashboard");

        JsonNode summary = SERVER.client().get("/api/summary").json().path("summary");
        assertThat(BROWSER.text("#tile-miners"))
                .isEqualTo(summary.path("miners_online").asText() + " / "
                        + summary.path("miners_total").asText());
        assertThat(BROWSER.text("#tile-temperature"))
                .isEqualTo(String.format("%.1f °C", summary.path("avg_temp_c").asDouble()));
        List<String> rows = BROWSER.texts("#miner-table tbody tr");
        assertThat(rows).hasSize(MINERS);
        for (JsonNode miner : current()) {
            assertThat(rows)
                    .filteredOn(row -> row.contains(miner.path("miner_ip").asText()))
                    .singleElement()
                    .asString()
                    .contains(miner.path("model").asText())
                    .contains(String.format("%.1f °C", miner.path("avg_temp_c").asDouble()));
        }
    }

    @Test
    void a_heading_sorts_by_its_column_by_mouse_and_by_keyboard() {
        BROWSER.open("/dashboard");
        List<String> byHashrate = current().stream()
                .sorted(Comparator.comparingDouble(
                        miner -> miner.path("hashrate_ths").asDouble()))
                .map(miner -> miner.path("miner_ip").asText())
                .toList();

        BROWSER.click("#miner-table thead th:nth-child(3) button");
        assertThat(shown()).isEqualTo(byHashrate);

        BROWSER.press(Keys.ENTER);
        List<String> reversed = new ArrayList<>(byHashrate);
        Collections.reverse(reversed);
        assertThat(shown()).isEqualTo(reversed);
        assertThat(BROWSER.element("#miner-table thead th:nth-child(3)").getDomAttribute("aria-sort"))
                .isEqualTo("descending");
    }

    @Test
    void search_tag_model_and_state_narrow_the_table_and_stand_in_the_address() {
        String chosen = SERVER.name(4);
        SERVER.client().put("/api/miners/" + chosen.replace(":", "%3A"), "{\"tags\": [\"row-7\", \"immersion\"]}");
        BROWSER.open("/dashboard");

        BROWSER.eventually(() -> BROWSER.choose("#miner-tag", "immersion"));
        BROWSER.eventually(() -> assertThat(shown()).containsExactly(chosen));
        assertThat(BROWSER.text("#miner-count")).isEqualTo("1 of 12 miners");

        BROWSER.open("/dashboard#tag=immersion&text=row-7");
        BROWSER.eventually(() -> assertThat(shown()).containsExactly(chosen));
        BROWSER.type("#miner-text", "nowhere");
        BROWSER.eventually(() -> assertThat(BROWSER.text("#miner-table tbody")).isEqualTo("No miner matches."));

        BROWSER.open("/dashboard#state=offline");
        assertThat(shown()).isEmpty();
    }

    @Test
    void site_and_owner_narrow_the_table_where_some_miner_has_one() {
        String path = "/api/miners/" + SERVER.name(5).replace(":", "%3A");
        BROWSER.open("/dashboard");
        assertThat(BROWSER.element("#miner-site").isDisplayed()).isFalse();
        SERVER.client().put(path, "{\"site\": \"Odessa\", \"owner\": \"Nina GmbH\"}");
        try {
            BROWSER.open("/dashboard");
            BROWSER.eventually(() -> BROWSER.choose("#miner-site", "Odessa"));
            BROWSER.eventually(() -> assertThat(shown()).containsExactly(SERVER.name(5)));
            assertThat(BROWSER.texts("#miner-table tbody .owner")).containsExactly("Odessa · Nina GmbH");

            BROWSER.open("/dashboard#owner=Nina+GmbH");
            BROWSER.eventually(() -> assertThat(shown()).containsExactly(SERVER.name(5)));
        } finally {
            SERVER.client().put(path, "{\"site\": null, \"owner\": null}");
        }
    }

    @Test
    void a_miner_without_a_recent_sample_is_offline_in_the_table_as_in_the_tile() {
        SERVER.client().put("/api/miners/127.0.0.9%3A9", "{\"location\": \"cellar\"}");
        try {
            BROWSER.open("/dashboard#state=offline");

            BROWSER.eventually(() -> assertThat(shown()).containsExactly("127.0.0.9:9"));
            assertThat(BROWSER.text("#miner-table tbody .badge")).isEqualTo("offline");
            assertThat(BROWSER.text("#tile-miners-sub")).isEqualTo("1 offline");
        } finally {
            SERVER.client().delete("/api/miners/127.0.0.9%3A9");
        }
    }

    @Test
    void a_model_can_be_chosen() {
        BROWSER.open("/dashboard");
        JsonNode first = current().get(0);
        String model = first.path("vendor").asText() + " " + first.path("model").asText();

        BROWSER.choose("#miner-model", model);

        assertThat(BROWSER.texts("#miner-table tbody td.model")).isNotEmpty().containsOnly(model);
    }

    @Test
    void each_miner_has_a_line_of_its_past_from_one_request() {
        BROWSER.open("/dashboard");

        BROWSER.eventually(
                () -> assertThat(BROWSER.elements("#miner-table svg.sparkline")).hasSize(MINERS));
        assertThat(BROWSER.element("#miner-table svg.sparkline").getDomAttribute("aria-label"))
                .contains("hashrate of the last hour", "TH/s");
        assertThat(BROWSER.requests())
                .filteredOn(url -> url.contains("/api/miners/"))
                .allMatch(url -> url.matches(".*/api/miners/(current|trend)\\?.*"));
    }

    @Test
    void a_poll_is_shown_at_once_because_the_server_reports_it() {
        BROWSER.open("/dashboard");
        BROWSER.eventually(
                () -> assertThat(BROWSER.element(".live").isDisplayed()).isTrue());
        try {
            SERVER.fleet().trouble(0, Trouble.ZERO);
            SERVER.server().ops().pollNow();

            BROWSER.eventually(() -> assertThat(BROWSER.texts("#miner-table tbody tr"))
                    .anySatisfy(row -> assertThat(row).contains(SERVER.name(0)).contains("0.00 TH/s")));
        } finally {
            SERVER.fleet().heal(0);
            SERVER.server().ops().pollNow();
        }
    }

    @Test
    void without_the_stream_the_page_reads_again_at_intervals() {
        BROWSER.complaintsAreExpected();
        BROWSER.block("/api/events/stream");
        BROWSER.hurry(20);
        BROWSER.open("/dashboard");
        long before = summaries();

        BROWSER.eventually(() -> assertThat(summaries()).isGreaterThan(before + 1));
        assertThat(BROWSER.element(".live").isDisplayed()).isFalse();
    }

    private static long summaries() {
        return BROWSER.requests().stream()
                .filter(url -> url.endsWith("/api/summary"))
                .count();
    }

    @Test
    void a_server_that_cannot_be_reached_is_reported_and_the_figures_stay() {
        BROWSER.open("/dashboard");
        BROWSER.complaintsAreExpected();
        BROWSER.block("/api/*");
        BROWSER.click(".refresh button:nth-of-type(2)");

        BROWSER.eventually(() -> assertThat(BROWSER.text("#banner"))
                .isEqualTo("The server cannot be reached. The figures below are older."));
        assertThat(shown()).hasSize(MINERS);

        BROWSER.unblock();
        BROWSER.click(".refresh button:nth-of-type(2)");
        BROWSER.eventually(
                () -> assertThat(BROWSER.element("#banner").isDisplayed()).isFalse());
    }

    @Test
    void the_first_key_leads_past_the_navigation() {
        BROWSER.open("/dashboard");

        BROWSER.press(Keys.TAB);
        assertThat(BROWSER.focused().getText()).isEqualTo("Skip to the figures");
        BROWSER.press(Keys.ENTER);
        assertThat(BROWSER.focused().getDomAttribute("id")).isEqualTo("main");
    }
}
