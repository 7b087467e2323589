package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.server.support.Answer;
import io.minerops.server.support.Client;
import io.minerops.server.support.RunningServer;
import io.minerops.testkit.fleet.Trouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Silences, requested over HTTP. */
class SilenceSurfaceTest {
    private static final String PATH = "/api/alerts/silences";

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(4);

    private Client client;

    @BeforeEach
    void end_all() {
        client = SERVER.client();
        for (JsonNode silence : client.get(PATH).json().path("silences")) {
            client.delete(PATH + "/" + silence.path("id").asLong());
        }
    }

    private JsonNode made(String body) {
        Answer answer = client.post(PATH, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("silence");
    }

    @Test
    void a_silence_begins_now_and_lasts_as_long_as_it_says() {
        JsonNode silence = made("{\"miner_ip\": \"" + SERVER.name(0)
                + "\", \"duration_minutes\": 30, \"author\": \"ops\", \"comment\": \"new fans\"}");

        assertThat(silence.path("state").asText()).isEqualTo("active");
        assertThat(silence.path("miner_ip").asText()).isEqualTo(SERVER.name(0));
        assertThat(silence.path("author").asText()).isEqualTo("ops");
        assertThat(silence.path("comment").asText()).isEqualTo("new fans");
        assertThat(silence.path("rule_id").isNull()).isTrue();
        JsonNode listed = client.get(PATH).json();
        assertThat(listed.path("count").intValue()).isEqualTo(1);
        assertThat(listed.path("silences").path(0).path("id")).isEqualTo(silence.path("id"));
    }

    @Test
    void a_silence_can_be_for_a_time_to_come() {
        JsonNode silence = made("{\"tag\": \"hall-b\", \"starts_at\": \"2126-01-01T00:00:00Z\","
                + " \"ends_at\": \"2126-01-02T00:00:00+02:00\"}");

        assertThat(silence.path("state").asText()).isEqualTo("to_come");
        assertThat(silence.path("ends_at").asText()).isEqualTo("2126-01-01T22:00:00Z");
    }

    @Test
    void an_alert_in_a_silence_is_marked_and_unmarked_at_once_when_it_ends() {
        SERVER.server().ops().pollNow();
        JsonNode silence = made("{\"miner_ip\": \"" + SERVER.name(1) + "\", \"duration_minutes\": 30}");
        SERVER.fleet().trouble(1, Trouble.DEAD_FAN);
        SERVER.server().ops().pollNow();
        client.post("/api/alerts/check");
        assertThat(openAlert().path("silenced").asBoolean()).isTrue();

        client.delete(PATH + "/" + silence.path("id").asLong());

        assertThat(openAlert().path("silenced").asBoolean(true)).isFalse();
    }

    private JsonNode openAlert() {
        JsonNode alerts =
                client.get("/api/alerts?status=active&alert_type=fan").json().path("alerts");
        assertThat(alerts).hasSize(1);
        return alerts.path(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"duration_minutes\": 5}                                        | miner_ip",
                "{\"tag\": \"a\"}                                                 | ends_at",
                "{\"tag\": \"a\", \"duration_minutes\": 0}                        | duration_minutes",
                "{\"tag\": \"a\", \"duration_minutes\": 5, \"ends_at\": \"2126-01-01T00:00:00Z\"} | ends_at",
                "{\"tag\": \"a\", \"ends_at\": \"tomorrow\"}                      | ends_at",
                "{\"tag\": \"a\", \"ends_at\": \"2020-01-01T00:00:00Z\"}          | ends_at",
                "{\"rule_id\": 1.5, \"duration_minutes\": 5}                      | rule_id",
                "{\"miner_ip\": \"a b\", \"duration_minutes\": 5}                 | miner_ip",
                "{\"colour\": \"red\", \"tag\": \"a\", \"duration_minutes\": 5}   | colour"
            })
    void an_invalid_silence_is_refused_by_field(String body, String field) {
        Answer answer = client.post(PATH, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.field()).isEqualTo(field);
    }

    @Test
    void a_silence_that_is_not_there_cannot_be_ended() {
        assertThat(client.delete(PATH + "/999999").status()).isEqualTo(404);
    }
}
