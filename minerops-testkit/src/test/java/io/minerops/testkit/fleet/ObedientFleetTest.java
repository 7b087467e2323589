package io.minerops.testkit.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.miner.MinerAddress;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObedientFleetTest {
    private final SettableClock clock = new SettableClock();
    private final FleetSimulator fleet = FleetSimulator.builder()
            .miners(2)
            .models(Model.S19, Model.S19_PRO_LUXOS)
            .clock(clock)
            .obedient(true)
            .build();

    ObedientFleetTest() {
        fleet.start();
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    private int index(Model model) {
        return fleet.simulated(0).model() == model ? 0 : 1;
    }

    private JsonNode announce(Model model, String command, String parameter) throws IOException {
        MinerAddress miner = fleet.addresses().get(index(model));
        return MinerCall.json(
                MinerCall.send(miner, "{\"command\":\"" + command + "\",\"parameter\":\"" + parameter + "\"}"));
    }

    private static int code(JsonNode reply) {
        return reply.path("STATUS").path(0).path("Code").asInt();
    }

    @Test
    void a_restart_starts_the_uptime_and_the_shares_again() throws IOException {
        JsonNode reply = announce(Model.S19, "restart", "");
        clock.set(Duration.ofSeconds(5));

        assertThat(reply.path("STATUS").asText()).isEqualTo("RESTART");
        assertThat(fleet.simulated(index(Model.S19)).state().elapsedS()).isEqualTo(5);
        assertThat(fleet.simulated(index(Model.S19)).state().acceptedShares()).isLessThanOrEqualTo(1);
    }

    @Test
    void the_pool_that_it_switched_to_is_the_one_with_a_connection() throws IOException {
        assertThat(code(announce(Model.S19, "switchpool", "1"))).isEqualTo(27);
        JsonNode pools = announce(Model.S19, "pools", "").path("POOLS");

        assertThat(pools.path(0).path("Stratum Active").asBoolean()).isFalse();
        assertThat(pools.path(1).path("Stratum Active").asBoolean()).isTrue();
        assertThat(pools.path(1).path("Priority").asInt()).isZero();
    }

    @Test
    void luxos_does_nothing_without_its_session() throws IOException {
        assertThat(code(announce(Model.S19_PRO_LUXOS, "ledset", "session1,red,blink")))
                .isEqualTo(402);
        String session = announce(Model.S19_PRO_LUXOS, "logon", "")
                .path("SESSION")
                .path(0)
                .path("SessionID")
                .asText();
        assertThat(code(announce(Model.S19_PRO_LUXOS, "logon", ""))).isEqualTo(316);
        assertThat(fleet.simulated(index(Model.S19_PRO_LUXOS)).ledOn()).isFalse();
        assertThat(code(announce(Model.S19_PRO_LUXOS, "ledset", session + ",red,blink")))
                .isEqualTo(322);
        assertThat(fleet.simulated(index(Model.S19_PRO_LUXOS)).ledOn()).isTrue();
    }

    @Test
    void what_ends_a_miner_is_denied_by_the_obedient_too() throws IOException {
        assertThat(code(announce(Model.S19, "quit", ""))).isEqualTo(45);
        assertThat(code(announce(Model.S19, "addpool", "x"))).isEqualTo(45);
    }
}
