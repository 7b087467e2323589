package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.server.support.Answer;
import io.minerops.server.support.RunningServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent along and would be ignored is read as strictly as what counts. */
class StrictInputTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(1);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/alerts/rules/1    | {"created_at": 7}              | created_at
            /api/alerts/rules/1    | {"updated_at": "yesterday"}    | updated_at
            /api/miners/10.77.0.1  | {"registered_at": true}        | registered_at
            """)
    void times_that_are_sent_back_must_be_times(String path, String body, String field) {
        Answer answer = SERVER.client().put(path, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.field()).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/metrics", "/api/events", "/api/error-logs"})
    void a_miner_is_named_once(String path) {
        Answer answer = SERVER.client().get(path + "?ip=10.0.0.1&miner_ip=10.0.0.2");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.field()).isEqualTo("miner_ip");
    }

    @Test
    void a_rule_to_try_has_a_number_from_1() {
        Answer answer = SERVER.client().post("/api/alerts/rules/backtest", "{\"rule_id\": 0}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.field()).isEqualTo("rule_id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2B999999999-12-31T00:00:00Z", "-100000-01-01T00:00:00Z", "%2B10000-01-01T00:00:00Z"})
    void a_time_is_within_the_years_that_the_standard_has(String time) {
        Answer answer = SERVER.client().get("/api/metrics?since=" + time);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.field()).isEqualTo("since");
    }

    @Test
    void the_range_of_a_supposed_price_of_power_is_reported_as_it_is() {
        assertThat(SERVER.client()
                        .get("/api/profitability/current?power_cost=-2")
                        .error())
                .contains("between -1 and 1000");
    }

    @Test
    void an_answer_before_the_body_has_come_says_that_the_connection_ends() throws IOException {
        URI server = SERVER.server().uri();
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            String head = "POST /api/alerts/check?colour=red HTTP/1.1\r\nHost: " + server.getAuthority()
                    + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();

            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400")
                    .containsIgnoringCase("\r\nConnection: close\r\n")
                    .contains("colour");
        }
    }
}
