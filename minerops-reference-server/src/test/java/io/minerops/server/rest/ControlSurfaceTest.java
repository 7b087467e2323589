package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.server.support.Answer;
import io.minerops.server.support.Client;
import io.minerops.server.support.RunningServer;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Model;
import io.minerops.testkit.fleet.Trouble;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Telling miners to do things, over HTTP and on to simulated miners, and who may. */
class ControlSurfaceTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.over(FleetSimulator.builder()
                    .miners(2)
                    .models(Model.S19, Model.S19_PRO_LUXOS)
                    .obedient(true)
                    .build())
            .with("MINER_CONTROL", "true")
            .with("API_TOKEN", "all-rights-0123456789abcdef")
            .with("API_READ_TOKEN", "read-rights-0123456789abcdef");

    @RegisterExtension
    static final RunningServer OFF = RunningServer.of(1).with("API_TOKEN", "all-rights-0123456789abcdef");

    private static Answer announce(Client client, String miner, String body) {
        return client.post("/api/miners/" + miner + "/actions", body);
    }

    private static Client operator() {
        return SERVER.client().token("all-rights-0123456789abcdef");
    }

    private static int index(Model model) {
        return SERVER.fleet().simulated(0).model() == model ? 0 : 1;
    }

    private static String name(Model model) {
        return SERVER.name(index(model));
    }

    private static JsonNode lastEvent(String miner) {
        return operator()
                .get("/api/events?miner_ip=" + miner)
                .json()
                .path("events")
                .path(0);
    }

    @Nested
    class Actions {
        @Test
        void a_restart_is_done_and_kept_as_an_event_with_the_user() {
            String miner = name(Model.S19);
            Answer answer = announce(operator(), miner, "{\"action\":\"restart\",\"user\":\"dana\"}");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("ok").asBoolean()).isTrue();
            assertThat(answer.json().path("outcome").asText()).isEqualTo("done");
            assertThat(answer.json().path("miner_ip").asText()).isEqualTo(miner);
            assertThat(SERVER.fleet().simulated(index(Model.S19)).state().elapsedS())
                    .isLessThan(60);
            assertThat(lastEvent(miner).path("message").asText())
                    .startsWith("dana (API_TOKEN) commanded ")
                    .endsWith(" to restart; done: the mining process restarts");
        }

        @Test
        void a_light_goes_on_and_off() {
            int luxos = index(Model.S19_PRO_LUXOS);

            assertThat(announce(operator(), SERVER.name(luxos), "{\"action\":\"led\",\"on\":true}")
                            .status())
                    .isEqualTo(200);
            assertThat(SERVER.fleet().simulated(luxos).ledOn()).isTrue();
            assertThat(announce(operator(), SERVER.name(luxos), "{\"action\":\"led\",\"on\":false}")
                            .status())
                    .isEqualTo(200);
            assertThat(SERVER.fleet().simulated(luxos).ledOn()).isFalse();
        }

        @Test
        void another_pool_is_worked_for() {
            int luxos = index(Model.S19_PRO_LUXOS);

            assertThat(announce(operator(), SERVER.name(luxos), "{\"action\":\"switch_pool\",\"pool\":1}")
                            .status())
                    .isEqualTo(200);
            assertThat(SERVER.fleet().simulated(luxos).pool()).isEqualTo(1);
        }

        @Test
        void what_the_family_does_not_offer_is_a_conflict_with_a_sentence() {
            Answer answer = announce(operator(), name(Model.S19), "{\"action\":\"led\",\"on\":true}");

            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.error()).contains("web server", "password");
            assertThat(answer.json().path("outcome").asText()).isEqualTo("unsupported");
        }

        @Test
        void what_the_device_refuses_is_a_bad_gateway_and_an_event() {
            String miner = name(Model.S19);
            Answer answer = announce(operator(), miner, "{\"action\":\"switch_pool\",\"pool\":9}");

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.error()).contains("Invalid pool id 9");
            assertThat(answer.json().path("step").asText()).isEqualTo("command");
            assertThat(lastEvent(miner).path("level").asText()).isEqualToIgnoringCase("warning");
        }

        @Test
        void a_miner_that_is_gone_is_a_bad_gateway() {
            int miner = index(Model.S19);
            SERVER.fleet().trouble(miner, Trouble.GONE);
            Answer answer = announce(operator(), SERVER.name(miner), "{\"action\":\"restart\"}");
            SERVER.fleet().heal(miner);

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.json().path("step").asText()).isEqualTo("identify");
        }
    }

    @Nested
    class WhoMay {
        @Test
        void a_reading_token_may_not() {
            Answer answer = announce(
                    SERVER.client().token("read-rights-0123456789abcdef"), name(Model.S19), "{\"action\":\"restart\"}");

            assertThat(answer.status()).isEqualTo(403);
        }

        @Test
        void is_refused_without_a_token() {
            assertThat(announce(SERVER.client(), name(Model.S19), "{\"action\":\"restart\"}")
                            .status())
                    .isEqualTo(401);
        }

        @Test
        void is_refused_where_the_settings_do_not_allow_it() {
            Answer answer = announce(
                    OFF.client().token("all-rights-0123456789abcdef"), OFF.name(0), "{\"action\":\"restart\"}");

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.error()).contains("MINER_CONTROL=true");
        }
    }

    @Nested
    class BadInput {
        @Test
        void a_miner_that_is_not_registered_is_not_found() {
            assertThat(announce(operator(), "10.1.2.3", "{\"action\":\"restart\"}")
                            .status())
                    .isEqualTo(404);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {
                    "{}; action",
                    "{\"action\":\"quit\"}; action",
                    "{\"action\":\"led\"}; on",
                    "{\"action\":\"led\",\"on\":\"yes\"}; on",
                    "{\"action\":\"restart\",\"on\":true}; on",
                    "{\"action\":\"switch_pool\"}; pool",
                    "{\"action\":\"switch_pool\",\"pool\":1.5}; pool",
                    "{\"action\":\"switch_pool\",\"pool\":100}; pool",
                    "{\"action\":\"switch_pool\",\"pool\":-1}; pool",
                    "{\"action\":\"switch_pool\",\"pool\":\"1\"}; pool",
                    "{\"action\":\"restart\",\"user\":\"a\\nb\"}; user",
                    "{\"action\":\"restart\",\"command\":\"quit\"}; command"
                })
        void a_field_at_fault_is_named(String body, String field) {
            Answer answer = announce(operator(), name(Model.S19), body);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.field()).isEqualTo(field);
        }
    }
}
