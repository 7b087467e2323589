package io.minerops.testkit.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.MinerAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetTroubleTest {
    private static final int SHORT_WAIT_MS = 300;

    private final SettableClock clock = new SettableClock();
    private final FleetSimulator fleet = FleetSimulator.builder()
            .miners(2)
            .models(Model.S21_VNISH)
            .clock(clock)
            .troubleScript(TroubleScript.of(List.of(
                    new TroubleScript.Step(Duration.ofMinutes(1), Duration.ofMinutes(2), 1, Trouble.ZERO),
                    new TroubleScript.Step(Duration.ofMinutes(3), Duration.ofMinutes(4), 1, Trouble.GONE))))
            .build();

    FleetTroubleTest() {
        fleet.start();
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    private MinerAddress miner() {
        return fleet.addresses().get(0);
    }

    private JsonNode device() throws IOException {
        return MinerCall.exchange(miner(), "stats").path("STATS").path(1);
    }

    private double watts() throws IOException {
        JsonNode device = device();
        return device.path("chain_consumption1").asDouble()
                + device.path("chain_consumption2").asDouble()
                + device.path("chain_consumption3").asDouble();
    }

    @Test
    void a_hot_miner_has_chips_at_95_degrees_or_more() throws IOException {
        fleet.trouble(0, Trouble.HOT);
        JsonNode device = device();
        for (String chip : device.path("temp_chip1").asText().split("-", -1)) {
            assertThat(Integer.parseInt(chip)).isBetween(95, 100);
        }
        assertThat(device.path("GHS 5s").asDouble()).isGreaterThan(180_000);
    }

    @Test
    void a_slow_miner_hashes_at_three_fifths_of_its_rate() throws IOException {
        double well = device().path("GHS 5s").asDouble();
        fleet.trouble(0, Trouble.SLOW);
        assertThat(device().path("GHS 5s").asDouble() / well).isBetween(0.599, 0.601);
    }

    @Test
    void a_miner_at_zero_runs_and_hashes_nothing() throws IOException {
        fleet.trouble(0, Trouble.ZERO);
        JsonNode summary =
                MinerCall.exchange(miner(), "summary").path("SUMMARY").path(0);
        assertThat(summary.path("GHS 5s").asText()).isEqualTo("0.00");
        assertThat(summary.path("Elapsed").asLong()).isPositive();
        assertThat(device().path("fan1").asInt()).isPositive();
    }

    @Test
    void a_dead_fan_stands_still_alone() throws IOException {
        fleet.trouble(0, Trouble.DEAD_FAN);
        JsonNode device = device();
        int still = 0;
        for (int fan = 1; fan <= 4; fan++) {
            still += device.path("fan" + fan).asInt() == 0 ? 1 : 0;
        }
        assertThat(still).isEqualTo(1);
        assertThat(device.path("fan_num").asInt()).isEqualTo(4);
    }

    @Test
    void over_power_draws_far_more() throws IOException {
        double well = watts();
        fleet.trouble(0, Trouble.OVER_POWER);
        assertThat(watts() / well).isBetween(1.59, 1.61);
    }

    @Test
    void over_power_is_refused_for_a_miner_that_measures_no_power() {
        try (FleetSimulator stock =
                FleetSimulator.builder().miners(1).models(Model.S19).build()) {
            stock.start();
            assertThatThrownBy(() -> stock.trouble(0, Trouble.OVER_POWER))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("Antminer S19")
                    .hasMessageContaining("none of this fleet");
        }
    }

    @Test
    void a_gone_miner_refuses_connections_and_comes_back_at_its_address() throws IOException {
        fleet.trouble(0, Trouble.GONE);
        assertThatThrownBy(() -> MinerCall.connect(miner())).isInstanceOf(ConnectException.class);
        assertThat(MinerCall.exchange(fleet.addresses().get(1), "summary").has("SUMMARY"))
                .isTrue();

        fleet.heal(0);
        assertThat(MinerCall.exchange(miner(), "summary").has("SUMMARY")).isTrue();
    }

    @Test
    void a_silent_miner_accepts_and_never_answers() throws IOException {
        fleet.trouble(0, Trouble.SILENT);
        try (Socket socket = MinerCall.connect(miner())) {
            socket.getOutputStream().write("{\"command\":\"summary\"}".getBytes(StandardCharsets.UTF_8));
            socket.setSoTimeout(SHORT_WAIT_MS);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
        fleet.heal(0);
        assertThat(MinerCall.exchange(miner(), "summary").has("SUMMARY")).isTrue();
    }

    @Test
    void a_silent_client_delays_no_other() throws IOException {
        try (Socket quiet = MinerCall.connect(miner())) {
            assertThat(MinerCall.exchange(miner(), "summary").has("SUMMARY")).isTrue();
            assertThat(quiet.isConnected()).isTrue();
        }
    }

    @Test
    void the_script_shows_when_its_time_comes_and_is_over() throws IOException {
        MinerAddress scripted = fleet.addresses().get(1);
        clock.set(Duration.ofSeconds(90));
        assertThat(fleet.simulated(1).trouble()).isEqualTo(Trouble.ZERO);
        assertThat(ths(scripted)).isZero();
        clock.set(Duration.ofMinutes(2));
        assertThat(fleet.simulated(1).trouble()).isEqualTo(Trouble.NONE);
        assertThat(ths(scripted)).isPositive();
    }

    @Test
    void a_scripted_miner_goes_and_comes_back_by_itself() throws Exception {
        MinerAddress scripted = fleet.addresses().get(1);
        clock.set(Duration.ofMinutes(3));
        awaitListening(scripted, false);
        clock.set(Duration.ofMinutes(4));
        awaitListening(scripted, true);
        assertThat(ths(scripted)).isPositive();
    }

    @Test
    void a_command_overrides_the_script() {
        clock.set(Duration.ofSeconds(90));
        fleet.trouble(1, Trouble.HOT);
        assertThat(fleet.simulated(1).trouble()).isEqualTo(Trouble.HOT);
        fleet.heal(1);
        assertThat(fleet.simulated(1).trouble()).isEqualTo(Trouble.NONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2})
    void there_is_no_miner_outside_the_fleet(int index) {
        assertThatThrownBy(() -> fleet.trouble(index, Trouble.HOT))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("miner must be between 0 and 1, not " + index);
    }

    private static double ths(MinerAddress miner) throws IOException {
        return MinerCall.exchange(miner, "summary")
                .path("SUMMARY")
                .path(0)
                .path("GHS 5s")
                .asDouble();
    }

    /** Tries to connect until it is as it should be. */
    private static void awaitListening(MinerAddress miner, boolean listening) throws Exception {
        CompletableFuture.runAsync(() -> {
                    while (isListening(miner) != listening) {
                        Thread.onSpinWait();
                    }
                })
                .get(10, TimeUnit.SECONDS);
    }

    private static boolean isListening(MinerAddress miner) {
        try (Socket socket = MinerCall.connect(miner)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }
}
