package io.minerops.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.server.support.RunningServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StatementPageTest {
    private static final Instant BEGAN = Instant.parse("2026-05-03T22:00:00Z");
    private static final String PAGE = "/dashboard/statement#period=month&of=2026-05&zone=Europe%2FBerlin";

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(2);

    @RegisterExtension
    static final Browser BROWSER = Browser.before(() -> SERVER.server().uri());

    @BeforeAll
    static void a_past() {
        SERVER.awaitStart();
        var store = SERVER.server().ops().store();
        List<MinerAddress> miners = SERVER.fleet().addresses();
        for (int number = 0; number < miners.size(); number++) {
            store.miners().remove(miners.get(number));
            store.miners()
                    .put(Miner.builder(miners.get(number), BEGAN)
                            .nominalThs(110.0)
                            .owner(number == 0 ? "Meridian" : "<i>Nord</i>")
                            .build());
        }
        for (int minute = 0; minute < 600; minute++) {
            Instant at = BEGAN.plusSeconds(minute * 60L);
            List<MetricSample> samples = new ArrayList<>();
            for (MinerAddress miner : miners) {
                samples.add(MetricSample.builder(miner, at)
                        .set(Reading.HASHRATE_THS, 100)
                        .set(Reading.POWER_W, 3_000)
                        .build());
            }
            store.metrics().append(Poll.of(at, samples));
        }
    }

    private static JsonNode total() {
        return SERVER.client()
                .get("/api/statements?of=2026-05&zone=Europe/Berlin")
                .json()
                .path("total");
    }

    private static String usd(double value) {
        return (value < 0 ? "−$" : "$") + String.format(Locale.ROOT, "%,.2f", Math.abs(value));
    }

    @Test
    void the_total_and_its_waterfall_are_those_of_the_api() {
        BROWSER.open(PAGE);
        JsonNode total = total();

        BROWSER.eventually(() -> assertThat(BROWSER.text("#statement-title")).isEqualTo("Statement · 2026-05"));
        assertThat(BROWSER.text("#tile-revenue"))
                .isEqualTo(usd(total.path("revenue_usd").doubleValue()));
        assertThat(BROWSER.text("#tile-profit"))
                .isEqualTo(usd(total.path("profit_usd").doubleValue()));
        assertThat(BROWSER.text("#tile-energy")).isEqualTo("60 kWh");
        assertThat(BROWSER.texts("#waterfall-rows th"))
                .startsWith("Nameplate", "No data")
                .endsWith("Earned");
        assertThat(BROWSER.text("#waterfall-rows tr:last-child"))
                .contains(usd(total.path("revenue_usd").doubleValue()));
        assertThat(BROWSER.elements("#parts-table tbody tr")).hasSize(31);
        assertThat(BROWSER.text("#estimate-rows")).contains("Time without data");
    }

    @Test
    void groups_are_chosen_and_one_of_them_has_its_miners() {
        BROWSER.open(PAGE);
        BROWSER.choose("#statement-by", "owner");
        BROWSER.eventually(() -> assertThat(BROWSER.texts("#groups-table tbody th"))
                .containsExactlyInAnyOrder("Meridian", "<i>Nord</i>"));

        BROWSER.click("#groups-table tbody tr[data-key='Meridian'] button");
        BROWSER.eventually(
                () -> assertThat(BROWSER.texts("#groups-table tbody th")).containsExactly(SERVER.name(0)));
        assertThat(BROWSER.text("#statement-title")).contains("Meridian");
        assertThat(BROWSER.text("#tile-energy")).isEqualTo("30 kWh");

        BROWSER.click("#statement-all");
        BROWSER.eventually(() -> assertThat(BROWSER.text("#tile-energy")).isEqualTo("60 kWh"));
    }

    @Test
    void the_period_before_and_another_length_are_one_click_away() {
        BROWSER.open(PAGE);
        BROWSER.eventually(() -> assertThat(BROWSER.text("#statement-title")).contains("2026-05"));
        BROWSER.click("#statement-previous");
        BROWSER.eventually(() -> assertThat(BROWSER.text("#statement-title")).contains("2026-04"));

        BROWSER.choose("#statement-period", "week");
        BROWSER.eventually(() -> assertThat(BROWSER.text("#statement-title")).contains("-W"));
        assertThat(BROWSER.text("#parts-title")).isEqualTo("By day");
    }

    @Test
    void a_zone_that_is_none_is_named() {
        BROWSER.complaintsAreExpected();
        BROWSER.openUnsettled("/dashboard/statement#of=2026-05&zone=Nowhere");

        BROWSER.eventually(() -> assertThat(BROWSER.text("#banner")).contains("zone must be a time zone", "Nowhere"));
    }
}
