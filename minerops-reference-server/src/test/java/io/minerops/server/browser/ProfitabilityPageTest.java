package io.minerops.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.server.support.RunningServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

class ProfitabilityPageTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(6).with("DEFAULT_POWER_COST", "0.06");

    @RegisterExtension
    static final Browser BROWSER = Browser.before(() -> SERVER.server().uri());

    @BeforeAll
    static void snapshot() {
        SERVER.server().ops().pollNow();
        SERVER.client().post("/api/profitability/snapshot");
    }

    private static JsonNode current(String query) {
        return SERVER.client().get("/api/profitability/current" + query).json().path("profitability");
    }

    private static String usd(double value) {
        return (value < 0 ? "−$" : "$") + String.format("%,.2f", Math.abs(value));
    }

    @Test
    void the_price_and_the_eight_cards_are_those_of_the_api() {
        BROWSER.open("/dashboard/profitability");

        JsonNode figures = current("");
        JsonNode price = SERVER.client().get("/api/profitability/btc-price").json();
        assertThat(BROWSER.text("#tile-price"))
                .isEqualTo(String.format("$%,.0f", price.path("value").asDouble()));
        assertThat(BROWSER.text("#tile-price-sub"))
                .contains(price.path("source").asText());
        assertThat(BROWSER.elements(".tiles.eight .tile")).hasSize(8);
        assertThat(BROWSER.text("#tile-profit"))
                .isEqualTo(usd(figures.path("daily_profit_usd").asDouble()));
        assertThat(BROWSER.text("#tile-revenue"))
                .isEqualTo(usd(figures.path("estimated_revenue_usd_per_day").asDouble()));
        assertThat(BROWSER.text("#tile-cost"))
                .isEqualTo(usd(figures.path("daily_power_cost_usd").asDouble()));
    }

    @Test
    void a_slider_says_what_would_be() {
        BROWSER.open("/dashboard/profitability");

        BROWSER.element("#what-if-cost").sendKeys(Keys.END);
        BROWSER.eventually(() -> assertThat(BROWSER.text("#figures-head")).contains("What if"));
        assertThat(BROWSER.text("#what-if-cost-value")).isEqualTo("$0.300 per kWh");
        double supposed = current("?power_cost=0.3").path("daily_profit_usd").asDouble();
        BROWSER.eventually(
                () -> assertThat(BROWSER.text("#figures-rows tr:nth-child(6)")).endsWith(usd(supposed)));

        BROWSER.element("#what-if-price").sendKeys(Keys.HOME);
        BROWSER.eventually(() -> assertThat(BROWSER.requests())
                .anySatisfy(url -> assertThat(url).contains("power_cost=0.3", "btc_price=")));

        BROWSER.click("#what-if-reset");
        BROWSER.eventually(() -> assertThat(BROWSER.text("#figures-head")).doesNotContain("What if"));
        assertThat(BROWSER.text("#what-if-cost-value")).isEqualTo("$0.060 per kWh");
    }

    @Test
    void the_miners_that_lose_money_are_those_of_the_api_and_all_can_be_shown() {
        BROWSER.open("/dashboard/profitability");
        List<String> losing = new ArrayList<>();
        SERVER.client()
                .get("/api/profitability/miners?active_only=true&losing=true")
                .json()
                .path("miners")
                .forEach(miner -> losing.add(miner.path("miner_ip").asText()));
        // of these six models only an old one earns less than it costs
        assertThat(losing).isNotEmpty().hasSizeLessThan(6);

        assertThat(BROWSER.texts("#miner-table tbody th")).isEqualTo(losing);

        BROWSER.choose("#earner-which", "all");
        BROWSER.eventually(
                () -> assertThat(BROWSER.texts("#miner-table tbody th")).hasSize(6));
        assertThat(BROWSER.text("#miners-title")).isEqualTo("Miners by profit");
    }

    @Test
    void the_strike_prices_are_those_of_the_api_with_a_curve() {
        BROWSER.open("/dashboard/profitability");
        JsonNode report = SERVER.client()
                .get("/api/profitability/strike-price?active_only=true")
                .json();

        assertThat(BROWSER.elements("#strike-table tbody tr"))
                .hasSize(report.path("entries").size());
        assertThat(BROWSER.text("#strike-table tbody tr:first-child"))
                .contains(report.at("/entries/0/name").asText())
                .contains(usd(report.at("/entries/0/strike_price_usd_per_mwh").asDouble()));
        assertThat(BROWSER.elements("#strike-curve .strike, #strike-curve .price"))
                .hasSize(4);
        assertThat(BROWSER.text("#strike-facts"))
                .contains(report.at("/marginal/name").asText());

        BROWSER.choose("#strike-by", "model");
        BROWSER.eventually(() ->
                assertThat(BROWSER.requests()).anySatisfy(url -> assertThat(url).contains("strike-price?by=model")));
    }

    @Test
    void a_hashprice_that_cannot_be_is_an_error_at_its_field() {
        BROWSER.open("/dashboard/profitability");

        BROWSER.element("#strike-hashprice").sendKeys("-5");

        BROWSER.eventually(
                () -> assertThat(BROWSER.text("#strike-hashprice-error")).contains("greater than or equal to 0"));
        assertThat(BROWSER.requests()).noneSatisfy(url -> assertThat(url).contains("hashprice=-5"));
        BROWSER.click("#strike-forward");
        BROWSER.eventually(() -> assertThat(BROWSER.text("#strike-facts")).contains("Next difficulty"));
    }

    @Test
    void a_projection_of_a_machine_has_payback_months_heat_maps_and_solo_odds() {
        BROWSER.open("/dashboard/profitability");
        assertThat(BROWSER.elements("#heats table")).hasSize(3);
        assertThat(BROWSER.elements("#heats td.now")).hasSize(1);
        assertThat(BROWSER.element("#outlook-ths").isDisplayed()).isFalse();

        BROWSER.choose("#outlook-subject", "machine");
        BROWSER.element("#outlook-purchase").sendKeys("100");
        JsonNode projection = SERVER.client()
                .get("/api/profitability/projection?ths=200&watts=3500&months=24&difficulty_growth_pct=2"
                        + "&purchase_price_usd=100")
                .json();

        BROWSER.eventually(() -> assertThat(BROWSER.text("#outlook-facts")).contains("Paid back"));
        assertThat(BROWSER.text("#outlook-facts"))
                .contains(usd(projection.at("/total/profit_usd").asDouble()));
        assertThat(BROWSER.text("#outlook-hint")).contains("200 TH/s", "The subsidy halves in 2028-");
        assertThat(BROWSER.text("#solo-facts")).contains("Chance of a block", "Even odds after");
        assertThat(BROWSER.elements("#outlook-table tbody tr")).hasSize(24);
    }

    @Test
    void the_history_can_be_seen_over_four_spans() {
        BROWSER.open("/dashboard/profitability");
        for (String days : List.of("1", "30", "90", "7")) {
            BROWSER.click("[data-days='" + days + "']");
            BROWSER.eventually(() -> assertThat(BROWSER.requests())
                    .anySatisfy(url -> assertThat(url).endsWith("/history?days=" + days)));
        }
        assertThat(BROWSER.text("#history-caption")).contains("Revenue: now", "Power cost: now", "Profit: now");
    }

    @Test
    void a_snapshot_is_shown_at_once() {
        BROWSER.open("/dashboard/profitability");
        BROWSER.eventually(
                () -> assertThat(BROWSER.element(".live").isDisplayed()).isTrue());
        long before = histories();

        SERVER.client().post("/api/profitability/snapshot");

        BROWSER.eventually(() -> assertThat(histories()).isGreaterThan(before));
    }

    private static long histories() {
        return BROWSER.requests().stream()
                .filter(url -> url.contains("/history"))
                .count();
    }
}
