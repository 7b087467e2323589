package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.server.support.Client;
import io.minerops.server.support.RunningServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers that are made once per poll, as a client sees them. */
class FleetAnswerTest {
    private static final String CURRENT = "/api/miners/current";

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(20);

    @BeforeAll
    static void the_poll_of_the_start_has_ended() {
        SERVER.awaitStart();
    }

    @ParameterizedTest
    @ValueSource(strings = {CURRENT, "/api/miners/trend?hours=1&points=12"})
    void who_has_the_answer_already_gets_304_without_a_body(String path) {
        HttpResponse<byte[]> first = get(SERVER.client(), path);
        HttpResponse<byte[]> again = get(SERVER.client().with("If-None-Match", etag(first)), path);

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("ETag")).hasValue(etag(first));
        assertThat(again.headers().firstValue("Cache-Control")).hasValue("private, no-cache");
        assertThat(again.headers().firstValue("Vary")).hasValue("Accept-Encoding");
    }

    @Test
    void after_a_poll_the_answer_is_another() {
        String before = etag(get(SERVER.client(), CURRENT));
        SERVER.server().ops().pollNow();

        HttpResponse<byte[]> after = get(SERVER.client().with("If-None-Match", before), CURRENT);
        assertThat(after.statusCode()).isEqualTo(200);
        assertThat(etag(after)).isNotEqualTo(before);
    }

    @Test
    void a_change_of_the_registry_shows_at_once() {
        get(SERVER.client(), CURRENT);
        SERVER.client().put("/api/miners/" + SERVER.name(3), "{\"location\": \"rack 9\"}");

        assertThat(text(get(SERVER.client(), CURRENT))).contains("\"location\":\"rack 9\"");
    }

    @Test
    void another_question_does_not_get_the_answer_of_this_one() {
        assertThat(count("?limit=5")).isEqualTo(5);
        assertThat(count("?limit=5&cursor=o18")).isEqualTo(2);
        assertThat(count("")).isEqualTo(20);
    }

    @Test
    void what_is_rarely_requested_comes_with_detail() {
        JsonNode brief = SERVER.client().get(CURRENT).json().path("miners").get(0);
        JsonNode detailed = SERVER.client()
                .get(CURRENT + "?detail=true")
                .json()
                .path("miners")
                .get(0);

        assertThat(brief.has("hw_errors")).isFalse();
        assertThat(detailed.path("hw_errors").isNumber()).isTrue();
        assertThat(detailed.path("hashrate_ths")).isEqualTo(brief.path("hashrate_ths"));
        assertThat(SERVER.client()
                        .get("/api/miners/" + SERVER.name(0))
                        .json()
                        .path("current")
                        .has("hw_errors"))
                .isTrue();
    }

    @Test
    void compressed_and_plain_are_one_answer_of_one_version() throws IOException {
        HttpResponse<byte[]> plain = get(SERVER.client(), CURRENT);
        HttpResponse<byte[]> compressed = get(SERVER.client().with("Accept-Encoding", "gzip"), CURRENT);

        assertThat(compressed.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(compressed.body()).hasSizeLessThan(plain.body().length / 4);
        String unpacked = new String(
                new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes(),
                StandardCharsets.UTF_8);
        assertThat(withoutAges(unpacked)).isEqualTo(withoutAges(text(plain)));
        assertThat(etag(compressed)).isEqualTo(etag(plain));
    }

    private static int count(String query) {
        return SERVER.client().get(CURRENT + query).json().get("count").asInt();
    }

    private static HttpResponse<byte[]> get(Client client, String path) {
        return client.bytes("GET", path, null);
    }

    private static String etag(HttpResponse<byte[]> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static String withoutAges(String json) {
        return json.replaceAll("\"age_s\":[0-9.]+", "");
    }
}
