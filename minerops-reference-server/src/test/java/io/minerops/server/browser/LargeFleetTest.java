package io.minerops.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.server.support.RunningServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

/** 5,000 miners in one table: what a person does with it is done before he notices. */
class LargeFleetTest {
    private static final int MINERS = 5_000;
    private static final int HOURS = 24;

    /** What still feels at once is 100 ms; the rest is for a machine that builds other things meanwhile. */
    private static final double MAX_MILLIS = 500;

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(1).with("MINER_IP_RANGE", "");

    @RegisterExtension
    static final Browser BROWSER = Browser.before(() -> SERVER.server().uri());

    @BeforeAll
    static void a_day_of_5000_miners() {
        List<MinerAddress> addresses = IntStream.range(0, MINERS)
                .mapToObj(miner -> new MinerAddress("10.1." + miner / 250 + "." + (miner % 250 + 1), 4028))
                .toList();
        Instant now = Instant.now();
        for (int hour = HOURS; hour >= 0; hour--) {
            SERVER.server().ops().store().metrics().append(poll(addresses, now.minus(Duration.ofHours(hour)), hour));
        }
    }

    private static Poll poll(List<MinerAddress> addresses, Instant at, int hour) {
        List<MetricSample> samples = new ArrayList<>();
        for (int miner = 0; miner < addresses.size(); miner++) {
            samples.add(MetricSample.builder(addresses.get(miner), at)
                    .set(Reading.HASHRATE_THS, 100 + (miner * 7 + hour * 13) % 50)
                    .set(Reading.POWER_W, 3_000 + miner % 100)
                    .set(Reading.AVG_TEMP_C, 55 + miner % 20)
                    .build());
        }
        return new Poll(at, samples, identities(addresses));
    }

    private static Map<MinerAddress, MinerIdentity> identities(List<MinerAddress> addresses) {
        return Map.of(addresses.get(17), new MinerIdentity("Bitmain", "Antminer S21", null, null, null, null));
    }

    /** How long the page's own script takes for an event, and for the layout after it, ms. */
    private static double millis(String script) {
        return ((Number) BROWSER.run("const began = performance.now(); " + script
                        + "; document.body.getBoundingClientRect(); return performance.now() - began"))
                .doubleValue();
    }

    @Test
    void it_is_shown_sorted_and_searched_without_jank(TestReporter reporter) {
        BROWSER.open("/dashboard");
        BROWSER.eventually(() -> assertThat(BROWSER.text("#miner-count")).isEqualTo("5,000 miners"));
        BROWSER.eventually(
                () -> assertThat(BROWSER.elements("#miner-table svg.sparkline")).hasSize(100));
        assertThat(BROWSER.elements("#miner-table tbody tr")).hasSize(100);
        assertThat(BROWSER.text(".pager")).contains("1–100 of 5,000");

        double sort = millis("document.querySelector('#miner-table thead th:nth-child(3) button').click()");
        double search = millis(
                "const field = document.getElementById('miner-text'); field.value = '10.1.7.'; field.dispatchEvent(new Event('input', { bubbles: true }))");
        assertThat(BROWSER.text("#miner-count")).isEqualTo("250 of 5,000 miners");
        double all = millis(
                "const field = document.getElementById('miner-text'); field.value = ''; field.dispatchEvent(new Event('input', { bubbles: true }))");
        double turn = millis("document.querySelector('.pager button:last-of-type').click()");
        assertThat(BROWSER.text(".pager")).contains("101–200 of 5,000");

        reporter.publishEntry(Map.of(
                "sort, ms", Double.toString(sort),
                "search, ms", Double.toString(search),
                "show all again, ms", Double.toString(all),
                "next page, ms", Double.toString(turn)));
        assertThat(List.of(sort, search, all, turn))
                .allSatisfy(millis -> assertThat(millis).isLessThan(MAX_MILLIS));
        BROWSER.screenshot("fleet-5000");
    }

    @Test
    void the_lines_of_all_are_one_answer_of_a_bounded_size() {
        long began = System.nanoTime();
        var answer = SERVER.client().get("/api/miners/trend");

        assertThat(answer.json().path("miners")).hasSize(MINERS);
        assertThat(answer.json().at("/miners/0/hashrate_ths")).hasSize(24);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }
}
