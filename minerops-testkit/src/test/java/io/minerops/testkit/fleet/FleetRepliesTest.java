package io.minerops.testkit.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.miner.MinerAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FleetRepliesTest {
    private final SettableClock clock = new SettableClock();
    private final FleetSimulator fleet = start(7);

    private FleetSimulator start(long seed) {
        FleetSimulator started = FleetSimulator.builder()
                .models(Model.values())
                .miners(Model.values().length)
                .seed(seed)
                .clock(clock)
                .build();
        started.start();
        return started;
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    private MinerAddress miner(Model model) {
        for (int index = 0; index < fleet.addresses().size(); index++) {
            SimulatedMiner simulated = fleet.simulated(index);
            if (simulated.model() == model) {
                return simulated.address();
            }
        }
        throw new AssertionError("the fleet has no " + model);
    }

    private static JsonNode status(JsonNode reply) {
        return reply.path("STATUS").path(0);
    }

    @Nested
    class Commands {
        @ParameterizedTest
        @EnumSource(Model.class)
        void each_model_answers_the_commands_with_measurements(Model model) throws IOException {
            for (String command : List.of("summary", "stats", "pools", "devs")) {
                JsonNode reply = MinerCall.exchange(miner(model), command);
                assertThat(status(reply).path("STATUS").asText()).isEqualTo("S");
                assertThat(status(reply).path("When").asLong()).isEqualTo(SettableClock.START.getEpochSecond());
                assertThat(reply.path(command.toUpperCase(Locale.ROOT))).isNotEmpty();
            }
        }

        @ParameterizedTest
        @EnumSource(Model.class)
        void each_model_hashes_about_as_its_maker_says(Model model) throws IOException {
            double ths = MinerCall.exchange(miner(model), "summary")
                            .path("SUMMARY")
                            .path(0)
                            .path("GHS 5s")
                            .asDouble()
                    / 1e3;
            assertThat(ths).isBetween(model.nominalThs() * 0.94, model.nominalThs() * 1.05);
        }

        @ParameterizedTest
        @EnumSource(Model.class)
        void each_model_names_its_type_in_its_statistics(Model model) throws IOException {
            JsonNode stats = MinerCall.exchange(miner(model), "stats").path("STATS");
            assertThat(stats.path(0).path("Type").asText()).isEqualTo(model.type());
            assertThat(stats.path(1).path("fan_num").asInt()).isEqualTo(model.fans());
        }

        @ParameterizedTest
        @EnumSource(Model.class)
        void power_is_reported_where_the_model_measures_it(Model model) throws IOException {
            JsonNode device =
                    MinerCall.exchange(miner(model), "stats").path("STATS").path(1);
            double watts = 0;
            for (int chain = 1; chain <= Model.CHAINS; chain++) {
                watts += device.path("chain_consumption" + chain).asDouble();
            }
            assertThat(device.has("chain_consumption1")).isEqualTo(model.measuresPower());
            if (model.measuresPower()) {
                assertThat(watts).isBetween(model.nominalW() * 0.95, model.nominalW() * 1.05);
            }
        }

        @Test
        void version_names_the_type() throws IOException {
            JsonNode version = MinerCall.exchange(miner(Model.S19_PRO), "version");
            assertThat(version.path("VERSION").path(0).path("Type").asText()).isEqualTo("Antminer S19 Pro");
        }

        @Test
        void version_is_refused_by_late_vnish() throws IOException {
            JsonNode refusal = MinerCall.exchange(miner(Model.S21_VNISH), "version");
            assertThat(status(refusal).path("STATUS").asText()).isEqualTo("E");
        }
    }

    @Nested
    class Joined {
        @Test
        void an_s9_answers_several_commands_at_once() throws IOException {
            JsonNode reply = MinerCall.exchange(miner(Model.S9), "version+summary+stats");
            assertThat(reply.path("version").path(0).path("VERSION")).hasSize(1);
            assertThat(reply.path("summary").path(0).path("SUMMARY")).hasSize(1);
            assertThat(reply.path("stats").path(0).path("STATS")).hasSize(2);
        }

        @Test
        void an_s19_refuses_several_commands_at_once() throws IOException {
            JsonNode refusal = MinerCall.exchange(miner(Model.S19), "version+summary+stats");
            assertThat(status(refusal).path("STATUS").asText()).isEqualTo("E");
            assertThat(status(refusal).path("Code").asInt()).isEqualTo(14);
            assertThat(refusal.has("summary")).isFalse();
        }
    }

    @Nested
    class Refusals {
        @ParameterizedTest
        @ValueSource(strings = {"coin", "VERSIONS", "su mmary", "ümlaut"})
        void an_unknown_command_is_invalid(String command) throws IOException {
            JsonNode status = status(MinerCall.exchange(miner(Model.S19), command));
            assertThat(status.path("Code").asInt()).isEqualTo(14);
            assertThat(status.path("Msg").asText()).isEqualTo("Invalid command");
        }

        @ParameterizedTest
        @ValueSource(strings = {"restart", "quit", "addpool"})
        void a_command_that_would_change_the_miner_is_denied(String command) throws IOException {
            JsonNode status = status(MinerCall.exchange(miner(Model.S9), command));
            assertThat(status.path("Code").asInt()).isEqualTo(45);
        }

        @Test
        void a_request_that_is_cut_is_invalid_json() throws IOException {
            byte[] reply = MinerCall.send(miner(Model.S19), "{\"command\":\"summ");
            assertThat(status(MinerCall.json(reply)).path("Code").asInt()).isEqualTo(23);
        }

        @Test
        void a_request_without_a_command_is_refused() throws IOException {
            byte[] reply = MinerCall.send(miner(Model.S19), "{\"cmd\":\"summary\"}");
            assertThat(status(MinerCall.json(reply)).path("Code").asInt()).isEqualTo(24);
        }

        @Test
        void plain_text_is_refused_in_plain_text() throws IOException {
            assertThat(MinerCall.send(miner(Model.S19), "summary"))
                    .asString()
                    .startsWith("STATUS=E,")
                    .endsWith("|\0");
        }
    }

    @Nested
    class Reproducible {
        @Test
        void the_same_seed_gives_the_same_replies_at_the_same_time() throws IOException {
            try (FleetSimulator twin = start(7)) {
                for (int index = 0; index < fleet.addresses().size(); index++) {
                    byte[] one = stats(fleet, index);
                    assertThat(stats(twin, index)).isEqualTo(one);
                }
            }
        }

        @Test
        void another_seed_gives_another_fleet() throws IOException {
            try (FleetSimulator other = start(8)) {
                assertThat(stats(other, 0)).isNotEqualTo(stats(fleet, 0));
            }
        }

        @Test
        void a_miner_changes_gently_as_time_goes_on() {
            double first = fleet.simulated(0).state().hashrateThs();
            clock.set(Duration.ofSeconds(30));
            double later = fleet.simulated(0).state().hashrateThs();
            assertThat(later).isNotEqualTo(first).isBetween(first * 0.95, first * 1.05);
        }

        @Test
        void a_miner_without_a_restart_in_between_has_run_for_longer_later() {
            long first = fleet.simulated(0).state().elapsedS();
            clock.set(Duration.ofSeconds(60));
            assertThat(fleet.simulated(0).state().elapsedS()).isEqualTo(first + 60);
        }

        private byte[] stats(FleetSimulator of, int index) throws IOException {
            return MinerCall.send(of.addresses().get(index), "{\"command\":\"stats\"}");
        }
    }
}
