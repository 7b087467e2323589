package io.minerops.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.Fact;
import io.minerops.api.miner.FactKind;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.server.support.RunningServer;
import io.minerops.testkit.fleet.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MinerPageTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(3);

    @RegisterExtension
    static final Browser BROWSER = Browser.before(() -> SERVER.server().uri());

    @BeforeAll
    static void ten_days_of_history_and_an_alert() {
        var address = SERVER.fleet().addresses().get(0);
        var metrics = SERVER.server().ops().store().metrics();
        var miners = SERVER.server().ops().store().miners();
        Instant now = Instant.now();
        miners.remove(address);
        miners.put(Miner.builder(address, now.minus(Duration.ofDays(10)))
                .vendor("Bitmain")
                .model("Antminer S21")
                .location("hall b")
                .build());
        for (int hour = 240; hour > 0; hour--) {
            Instant at = now.minus(Duration.ofHours(hour));
            metrics.append(Poll.of(
                    at,
                    List.of(MetricSample.builder(address, at)
                            .set(Reading.HASHRATE_THS, hour > 200 ? 900 : 100)
                            .set(Reading.AVG_TEMP_C, 60)
                            .set(Reading.POWER_W, 3_000)
                            .build())));
        }
        SERVER.fleet().trouble(0, Trouble.HOT);
        SERVER.server().ops().pollNow();
        SERVER.client().post("/api/alerts/check");
    }

    private static String path() {
        return "/dashboard/miners/" + SERVER.name(0).replace(":", "%3A");
    }

    private static JsonNode answer() {
        return SERVER.client()
                .get("/api/miners/" + SERVER.name(0).replace(":", "%3A"))
                .json();
    }

    @Test
    void facts_have_their_dates_and_an_unannounced_change_is_marked() {
        var address = SERVER.fleet().addresses().get(1);
        Instant at = Instant.now().minusSeconds(600);
        Fact board = Fact.first(address, FactKind.BOARD_SERIAL, 9, "SN-1", at.minusSeconds(600));
        SERVER.server().ops().store().facts().record(List.of(board, board.changedTo("SN-9", at, false)));

        BROWSER.open("/dashboard/miners/" + SERVER.name(1).replace(":", "%3A"));

        BROWSER.eventually(() -> assertThat(BROWSER.texts("#dated-rows tr"))
                .anySatisfy(row -> assertThat(row)
                        .contains("Board serial number, slot 9", "SN-9 was SN-1", "now", "unannounced")));
        assertThat(BROWSER.text("#dated-rows tr:last-child")).contains("SN-1").doesNotContain("now");
    }

    @Test
    void past_faults_are_listed_with_their_length_and_board() {
        var address = SERVER.fleet().addresses().get(1);
        Instant at = Instant.now().minusSeconds(7_200);
        Fact fault = Fact.of(address, new DeviceFault("540", "Chip id", null, 2), at);
        SERVER.server().ops().store().facts().record(List.of(fault, fault.ended(at.plusSeconds(3_600))));

        BROWSER.open("/dashboard/miners/" + SERVER.name(1).replace(":", "%3A"));

        BROWSER.eventually(() -> assertThat(BROWSER.text("#past-faults-title")).isEqualTo("Past faults (1)"));
        BROWSER.click("#past-faults-title");
        assertThat(BROWSER.text("#past-faults-list")).contains("540 Chip id (board 2)", "1 h");
    }

    @Test
    void uptime_and_availability_are_shown_with_the_times_that_they_are_of() {
        BROWSER.open(path());

        BROWSER.eventually(() -> assertThat(BROWSER.text("#miner-uptime")).contains("Uptime", "Availability"));
        assertThat(BROWSER.text("#uptime-hint")).contains("stopped on purpose");
    }

    @Test
    void proven_work_is_shown_beside_the_claim_with_its_deviation() {
        BROWSER.open(path());

        BROWSER.eventually(() -> assertThat(BROWSER.text("#miner-proven")).contains("Since the start", "TH/s ± "));
        assertThat(BROWSER.text("#proven-hint")).contains("Unproven is not fraud");
    }

    @Test
    void the_coolant_is_shown_where_the_miner_reports_it() {
        var address = SERVER.fleet().addresses().get(2);
        Instant at = Instant.now();
        SERVER.server()
                .ops()
                .store()
                .metrics()
                .append(Poll.of(
                        at,
                        List.of(MetricSample.builder(address, at)
                                .set(Reading.AVG_TEMP_C, 60)
                                .set(Reading.MAX_TEMP_C, 62)
                                .set(Reading.INLET_TEMP_C, 35.5)
                                .set(Reading.OUTLET_TEMP_C, 44)
                                .build())));

        BROWSER.open("/dashboard/miners/" + SERVER.name(2).replace(":", "%3A"));

        assertThat(BROWSER.text("#tile-temperature-sub")).isEqualTo("hottest 62.0 °C, in 35.5 °C, out 44.0 °C");
    }

    @Test
    void the_latest_sample_identity_pool_and_open_alerts_are_those_of_the_api() {
        BROWSER.open(path());

        JsonNode current = answer().path("current");
        assertThat(BROWSER.text("h1")).isEqualTo(SERVER.name(0));
        assertThat(BROWSER.text("#tile-temperature"))
                .isEqualTo(String.format("%.1f °C", current.path("avg_temp_c").asDouble()));
        assertThat(BROWSER.text("#miner-pool"))
                .contains(
                        current.path("pool_url").asText(),
                        current.path("pool_worker").asText());
        assertThat(BROWSER.text("#miner-identity")).contains("Bitmain Antminer S21", "hall b");
        JsonNode alert = SERVER.client()
                .get("/api/alerts?status=active&miner_ip=" + SERVER.name(0))
                .json()
                .path("alerts")
                .get(0);
        assertThat(BROWSER.text("#open-alerts"))
                .contains(
                        alert.path("message").asText(), alert.path("rule_name").asText());
        BROWSER.screenshot("miner");
    }

    @Test
    void site_and_owner_can_be_entered_and_a_text_that_is_too_long_is_refused_at_its_field() {
        BROWSER.open(path());
        BROWSER.click("#miner-edit");
        BROWSER.type("#miner-site", "Odessa");
        BROWSER.run("document.getElementById('miner-owner').value = 'x'.repeat(257)");
        BROWSER.complaintsAreExpected();
        BROWSER.click("#miner-form .primary");
        BROWSER.eventually(() ->
                assertThat(BROWSER.text("#miner-owner-error")).contains("owner must have at most 256 characters"));

        BROWSER.run("document.getElementById('miner-owner').value = ''");
        BROWSER.type("#miner-owner", "Nina GmbH");
        BROWSER.click("#miner-form .primary");

        BROWSER.eventually(() -> assertThat(BROWSER.text("#miner-identity")).contains("hall b", "Odessa", "Nina GmbH"));
        assertThat(answer().path("miner").path("owner").asText()).isEqualTo("Nina GmbH");
        assertThat(answer().path("miner").path("location").asText()).isEqualTo("hall b");
    }

    @Test
    void the_charts_cover_the_span_that_is_chosen() {
        BROWSER.open(path());
        BROWSER.eventually(
                () -> assertThat(BROWSER.text("#miner-hashrate-caption")).contains("now", "highest 100 TH/s"));
        for (String chart : List.of("miner-temperature", "miner-fans", "miner-power")) {
            assertThat(BROWSER.text("#" + chart + "-caption")).contains("now");
        }

        BROWSER.click("[data-span='720']");

        BROWSER.eventually(
                () -> assertThat(BROWSER.text("#miner-hashrate-caption")).contains("highest 900 TH/s"));
        assertThat(BROWSER.element("[data-span='720']").getDomAttribute("aria-pressed"))
                .isEqualTo("true");
        assertThat(BROWSER.requests()).anySatisfy(url -> assertThat(url).contains("/api/metrics?", "step=3600"));
    }

    @Test
    void the_fleet_leads_here_and_back() {
        BROWSER.open("/dashboard");
        BROWSER.click("#miner-table [data-focus='" + SERVER.name(0) + "']");
        BROWSER.settled();
        assertThat(BROWSER.text("h1")).isEqualTo(SERVER.name(0));

        BROWSER.click(".page-head a");
        BROWSER.settled();
        BROWSER.eventually(
                () -> assertThat(BROWSER.elements("#miner-table tbody th a")).hasSize(3));
    }

    @Test
    void a_miner_that_is_not_known_is_said_not_to_be() {
        BROWSER.complaintsAreExpected();
        BROWSER.openUnsettled("/dashboard/miners/10.9.9.9");

        BROWSER.eventually(() -> assertThat(BROWSER.text("#banner"))
                .isEqualTo("There is no miner 10.9.9.9: it is not registered and never responded."));
        assertThat(BROWSER.text("#open-alerts")).isEqualTo("Not loaded.");
    }
}
