package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.server.support.RunningServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server of which a pool pays less than all. */
class PayoutReplyTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(3)
            .with("PAYOUT_SCHEME", "pps")
            .with("POOL_FEE_PCT", "2")
            .with("REJECTED_SHARE_PCT", "measured")
            .with("UPTIME_PCT", "95");

    @BeforeAll
    static void poll() {
        SERVER.server().ops().pollNow();
    }

    @Test
    void the_reply_says_what_is_paid_and_what_was_assumed() {
        JsonNode payout =
                SERVER.client().get("/api/profitability/current").json().path("payout");

        assertThat(payout.path("scheme").asText()).isEqualTo("pps");
        assertThat(payout.path("fees_paid").asBoolean(true)).isFalse();
        assertThat(payout.path("pool_fee_pct").asDouble()).isEqualTo(2);
        assertThat(payout.path("rejected_source").asText()).isEqualTo("measured");
        assertThat(payout.path("rejected_miner_count").asInt()).isEqualTo(3);
        assertThat(payout.path("uptime_pct").asDouble()).isEqualTo(95);
        assertThat(payout.path("uptime_source").asText()).isEqualTo("setting");
        assertThat(payout.path("counted_as_claimed").asInt()).isZero();
    }

    @Test
    void the_revenue_is_what_the_terms_leave_of_it() {
        JsonNode answer = SERVER.client().get("/api/profitability/current").json();
        JsonNode figures = answer.path("profitability");
        double rejected = answer.at("/payout/rejected_pct").asDouble();

        double networkThs = figures.path("network_difficulty").asDouble() * 0x1p32 / 600 / 1e12;
        double expected =
                figures.path("hashrate_ths").asDouble() / networkThs * 144 * 3.125 * 0.98 * 0.95 * (1 - rejected / 100);
        assertThat(figures.path("estimated_btc_per_day").asDouble()).isCloseTo(expected, within(expected * 1e-9));
        assertThat(figures.path("daily_power_kwh").asDouble())
                .isCloseTo(figures.path("power_w").asDouble() * 24 / 1_000 * 0.95, within(1e-9));
        assertThat(rejected).isBetween(0.0, 50.0);
    }
}
